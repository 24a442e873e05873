"""Turns the LaTeX of titles, abstracts and names into text that reads aloud; knows nothing of papers."""

from __future__ import annotations

import re
from functools import lru_cache

from digest import glyphs
from digest.latex_reader import Reader

# Control characters, soft hyphens, zero-width blanks, marks that turn the writing direction, lone surrogates.
_INVISIBLE = re.compile(
    "[\\x00-\\x08\\x0e-\\x1b\\x7f-\\x84\\x86-\\x9f\u00ad\u200b\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_ALPHABETS = re.compile("[\U0001d400-\U0001d7ff]")
_SIGNS = ("\\", "$", "{", "~", "``", "--")  # without one of these there's nothing to read
_PASSES = 8  # what one pass writes may read as LaTeX again: “\$x\$” is “$x$”


@lru_cache(maxsize=2048)  # the index, the brief and each form of an edition read the same texts
def readable(text: str) -> str:
    """Return the text with LaTeX as plain Unicode, unprintable characters gone and whitespace folded.

    Total and idempotent: any text is accepted, and one that holds no LaTeX is only folded. Mathematical
    alphabets become plain letters, because screen readers spell them out or skip them.
    """
    text = _fold(text)
    if not (text.isascii() and text.isprintable()):  # most texts are both, and done in a third of the time
        text = _fold(_INVISIBLE.sub("", text))
        if _ALPHABETS.search(text):
            text = glyphs.plain(text)
    for _ in range(_PASSES):
        if not any(sign in text for sign in _SIGNS):
            break
        before, text = text, _fold(Reader(text).read())
        if before == text:
            break
    return text


def _fold(text: str) -> str:
    return " ".join(text.split())
