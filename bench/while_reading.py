"""Measures how long people wait for a quick command while a paper is being read for them, in the same chat.

Each platform is a loopback one in a process of its own. The reading takes longer than the measurement.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import aiohttp

from bench._bot_api import Api, bot_api
from bench._discord_server import World, loopback
from bench._serving import serving
from bench.notes import PAPER, Library
from bench.notes_on_platforms import notebook, until
from bench.report import report_waits
from bot.app import open_database
from bot.platforms.discord import options as discord_options
from bot.platforms.discord.platform import DiscordPlatform
from bot.platforms.telegram import options as telegram_options
from bot.platforms.telegram.platform import TelegramPlatform
from bot.serve import SWITCH
from digest.fulltext import Form, Step
from digest.storage.papers import SqlitePapers

if TYPE_CHECKING:
    from collections.abc import Callable

    from digest.fulltext import FullPaper
    from digest.model import Paper
    from digest.storage.database import Database

PEOPLE = 60
GOALS_MS = {"telegram": 150.0, "discord": 50.0}  # Telegram is asked for more ten times a second meanwhile
SPREAD = 0.013  # seconds more between each two, so that no rhythm of ours meets one of the bot's


class Slow(Library):
    """Has the paper, and never comes to its end."""

    async def read(self, _: Paper, report: Callable[[Step], None] = lambda _: None) -> FullPaper:
        """Read until the bot stops."""
        report(Step(Form.HTML))
        await asyncio.Event().wait()
        raise AssertionError


async def _know(database: Database) -> None:
    await database.write(lambda db: SqlitePapers(db).complete([PAPER]))


async def on_telegram(url: str, token: str, path: Path) -> None:
    """Everybody opens the paper's notes and then asks how it stands, in their private chats."""
    platform = TelegramPlatform(token, telegram_options.Options(url))
    async with aiohttp.ClientSession() as session, open_database(path) as database:
        await _know(database)
        async with serving(platform, database, notebook(database, Slow())):
            api = Api(url, session)
            took = []
            for number, person in enumerate(await api.people(PEOPLE)):
                await api.ask("say", user=person, chat=person, text=f"/notes {PAPER.id}")
                await until(api, f"drafts/{person}", "count", 1)
                await asyncio.sleep(SPREAD * (number % 5))
                said = await api.ask("say", user=person, chat=person, text="/status")
                await until(api, "counts", "sent", number + 1)
                calls = await api.ask("calls")
                took.append(
                    next(at for at, *what in calls[::-1] if what == ["sendMessage", person]) - said["at"]
                )
    tell("telegram", took)


async def on_discord(api: str, gateway: str, token: str, path: Path) -> None:
    """The same in direct messages, by commands."""
    platform = DiscordPlatform(token, discord_options.Options(api, gateway))
    async with aiohttp.ClientSession() as session, open_database(path) as database:
        await _know(database)
        async with serving(platform, database, notebook(database, Slow())):
            world = World(api, session)
            await until(world, "counts", "synced", 1)
            for number, person in enumerate((await world.ask("world", people=PEOPLE))["people"]):
                await world.ask("say", user=person, text=f"/notes {PAPER.id}")
                await until(world, "counts", "sent", number + 1)
                await world.ask("slash", user=person, command="paperround status")
                await until(world, "interactions", "done", number + 1)
            took = (await world.ask("interactions"))["took"]
    tell("discord", took)


def tell(platform: str, took: list[float]) -> None:
    """Report a platform's waits.

    Raises:
        AssertionError: some weren't answered.
    """
    if len(took) != PEOPLE:
        raise AssertionError(f"{platform}: {len(took)} answers")
    report_waits(f"{platform}: a command while a paper is read in the same chat", took, GOALS_MS[platform])


def main() -> None:
    """Measure each platform."""
    sys.setswitchinterval(SWITCH)
    with tempfile.TemporaryDirectory() as folder, bot_api() as (url, token):
        asyncio.run(on_telegram(url, token, Path(folder) / "bot.db"))
    with tempfile.TemporaryDirectory() as folder, loopback() as where:
        asyncio.run(on_discord(*where, Path(folder) / "bot.db"))


if __name__ == "__main__":
    main()
