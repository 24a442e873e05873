"""A page as it lies on paper: lines of text and drawn shapes with their places. Pure; knows no PDF library.

Lengths are points (1/72 inch) from the lower left corner of the page as people hold it, turned pages upright.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle with its sides parallel to the page's."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From bottom to top."""
        return self.top - self.bottom

    @property
    def middle(self) -> float:
        """The height of its centre above the foot of the page."""
        return (self.bottom + self.top) / 2

    def across(self, other: Box) -> float:
        """Return how many points of width both share; negative is how far apart they are."""
        return min(self.right, other.right) - max(self.left, other.left)

    def along(self, other: Box) -> float:
        """Return how many points of height both share; negative is how far apart they are."""
        return min(self.top, other.top) - max(self.bottom, other.bottom)

    def meets(self, other: Box) -> bool:
        """Return whether both share a place."""
        return self.across(other) > 0 and self.along(other) > 0

    def holds(self, other: Box, slack: float = 0.0) -> bool:
        """Return whether the other lies within it, give or take `slack` points."""
        return (
            self.left - slack <= other.left
            and other.right <= self.right + slack
            and self.bottom - slack <= other.bottom
            and other.top <= self.top + slack
        )

    def joined(self, other: Box) -> Box:
        """Return the smallest box around both."""
        return Box(
            min(self.left, other.left),
            min(self.bottom, other.bottom),
            max(self.right, other.right),
            max(self.top, other.top),
        )

    def within(self, other: Box) -> Box:
        """Return the part that lies in the other; it has no area when they don't meet."""
        left, bottom = max(self.left, other.left), max(self.bottom, other.bottom)
        return Box(
            left, bottom, max(left, min(self.right, other.right)), max(bottom, min(self.top, other.top))
        )


def around(boxes: Iterable[Box]) -> Box:
    """Return the smallest box around all; there must be one."""
    return reduce(Box.joined, boxes)


@dataclass(frozen=True, slots=True)
class Style:
    """How letters look.

    Attributes:
        font: its name in the file, without the prefix of a subset.
        size: as it's seen, in points to a tenth.
    """

    font: str
    size: float


@dataclass(frozen=True, slots=True)
class Span:
    """Text of one style within a line; blanks between spans belong to the one before."""

    text: str
    style: Style
    left: float
    right: float


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """Text on one line, in one piece; each is itself alone, whatever another says.

    Attributes:
        sheet: the number of its page, from 1.
        style: the one of most of its letters.
    """

    sheet: int
    text: str
    spans: tuple[Span, ...]
    box: Box
    style: Style


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page.

    Attributes:
        number: from 1.
        lines: in the order in which the file draws them.
        shapes: the bounds of what is drawn that isn't text: pictures, paths, shadings.
    """

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    shapes: tuple[Box, ...]
