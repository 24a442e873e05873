"""Joins lines to running text: hyphens at their ends, addresses broken in two. Pure."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from digest.sources.fulltext.pdf.lines import HYPHEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LAST_PART = re.compile(r"([^\W_]+(?:-[^\W_]+)*)[-" + HYPHEN + r"]$")
_FIRST_PART = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_ADDRESS = re.compile(r"\S*(?:(?:https?://|www\.|doi\.org/)\S*[/._=&?-]|https?:/?/?)$", re.IGNORECASE)
_ADDRESS_PATH = re.compile(r"(?:https?://|www\.)\S*/\S*[^.,;:)\s]$", re.IGNORECASE)
_REST_OF_ADDRESS = re.compile(r"[a-z0-9]\S*[/_=.-]\S*[a-z0-9]")


class Vocabulary:
    """The words that a paper writes within its lines, where no hyphen is due to a line's end."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._counts: Counter[str] = Counter()
        for line in lines:
            # The last word may be broken, the first the rest of one.
            self._counts.update(word.lower() for word in _WORD.findall(line)[1:-1])

    def joined(self, first: str, second: str) -> str:
        """Return a word that was broken at a hyphen, with the hyphen where the paper would write it."""
        whole, hyphenated = first + second, f"{first}-{second}"
        solid, split = self._counts[whole.lower()], self._counts[hyphenated.lower()]
        if solid != split:
            return whole if solid > split else hyphenated
        if "-" in first or not second[:1].islower() or not first.isalpha():
            return hyphenated
        return whole

    def text(self, lines: Sequence[str]) -> str:
        """Return lines as running text."""
        words: list[str] = []
        for line in lines:
            more = line.split()
            if words and more:
                words[-1:], more[:1] = self._met(words[-1], more[0]), ()
            words += more
        return " ".join(words).replace(HYPHEN, "-")

    def _met(self, last: str, first: str) -> tuple[str, ...]:
        """Return the last word of a line and the first of the next, as one or as two."""
        if _ADDRESS.match(last):
            return (last.replace(HYPHEN, "-") + first,)
        if _ADDRESS_PATH.match(last) and _REST_OF_ADDRESS.fullmatch(first.rstrip(".,;)")):
            return (last + first,)
        broken, rest = _LAST_PART.search(last), _FIRST_PART.match(first)
        if broken is None or rest is None:
            return (last.removesuffix(HYPHEN) + first,) if last.endswith(HYPHEN) else (last, first)
        return (last[: broken.start()] + self.joined(broken[1], rest[0]) + first[rest.end() :],)
