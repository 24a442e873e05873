"""Asks PDFium what a page says, in which style and where; one of three modules that know this library."""

from __future__ import annotations

import ctypes
import math
from typing import TYPE_CHECKING, Any, NamedTuple

import pypdfium2.raw as pdfium

from digest.sources.fulltext.pdf.sheet import Style

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.sources.fulltext.pdf.shapes import Bounds

MOST_LETTERS = 60_000
"""Letters of one page that are read; a page of print has about 6,000."""

_LEAST_ANGLE = 20  # degrees; less is italic or badly scanned, not turned
_NAME_BYTES = 200
_SOFT_HYPHEN = "\x02"  # PDFium's mark for a hyphen at the end of a line, after which no blank follows
_CODES = 0x110000  # of Unicode


class Piece(NamedTuple):
    """Letters of one style without a blank, where the file has them.

    Attributes:
        angle: at which they're written, in degrees from 0; -1 for a slanted one.
        spaced: whether a blank stands before them.
    """

    text: str
    bounds: Bounds
    style: Style
    angle: int
    spaced: bool


def pieces(text: Any) -> Iterator[Piece]:
    """Yield what stands between blanks, in pieces of one style.

    Only their first and last letters are asked for their place: a paper has a hundred thousand.

    Args:
        text: PDFium's text page.
    """
    letters = _letters(text)
    look = _Looks(text)
    spaced, start = False, 0
    for at, letter in enumerate(letters):
        blank = letter.isspace()
        if not blank and letter != _SOFT_HYPHEN and at + 1 < len(letters):
            continue
        end = at if blank else at + 1
        for first, last in look.pieces(start, end):
            style, angle = look(first)
            yield Piece("".join(letters[first:last]), look.box(first, last - 1), style, angle, spaced)
            spaced = False
        spaced = blank
        start = at + 1


def _letters(text: Any) -> list[str]:
    unicode = pdfium.FPDFText_GetUnicode
    count = min(pdfium.FPDFText_CountChars(text), MOST_LETTERS)
    return [
        chr(code) if 0 < code < _CODES else "\ufffd" for code in (unicode(text, at) for at in range(count))
    ]


class _Looks:
    """The places and styles of a page's letters, by their index."""

    def __init__(self, text: Any) -> None:
        self._text = text
        self._rect, self._matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
        self._known: dict[int, tuple[Style, int]] = {}

    def __call__(self, at: int) -> tuple[Style, int]:
        owner = self._owner(at)
        if owner not in self._known:
            self._known[owner] = _look(self._text, at, self._matrix) if owner else (Style("", 0.0), 0)
        return self._known[owner]

    def box(self, first: int, last: int) -> Bounds:
        """Return the bounds of some letters on one line, from those at both ends."""
        left, bottom, right, top = self._box(first)
        if last == first:
            return left, bottom, right, top
        other = self._box(last)
        return min(left, other[0]), min(bottom, other[1]), max(right, other[2]), max(top, other[3])

    def pieces(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the parts of a word that are drawn as one, on one line."""
        if start >= end:
            return
        one, other = self._box(start), self._box(end - 1)
        across = min(one[3], other[3]) - max(one[1], other[1])
        upward = min(one[2], other[2]) - max(one[0], other[0])
        if self._owner(start) == self._owner(end - 1) and max(across, upward) > 0:
            yield start, end
            return
        first = start
        for at in range(start + 1, end):
            if self._owner(at) != self._owner(first) or self._apart(at - 1, at):
                yield first, at
                first = at
        yield first, end

    def _apart(self, one: int, other: int) -> bool:
        first, second = self._box(one), self._box(other)
        return min(first[3], second[3]) < max(first[1], second[1]) and min(first[2], second[2]) < max(
            first[0], second[0]
        )

    def _owner(self, at: int) -> int:
        holder = pdfium.FPDFText_GetTextObject(self._text, at)
        return ctypes.addressof(holder.contents) if holder else 0

    def _box(self, at: int) -> Bounds:
        pdfium.FPDFText_GetLooseCharBox(self._text, at, self._rect)
        return self._rect.left, self._rect.bottom, self._rect.right, self._rect.top


def _look(text: Any, at: int, matrix: Any) -> tuple[Style, int]:
    holder = pdfium.FPDFText_GetTextObject(text, at)
    pdfium.FPDFText_GetMatrix(text, at, matrix)
    size = pdfium.FPDFText_GetFontSize(text, at) * math.hypot(matrix.c, matrix.d)
    degrees = math.degrees(math.atan2(matrix.b, matrix.a))
    angle = round(degrees / 90) * 90 % 360
    if abs(degrees - round(degrees / 90) * 90) > _LEAST_ANGLE:
        angle = -1  # slanted: a label of an axis
    name = ctypes.create_string_buffer(_NAME_BYTES)
    pdfium.FPDFFont_GetBaseFontName(pdfium.FPDFTextObj_GetFont(holder), name, _NAME_BYTES)
    font = name.value.decode("latin-1").rpartition("+")[2]
    return Style(font, round(size, 1)), angle
