"""The loopback Bot API in a process of its own, and what is asked of it beside Telegram's methods."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    import aiohttp


@contextlib.contextmanager
def bot_api(allowed: float = 0) -> Iterator[tuple[str, str]]:
    """Run the Bot API; yield its URL and the token."""
    limits = [f"--limits={allowed:g}"] if allowed else []
    command = [sys.executable, "-m", "tests.servers.telegram", "--port", "0", "--no-check", *limits]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            if process.stdout is None:
                raise AssertionError("a pipe was asked for")
            url, token = process.stdout.readline().split()
            yield url, token
        finally:
            process.kill()


class Api:
    """What is asked of the server beside the Bot API."""

    def __init__(self, url: str, session: aiohttp.ClientSession) -> None:
        self._url = url
        self._session = session

    async def ask(self, place: str, **said: Any) -> Any:
        """Ask something of a place."""
        async with self._session.post(f"{self._url}/{place}", json=said) as answer:
            return await answer.json()

    async def people(self, number: int) -> list[int]:
        """Make people who wrote to the bot; return their ids."""
        found: list[int] = (await self.ask("world", people=number))["people"]
        return found
