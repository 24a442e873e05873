"""A full paper as what models are given: numbered sections, in parts that fit. Pure; counts tokens roughly.

Whatever there is no room for is named, never dropped in silence.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from digest.fulltext import Form
from digest.latex import readable
from digest.notes import Coverage
from digest.safety import printable
from digest.summaries.notes.roles import Part, placed
from digest.summaries.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from digest.fulltext import FullPaper, Picture, Table

MOST_PARTS = 12
"""A paper of more is read as far as these go: each costs a call."""

_LETTERS_A_TOKEN = 3  # English takes four, formulas and names less; other scripts take a token a letter
_HEADING_TOKENS = 20


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A section, a table or a caption of a paper, or a piece of one.

    Attributes:
        number: how models name it; pieces of one section share it.
        heading: the section's, or the label of a table or figure.
        text: readable, a paragraph a line.
    """

    number: int
    heading: str
    text: str

    @property
    def tokens(self) -> int:
        """How many it takes, roughly, and rather too many than too few."""
        return tokens_of(self.text) + _HEADING_TOKENS


@dataclass(frozen=True, slots=True)
class Reading:
    """What models are given of a paper.

    Attributes:
        parts: each fits one question; at least one, unless the paper is empty.
        unread: the headings of what no part has room for.
    """

    parts: tuple[tuple[Excerpt, ...], ...]
    unread: tuple[str, ...] = ()

    @property
    def excerpts(self) -> tuple[Excerpt, ...]:
        """Everything that is read, in order."""
        return tuple(excerpt for part in self.parts for excerpt in part)


def tokens_of(text: str) -> int:
    """Return how many tokens a text takes, roughly, and rather too many than too few."""
    plain = sum(map(str.isascii, text))
    return plain // _LETTERS_A_TOKEN + len(text) - plain + 1


def excerpts_of(full_paper: FullPaper, *, asides: bool = False) -> tuple[Excerpt, ...]:
    """Return what a paper says of its research: sections, tables, captions, then what it appends.

    Args:
        full_paper: what was read of its file.
        asides: what it says besides is wanted too: thanks, funding, where the data are.
    """
    places = [one for one in placed(full_paper) if one.passage.paragraphs]
    body = [one for one in places if one.part not in {Part.ASIDE, Part.APPENDIX}]
    last_parts = {Part.APPENDIX, Part.ASIDE} if asides else {Part.APPENDIX}
    appended = [one for one in places if one.part in last_parts]
    last = len(full_paper.passages)
    shown = (*map(_table, full_paper.tables), *map(_caption, full_paper.figures))
    floats = [Excerpt(last + at, label, text) for at, (label, text) in enumerate(shown, start=1) if text]
    sections = [
        [Excerpt(one.number, one.heading, _text(one.passage.paragraphs)) for one in group]
        for group in (body, appended)
    ]
    return tuple(one for one in (*sections[0], *floats, *sections[1]) if one.text)


def pieces_of(excerpts: Iterable[Excerpt], room: int) -> Iterator[Excerpt]:
    """Yield excerpts, those that take more than so many tokens in pieces."""
    for excerpt in excerpts:
        yield from _pieces(excerpt, room)


def _text(paragraphs: Iterable[str]) -> str:
    return "\n".join(filter(None, (printable(readable(paragraph)) for paragraph in paragraphs)))


def _table(table: Table) -> tuple[str, str]:
    rows = (" | ".join(cell for cell in row) for row in table.rows)
    return table.label or "Table", _text((table.caption, *rows))


def _caption(figure: Picture) -> tuple[str, str]:
    return figure.label or "Figure", _text((figure.caption,))


def read_in_parts(full_paper: FullPaper, room: int, most_parts: int = MOST_PARTS) -> Reading:
    """Put what a paper says into as few parts as it needs.

    Args:
        full_paper: what was read of its file.
        room: tokens that a part may take.
        most_parts: how many there may be.
    """
    parts: list[tuple[Excerpt, ...]] = []
    current: list[Excerpt] = []
    taken = 0
    for piece in pieces_of(excerpts_of(full_paper), room):
        if current and taken + piece.tokens > room:
            parts.append(tuple(current))
            current, taken = [], 0
        current.append(piece)
        taken += piece.tokens
    if current:
        parts.append(tuple(current))
    left = (piece.heading for part in parts[most_parts:] for piece in part)
    return Reading(tuple(parts[:most_parts]), tuple(dict.fromkeys(filter(None, left))))


def _pieces(excerpt: Excerpt, room: int) -> Iterator[Excerpt]:
    """Yield an excerpt, cut between paragraphs, sentences or at worst letters where it's too long."""
    if excerpt.tokens <= room:
        yield excerpt
        return
    lines: list[str] = []
    taken = _HEADING_TOKENS
    for line in _lines(excerpt.text, room - _HEADING_TOKENS):
        tokens = tokens_of(line)
        if lines and taken + tokens > room:
            yield replace(excerpt, text="\n".join(lines))
            lines, taken = [], _HEADING_TOKENS
        lines.append(line)
        taken += tokens
    yield replace(excerpt, text="\n".join(lines))


def _lines(text: str, room: int) -> Iterator[str]:
    for paragraph in text.split("\n"):
        if tokens_of(paragraph) <= room:
            yield paragraph
            continue
        for sentence in split_sentences(paragraph):
            step = len(sentence) if tokens_of(sentence) <= room else max(1, room - 1)
            yield from (sentence[at : at + step] for at in range(0, len(sentence), step))


def coverage_of(full_paper: FullPaper, unread: tuple[str, ...] = ()) -> Coverage:
    """Say what of a paper was read.

    Args:
        full_paper: what there was to read.
        unread: headings of what wasn't.
    """
    read = [one for one in placed(full_paper) if one.passage.paragraphs and one.part is not Part.ASIDE]
    sections = 0 if full_paper.form is Form.ABSTRACT else len(read)
    return Coverage(full_paper.form, sections, full_paper.pages, full_paper.pages_read, unread)
