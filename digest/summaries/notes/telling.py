"""The sentences of a full paper that can be shown by themselves, each with its place and its weight."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.latex import readable
from digest.summaries.checks.orders import orders_in
from digest.summaries.checks.phrasebook import keys_of
from digest.summaries.clauses import closed, shorten, stand_alone
from digest.summaries.notes.roles import Part, placed
from digest.summaries.salience import weigh
from digest.summaries.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.fulltext import FullPaper
    from digest.summaries.notes.roles import Placed
    from digest.summaries.salience import Salience

_SHORTEST, _LONGEST = 40, 420  # characters of a sentence that says something and that is read to its end
_MOST_READ = 400  # sentences of one passage that are weighed
_LETTERS = 0.7  # share of a sentence that has to be letters, or it's a formula or a row of a table
_POINTS_ELSEWHERE = re.compile(
    r"\b(?:fig(?:ure|s)?|tab(?:le)?s?|eqs?|equations?|sect?(?:ion)?s?|appendix|algorithm|listing|file)\b\.?"
    r"\s*(?:\(?\d|[A-Z]\d?\b)|§\s?\d"
    r"|\b(?:in|of) (?:this|the (?:previous|next|following|last)) (?:sub)?sections?\b"
    r"|\b(?:remainder|rest|structure) of (?:the|this|our) (?:paper|article|work)\b"
    r"|\b(?:as follows|below|above)\b|[:?]$|\bwww\.|://|\([“\"][A-Z]"
    r"|[a-z)\]]\.\d+\s"  # the mark of a footnote between two sentences
    r"|\s[\u0300-\u036f]",  # an accent that lost its letter
    re.IGNORECASE,
)
_LEADS_ELSEWHERE = re.compile(r"(?:\(?\d+[).]|[•–—\-*]|fig|table)", re.IGNORECASE)
_LABEL = re.compile(
    r"(?:(?i:introduction|background|objectives?|aims?|methods?|results?|conclusions?|findings)\s+(?=[A-Z])"
    r"|[A-Z]{1,2}\d{1,2}[:.]?\s+(?=[A-Z])"  # “C1 We present …”
    r"|(?!We |I )[A-Z][\w ,&-]{2,40}[.:] (?=[A-Z]))"  # a heading that runs into its text
)
# What stands beside the abstract in its frame, in journals: nothing behind it is the abstract.
_FRAME = re.compile(
    r"\b(?:Key ?[Ww]ords|KEY ?WORDS|Index Terms|INDEX TERMS|Subjects [A-Z]|How to cite|CCS)\b"
)
_CITATIONS = re.compile(
    r"\s?\[\d+(?:[,–-]\s?\d+)*\]|\s?\((?:[^()]*?\b(?:et al\.|(?:19|20)\d\d[a-z]?)[^()]*?)\)"
)
_LEANS = re.compile(
    r"(?:this|these|those|such|its|their|it|they|he|she|both|the (?:former|latter|same)|another|other|others"
    r"|similarly|however|but|and|so|thus|hence|therefore|for example|in contrast|moreover|furthermore|also"
    r"|then|here)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Telling:
    """A sentence that can be shown.

    Attributes:
        text: readable, without citations, closed.
        place: the passage it's from.
        order: its place among the sentences of that passage, from 0.
        leans: its subject was named before it.
        weight: what it's worth; comparable within one passage's part.
    """

    text: str
    place: Placed
    order: int
    leans: bool
    weight: Salience

    @property
    def part(self) -> Part:
        """The part of the paper that it's from."""
        return self.place.part


def tellings(paper: FullPaper) -> tuple[Telling, ...]:
    """Return the sentences in order: whole ones, of words, that point at no figure and give no orders."""
    return tuple(one for place in placed(paper) if place.part is not Part.ASIDE for one in _of(paper, place))


def _of(paper: FullPaper, place: Placed) -> Iterator[Telling]:
    found: list[tuple[int, str, bool]] = []
    read = 0
    for paragraph in place.passage.paragraphs:
        prose = readable(paragraph)
        if place.part is Part.ABSTRACT and (frame := _FRAME.search(prose)):
            prose = prose[: frame.start()]
        for sentence in split_sentences(prose):
            read += 1
            if read > _MOST_READ:
                break
            if text := _shown(sentence):
                found.append((read - 1, text, _LEANS.match(sentence) is not None))
    weights = weigh(readable(paper.title), [text for _, text, _ in found])
    for (order, text, leans), weight in zip(found, weights, strict=True):
        if not weight.availability:
            yield Telling(text, place, order, leans, weight)


def _shown(sentence: str) -> str:
    """Return a sentence as it can be shown; empty if it can't."""
    bare = _CITATIONS.sub("", sentence)
    if label := _LABEL.match(bare):
        bare = bare[label.end() :]
    if not bare or not (bare[0].isupper() or not bare[0].isascii()):
        return ""
    if (
        _POINTS_ELSEWHERE.search(bare)
        or _LEADS_ELSEWHERE.match(bare)
        or any(orders_in(bare, keys_of(bare.lower())))
    ):
        return ""
    text = shorten(closed(stand_alone(bare)))
    letters = sum(c.isalpha() or c.isspace() for c in text)
    whole = text[-1] in ".!?。！？" and _is_balanced(text)
    return text if whole and _SHORTEST <= len(text) <= _LONGEST and letters >= _LETTERS * len(text) else ""


def _is_balanced(text: str) -> bool:
    return all(text.count(one) == text.count(other) for one, other in ("()", "[]", "{}", "“”"))
