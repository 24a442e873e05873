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


def columns(sheets: Sequence[Sheet]) -> Mapping[int, tuple[Column, ...]]:
    """Return each page's columns from left to right, at least one; pages of figures take a neighbour's."""
    measure = _measure(sheets)
    found = {
        sheet.number: made for sheet in sheets if measure and (made := _of_sheet(sheet, measure))
    }
    return {sheet.number: found.get(sheet.number) or _neighbours(sheet, found) for sheet in sheets}


def place(box: Box, among: Sequence[Column]) -> int | Side:
    """Return the index of the column that a line is in, or that it is in none."""
    shares = [min(box.right, column.right) - max(box.left, column.left) for column in among]
    if box.right < among[0].left + _SLACK or box.left > among[-1].right - _SLACK:
        return Side.MARGIN
    if sum(share > _SHARED for share in shares) > 1:
        return Side.ACROSS
    return shares.index(max(shares))


def _measure(sheets: Sequence[Sheet]) -> float | None:
    widths: Counter[int] = Counter()
    for sheet in sheets:
        for line in sheet.lines:
            if line.box.width > _LEAST_MEASURE * sheet.width:
                step = round(line.box.width / _ROUNDED)
                # Neighbours count too, so that a measure on the edge of two steps isn't halved.
                widths.update({step: 2, step - 1: 1, step + 1: 1})
    return widths.most_common(1)[0][0] * _ROUNDED if widths else None


def _of_sheet(sheet: Sheet, measure: float) -> tuple[Column, ...]:
    full = sorted(
        (line for line in sheet.lines if abs(line.box.width - measure) < 2 * _ROUNDED),
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
        column = Column(
            median(line.box.left for line in group), median(line.box.right for line in group)
        )
        if not made or column.left > made[-1].right - _SLACK:
            made.append(column)
    return tuple(made)


def _neighbours(sheet: Sheet, found: Mapping[int, tuple[Column, ...]]) -> tuple[Column, ...]:
    """Return the columns of the nearest page on the same side of the sheet of paper, or the page's whole text."""
    alike = [number for number in found if number % 2 == sheet.number % 2] or list(found)
    upright = [number for number in alike if found[number][-1].right <= sheet.width]
    if upright:
        return found[min(upright, key=lambda number: abs(number - sheet.number))]
    if not sheet.lines:
        return (Column(0.0, sheet.width),)
    return (
        Column(min(line.box.left for line in sheet.lines), max(line.box.right for line in sheet.lines)),
    )


def complete(found: Mapping[int, tuple[Column, ...]]) -> Mapping[int, tuple[Column, ...]]:
    """Give a page on which fewer columns were seen than on most the columns of those, where they fit."""
    most = Counter(len(made) for made in found.values()).most_common(1)[0][0]
    whole = {number: made for number, made in found.items() if len(made) == most}
    completed = {}
    for number, made in found.items():
        alike = [other for other in whole if other % 2 == number % 2] or list(whole)
        nearest = whole[min(alike, key=lambda other: abs(other - number))]
        fits = all(any(abs(column.left - other.left) < _APART for other in nearest) for column in made)
        completed[number] = nearest if len(made) < most and fits else made
    return completed
