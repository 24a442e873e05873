"""Opens a PDF by pypdfium2 and reads its pages.

PDFium runs in C++ on a file that anybody may have made: only the reading process may import this.
"""

from __future__ import annotations

import contextlib
import itertools
from typing import TYPE_CHECKING, Any

import pypdfium2
import pypdfium2.raw as pdfium

from digest.errors import FileBrokenError, FileLockedError
from digest.sources.fulltext.pdf.letters import pieces
from digest.sources.fulltext.pdf.lines import Word, lines
from digest.sources.fulltext.pdf.shapes import shapes
from digest.sources.fulltext.pdf.sheet import Box, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PIL.Image import Image

    from digest.sources.fulltext.pdf.letters import Piece
    from digest.sources.fulltext.pdf.shapes import Bounds


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
                found = list(pieces(text.raw))
            finally:
                text.close()
            turn = _turn(found, page.get_rotation())
            self._turns[number] = (turn - page.get_rotation()) % 360
            place = _Placing(page.get_cropbox(), turn)
            words = (
                Word(piece.text, *place(piece.bounds), piece.style, piece.spaced)
                for piece in found
                if piece.angle == turn
            )
            # Labels of axes are no lines to read, but part of a figure.
            turned = (piece.bounds for piece in found if piece.angle != turn)
            drawn = (Box(*place(bounds)) for bounds in itertools.chain(shapes(page.raw), turned))
            width, height = place.size
            return Sheet(number, width, height, lines(number, words), tuple(drawn))

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

    def __call__(self, bounds: Bounds) -> Bounds:
        left, right = bounds[0] - self._left, bounds[2] - self._left
        bottom, top = bounds[1] - self._bottom, bounds[3] - self._bottom
        if self._turn == 90:  # noqa: PLR2004 - degrees
            return bottom, self._width - right, top, self._width - left
        if self._turn == 180:  # noqa: PLR2004 - degrees
            return self._width - right, self._height - top, self._width - left, self._height - bottom
        if self._turn == 270:  # noqa: PLR2004 - degrees
            return self._height - top, left, self._height - bottom, right
        return left, bottom, right, top


def _turn(found: list[Piece], rotation: int) -> int:
    """Return how far the page is to be turned clockwise for most of its letters to stand upright."""
    counts = dict.fromkeys((0, 90, 180, 270), 0)
    for piece in found:
        if piece.angle >= 0:
            counts[piece.angle] += len(piece.text)
    return max(counts, key=counts.__getitem__) if any(counts.values()) else rotation
