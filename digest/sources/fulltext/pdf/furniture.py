"""Tells what is printed on every page, headers, footers and line numbers, from the text. Pure."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from digest.sources.fulltext.pdf.sheet import Box, Line, Sheet

_ZONE = 0.14  # of the page's height, at its head and its foot
_ROUNDED = 4.0  # points by which a header may move from page to page
_LEAST_DRAWN = 3  # pages with the same shape at the same place of a zone, for it to belong to none of them
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"\W*(?:page\s*)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?\W*", re.IGNORECASE)
_LINE_NUMBER = re.compile(r"\d{1,4}(?:\s|$)")
_LEAST_NUMBERED = 10  # lines of one page that count on, for their numbers to be line numbers
_STEPS = (1, 5)  # from one line number to the next
_WIDEST_LEADING = 3.0  # from line to line, of their height
_EDGE = 25.0  # points between the left edges of line numbers of two columns at least


def cleared(sheets: Sequence[Sheet]) -> tuple[Sheet, ...]:
    """Return the pages without their headers and footers, and without what stands outside of these."""
    seen: Counter[tuple[int, str]] = Counter()
    for sheet in sheets:
        seen.update({_key(line) for line in sheet.lines if _zone(line, sheet)})
    drawn: Counter[tuple[int, ...]] = Counter()
    for sheet in sheets:
        drawn.update({_edges(shape) for shape in sheet.shapes if _in_zone(shape, sheet)})
    often = max(_LEAST_DRAWN, len(sheets) // 4)
    return tuple(
        _without(
            replace(
                sheet,
                shapes=tuple(
                    shape
                    for shape in sheet.shapes
                    if not (_in_zone(shape, sheet) and drawn[_edges(shape)] >= often)
                ),
            ),
            seen,
        )
        for sheet in sheets
    )


def unnumbered(sheet: Sheet) -> Sheet:
    """Return the page without line numbers, whether they stand alone or stick to their line."""
    counted: set[Line] = set()
    edges: defaultdict[int, list[tuple[int, Line]]] = defaultdict(list)
    for line in sheet.lines:
        if number := _LINE_NUMBER.match(line.text):
            edges[round(line.box.left / _EDGE)].append((int(number[0]), line))
    for numbered in edges.values():
        chain = _chain(sorted(numbered, key=lambda one: -one[1].box.middle))
        if len(chain) >= _LEAST_NUMBERED:
            counted |= chain
    if not counted:
        return sheet
    lines = (_cut(line) if line in counted else line for line in sheet.lines)
    return replace(sheet, lines=tuple(line for line in lines if line is not None))


def _chain(numbered: Sequence[tuple[int, Line]]) -> set[Line]:
    """Return the lines that count on from one to the next, every one or every fifth of them."""
    chain: set[Line] = set()
    for (number, line), (following, below) in pairwise(numbered):
        step = following - number
        apart = line.box.middle - below.box.middle
        if step in _STEPS and apart < _WIDEST_LEADING * below.box.height * step:
            chain |= {line, below}
    return chain


def _zone(line: Line, sheet: Sheet) -> str:
    if line.box.middle > (1 - _ZONE) * sheet.height:
        return "head"
    return "foot" if line.box.middle < _ZONE * sheet.height else ""


def _in_zone(shape: Box, sheet: Sheet) -> bool:
    return shape.bottom > (1 - _ZONE) * sheet.height or shape.top < _ZONE * sheet.height


def _edges(shape: Box) -> tuple[int, ...]:
    """Return where a shape is, but not how far it reaches: a bar may show how far one has read."""
    return tuple(round(edge / _ROUNDED) for edge in (shape.left, shape.bottom, shape.top))


def _key(line: Line) -> tuple[int, str]:
    return round(line.box.middle / _ROUNDED), _DIGITS.sub("#", line.text)


def _without(sheet: Sheet, seen: Mapping[tuple[int, str], int]) -> Sheet:
    head, foot = sheet.height, 0.0
    dropped = set()
    for line in sheet.lines:
        zone = _zone(line, sheet)
        repeated = zone and seen[_key(line)] > 1
        if repeated or (zone and _PAGE_NUMBER.fullmatch(line.text)):
            dropped.add(line)
            if zone == "head":
                head = min(head, line.box.bottom)
            else:
                foot = max(foot, line.box.top)
    # What is above a header or below a footer belongs to it, such as the licence on the first page.
    lines = tuple(
        line
        for line in sheet.lines
        if line not in dropped and line.box.middle < head and line.box.middle > foot
    )
    shapes = tuple(shape for shape in sheet.shapes if shape.bottom < head and shape.top > foot)
    return replace(sheet, lines=lines, shapes=shapes)


def _cut(line: Line) -> Line | None:
    """Take the number off a line that begins with one."""
    number = line.spans[0].text.split(maxsplit=1)[0]
    rest = line.text.removeprefix(number).strip()
    if not rest:
        return None
    first = line.spans[0]
    spans = line.spans
    left = spans[1].left if len(spans) > 1 else first.left
    remains = first.text.lstrip().removeprefix(number).strip()
    if remains:
        left = first.left + (first.right - first.left) * (1 - len(remains) / len(first.text.strip()))
        spans = (replace(first, text=remains, left=left), *spans[1:])
    else:
        spans = spans[1:]
    return replace(line, text=rest, spans=spans, box=replace(line.box, left=left))
