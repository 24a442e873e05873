"""The loopback Discord in a process of its own, and what is asked of it beside Discord's API."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    import aiohttp


@contextlib.contextmanager
def loopback(*more: str) -> Iterator[tuple[str, str, str]]:
    """Run Discord; yield its API's URL, its gateway's and the token."""
    command = [sys.executable, "-m", "tests.servers.discord", "--port", "0", "--no-check", *more]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            if process.stdout is None:
                raise AssertionError("a pipe was asked for")
            api, gateway, token = process.stdout.readline().split()
            yield api, gateway, token
        finally:
            process.kill()


class World:
    """What is asked of the server beside its API."""

    def __init__(self, api: str, session: aiohttp.ClientSession) -> None:
        self._url = api.partition("/api/")[0]
        self._session = session

    async def ask(self, place: str, **said: Any) -> Any:
        """Ask something of a place."""
        async with self._session.post(f"{self._url}/{place}", json=said) as answer:
            return await answer.json()
