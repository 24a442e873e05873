"""Questions about papers on both platforms, as `run` serves them: commands, buttons, forms and replies."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from bot.app import MIGRATIONS
from digest.sources.fulltext.shelf import Shelf
from digest.storage.papers import SqlitePapers
from tests.fullpapers import RIVERS, full_paper
from tests.servers.discord_life import DiscordLife, words
from tests.servers.new_database import open_database
from tests.servers.telegram_life import Life

if TYPE_CHECKING:
    from pathlib import Path

ID = str(RIVERS.id)
ASKED = "Which accuracy does FlowSim reach?"
SAID = "while FlowSim reaches 71.0%."
THEN, SAID_THEN = "How long did training take on GPUs?", "Training takes 6 hours on 2 GPUs."


async def read_before(folder: Path) -> dict[str, str]:
    """Put a paper into the database and on the shelf, as if it had been read; return where the shelf is."""
    database = await open_database(folder / "paperround.db", MIGRATIONS)
    try:
        await database.write(lambda db: SqlitePapers(db).complete([RIVERS]))
    finally:
        await database.close()
    shelf = Shelf(folder / "cache", 1 << 20, 86_400.0, time.time)
    with shelf.desk() as desk:
        shelf.keep(RIVERS, full_paper(), desk)
    return {"PAPERROUND_READING__CACHE": str(folder / "cache")}


def test_questions_on_discord(tmp_path: Path) -> None:
    """The command takes one, the button of a paper opens a form, a reply in a direct chat asks on."""

    async def run() -> None:
        environment = await read_before(tmp_path)
        async with DiscordLife.open(tmp_path, **environment) as life, life.running():
            discord = life.discord
            ada, _, papers = await life.readers()
            told = await life.uses(ada, papers, "ask", paper=ID, question=ASKED)
            assert SAID in words(told)
            assert told.only_for == 0
            form = await life.presses(ada, told, "Ask more")
            again = await life.done(discord.submit(form, words=THEN))
            assert SAID_THEN in words(again)
            summary = await life.uses(ada, None, "summarize", paper=ID)
            form = await life.presses(ada, summary, "Ask")
            assert SAID in words(await life.done(discord.submit(form, words=ASKED)))
            await life.uses(ada, None, "paperround cancel")
            discord.say(ada, None, THEN, reply_to=summary)
            await discord.until(lambda: SAID_THEN in words(discord.last(ada)))
            assert "Write it" not in str([message.raw for message in discord.shown(ada)])
            assert discord.refusals == []

    asyncio.run(run())


def test_questions_on_telegram(tmp_path: Path) -> None:
    """The button asks back, what is written next is the question, and so is a reply to a paper's message."""

    async def run() -> None:
        environment = await read_before(tmp_path)
        async with Life.open(tmp_path, **environment) as life, life.running():
            ada = await life.claimed()
            summary = await life.hears(ada, ada, ID)
            await life.presses(ada, summary, "Ask")
            await life.until(lambda: "What do you want to know" in life.telegram.last(ada, 0).text)
            assert SAID in (await life.hears(ada, ada, ASKED)).text
            life.telegram.say(ada, ada, THEN, reply_to=summary)
            await life.until(lambda: SAID_THEN in life.telegram.last(ada, 0).text)

    asyncio.run(run())


def test_a_group_is_told_how_to_answer(tmp_path: Path) -> None:
    """Where the bot hears what is meant for it alone, it says so when it asks; in private it needn't."""

    async def run() -> None:
        environment = await read_before(tmp_path)
        async with Life.open(tmp_path, **environment) as life, life.running():
            ada = await life.claimed()
            group = life.telegram.group("Lab", ada)
            summary = await life.hears(ada, group, f"/summarize@paperround_bot {ID}")
            await life.presses(ada, summary, "Ask")
            await life.until(lambda: "What do you want to know" in life.telegram.last(group, 0).text)
            asked = life.telegram.last(group, 0)
            assert asked.text.endswith("\nReply to this message, so that I see it.")
            life.telegram.say(ada, group, ASKED, reply_to=asked)
            await life.until(lambda: SAID in life.telegram.last(group, 0).text)
            assert "so that I see it" not in life.telegram.last(group, 0).text

    asyncio.run(run())
