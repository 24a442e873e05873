"""The whole of ``paperround run`` in this process, between a loopback Discord and a loopback arXiv."""

from __future__ import annotations

import asyncio
import contextlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.app import MIGRATIONS
from bot.clock import read_clock
from bot.serve import serve
from bot.settings import load
from digest.query import parse
from tests.papers import DAY, announced
from tests.servers.arxiv import ArxivServer, serve_arxiv
from tests.servers.clock import PATIENCE, until
from tests.servers.discord import DiscordServer
from tests.servers.new_database import lay
from tests.servers.process import ask
from tests.servers.telegram_life import MORNING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.servers.discord import Channel, Guild, Interaction, Shown, User


def words(message: Shown) -> str:
    """Return what people read of a message: its Markdown without what keeps words from being any."""
    return message.text.replace("\\", "")


@dataclass
class DiscordLife:
    """A bot that runs, and everybody around it.

    Attributes:
        lines: what `run` said to its owner.
    """

    discord: DiscordServer
    arxiv: ArxivServer
    folder: Path
    environment: dict[str, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)

    @classmethod
    @contextlib.asynccontextmanager
    async def open(cls, folder: Path, **environment: str) -> AsyncIterator[DiscordLife]:
        """Make a world in which the bot doesn't run yet; arXiv announced nothing since Thursday."""
        with serve_arxiv() as arxiv:
            async with DiscordServer() as discord:
                arxiv.announce(DAY.replace(day=25), [announced(90, title="Of Dunes", abstract="Sand.")])
                await lay(folder / "paperround.db", MIGRATIONS)
                yield cls(discord, arxiv, folder, environment)

    @contextlib.asynccontextmanager
    async def running(self, clock: str = MORNING) -> AsyncIterator[None]:
        """Run the bot, and wait until it's connected, its commands are there and it has read a list.

        Who subscribes before that is told of that list too.
        """
        self.lines.clear()
        stop = asyncio.Event()
        settings = load(None, self._environment(), parse)
        task = asyncio.create_task(serve(settings, read_clock(clock, asyncio.sleep), stop, self.lines.append))
        before = self.discord.gateway.identified
        try:
            await self.discord.until(
                lambda: task.done() or (self.discord.commands and self.discord.gateway.identified > before)
            )
            await until(lambda: task.done() or self.asked("SELECT count(*) FROM listings"))
            yield
        finally:
            stop.set()
            await asyncio.wait_for(task, PATIENCE)

    async def claimed(self, name: str = "Ada", locale: str = "en-US") -> User:
        """Let somebody own the bot, by the code that it printed."""
        owner = self.discord.user(name, locale=locale)
        (code,) = re.findall(r"become its owner: (\S+)", "\n".join(self.lines))
        asked = self.discord.slash(owner, None, "paperround claim", code=code)
        await self.done(asked)
        return owner

    async def readers(self) -> tuple[User, Guild, Channel]:
        """Let somebody own the bot and take it into a server of theirs; return them, it and its channel."""
        owner = await self.claimed()
        guild = self.discord.guild("Readers", owner, bot=None)
        papers = self.discord.text(guild, "papers")
        self.discord.join(guild)
        return owner, guild, papers

    async def uses(self, user: User, where: Channel | None, command: str, /, **options: Any) -> Shown:
        """Let somebody use a command; return what it was answered with."""
        return await self.done(self.discord.slash(user, where, command, **options))

    async def presses(self, user: User, message: Shown, label: str) -> Interaction:
        """Let somebody press a button; wait until it's answered."""
        asked = self.discord.press(user, message, label)
        await self.discord.until(lambda: asked.done, seconds=PATIENCE)
        return asked

    async def done(self, asked: Interaction) -> Shown:
        """Wait until an interaction is answered; return with what."""
        await self.discord.until(lambda: asked.done and asked.original, seconds=PATIENCE)
        return self.discord.reply(asked)

    async def digest(self, channel: Channel | User) -> Shown:
        """Return the first message of a channel that tells a paper, once it's there."""

        def found() -> list[Shown]:
            shown = self.discord.shown(channel)
            return [message for message in shown if re.search(r"\d (of \d+ )?papers?\n", message.text)]

        await self.discord.until(found, seconds=PATIENCE)
        return found()[0]

    def asked(self, question: str) -> int:
        """Ask the database for a number, beside the bot."""
        return ask(self.folder / "paperround.db", question)

    def _environment(self) -> dict[str, str]:
        urls = ("LISTING", "API", "SITE")
        return {
            **{f"PAPERROUND_ARXIV__{name}_URL": self.arxiv.url for name in urls},
            "PAPERROUND_ARXIV__BACKFILL_DAYS": "0",
            "PAPERROUND_DIGEST__ZONE": "Asia/Shanghai",  # where it's noon when a listing comes
            "PAPERROUND_STORAGE__PATH": str(self.folder / "paperround.db"),
            "PAPERROUND_DISCORD__API_URL": self.discord.api_url,
            "PAPERROUND_DISCORD__GATEWAY_URL": self.discord.gateway.url,
            "DISCORD_BOT_TOKEN": self.discord.token,
            **self.environment,
        }
