"""What ``paperround run`` prints of the console's chats. Knows no terminal: its output is usually a log."""

from __future__ import annotations

import asyncio
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from bot.platforms.console.body import in_words

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.chats import Address
    from digest.document import Document


class Printout:
    """Prints messages, each below a line with its time and chat.

    Args:
        write: takes what is printed.
        now: the time, aware.
        zone: in which the time is told.
    """

    def __init__(self, write: Callable[[str], None], now: Callable[[], datetime], zone: ZoneInfo) -> None:
        self._write = write
        self._now = now
        self._zone = zone
        self._printer: ThreadPoolExecutor | None = None

    def write(self, document: Document) -> str:
        """Write a document as plain text."""
        from digest.render.terminal import render  # rich takes memory that an idle service has no use for

        return render(document)

    async def show(self, address: Address, message: str, body: str) -> None:  # noqa: ARG002 - it isn't told
        """Print a message."""
        await self._print(f"to {address.chat}", body)

    async def replace(self, address: Address, message: str, body: str) -> None:  # noqa: ARG002 - it isn't told
        """Print what a message says now."""
        await self._print(f"to {address.chat}, in an earlier message's place", body)

    def close(self) -> None:
        """Let the thread go; the next message begins one."""
        if self._printer:
            self._printer.shutdown(wait=False, cancel_futures=True)
            self._printer = None

    async def _print(self, whom: str, body: str) -> None:
        """Print in a thread, one message after the other: whoever reads the output may keep it waiting."""
        if not self._printer:
            self._printer = ThreadPoolExecutor(1, "console")
        at = self._now().astimezone(self._zone)
        text = f"{at:%Y-%m-%d %H:%M %Z}, {whom}:\n\n{in_words(body)}\n"
        await asyncio.get_running_loop().run_in_executor(self._printer, self._write, text)


def print_now(text: str) -> None:
    """Write to standard output, past its buffer: what fails mustn't come again with the next message."""
    stream = sys.stdout
    stream.flush()
    left = text.encode(stream.encoding, stream.errors or "strict")
    while left:
        left = left[os.write(stream.fileno(), left) :]
