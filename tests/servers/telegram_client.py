"""A client of the loopback Bot API without a library, and a way to let a story happen there."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import aiohttp

from tests.servers.clock import run_leaping
from tests.servers.telegram import TelegramServer

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    Json = dict[str, Any]

BUTTON = {"text": "Go", "callback_data": "go"}


class Raw:
    """A client without a library."""

    def __init__(self, server: TelegramServer, session: aiohttp.ClientSession) -> None:
        self.server, self.session = server, session

    async def ask(self, method: str, **arguments: Any) -> Json:
        """Send a request as forms do, objects as JSON strings, and give the whole answer."""
        form = {k: v if isinstance(v, str) else json.dumps(v) for k, v in arguments.items()}
        async with self.session.post(f"{self.server.url}/bot{self.server.token}/{method}", data=form) as got:
            answer: Json = await got.json()
            assert got.status == (200 if answer["ok"] else answer["error_code"])
            return answer

    async def does(self, method: str, **arguments: Any) -> Any:
        """Send a request that has to succeed; its result."""
        answer = await self.ask(method, **arguments)
        assert answer["ok"], answer
        return answer["result"]

    async def fails(self, method: str, **arguments: Any) -> str:
        """Send a request that has to be refused; how."""
        answer = await self.ask(method, **arguments)
        assert not answer["ok"], answer
        return str(answer["description"])


def play(story: Callable[[TelegramServer, Raw], Awaitable[None]], **how: Any) -> None:
    """Let a story happen on a server of its own, in a loop whose time can leap."""

    async def run() -> None:
        async with TelegramServer(**how) as server, aiohttp.ClientSession() as session:
            await story(server, Raw(server, session))

    run_leaping(run())


def card(chat: int, **more: Any) -> Json:
    """A message with a button, for a chat."""
    return {"chat_id": chat, "text": "card", "reply_markup": {"inline_keyboard": [[BUTTON]]}} | more
