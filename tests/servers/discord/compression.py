"""The gateway's packing: one stream a connection, flushed after each payload."""

from __future__ import annotations

import importlib
import zlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def packer(kind: str | None) -> Callable[[bytes], bytes | str]:
    """Return what packs payloads as a client asked for: zlib-stream, zstd-stream, or (None) not at all.

    Raises:
        ValueError: There's no such packing.
    """
    if kind is None:
        return bytes.decode
    if kind == "zlib-stream":
        stream = zlib.compressobj()
        return lambda payload: stream.compress(payload) + stream.flush(zlib.Z_SYNC_FLUSH)
    if kind == "zstd-stream":
        return _zstd()
    raise ValueError(f"{kind} is no packing of the gateway")


def _zstd() -> Callable[[bytes], bytes]:
    # discord.py takes whichever of the two there is, and asks for zstd only then.
    try:
        third: Any = importlib.import_module("zstandard")
    except ImportError:
        own: Any = importlib.import_module("compression.zstd")
        packing = own.ZstdCompressor()
        return lambda payload: bytes(packing.compress(payload, mode=packing.FLUSH_BLOCK))
    stream = third.ZstdCompressor().compressobj()
    return lambda payload: bytes(stream.compress(payload) + stream.flush(third.COMPRESSOBJ_FLUSH_BLOCK))
