"""While a paper is being read, the same person in the same chat is answered, and can call the reading off."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from bot.app import MIGRATIONS
from digest.storage.database import Database
from digest.storage.papers import SqlitePapers
from tests.fullpapers import RIVERS
from tests.papers import paper
from tests.servers.arxiv import Answer
from tests.servers.clock import until
from tests.servers.discord_life import DiscordLife, words
from tests.servers.talker import GROUP, GUEST, Talker, text
from tests.servers.telegram_life import Life

if TYPE_CHECKING:
    import pytest

    from tests.servers.arxiv import ArxivServer
    from tests.servers.discord import Channel, User

LATEX = Path(__file__).resolve().parent.parent / "latex"
ID = "9906.00007"
PAPER = paper(7, title="Of Lanterns")
CALLED_OFF = "Called off."


async def offer(folder: Path, arxiv: ArxivServer) -> dict[str, str]:
    """Keep a paper whose file arXiv has, and hold that file back."""
    database = await Database.open(folder / "paperround.db", MIGRATIONS)
    try:
        await database.write(lambda db: SqlitePapers(db).complete([PAPER]))
    finally:
        await database.close()
    page = (LATEX / "lanterns.html").read_bytes()
    arxiv.papers.append(PAPER)
    arxiv.files[f"/html/{ID}v1"] = Answer(body=page, headers={"Connection": "close"})
    arxiv.gate.clear()
    return {"PAPERROUND_READING__CACHE": str(folder / "cache")}


def test_telegram_answers_while_it_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In order, below the step that it has reached; a stop of the bot meanwhile loses nothing."""
    monkeypatch.setattr("bot.app.ARXIV_PAUSE", 0.05)

    async def run() -> None:
        async with Life.open(tmp_path) as life:
            telegram = life.telegram
            life.environment |= await offer(tmp_path, life.arxiv)
            async with life.running():
                ada = await life.claimed()
                telegram.say(ada, ada, f"/notes {ID}")
                await life.until(lambda: telegram.drafts.text(ada).startswith("Fetching"))
                for number in range(3):
                    telegram.say(ada, ada, f"/subscribe topic {number}")
                await life.until(lambda: "“topic 2”" in telegram.last(ada, 0).text)
                told = [each.text for each in telegram.shown(ada) if "Subscribed to “topic" in each.text]
                assert [each[21] for each in told] == list("012")
            life.arxiv.gate.set()
            async with life.running():
                await life.until(lambda: any("Method, step" in each.text for each in telegram.shown(ada)))
            assert (telegram.refusals, telegram.violations) == ([], [])

    asyncio.run(run())


def test_telegram_calls_off_a_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By a word or with Stop: that is said once, neither steps nor notes follow, and later they are there."""
    monkeypatch.setattr("bot.app.ARXIV_PAUSE", 0.05)

    async def run() -> None:
        async with Life.open(tmp_path) as life:
            telegram = life.telegram
            drafts = telegram.drafts
            life.environment |= await offer(tmp_path, life.arxiv)

            def steps(number: int) -> int:
                return [draft.number for _, draft in drafts.told].count(number)

            async with life.running():
                ada = await life.claimed()
                brief = await life.hears(ada, ada, f"/summarize {ID}")
                ended: dict[int, int] = {}
                for end in (lambda: telegram.say(ada, ada, "/cancel"), lambda: drafts.stop(ada)):
                    telegram.press(ada, brief, "Full notes")
                    await life.until(lambda: drafts.text(ada).startswith("Fetching"))
                    number = drafts.told[-1][1].number
                    end()
                    await life.until(
                        lambda: telegram.last(ada, 0).text == "What you waited for is called off."
                    )
                    ended[number] = steps(number)
                    told = await life.hears(ada, ada, "/cancel")
                    assert told.text == "Nothing is under way and no question is open."
                assert CALLED_OFF not in [each.text for each in telegram.shown(ada)]
                life.arxiv.gate.set()
                await life.presses(ada, brief, "Full notes")
                await life.until(lambda: any("Method, step" in each.text for each in telegram.shown(ada)))
                assert {number: steps(number) for number in ended} == ended
                assert len(ended) == 2
            assert (telegram.refusals, telegram.violations) == ([], [])

    asyncio.run(run())


async def reads_and_calls_off(life: DiscordLife, ada: User, where: Channel | None) -> None:
    """Let somebody open notes, use a command meanwhile, and call the reading off."""
    discord = life.discord
    brief = await life.uses(ada, where, "summarize", paper=ID)
    asked = discord.press(ada, brief, "Full notes")

    def shows() -> str:
        return words(discord.reply(asked)) if asked.original else ""

    await discord.until(lambda: "Fetching" in shows())
    assert "All times are those of" in words(await life.uses(ada, where, "paperround status"))
    assert "Fetching" in shows()
    told = await life.uses(ada, where, "paperround cancel")
    assert words(told) == "What you waited for is called off."
    await discord.until(lambda: shows() == CALLED_OFF)


def test_two_who_press_the_same_get_one_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a group the second hears that it's under way; the notes come once, for both."""
    monkeypatch.setattr("bot.app.ARXIV_PAUSE", 0.05)

    async def run() -> None:
        async with Life.open(tmp_path) as life:
            telegram = life.telegram
            life.environment |= {**await offer(tmp_path, life.arxiv), "PAPERROUND_ACCESS__MODE": "open"}
            async with life.running():
                ada, bob = await life.claimed(), telegram.user("Bob")
                group = telegram.group("Lab", ada, bob)
                brief = await life.hears(ada, group, f"/summarize@paperround_bot {ID}")
                await life.presses(ada, brief, "Full notes")
                await life.until(lambda: telegram.last(group, 0).text.startswith("Fetching"))
                press = await life.presses(bob, brief, "Full notes")
                assert press.text == "That's under way: what comes of it is shown here."
                life.arxiv.gate.set()
                await life.until(lambda: any("Method, step" in each.text for each in telegram.shown(group)))
            assert sum("Method, step" in each.text for each in telegram.shown(group)) == 1
            assert (telegram.refusals, telegram.violations) == ([], [])

    asyncio.run(run())


def test_discord_answers_while_it_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a server and in a direct message, and calls the reading off there."""
    monkeypatch.setattr("bot.app.ARXIV_PAUSE", 0.05)

    async def run() -> None:
        async with DiscordLife.open(tmp_path) as life:
            discord = life.discord
            life.environment |= await offer(tmp_path, life.arxiv)
            async with life.running():
                ada, _, papers = await life.readers()
                for where in (papers, None):
                    await reads_and_calls_off(life, ada, where)
                discord.say(ada, None, f"/notes {ID}")
                await discord.until(lambda: "Fetching" in words(discord.last(ada)))
                discord.say(ada, None, "/status")
                await discord.until(lambda: "All times are those of" in words(discord.last(ada)))
            assert (discord.refusals, discord.violations) == ([], [])

    asyncio.run(run())


def test_somebody_asks_on_while_an_answer_is_made(tmp_path: Path) -> None:
    """The next words are about the same paper; what was asked by another command meanwhile holds."""

    async def run() -> None:
        async with Talker.open(tmp_path) as talker:
            talker.library.add(RIVERS)
            talker.readings.open.clear()
            first = asyncio.ensure_future(talker.say(f"/ask {RIVERS.id} Which accuracy does FlowSim reach?"))
            await until(lambda: any(step.startswith("Fetching") for step in talker.steps))
            begun = len(talker.steps)
            second = asyncio.ensure_future(talker.say("How long did training take on GPUs?"))
            await until(lambda: len(talker.steps) > begun)
            assert "Ready-made topics" in text(await talker.say("/subscribe"))
            talker.readings.open.set()
            assert "71.0%" in text(await first)
            assert "6 hours on 2 GPUs" in text(await second)
            assert text(await talker.say("dunes")).startswith("Subscribed to “dunes”")

    asyncio.run(run())


def test_calling_off_is_for_who_waits(tmp_path: Path) -> None:
    """In a group, nobody ends what another waits for; what was begun is there when it's asked for again."""

    async def run() -> None:
        async with Talker.open(tmp_path) as talker:
            talker.library.add(RIVERS)
            await talker.join(GROUP)
            talker.readings.open.clear()
            waiting = asyncio.ensure_future(talker.press(f"notes {RIVERS.id}", where=GROUP))
            await until(lambda: talker.steps)
            assert text(await talker.say("/cancel", who=GUEST, where=GROUP)).startswith(
                "Nothing is under way"
            )
            assert text(await talker.say("/cancel")).startswith("Nothing is under way")
            assert text(await talker.say("/cancel", where=GROUP)) == "What you waited for is called off."
            assert text(await waiting) == CALLED_OFF
            talker.readings.open.set()
            assert "Method, step" in text(await talker.press(f"notes {RIVERS.id}", where=GROUP))
            assert talker.readings.asked == [RIVERS.id]

    asyncio.run(run())
