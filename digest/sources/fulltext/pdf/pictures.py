"""Cuts figures out of pages as PNG files; knows pixels, not where figures are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image, ImageChops, ImageOps

from digest.sources.fulltext.pdf.sheet import Box

if TYPE_CHECKING:
    from pathlib import Path

    from digest.sources.fulltext.pdf.file import PdfFile

_SCALE = 3.0  # pixels a point: 216 dots an inch, so that labels can be read on a telephone
_LONGEST = 1600.0  # pixels of a side
_MARGIN = 4.0  # points around a figure, so that nothing is cut at its edge
_FAINT = 10  # of 255: a shade that isn't seen on white
_EDGE = 8  # pixels that are left around it
_MOST_COLOURS = 256
_MOST_BYTES = 4 * 1024 * 1024  # chats take photos of up to ten


def cut_out(file: PdfFile, page: int, box: Box, path: Path) -> bool:
    """Write a part of a page to a PNG file, white edges taken off.

    Args:
        file: the PDF.
        page: counted from 1; read before.
        box: which part, in points.
        path: the picture's.

    Returns:
        Whether there's anything to see; otherwise nothing is written.
    """
    box = Box(box.left - _MARGIN, box.bottom - _MARGIN / 2, box.right + _MARGIN, box.top + _MARGIN / 2)
    scale = min(_SCALE, _LONGEST / max(box.width, box.height))
    image = _trimmed(file.picture(page, box, scale))
    if image is None:
        return False
    _save(image, path)
    if path.stat().st_size > _MOST_BYTES:
        _save(image.resize((image.width // 2, image.height // 2)), path)
    return True


def _trimmed(image: Image.Image) -> Image.Image | None:
    white = Image.new("RGB", image.size, (255, 255, 255))
    ink = ImageChops.difference(image, white).convert("L").point(lambda shade: 255 * (shade > _FAINT))
    seen = ink.getbbox()
    if seen is None:
        return None
    return ImageOps.expand(image.crop(seen), _EDGE, (255, 255, 255))


def _save(image: Image.Image, path: Path) -> None:
    if image.getcolors(_MOST_COLOURS) is not None:
        image = image.convert("P", palette=Image.Palette.ADAPTIVE, colors=_MOST_COLOURS)
    image.save(path, "PNG", compress_level=6)
