"""Finds in a paper what somebody quotes from it, and returns the paper's own sentences. Pure.

Letters and digits are compared alone, in one form and one case: a quotation is the paper's though its
hyphens, quotation marks, ligatures and blanks are others. What is shown is never the quotation but the whole
sentences that it stands in, so that none loses its “not”.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from digest.answers import Quotation
from digest.summaries.checks.orders import without_orders
from digest.summaries.checks.phrasebook import keys_of
from digest.summaries.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from digest.summaries.notes.parts import Excerpt

LONGEST_SHOWN = 600
"""Characters of a quotation; a sentence that is longer is none."""

_SHORTEST = 12  # letters and digits that are no coincidence, in scripts with an alphabet
_SHORTEST_DENSE = 5  # the same where a letter is a word
_NO_LETTERS = re.compile(r"[\W_]+")
_ADDRESS = re.compile(
    r"(?:[a-z][a-z0-9+.-]*://|www\.|mailto:)\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|\b(?:[a-z0-9-]+\.)+[a-z]{2,}/\S*",
    re.IGNORECASE,
)
_ELIDED = "[…]"


@dataclass(frozen=True, slots=True)
class Quotable:
    """The lines of a paper, each with what it's compared by.

    Attributes:
        lines: section number, heading, text and its letters, without orders to whoever reads them.
    """

    lines: tuple[tuple[int, str, str, str], ...]

    @classmethod
    def of(cls, excerpts: Iterable[Excerpt]) -> Quotable:
        """Read what a paper says once, so that much can be looked for in it."""
        return cls(
            tuple(
                (excerpt.number, excerpt.heading, line, _letters(line))
                for excerpt in excerpts
                for line in lines_of(excerpt)
            )
        )

    def find(self, quote: str, section: int = 0) -> Quotation | None:
        """Return the sentences in which a quotation stands; None if the paper hasn't got it so.

        What is too short or too long to be shown doesn't count.

        Args:
            quote: as somebody wrote it.
            section: the number of the section in which it's looked for first.
        """
        wanted = _letters(quote)
        shortest = _SHORTEST if wanted.isascii() else _SHORTEST_DENSE
        if len(wanted) < shortest:
            return None
        for number, heading, line, letters in sorted(self.lines, key=lambda line: line[0] != section):
            at = letters.find(wanted)
            if at >= 0 and (shown := shown_as(_around(line, at, at + len(wanted)))):
                return Quotation(shown, heading if number else "")
        return None


def lines_of(excerpt: Excerpt) -> list[str]:
    """Return the lines of a paper that it says itself, without orders to whoever reads it."""
    return without_orders(excerpt.text, keys_of(excerpt.text.lower())).split("\n")


def shown_as(sentence: str) -> str:
    """Return a sentence of a paper as it can be quoted, without addresses; empty if it's too long."""
    return "" if len(sentence) > LONGEST_SHOWN else _ADDRESS.sub(_ELIDED, sentence)


def _around(line: str, start: int, end: int) -> str:
    """Return the sentences of a line that hold its letters from one to another."""
    sentences = split_sentences(line)
    ends = accumulate(len(_letters(sentence)) for sentence in sentences)
    return " ".join(_within(zip(sentences, ends, strict=True), start, end))


def _within(sentences: Iterable[tuple[str, int]], start: int, end: int) -> Iterator[str]:
    begins = 0
    for sentence, ends in sentences:
        if begins < end and start < ends:
            yield sentence
        begins = ends


def _letters(text: str) -> str:
    return _NO_LETTERS.sub("", unicodedata.normalize("NFKC", text).casefold())
