"""Opens a PDF by pypdfium2 and reads its pages; the only module that knows this library.

PDFium runs in C++ on a file that anybody may have made: only the reading process may import this.
"""

from __future__ import annotations

import contextlib
import ctypes
import itertools
import math
from typing import TYPE_CHECKING, Any

import pypdfium2
import pypdfium2.raw as pdfium

from digest.errors import FileBrokenError, FileLockedError
from digest.sources.fulltext.pdf.lines import Word, lines
from digest.sources.fulltext.pdf.sheet import Box, Sheet, Style

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PIL.Image import Image

MOST_LETTERS = 60_000
"""Letters of one page that are read; a page of print has about 6,000."""
MOST_SHAPES = 20_000
"""Shapes of one page that are looked at; a drawing of more is still seen, by those."""

_DRAWN = {
    pdfium.FPDF_PAGEOBJ_PATH,
    pdfium.FPDF_PAGEOBJ_IMAGE,
    pdfium.FPDF_PAGEOBJ_SHADING,
}
_DEEPEST_FORM = 6  # forms within forms that are looked into
_MOST_SEGMENTS = 64  # of a frame; it's a rectangle
_LEAST_ANGLE = 20  # degrees; less is italic or badly scanned, not turned
_NAME_BYTES = 200
_SOFT_HYPHEN = "\x02"  # PDFium's mark for a hyphen at the end of a line, after which no blank follows
_CODES = 0x110000  # of Unicode

_Bounds = tuple[float, float, float, float]


class PdfFile:
    """A PDF that is open.

    Args:
        path: of the file.

    Raises:
        FileLockedError: it wants a password.
        FileBrokenError: it's cut, or no PDF.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._document = pypdfium2.PdfDocument(path)
            self.pages = len(self._document)
        except pypdfium2.PdfiumError as error:
            if pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD or "password" in str(error).lower():
                raise FileLockedError from error
            raise FileBrokenError from error
        self._turns: dict[int, int] = {}

    def sheet(self, number: int) -> Sheet:
        """Read one page, counted from 1.

        Raises:
            FileBrokenError: the page can't be read.
        """
        with self._page(number) as page:
            text = page.get_textpage()
            try:
                raw = list(_words(text.raw))
            finally:
                text.close()
            turn = _turn(raw, page.get_rotation())
            self._turns[number] = (turn - page.get_rotation()) % 360
            place = _Placing(page.get_cropbox(), turn)
            words = (
                Word(letters, *place(*box), style, spaced)
                for letters, box, style, angle, spaced in raw
                if angle == turn
            )
            # Labels of axes are no lines to read, but part of a figure.
            turned = (Box(*place(*box)) for _, box, _, angle, _ in raw if angle != turn)
            shapes = itertools.chain(_shapes(page, place), turned)
            width, height = place.size
            return Sheet(number, width, height, lines(number, words), tuple(shapes))

    def picture(self, number: int, box: Box, scale: float) -> Image:
        """Draw a part of a page.

        Args:
            number: the page's, read before.
            box: which part.
            scale: pixels a point.
        """
        turn = self._turns[number]
        with self._page(number) as page:
            width, height = page.get_size()
            if turn % 180:
                width, height = height, width
            crop = (
                max(0.0, box.left),
                max(0.0, box.bottom),
                max(0.0, width - box.right),
                max(0.0, height - box.top),
            )
            bitmap = page.render(scale=scale, rotation=turn, crop=crop, rev_byteorder=True)
            try:
                image: Image = bitmap.to_pil().convert("RGB")
            finally:
                bitmap.close()
            return image

    @contextlib.contextmanager
    def _page(self, number: int) -> Iterator[Any]:
        try:
            page = self._document[number - 1]
        except pypdfium2.PdfiumError as error:
            raise FileBrokenError from error
        try:
            yield page
        except pypdfium2.PdfiumError as error:
            raise FileBrokenError from error
        finally:
            page.close()


class _Placing:
    """From the file's coordinates to those of the page as people hold it."""

    def __init__(self, view: tuple[float, float, float, float], turn: int) -> None:
        self._left, self._bottom = view[0], view[1]
        self._width, self._height = view[2] - view[0], view[3] - view[1]
        self._turn = turn
        self.size = (self._width, self._height) if turn % 180 == 0 else (self._height, self._width)

    def __call__(self, left: float, bottom: float, right: float, top: float) -> _Bounds:
        left, right = left - self._left, right - self._left
        bottom, top = bottom - self._bottom, top - self._bottom
        if self._turn == 90:  # noqa: PLR2004 - degrees
            return bottom, self._width - right, top, self._width - left
        if self._turn == 180:  # noqa: PLR2004 - degrees
            return self._width - right, self._height - top, self._width - left, self._height - bottom
        if self._turn == 270:  # noqa: PLR2004 - degrees
            return self._height - top, left, self._height - bottom, right
        return left, bottom, right, top


_Raw = tuple[str, _Bounds, Style, int, bool]


def _words(text: Any) -> Iterator[_Raw]:
    """Yield what stands between blanks, in pieces of one style.

    Each piece comes with its place, its style, the angle at which it's written, in degrees, and whether a blank
    stands before it. Only its first and last letters are asked for their place: a paper has a hundred thousand.
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
            yield "".join(letters[first:last]), look.box(first, last - 1), style, angle, spaced
            spaced = False
        spaced = blank
        start = at + 1


def _letters(text: Any) -> list[str]:
    unicode = pdfium.FPDFText_GetUnicode
    count = min(pdfium.FPDFText_CountChars(text), MOST_LETTERS)
    return [chr(code) if 0 < code < _CODES else "\ufffd" for code in (unicode(text, at) for at in range(count))]


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

    def box(self, first: int, last: int) -> _Bounds:
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
        return (
            min(first[3], second[3]) < max(first[1], second[1])
            and min(first[2], second[2]) < max(first[0], second[0])
        )

    def _owner(self, at: int) -> int:
        holder = pdfium.FPDFText_GetTextObject(self._text, at)
        return ctypes.addressof(holder.contents) if holder else 0

    def _box(self, at: int) -> _Bounds:
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


def _turn(raw: list[_Raw], rotation: int) -> int:
    """Return how far the page is to be turned clockwise for most of its letters to stand upright."""
    counts = dict.fromkeys((0, 90, 180, 270), 0)
    for letters, _, _, angle, _ in raw:
        if angle >= 0:
            counts[angle] += len(letters)
    return max(counts, key=counts.__getitem__) if any(counts.values()) else rotation


_Matrix = tuple[float, float, float, float, float, float]
_SAME: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def _shapes(page: Any, place: _Placing) -> Iterator[Box]:
    count, get = pdfium.FPDFPage_CountObjects(page.raw), pdfium.FPDFPage_GetObject
    drawn = _drawn(page.raw, count, get, _SAME, None, 0)
    for bounds in itertools.islice(drawn, MOST_SHAPES):
        yield Box(*place(*bounds))


def _drawn(
    holder: Any, count: int, get: Callable[[Any, int], Any], matrix: _Matrix, clip: _Bounds | None, depth: int
) -> Iterator[_Bounds]:
    """Yield the bounds of what a page or a form draws, cut to what of the form is shown."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for at in range(min(count, MOST_SHAPES)):
        shape = get(holder, at)
        kind = pdfium.FPDFPageObj_GetType(shape)
        if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
            # An included drawing; it often holds more than what its frame lets be seen.
            inner = pdfium.FPDFFormObj_CountObjects(shape)
            seen = _frame(shape, inner)
            within = _moved(seen, _times(_matrix(shape), matrix)) if seen else None
            if within and clip:
                within = _cut(within, clip)
            yield from _drawn(
                shape,
                inner,
                pdfium.FPDFFormObj_GetObject,
                _times(_matrix(shape), matrix),
                within or clip,
                depth + 1,
            )
        elif kind in _DRAWN and pdfium.FPDFPageObj_GetBounds(shape, left, bottom, right, top):
            bounds = _moved((left.value, bottom.value, right.value, top.value), matrix)
            if clip is not None:
                bounds = _cut(bounds, clip)
            if bounds[0] <= bounds[2] and bounds[1] <= bounds[3]:
                yield bounds


def _frame(form: Any, count: int) -> _Bounds | None:
    """Return the bounds of a form's frame, which clips each of its objects first."""
    x, y = ctypes.c_float(), ctypes.c_float()
    for at in range(min(count, 3)):
        path = pdfium.FPDFPageObj_GetClipPath(pdfium.FPDFFormObj_GetObject(form, at))
        if not path or pdfium.FPDFClipPath_CountPaths(path) < 1:
            continue
        points = []
        for segment in range(min(pdfium.FPDFClipPath_CountPathSegments(path, 0), _MOST_SEGMENTS)):
            if pdfium.FPDFPathSegment_GetPoint(pdfium.FPDFClipPath_GetPathSegment(path, 0, segment), x, y):
                points.append((x.value, y.value))
        if points:
            return (
                min(point[0] for point in points),
                min(point[1] for point in points),
                max(point[0] for point in points),
                max(point[1] for point in points),
            )
    return None


def _matrix(shape: Any) -> _Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(shape, found):
        return _SAME
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(first: _Matrix, then: _Matrix) -> _Matrix:
    a, b, c, d, e, f = first
    return (
        a * then[0] + b * then[2],
        a * then[1] + b * then[3],
        c * then[0] + d * then[2],
        c * then[1] + d * then[3],
        e * then[0] + f * then[2] + then[4],
        e * then[1] + f * then[3] + then[5],
    )


def _moved(bounds: _Bounds, matrix: _Matrix) -> _Bounds:
    if matrix == _SAME:
        return bounds
    left, bottom, right, top = bounds
    points = [
        (matrix[0] * x + matrix[2] * y + matrix[4], matrix[1] * x + matrix[3] * y + matrix[5])
        for x in (left, right)
        for y in (bottom, top)
    ]
    return (
        min(point[0] for point in points),
        min(point[1] for point in points),
        max(point[0] for point in points),
        max(point[1] for point in points),
    )


def _cut(bounds: _Bounds, clip: _Bounds) -> _Bounds:
    return (
        max(bounds[0], clip[0]),
        max(bounds[1], clip[1]),
        min(bounds[2], clip[2]),
        min(bounds[3], clip[3]),
    )
