"""How wide and high a picture is, by what its file begins with. Pure; decodes none.

What a library that does takes to load would hold everybody up, for two numbers.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

Size: TypeAlias = "tuple[int, int]"
"""Width and height in pixels."""

_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""The markers of segments that say the size: https://www.w3.org/Graphics/JPEG/itu-t81.pdf, table B.1"""
_MARKED = 0xFF
_MOST_SEGMENTS = 1_000


def size_of(content: bytes) -> Size | None:
    """Return the size of a PNG, JPEG, GIF or WebP file; None for anything else, and where it's cut off."""
    for begin, read in _READERS.items():
        if content.startswith(begin):
            try:
                return read(content)
            except (struct.error, IndexError):
                return None
    return None


def _png(content: bytes) -> Size | None:
    """Read the header, which is the first chunk: https://www.w3.org/TR/png-3/#11IHDR."""
    width, height = struct.unpack_from(">II", content, 16)
    return (width, height) if content[12:16] == b"IHDR" else None


def _gif(content: bytes) -> Size:
    """Read the screen's size: https://www.w3.org/Graphics/GIF/spec-gif89a.txt, 18."""
    width, height = struct.unpack_from("<HH", content, 6)
    return width, height


def _jpeg(content: bytes) -> Size | None:
    """Go from segment to segment to the frame's; what has very many of them is no figure of a paper."""
    at = 2
    for _ in range(_MOST_SEGMENTS):
        begin, marker, length = struct.unpack_from(">BBH", content, at)
        if begin != _MARKED:
            break
        if marker in _JPEG_FRAMES:
            height, width = struct.unpack_from(">HH", content, at + 5)
            return width, height
        at += 1 if marker == _MARKED else 2 + max(length, 2)  # the sign of one may stand there repeatedly
    return None


def _webp(content: bytes) -> Size | None:
    """Read the first chunk: https://developers.google.com/speed/webp/docs/riff_container."""
    match content[12:16]:
        case b"VP8X":
            return 1 + int.from_bytes(content[24:27], "little"), 1 + int.from_bytes(content[27:30], "little")
        case b"VP8L":
            (packed,) = struct.unpack_from("<I", content, 21)
            return 1 + (packed & 0x3FFF), 1 + (packed >> 14 & 0x3FFF)
        case b"VP8 ":
            width, height = struct.unpack_from("<HH", content, 26)
            return width & 0x3FFF, height & 0x3FFF
    return None


_READERS: dict[bytes, Callable[[bytes], Size | None]] = {
    b"\x89PNG\r\n\x1a\n": _png,
    b"GIF8": _gif,
    b"\xff\xd8": _jpeg,
    b"RIFF": _webp,
}
