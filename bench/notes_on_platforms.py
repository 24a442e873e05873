"""Measures how long people wait for notes that are kept: from the button to the message on the platform.

Each platform is a loopback one in a process of its own, and on our side nothing is left out: the update, the
inbox, the database, the document, its messages and the request. Each press is for another paper, whose notes
are in the database and in no memory.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aiohttp

from bench._bot_api import Api, bot_api
from bench._discord_server import World, loopback
from bench._serving import serving
from bench.notes import NOW, PAPER, Faithful, Library
from bench.report import report_waits
from bot.app import open_database
from bot.platforms.discord import options as discord_options
from bot.platforms.discord.buttons import MARK
from bot.platforms.discord.platform import DiscordPlatform
from bot.platforms.telegram import options as telegram_options
from bot.platforms.telegram.platform import TelegramPlatform
from bot.serve import SWITCH
from digest.model import PaperId
from digest.notebook import Notebook
from digest.storage.notes import SqliteNotes
from digest.storage.papers import SqlitePapers
from digest.summaries.breaker import Breaker
from digest.summaries.notes.chain import NoteChain, NoteLink
from digest.summaries.notes.writer import NoteWriter

if TYPE_CHECKING:
    from digest.errors import ModelError
    from digest.model import Paper
    from digest.ports import FullText
    from digest.storage.database import Database

PRESSES = 100
GOAL_MS = 100.0
PAUSE = 0.02  # seconds between an answer and the next press
PATIENCE = 10.0
SHOWN = "Workload: "  # what only whole notes tell


def papers() -> list[Paper]:
    """Return as many papers as there are presses."""
    return [
        replace(PAPER, id=PaperId(f"2606.{number:05}"), categories=("cs.CV",))
        for number in range(1, PRESSES + 1)
    ]


def notebook(database: Database, library: FullText | None = None) -> Notebook:
    """Make a notebook that remembers nothing yet, over what the database keeps and a library that has all."""

    async def tell(_: str, error: ModelError) -> None:
        raise AssertionError(error)

    link = NoteLink("faithful", "faithful", NoteWriter(Faithful(), 200_000), Breaker(lambda: NOW))
    kept, at_once = SqliteNotes(database), asyncio.Semaphore(4)
    return Notebook(
        library or Library(), NoteChain((link,), kept, at_once, 60, lambda: NOW, lambda *_: None, tell)
    )


async def keep(database: Database) -> None:
    """Have notes of every paper taken and kept."""
    await database.write(lambda db: SqlitePapers(db).complete(papers()))
    writing = notebook(database)
    for paper in papers():
        await writing.of(paper, "en")


async def until(world: Api | World, place: str, name: str, least: int) -> Any:
    """Ask again and again until a number is reached; return the whole answer.

    Raises:
        TimeoutError: it isn't.
    """
    async with asyncio.timeout(PATIENCE):
        while (found := await world.ask(place))[name] < least:  # noqa: ASYNC110 - it's another process
            await asyncio.sleep(0.01)
        return found


async def on_telegram(url: str, token: str, path: Path) -> None:
    """Press a button of another person's message each time, in private chats."""
    platform = TelegramPlatform(token, telegram_options.Options(url))
    async with aiohttp.ClientSession() as session, open_database(path) as database:
        await keep(database)
        async with serving(platform, database, notebook(database)):
            api = Api(url, session)
            people = await api.people(PRESSES)
            for number, person in enumerate(people, 1):
                await api.ask("say", user=person, chat=person, text="/settings")
                await until(api, "counts", "sent", number)
            took = []
            for number, (person, paper) in enumerate(zip(people, papers(), strict=True), PRESSES + 1):
                pressed = await api.ask(
                    "press", user=person, chat=person, message=2, data=f"notes {paper.id}"
                )
                await until(api, "counts", "sent", number)
                calls = await api.ask("calls")
                (at,) = [at for at, method, chat in calls[-3:] if (method, chat) == ("sendMessage", person)]
                took.append(at - pressed["at"])
                await asyncio.sleep(PAUSE)
            told = str(await api.ask(f"shown/{people[-1]}"))
    tell("telegram", took, told)


async def on_discord(api: str, gateway: str, token: str, path: Path) -> None:
    """The same in direct messages."""
    platform = DiscordPlatform(token, discord_options.Options(api, gateway))
    async with aiohttp.ClientSession() as session, open_database(path) as database:
        await keep(database)
        async with serving(platform, database, notebook(database)):
            world = World(api, session)
            await until(world, "counts", "synced", 1)
            people = (await world.ask("world", people=PRESSES))["people"]
            for number, person in enumerate(people, 1):
                await world.ask("slash", user=person, command="topics")
                await until(world, "interactions", "done", number)
            for number, (person, paper) in enumerate(zip(people, papers(), strict=True), PRESSES + 1):
                await world.ask("press", user=person, custom_id=f"{MARK}notes {paper.id}")
                await until(world, "interactions", "done", number)
                await asyncio.sleep(PAUSE)
            took = (await world.ask("interactions", after=PRESSES))["took"]
            told = str(await world.ask("shown", user=people[-1]))
    tell("discord", took, told)


def tell(platform: str, took: list[float], told: str) -> None:
    """Report a platform's waits.

    Raises:
        AssertionError: some presses weren't answered, or not with notes.
    """
    if len(took) != PRESSES or SHOWN not in told.replace("**", ""):
        raise AssertionError(f"{platform}: {len(took)} answers, the last one: {told[-2000:]}")
    report_waits(f"{platform}: notes that are kept, from the button to the message", took, GOAL_MS)


def main() -> None:
    """Measure each platform."""
    sys.setswitchinterval(SWITCH)
    with tempfile.TemporaryDirectory() as folder, bot_api() as (url, token):
        asyncio.run(on_telegram(url, token, Path(folder) / "bot.db"))
    with tempfile.TemporaryDirectory() as folder, loopback() as where:
        asyncio.run(on_discord(*where, Path(folder) / "bot.db"))


if __name__ == "__main__":
    main()
