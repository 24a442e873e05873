"""Puts a page's lines in the order in which people read them. Pure; knows places, not what lines say.

Text across all columns cuts the page into bands; within a band one column is read after the other.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from digest.sources.fulltext.pdf.columns import Side, place

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from digest.sources.fulltext.pdf.columns import Column
    from digest.sources.fulltext.pdf.sheet import Line, Sheet

_SAME_ROW = 0.5  # of the lower line's height
_SMALLER = 0.8  # points by which the letters of notes are smaller than the text's


@dataclass(frozen=True, slots=True)
class Placed:
    """A line in its column.

    Attributes:
        column: from where to where; that of the whole page for a line across.
        where: which column, by page and index; neighbours in one column have the same.
        note: it's a footnote's.
    """

    line: Line
    column: Column
    where: tuple[int, int]
    note: bool = False


def ordered(sheet: Sheet, columns: Sequence[Column], body: float) -> tuple[Placed, ...]:
    """Return the lines of a page in order, without what stands in its margins.

    Args:
        sheet: the page, without what isn't to be read.
        columns: its columns.
        body: the size of the text's letters, in points.
    """
    across = []
    inside: list[list[Line]] = [[] for _ in columns]
    for line in sheet.lines:
        where = place(line.box, columns)
        if where is Side.ACROSS:
            across.append(line)
        elif isinstance(where, int):
            inside[where].append(line)
    made: list[Placed] = []
    whole = replace(columns[0], right=columns[-1].right)
    ceiling = float("inf")
    for cut in [*_rows(across), None]:
        floor = cut.box.middle if cut is not None else float("-inf")
        for index, lines in enumerate(inside):
            band = [line for line in lines if floor < line.box.middle <= ceiling]
            placed = [Placed(line, columns[index], (sheet.number, index)) for line in _rows(band)]
            made += _with_notes(placed, body)
        if cut is not None:
            made.append(Placed(cut, whole, (sheet.number, -1)))
        ceiling = floor
    return tuple(made)


def _rows(lines: Iterable[Line]) -> list[Line]:
    """Return lines from top to bottom, those on one row joined from left to right."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: -line.box.middle):
        last = rows[-1][-1] if rows else None
        if last is not None and line.box.along(last.box) > _SAME_ROW * min(line.box.height, last.box.height):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [_joined(sorted(row, key=lambda line: line.box.left)) for row in rows]


def _joined(row: Sequence[Line]) -> Line:
    if len(row) == 1:
        return row[0]
    longest = max(row, key=lambda line: len(line.text))
    box = row[0].box
    for line in row[1:]:
        box = box.joined(line.box)
    spans = tuple(
        replace(span, text=f"{span.text} ") if at == len(line.spans) - 1 else span
        for line in row
        for at, span in enumerate(line.spans)
    )
    return replace(longest, text=" ".join(line.text for line in row), spans=spans, box=box)


def _with_notes(placed: list[Placed], body: float) -> list[Placed]:
    """Mark the small lines at the end of a column of text as notes, unless they're under a heading."""
    at = len(placed)
    while at and placed[at - 1].line.style.size < body - _SMALLER:
        at -= 1
    if not 0 < at < len(placed):
        return placed
    above = placed[at - 1].line
    if abs(above.style.size - body) > _SMALLER / 2 or above.text.isupper() or len(above.text.split()) == 1:
        return placed
    return [*placed[:at], *(replace(one, note=True) for one in placed[at:])]
