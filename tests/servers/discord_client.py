"""discord.py pointed at the loopback Discord, and a way to let a story happen there."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Any

import aiohttp
import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from tests.servers.discord import DiscordServer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

    Json = dict[str, Any]


class Raw:
    """A client without a library."""

    def __init__(self, server: DiscordServer, session: aiohttp.ClientSession) -> None:
        self.server, self.session = server, session
        self.headers: dict[str, str] = {}

    async def ask(self, method: str, path: str, body: Any = None, **how: Any) -> tuple[int, Any]:
        """Send a request; the status and what was answered."""
        headers = {"Authorization": f"Bot {self.server.token}"} | how.pop("headers", {})
        async with self.session.request(
            method, self.server.api_url + path, json=body, headers=headers, **how
        ) as got:
            self.headers = dict(got.headers)
            if got.status == 204:
                return 204, None
            return got.status, await got.json(content_type=None)

    async def does(self, method: str, path: str, body: Any = None, **how: Any) -> Any:
        """Send a request that has to succeed; what was answered."""
        status, answer = await self.ask(method, path, body, **how)
        assert status < 300, answer
        return answer

    async def fails(self, method: str, path: str, body: Any = None, **how: Any) -> Json:
        """Send a request that has to be refused; how."""
        status, answer = await self.ask(method, path, body, **how)
        assert status >= 400, answer
        found: Json = answer
        return found


def play(story: Callable[[DiscordServer, Raw], Awaitable[None]], **how: Any) -> None:
    """Let a story happen on a server of its own."""

    async def run() -> None:
        async with DiscordServer(**how) as server, aiohttp.ClientSession() as session:
            await story(server, Raw(server, session))

    asyncio.run(run())


@contextlib.contextmanager
def pointed_at(server: DiscordServer) -> Iterator[None]:
    """Let discord.py take the loopback server for Discord."""
    before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = server.api_url, yarl.URL(server.gateway.url)
    try:
        yield
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before


class Bot(discord.AutoShardedClient):
    """A client that notes what it is told of."""

    def __init__(self, intents: discord.Intents | None = None, **more: Any) -> None:
        few = discord.Intents(guilds=True, dm_messages=True)
        super().__init__(intents=intents or few, **{"guild_ready_timeout": 0.05} | more)
        self.tree = discord.app_commands.CommandTree(self)
        self.noted: list[str] = []
        self.heard: list[discord.Message] = []
        self.became_ready = asyncio.Event()
        self._news = asyncio.Event()

    def dispatch(self, event: str, /, *args: Any, **kwargs: Any) -> None:
        """Note the event, then handle it."""
        self.noted.append(event)
        self._news.set()
        super().dispatch(event, *args, **kwargs)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Begin a session at once; the library waits five seconds between two."""

    async def on_ready(self) -> None:
        """Know that it's ready."""
        self.became_ready.set()

    async def on_message(self, message: discord.Message) -> None:
        """Keep what was written."""
        self.heard.append(message)
        self._news.set()

    async def until(self, what: Callable[[], Any]) -> None:
        """Wait for something to be so, looking after every event."""
        async with asyncio.timeout(60):
            while not what():
                self._news.clear()
                await self._news.wait()


@contextlib.asynccontextmanager
async def running(server: DiscordServer, bot: Bot, token: str | None = None) -> AsyncIterator[Bot]:
    """Run a client until the block ends; it's ready when it begins."""
    with pointed_at(server):
        task = asyncio.ensure_future(bot.start(token or server.token))
        ready = asyncio.ensure_future(bot.became_ready.wait())
        try:
            await asyncio.wait({task, ready}, return_when=asyncio.FIRST_COMPLETED, timeout=60)
            if task.done():
                await task
            assert ready.done(), "the client didn't become ready"
            yield bot
        finally:
            ready.cancel()
            await bot.close()
            with contextlib.suppress(asyncio.CancelledError, Exception):
                await asyncio.wait_for(task, 60)
