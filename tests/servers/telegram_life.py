"""The whole of ``paperround run`` in this process, between a loopback Telegram and a loopback arXiv."""

from __future__ import annotations

import asyncio
import contextlib
import re
import sqlite3
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.app import MIGRATIONS
from bot.clock import read_clock
from bot.serve import serve
from bot.settings import load
from digest.query import parse
from tests.papers import DAY, announced
from tests.servers.arxiv import ArxivServer, serve_arxiv
from tests.servers.clock import PATIENCE, until
from tests.servers.new_database import lay
from tests.servers.telegram import TelegramServer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from tests.servers.telegram import Chat, Press, Shown, User

MORNING = "2026-06-26T04:06Z@60"  # a minute is a second, which sends and their time-outs still live with


@dataclass
class Life:
    """A bot that runs, and everybody around it.

    Attributes:
        lines: what `run` said to its owner.
    """

    telegram: TelegramServer
    arxiv: ArxivServer
    folder: Path
    environment: dict[str, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)

    @classmethod
    @contextlib.asynccontextmanager
    async def open(cls, folder: Path, **environment: str) -> AsyncIterator[Life]:
        """Make a world in which the bot doesn't run yet; arXiv announced nothing since Thursday."""
        with serve_arxiv() as arxiv:
            async with TelegramServer() as telegram:
                arxiv.announce(DAY.replace(day=25), [announced(90, title="Of Dunes", abstract="Sand.")])
                await lay(folder / "paperround.db", MIGRATIONS)
                yield cls(telegram, arxiv, folder, environment)

    @contextlib.asynccontextmanager
    async def running(self, clock: str = MORNING) -> AsyncIterator[None]:
        """Run the bot."""
        self.lines.clear()
        stop = asyncio.Event()
        settings = load(None, self._environment(), parse)
        task = asyncio.create_task(serve(settings, read_clock(clock, asyncio.sleep), stop, self.lines.append))
        try:
            await self.until(lambda: task.done() or (self.telegram.updates.polls > 0 and self.read_a_list()))
            yield
        finally:
            stop.set()
            await asyncio.wait_for(task, PATIENCE)
            self.telegram.updates.polls = 0

    async def claimed(self, name: str = "Ada", language: str = "en") -> User:
        """Let somebody own the bot, by the link that it printed."""
        owner = self.telegram.user(name, language=language)
        await self.until(lambda: any("https://t.me/" in line for line in self.lines))
        (code,) = re.findall(r"https://t\.me/paperround_bot\?start=(\S+)", "\n".join(self.lines))
        await self.hears(owner, owner, f"/start {code}")
        return owner

    async def hears(self, user: User, chat: Chat | User, text: str, *, thread: int = 0) -> Shown:
        """Let somebody say something; return the last message that the bot answered with."""
        before = self.written(chat)
        self.telegram.say(user, chat, text, thread=thread)
        await self.until(lambda: self.written(chat) > before)
        return self.telegram.last(chat, thread)

    async def presses(self, user: User, message: Shown, label: str) -> Press:
        """Let somebody press a button; return how it was answered."""
        press = self.telegram.press(user, message, label)
        await asyncio.wait_for(press.answered.wait(), PATIENCE)
        return press

    async def digest(self, chat: Chat | User, *, thread: int = 0) -> Shown:
        """Return the first message of a chat that tells a paper, once it's there."""

        def found() -> list[Shown]:
            shown = self.telegram.shown(chat, thread)
            return [message for message in shown if re.search(r"\d (of \d+ )?papers?\n", message.text)]

        await self.until(lambda: bool(found()))
        return found()[0]

    async def until(self, true: Callable[[], bool]) -> None:
        """Wait until something holds.

        Raises:
            AssertionError: it doesn't, for very long.
        """
        await until(true)

    def read_a_list(self) -> bool:
        """Return whether a listing was ever read; who subscribes before that is told of it too."""
        with contextlib.closing(sqlite3.connect(self.folder / "paperround.db")) as database:
            return bool(database.execute("SELECT count(*) FROM listings").fetchone()[0])

    def written(self, chat: Chat | User) -> int:
        """Return how many messages of the bot a chat has."""
        return sum(message.sender == self.telegram.bot.id for message in self.telegram.shown(chat)) + sum(
            bool(message.raw.get("_mine")) for message in self.telegram.shown(chat)
        )

    def _environment(self) -> dict[str, str]:
        urls = ("LISTING", "API", "SITE")
        return {
            **{f"PAPERROUND_ARXIV__{name}_URL": self.arxiv.url for name in urls},
            "PAPERROUND_ARXIV__BACKFILL_DAYS": "0",
            "PAPERROUND_DIGEST__ZONE": "Asia/Shanghai",  # where it's noon when a listing comes
            "PAPERROUND_STORAGE__PATH": str(self.folder / "paperround.db"),
            "PAPERROUND_TELEGRAM__API_URL": self.telegram.url,
            "TELEGRAM_BOT_TOKEN": self.telegram.token,
            **self.environment,
        }
