"""Leaves out of a text what it quotes; knows the quotation marks of many languages."""

from __future__ import annotations

import re

_MARKS = frozenset('“"「『«„《')
_QUOTED = re.compile('“[^”]*”|"[^"]*"|「[^」]*」|『[^』]*』|«[^»]*»|„[^“”]*[“”]|《[^》]*》')


def unquoted(text: str) -> str:
    """Return a text without its quotations, which are somebody else's words, unless it's nothing else."""
    if _MARKS.isdisjoint(text):
        return text
    rest = _QUOTED.sub(" ", text)
    return rest if any(map(str.isalpha, rest)) else text
