"""Finds the captions of figures and tables among a page's lines. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.sources.fulltext.pdf.columns import Side, place
from digest.sources.fulltext.pdf.sheet import around

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.sources.fulltext.pdf.columns import Column
    from digest.sources.fulltext.pdf.sheet import Box, Line, Sheet, Style
    from digest.sources.fulltext.pdf.words import Vocabulary

_LABEL = re.compile(
    r"(?P<kind>(?:supplementary |supplemental |extended data )?"
    r"(?:figure|fig\.?|scheme|chart|plate|table|tab\.|algorithm|listing))"
    r"\s*(?P<number>[A-Z]?\.?\d{1,3}(?:\.\d{1,3})?[a-z]?|[IVX]{1,5}\b)(?P<after>\s*[:.|–—-]|\s*\(|\s|$)",
    re.IGNORECASE,
)
_CONTINUED = re.compile(r"\([\s.…]*continued[\s.…]*\)[\s.:]*|[.…]*continued[.…]*$", re.IGNORECASE)
_TO_CONTINUE = re.compile(r"\s*\(continued on (?:the )?next page[\s.…]*\)", re.IGNORECASE)
_FULL_SIZE = re.compile(r"\s*Full-size\b\W*(?:DOI:?\s*10\.\d{4,}\S*)?\s*$")  # PeerJ's link to the picture
_TABLES = ("tab", "algorithm", "listing")
_PROGRAMS = ("algorithm", "listing")
_LEADING = 0.75  # of the letters' size: the gap between two lines of one caption, at most
_BLOCK_GAP = 0.5  # of the letters' size: the gap before the first line of a block, at least
_WIDE = 40.0  # points: a gap within a line
_SAME_SIZE = 0.6  # points by which the sizes within a caption may differ
_RULE = 2.5  # points: a shape that is lower is a line across
_TOUCH = 2.0  # points
_MOST_LINES = 30


@dataclass(frozen=True, slots=True, eq=False)
class Caption:
    """A caption in its place.

    Attributes:
        label: such as ``Figure 3``.
        lines: all of it, the label included.
        where: the index of its column, or that it goes across.
        table: whether it is a table's, or that of another thing that consists of text.
    """

    label: str
    lines: tuple[Line, ...]
    box: Box
    where: int | Side
    table: bool

    @property
    def continues(self) -> bool:
        """Whether it goes on with one of the same label on a page before."""
        return _CONTINUED.match(self._without_label(" ".join(line.text for line in self.lines))) is not None

    def text(self, vocabulary: Vocabulary) -> str:
        """Return what it says, without its label and without what only leads from page to page."""
        text = self._without_label(vocabulary.text([line.text for line in self.lines]))
        if begins := _CONTINUED.match(text):
            text = text[begins.end() :]
        return _FULL_SIZE.sub("", _TO_CONTINUE.sub("", text)).strip()

    def _without_label(self, text: str) -> str:
        number = self.label.rpartition(" ")[2]
        return text[text.index(number) + len(number) :].lstrip(" .:|–—-") if number in text else text


def captions(sheet: Sheet, columns: Sequence[Column], body: Style) -> tuple[Caption, ...]:
    """Return the captions of a page in the order in which the file draws them."""
    found = []
    taken: set[Line] = set()
    for at, line in enumerate(sheet.lines):
        label = _LABEL.match(line.text)
        if line in taken or label is None or not _opens(label, line, sheet.lines[:at], body):
            continue
        kind = label["kind"].rstrip(".").lower()
        # An algorithm's own lines follow its title as closely as a second line would.
        lines = (line,) if kind in _PROGRAMS else _lines(sheet.lines[at:], sheet.shapes)
        taken.update(lines)
        box = around(one.box for one in lines)
        found.append(
            Caption(
                label=f"{_NAMES.get(kind, kind.capitalize())} {label['number']}",
                lines=lines,
                box=box,
                where=_where(box, columns),
                table=kind.startswith(_TABLES),
            )
        )
    return tuple(found)


_NAMES = {"fig": "Figure", "tab": "Table"}


def _opens(label: re.Match[str], line: Line, before: Sequence[Line], body: Style) -> bool:
    """Tell a caption's first line from one of the text that happens to begin with “Figure 3”."""
    rest = line.text[label.end() :].strip()
    marked = label["after"].strip() in {":", ".", "|", "–", "—"}
    set_apart = (
        line.spans[0].style.font != body.font or abs(line.spans[0].style.size - body.size) > _SAME_SIZE
    )
    if not (marked or set_apart) or (not marked and rest[:1].islower()):
        return False
    above = [
        other
        for other in before[-3:]
        if other.box.across(line.box) > 0
        and -_TOUCH <= other.box.bottom - line.box.top < _BLOCK_GAP * line.style.size
    ]
    goes_on = (
        other.style == line.style
        and abs(other.box.left - line.box.left) < _TOUCH
        and not other.text.endswith((".", ":"))
        for other in above
    )
    return not any(goes_on)


def _lines(rest: Sequence[Line], shapes: Sequence[Box]) -> tuple[Line, ...]:
    """Return the first line and those that continue it, as far as the next rule."""
    lines = [rest[0]]
    for line in rest[1:_MOST_LINES]:
        last = lines[-1]
        if line.box.along(last.box) > line.box.height / 2 and abs(line.box.across(last.box)) < _WIDE:
            lines.append(line)  # the same line, after a wide gap or an accent
            continue
        gap = last.box.bottom - line.box.top
        if (
            not -last.style.size / 2 < gap < _LEADING * last.style.size
            or abs(line.style.size - rest[0].style.size) > _SAME_SIZE + 0.4
            or line.box.across(last.box) <= 0
            or _LABEL.match(line.text)
            or any(_parts(shape, last.box, line.box) for shape in shapes)
        ):
            break
        lines.append(line)
    return tuple(lines)


def _parts(shape: Box, upper: Box, lower: Box) -> bool:
    """Tell whether a shape is a rule between two lines."""
    between = lower.middle < shape.middle < upper.middle
    return between and shape.height < _RULE and shape.across(lower) > lower.width / 2


def _where(box: Box, columns: Sequence[Column]) -> int | Side:
    where = place(box, columns)
    if len(columns) == 1:
        return 0
    middle = (columns[0].left + columns[-1].right) / 2
    centred = abs((box.left + box.right) / 2 - middle) < 0.05 * (columns[-1].right - columns[0].left)
    return Side.ACROSS if centred else where
