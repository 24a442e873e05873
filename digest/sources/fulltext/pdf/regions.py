"""Finds where on a page a caption's figure or table is. Pure.

A figure lies between its caption and the nearest text that is no part of it, and reaches as far as what is
drawn there. Pictures alone would miss its axes and labels, and everything on the page would be too much.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.sources.fulltext.pdf.columns import Side, place
from digest.sources.fulltext.pdf.sheet import Box, around

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from digest.sources.fulltext.pdf.captions import Caption
    from digest.sources.fulltext.pdf.columns import Column
    from digest.sources.fulltext.pdf.sheet import Line, Sheet, Style

_WHOLE_PAGE = 0.9  # of the page's width and height: a background
_RULE = 2.5  # points: a shape that is lower is a line across
_BODY_SIZE = 0.6  # points by which the size of the text may differ from line to line
_BODY_MEASURE = 0.72  # of a column: shorter lines may be labels
_LETTERS = 0.65  # of what a line of text holds but blanks, at least
_BACKGROUND = 3  # lines of text on a shape that is no figure but what is under the text
_LONG = 45  # characters of a line that is no label
_FRAME = 30.0  # points of height of a frame in which text is a figure
_INDENT = 2.5  # of the text's size
_LABEL_GAP = 9.0  # points between what is drawn and a label of it
_LEAST = 12.0  # points of width and height of a figure at least
_NEAR = 60.0  # points between a caption and what it belongs to at most
_OVER_GUTTER = 15.0  # points by which a drawing reaches into the next column before it's across
_MOSTLY = 0.8  # of a length
_STRIP = 6.0  # points around a caption in which a rule or a frame is the caption's own


@dataclass(frozen=True, slots=True)
class Region:
    """A part of a page that belongs to a caption."""

    caption: Caption
    box: Box


def regions(
    sheet: Sheet, columns: Sequence[Column], captions: Sequence[Caption], body: Style
) -> tuple[Region, ...]:
    """Return the regions of those captions whose figure or table was found.

    Args:
        sheet: the page.
        columns: its columns.
        captions: its captions.
        body: the style of the text.
    """
    in_captions = {line for caption in captions for line in caption.lines}
    lines = [line for line in sheet.lines if line not in in_captions]
    prose = [line.box for line in _text(sheet, lines, columns, body)]
    # A table may well have lines as long as the text's; what is in the text's own letters is none of it.
    plain = [line.box for line in _text(sheet, lines, columns, body, strict=True)]
    shapes = [
        shape
        for shape in sheet.shapes
        if shape.right > columns[0].left - _RULE  # not a stamp in the margin
        and shape.left < columns[-1].right + _RULE
        and sum(shape.holds(box) for box in plain) < _BACKGROUND
        and (shape.width < _WHOLE_PAGE * sheet.width or shape.height < _WHOLE_PAGE * sheet.height)
    ]
    page = Box(0.0, 0.0, sheet.width, sheet.height)
    found: list[Region] = []
    for caption in sorted(captions, key=lambda one: -one.box.top):
        finder = _Finder(page, columns, shapes, lines, plain if caption.table else prose)
        others = [finder.strip(other) for other in captions if other is not caption]
        others += [one.box for one in found]
        if (box := finder.find(caption, others)) is not None:
            found.append(Region(caption, box))
    return tuple(found)


def _text(
    sheet: Sheet, lines: Sequence[Line], columns: Sequence[Column], body: Style, *, strict: bool = False
) -> list[Line]:
    """Return the lines that are the paper's text, not labels: long ones, and the short ones of their blocks.

    Args:
        sheet: the page.
        lines: its lines, but for captions.
        columns: its columns.
        body: the style of the text.
        strict: only what is in that style.
    """
    framed = [
        shape for shape in sheet.shapes if shape.height > _FRAME and shape.width < _WHOLE_PAGE * sheet.width
    ]

    def sure(line: Line) -> bool:
        where = place(line.box, columns)
        if where is Side.ACROSS and sheet.number == 1:
            return line.style.size > body.size - _BODY_SIZE  # title and authors
        if not isinstance(where, int) or line.box.width < _BODY_MEASURE * columns[where].width:
            return False
        letters = sum(map(str.isalpha, line.text))
        if letters < _LETTERS * len(line.text.replace(" ", "")):
            return False  # a row of figures
        if line.style.font == body.font and abs(line.style.size - body.size) < _BODY_SIZE:
            return True
        return (
            not strict and len(line.text) >= _LONG and not any(shape.holds(line.box, 1.0) for shape in framed)
        )

    known = {line for line in lines if sure(line)}
    spread = list(known)
    while spread:
        one = spread.pop()
        for line in lines:
            if line not in known and _same_block(line, one, body):
                known.add(line)
                spread.append(line)
    return [line for line in lines if line in known]


def _same_block(line: Line, known: Line, body: Style) -> bool:
    """Tell whether a line is a paragraph's short one, or the heading above it."""
    if line.style.size < known.style.size - _BODY_SIZE or line.box.across(known.box) <= 0:
        return False
    near = (1.0 if line.style.font == known.style.font else 1.2) * body.size
    return (
        -near < line.box.along(known.box) <= _RULE
        and abs(line.box.left - known.box.left) < _INDENT * body.size
    )


class _Finder:
    """One page, on which a caption's figure is looked for."""

    def __init__(
        self,
        page: Box,
        columns: Sequence[Column],
        shapes: Sequence[Box],
        lines: Sequence[Line],
        text: Sequence[Box],
    ) -> None:
        self._page, self._columns = page, columns
        self._shapes, self._lines, self._text = shapes, lines, text

    def find(self, caption: Caption, others: Sequence[Box]) -> Box | None:
        strip = self.strip(caption)
        walls = [*self._text, *others]
        # Captions stand under figures and above tables, but for those who do it the other way.
        for above in (not caption.table, caption.table):
            for left, right in self._spans(caption, strip, walls, above=above):
                space = self._space(strip, left, right, walls, above=above)
                content = self._content(space, table=caption.table)
                if content is not None and -content.along(strip) < _NEAR:
                    return content
        return None

    def strip(self, caption: Caption) -> Box:
        """Return the caption with the frame or the rules that are drawn around it."""
        strip = caption.box
        near = Box(strip.left, strip.bottom - _STRIP, strip.right, strip.top + _STRIP)
        for shape in self._shapes:
            framing = shape.holds(strip, 3.0) and shape.height < strip.height + 4 * _STRIP
            ruling = shape.height < _RULE and near.along(shape) >= 0
            if framing or (ruling and shape.across(strip) > _MOSTLY * strip.width):
                strip = Box(
                    strip.left, min(strip.bottom, shape.bottom), strip.right, max(strip.top, shape.top)
                )
        return strip

    def _spans(
        self, caption: Caption, strip: Box, walls: Sequence[Box], *, above: bool
    ) -> Iterator[tuple[float, float]]:
        """Yield from where to where the figure may reach: over all columns, or in the caption's own."""
        first, last = self._columns[0], self._columns[-1]
        slack = min(first.left, self._page.right - last.right)
        if len(self._columns) == 1:
            yield 0.0, self._page.right
            return
        over = (first.left - slack, last.right + slack)
        if not isinstance(caption.where, int):
            yield over
            return
        own = self._columns[caption.where]
        gutter = min(b.left - a.right for a, b in zip(self._columns, self._columns[1:], strict=False))
        left = own.left - (slack if own is first else gutter / 2)
        right = own.right + (slack if own is last else gutter / 2)
        space = self._space(strip, left, right, walls, above=above)
        if any(
            (shape.height > _RULE or (caption.table and space.meets(shape)))
            and shape.along(space) > _MOSTLY * shape.height
            and shape.across(space) > _OVER_GUTTER
            and (shape.right > own.right + _OVER_GUTTER or shape.left < own.left - _OVER_GUTTER)
            for shape in self._shapes
        ):
            yield over
        yield left, right

    def _space(self, strip: Box, left: float, right: float, walls: Sequence[Box], *, above: bool) -> Box:
        """Return what lies between the caption and the next text above or below it."""
        inside = [wall for wall in walls if min(wall.right, right) - max(wall.left, left) > _RULE]
        if above:
            floor = [wall.bottom for wall in inside if wall.middle > strip.middle]
            return Box(left, strip.top, right, min(floor, default=self._page.top))
        ceiling = [wall.top for wall in inside if wall.middle < strip.middle]
        return Box(left, max(ceiling, default=0.0), right, strip.bottom)

    def _content(self, space: Box, *, table: bool) -> Box | None:
        """Return the bounds of what is drawn in a space; rules alone are none, but for a table."""
        if space.height < _LEAST:
            return None
        drawn = [
            shape.within(space)
            for shape in self._shapes
            if shape.meets(space) or (shape.height < _RULE and space.holds(shape, 1.0))
        ]
        labels = [line for line in self._lines if space.holds(line.box, 3.0)]
        if table:
            parts = self._grown(drawn, labels)
        else:
            # A rule from side to side, apart from the rest, separates; it is no part of a figure.
            solid = self._grown([shape for shape in drawn if shape.height > _RULE], labels)
            core = around(solid) if solid else None
            parts = solid + [
                shape
                for shape in drawn
                if core is not None
                and shape.height <= _RULE
                and core.along(shape) > -_STRIP
                and shape.width <= core.width + _STRIP
            ]
        if not parts:
            return None
        content = around(parts).within(space)
        return content if content.width > _LEAST and content.height > _LEAST else None

    @staticmethod
    def _grown(drawn: Sequence[Box], labels: Sequence[Line]) -> list[Box]:
        """Return what is drawn with the labels near it, and those near these; without drawing, all labels."""
        if not drawn:
            return [line.box for line in labels]
        parts = list(drawn)
        whole = around(drawn)
        waiting = sorted((line.box for line in labels), key=lambda box: -box.along(whole))
        for box in waiting:
            beside = box.along(whole) > box.height / 2  # nothing else stands there in its column
            if beside or (box.along(whole) > -_LABEL_GAP and box.across(whole) > -_LABEL_GAP):
                parts.append(box)
                whole = whole.joined(box)
        return parts
