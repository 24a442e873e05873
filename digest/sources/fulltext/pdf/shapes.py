"""Asks PDFium what a page draws beside text, and where; one of three modules that know this library."""

from __future__ import annotations

import ctypes
import itertools
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as pdfium

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MOST_SHAPES = 20_000
"""Shapes of one page that are looked at; a drawing of more is still seen, by those."""

_DRAWN = {
    pdfium.FPDF_PAGEOBJ_PATH,
    pdfium.FPDF_PAGEOBJ_IMAGE,
    pdfium.FPDF_PAGEOBJ_SHADING,
}
_DEEPEST_FORM = 6  # forms within forms that are looked into
_MOST_SEGMENTS = 64  # of a frame; it's a rectangle

Bounds = tuple[float, float, float, float]
_Matrix = tuple[float, float, float, float, float, float]
_SAME: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def shapes(page: Any) -> Iterator[Bounds]:
    """Yield the bounds of what a page draws that isn't text, in the file's coordinates.

    Args:
        page: PDFium's page.
    """
    count, get = pdfium.FPDFPage_CountObjects(page), pdfium.FPDFPage_GetObject
    return itertools.islice(_drawn(page, count, get, _SAME, None, 0), MOST_SHAPES)


def _drawn(
    holder: Any, count: int, get: Callable[[Any, int], Any], matrix: _Matrix, clip: Bounds | None, depth: int
) -> Iterator[Bounds]:
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


def _frame(form: Any, count: int) -> Bounds | None:
    """Return the bounds of a form's frame, which clips each of its objects first."""
    x, y = ctypes.c_float(), ctypes.c_float()
    for at in range(min(count, 3)):
        path = pdfium.FPDFPageObj_GetClipPath(pdfium.FPDFFormObj_GetObject(form, at))
        if not path or pdfium.FPDFClipPath_CountPaths(path) < 1:
            continue
        segments = min(pdfium.FPDFClipPath_CountPathSegments(path, 0), _MOST_SEGMENTS)
        points = [
            (x.value, y.value)
            for segment in range(segments)
            if pdfium.FPDFPathSegment_GetPoint(pdfium.FPDFClipPath_GetPathSegment(path, 0, segment), x, y)
        ]
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


def _moved(bounds: Bounds, matrix: _Matrix) -> Bounds:
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


def _cut(bounds: Bounds, clip: Bounds) -> Bounds:
    return (
        max(bounds[0], clip[0]),
        max(bounds[1], clip[1]),
        min(bounds[2], clip[2]),
        min(bounds[3], clip[3]),
    )
