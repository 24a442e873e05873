"""Finds the columns that a paper is set in. Pure; knows the measure of lines, not what they say."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import Enum
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from digest.sources.fulltext.pdf.sheet import Box, Line, Sheet, Style

_ROUNDED = 3.0  # points; widths and edges of justified lines differ by less
_LONGER_LINES = 0.85  # share of the lines that are no longer than a column is wide
_FULL = 0.85  # of the measure: a line that is as long as any, where lines aren't justified
_MOST_BESIDE = 0.15  # of a page's text that may stand in its margins
_LEAST_MEASURE = 0.2  # of the page's width; narrower lines are cells and labels
_LEAST_LINES = 4  # of the full measure, for a column to be seen on one page alone
_SLACK = 4.0  # points by which a line may stick out of its column
_SHARED = 8.0  # points of a column that a line covers before it counts as being in it
_APART = 20.0  # points between the left edges of two columns at least


class Side(Enum):
    """Where a line is that isn't in a column."""

    ACROSS = "across"  # over several columns
    MARGIN = "margin"  # beside them


@dataclass(frozen=True, slots=True)
class Column:
    """A column from left to right."""

    left: float
    right: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left


def body_style(sheets: Sequence[Sheet]) -> Style | None:
    """Return the style of most of the text; None for a file without any."""
    letters: Counter[Style] = Counter()
    for sheet in sheets:
        for line in sheet.lines:
            letters[line.style] += len(line.text)
    return letters.most_common(1)[0][0] if letters else None


def columns(sheets: Sequence[Sheet], body: Style) -> Mapping[int, tuple[Column, ...]]:
    """Return each page's columns from left to right, at least one; pages of figures take a neighbour's.

    Args:
        sheets: the pages.
        body: the style of the text.
    """
    measure = _measure(sheets, body)
    seen = {sheet.number: made for sheet in sheets if (made := _of_sheet(sheet, measure))}
    found = {sheet.number: seen.get(sheet.number) or _neighbours(sheet, seen) for sheet in sheets}
    completed = _complete(found)
    return {sheet.number: _covering(sheet, completed[sheet.number], body) for sheet in sheets}


def place(box: Box, among: Sequence[Column]) -> int | Side:
    """Return the index of the column that a line is in, or that it is in none."""
    shares = [min(box.right, column.right) - max(box.left, column.left) for column in among]
    if box.right < among[0].left + _SLACK or box.left > among[-1].right - _SLACK:
        return Side.MARGIN
    if sum(share > _SHARED for share in shares) > 1:
        return Side.ACROSS
    return shares.index(max(shares))


def _measure(sheets: Sequence[Sheet], body: Style) -> float:
    """Return the width of a full line: few lines of the text are longer, for these go across."""
    widths = sorted(
        line.box.width
        for sheet in sheets
        for line in sheet.lines
        if line.style == body and line.box.width > _LEAST_MEASURE * sheet.width
    )
    return widths[int(_LONGER_LINES * len(widths))] if widths else 0.0


def _of_sheet(sheet: Sheet, measure: float) -> tuple[Column, ...]:
    full = sorted(
        (line for line in sheet.lines if _FULL * measure < line.box.width < measure + _ROUNDED),
        key=lambda line: line.box.left,
    )
    groups: list[list[Line]] = []
    for line in full:
        if groups and line.box.left - groups[-1][0].box.left < _APART:
            groups[-1].append(line)
        else:
            groups.append([line])
    made: list[Column] = []
    for group in groups:
        if len(group) < _LEAST_LINES:
            continue
        rights = sorted(line.box.right for line in group)
        column = Column(median(line.box.left for line in group), rights[int(_LONGER_LINES * len(rights))])
        if not made or column.left > made[-1].right - _SLACK:
            made.append(column)
    return tuple(made)


def _neighbours(sheet: Sheet, found: Mapping[int, tuple[Column, ...]]) -> tuple[Column, ...]:
    """Return the columns of the nearest page on the same side of the paper, or the page's whole text."""
    alike = [number for number in found if number % 2 == sheet.number % 2] or list(found)
    upright = [number for number in alike if found[number][-1].right <= sheet.width]
    if upright:
        return found[min(upright, key=lambda number: abs(number - sheet.number))]
    if not sheet.lines:
        return (Column(0.0, sheet.width),)
    return (Column(min(line.box.left for line in sheet.lines), max(line.box.right for line in sheet.lines)),)


def _complete(found: Mapping[int, tuple[Column, ...]]) -> Mapping[int, tuple[Column, ...]]:
    """Give pages the columns of most pages on their side of the paper, where those fit.

    A page may show fewer columns, because of its figures, or narrower ones, because of its references.
    """
    completed = {}
    for number, made in found.items():
        alike = Counter(
            tuple(round(column.left / _ROUNDED) for column in other)
            for page, other in found.items()
            if page % 2 == number % 2
        )
        usual = alike.most_common(1)[0][0]
        whole = next(
            other
            for page, other in found.items()
            if page % 2 == number % 2 and tuple(round(column.left / _ROUNDED) for column in other) == usual
        )
        fits = all(any(abs(column.left - other.left) < _APART for other in whole) for column in made)
        completed[number] = whole if fits and len(made) <= len(whole) else made
    return completed


def _covering(sheet: Sheet, made: tuple[Column, ...], body: Style) -> tuple[Column, ...]:
    """Return a page's columns, or its whole text as one where too much of that would lie beside them."""
    text = [line for line in sheet.lines if line.style == body]
    beside = sum(len(line.text) for line in text if place(line.box, made) is Side.MARGIN)
    if beside <= _MOST_BESIDE * sum(len(line.text) for line in text):
        return made
    return (Column(min(line.box.left for line in text), max(line.box.right for line in text)),)
