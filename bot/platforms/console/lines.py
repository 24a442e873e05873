"""Where a chat's lines come from when nobody types them: a pipe or a file."""

from __future__ import annotations

import io
import signal
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TextIO

PROMPT = "> "


class Lines(Protocol):
    """Lines that somebody says, one by one."""

    async def read(self) -> str | None:
        """Return the next line, None at the end.

        Raises:
            KeyboardInterrupt: the person pressed Ctrl-C.
        """


class PipedLines:
    """Lines of a stream; each is repeated, so that the output reads as a conversation.

    Args:
        stream: standard input; None if it's closed.
        repeat: shows a line.
    """

    def __init__(self, stream: TextIO | None, repeat: Callable[[str], None]) -> None:
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8-sig", errors="replace")
        self._stream = stream
        self._repeat = repeat

    async def read(self) -> str | None:
        """Wait for a line and nothing else: a pipe has nobody who could be shown something meanwhile."""
        if self._stream is None:
            return None
        before = signal.signal(signal.SIGINT, signal.default_int_handler)  # asyncio's waits for the line
        try:
            line = self._stream.readline()
        finally:
            signal.signal(signal.SIGINT, before)
        if line.strip():
            self._repeat(line.strip())
        return line or None
