"""Searching, and asking why: through the real inbox over a real database."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, cast

from bot.access import Person, Policy
from bot.chats import Address
from bot.commands.call import Tools
from bot.commands.registry import NAMES
from bot.counting import Counting
from bot.door import Door
from bot.inbox import Inbox
from bot.storage.chats import SqliteChats
from bot.talk import ACTION_BYTES, Kind, Place, Pressed, Said, Speaker
from digest.calendar import Calendar
from digest.document import Actions
from digest.enquiries import Enquiries
from digest.model import Kind as AnnouncedAs
from digest.model import Topic
from digest.reading import plain
from digest.recent import Recent
from digest.summaries.answers.extractive import ExtractiveAnswerer
from tests.papers import DAY, announced, paper
from tests.servers.readings import notebook
from tests.servers.town import DEFAULTS, MORNING, Town

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from pathlib import Path

    from bot.talk import Reply
    from digest.ports import PaperSource

MONDAY = DAY + timedelta(days=3)
DESERTS = Topic("deserts", "Deserts", "desert")


@dataclass
class Talk:
    """A town and somebody who talks to its bot."""

    town: Town
    inbox: Inbox
    said: list[Reply] = field(default_factory=list)

    async def say(self, text: str, chat: str = "ada", *, press: bool = False) -> str:
        """Say or press something; return the answer in words."""
        place = Place(Address("scripted", chat), Kind.PRIVATE)
        by = Speaker(Person("scripted", chat), chat)
        incoming = Pressed(place, by, text, "1") if press else Said(place, by, text)
        answer = await self.inbox.receive(incoming, _ignore)
        assert answer is not None
        self.said.append(answer)
        return plain(answer.document.blocks)

    @property
    def buttons(self) -> dict[str, str]:
        """Return the buttons of the last answer."""
        rows = [block for block in self.said[-1].document.blocks if isinstance(block, Actions)]
        return {button.label: button.action for row in rows for button in row.buttons}


async def _ignore(_: str) -> None:
    pass


def play(folder: Path, check: Callable[[Talk], Awaitable[None]], now: datetime = MORNING) -> None:
    """Run a check over a new town."""

    async def run() -> None:
        async with talk(folder, now) as made:
            await check(made)

    asyncio.run(run())


@contextlib.asynccontextmanager
async def talk(folder: Path, now: datetime) -> AsyncIterator[Talk]:
    """Open a town whose bot anybody may use."""
    async with Town.open(folder) as town:
        store, papers = town.rounds.store, town.rounds.papers
        tools = Tools(
            store=store,
            papers=papers,
            recent=Recent(papers, lambda: 0.0, lambda *_: None),
            source=cast("PaperSource", None),  # nothing here asks arXiv
            briefs=town.rounds.briefs,
            notebook=(notes := notebook()),
            enquiries=Enquiries(notes, ExtractiveAnswerer()),
            allowances=town.rounds.allowances,
            readers=(),
            site="https://arxiv.org",
            presets={},
            calendar=Calendar(),
            platforms={},
            policy=Policy("open", "admins", ""),
            counting=Counting(store, store, {}, lambda: now),
            unreachable_since=lambda: None,
            wake=lambda: None,
            random_bytes=bytes,
            now=lambda: now,
        )
        yield Talk(town, Inbox(tools, NAMES, Door(store, "open", lambda: now), 10, 10))


def test_a_search_shows_five_papers_and_turns_pages(tmp_path: Path) -> None:
    """An answer has the count, five papers with authors, category and date, and buttons to go on."""

    async def check(talk: Talk) -> None:
        await talk.town.announce_papers(*range(1, 13))
        text = await talk.say("/search rivers")
        assert text.startswith(
            "“rivers”: 12 papers\n1 to 5, the best first.\n\n1. A Study of Rivers, Part 12\n"
        )
        assert "Ada Ash and Ben Birch · cs.CV · Fri 26 June 2026" in text
        assert talk.buttons["Read 1"] == "summarize 9906.00012"
        assert list(talk.buttons) == [*(f"Read {number}" for number in range(1, 6)), "Next 5"]
        text = await talk.say(talk.buttons["Next 5"], press=True)
        assert talk.said[-1].instead
        assert "6 to 10" in text
        text = await talk.say(talk.buttons["Next 2"], press=True)
        assert "12. A Study of Rivers, Part 1\n" in text
        assert "Next" not in " ".join(talk.buttons)
        await talk.say(talk.buttons["Previous 5"], press=True)
        assert "Previous 5" in talk.buttons
        assert await talk.say("/found 99 rivers") == text
        assert (await talk.say("/found 0 rivers")).startswith("“rivers”: 12 papers\n1 to 5")

    play(tmp_path, check)


def test_long_words_are_typed_again_for_the_next_page(tmp_path: Path) -> None:
    """Words that no button carries say what to type instead; typed, it works."""
    words = "rivers bend and a model of bending explains nine rivers out of ten"

    async def check(talk: Talk) -> None:
        await talk.town.announce_papers(*range(1, 13))
        text = await talk.say(f"/search {words}")
        assert "/found 2 and the same words" in text
        assert not any("Next" in label for label in talk.buttons)
        assert "6 to 10" in await talk.say(f"/found 2 {words}")
        assert all(len(action.encode()) <= ACTION_BYTES for action in talk.buttons.values())
        text = await talk.say(f"/search zebra {words}")
        assert "/subscribe and the same words" in text
        assert not talk.buttons

    play(tmp_path, check)


def test_a_search_that_finds_nothing_offers_what_to_do(tmp_path: Path) -> None:
    """Nothing found: subscribe to it, English words for Chinese ones, an example for no words at all."""

    async def check(talk: Talk) -> None:
        assert await talk.say("/search zebra") == "No paper here has “zebra”."
        assert talk.buttons == {"Subscribe": "subscribe zebra"}
        assert "English words find more" in await talk.say("/search 扩散模型")
        for nothing in ("/search", "/search !?*", "/found", "/found 2"):
            assert (await talk.say(nothing)).startswith("There's no word in that to look for.")
        assert (await talk.say("/search ...")).endswith("Try /search gaussian splatting")
        assert (await talk.say("/search " + "river " * 17)).startswith("A search takes up to 16 words.")

    play(tmp_path, check)


def test_says_what_matched_and_that_it_was_sent(tmp_path: Path) -> None:
    """A paper that came names the topics that match, the one that doesn't, and when it was sent."""

    async def check(talk: Talk) -> None:
        await talk.town.chat("ada", Topic("rivers", "Rivers", "rivers"), DESERTS)
        await talk.town.announce_papers(1)
        await talk.town.serve()
        assert (await talk.say("/why 9906.00001v2")).endswith("It's on its way here.")
        await talk.town.settle("sent")
        assert await talk.say("/why 9906.00001") == (
            "A Study of Rivers, Part 1\nRivers: title has “rivers”\nDoesn't match: “Deserts”\n"
            "Announced: Fri 26 June 2026\nSent here: Fri 26 June 2026"
        )
        await talk.town.database.write(
            lambda db: db.execute("UPDATE deliveries SET state = 'expired', why = 'Too busy.'").fetchall()
        )
        text = await talk.say("/why 9906.00001")
        assert text.endswith("It couldn't be sent: Too busy.")

    play(tmp_path, check)


def test_says_why_a_paper_was_not_sent(tmp_path: Path) -> None:
    """No room, no topic, no news, subscribed later, still to come, paused, unknown: each has its sentence."""

    async def check(talk: Talk) -> None:
        number = await talk.town.chat("ada", papers=2)
        await talk.town.chat("bo", DESERTS)
        await talk.town.announce(
            *(announced(number) for number in range(1, 5)), announced(9, AnnouncedAs.REPLACE)
        )
        await talk.town.serve()
        assert "a digest here has up to 2 papers" in await talk.say("/why 9906.00004")
        assert (await talk.say("/why 9906.00001", "bo")).endswith("No topic of this chat matches it.")
        assert "has no topics" in await talk.say("/why 9906.00001", "cy")
        text = await talk.say("/why 9906.00009")
        assert "Announced only as a new version: Fri 26 June 2026\nA new version is no news" in text
        await talk.town.announce_papers(11, day=MONDAY)
        assert "comes with the next digest" in await talk.say("/why 9906.00011")
        await talk.town.database.write(lambda db: SqliteChats(db, DEFAULTS).pause(number, None))
        assert "comes after /resume" in await talk.say("/why 9906.00011")
        await talk.town.database.write(
            lambda db: db.execute("UPDATE subscriptions SET at = '2026-06-27T09:00:00+00:00'").fetchall()
        )
        assert "subscribed after that (Sat 27 June 2026)" in await talk.say("/why 9906.00004")
        text = await talk.say("/why 9906.00077")
        assert text == "9906.00077 is in no listing that I read. Look it up: /summarize 9906.00077"
        assert talk.buttons == {"Look it up": "summarize 9906.00077"}
        assert await talk.say("/why https://arxiv.org/pdf/9906.00077v3") == text
        assert await talk.say("/why") == "Which paper? Try /why 2408.16725, or paste a link."
        assert (
            await talk.say("/why 2408.1672")
            == "“2408.1672” isn't an arXiv ID. Try /why 2408.16725, or paste a link."
        )

    play(tmp_path, check)


def test_many_topics_are_counted(tmp_path: Path) -> None:
    """Of many topics that don't match ten are named, and the reply stays readable."""

    async def check(talk: Talk) -> None:
        await talk.town.chat("ada", *(Topic(f"t{number}", f"T{number}", "desert") for number in range(13)))
        await talk.town.announce_papers(1)
        assert "“T9” and 3 more\n" in await talk.say("/why 9906.00001")

    play(tmp_path, check)


def test_what_was_sent_long_ago_is_not_claimed_to_be_known(tmp_path: Path) -> None:
    """Deliveries are forgotten some day; then nobody says that a paper wasn't sent."""

    async def check(talk: Talk) -> None:
        await talk.town.chat("ada")
        await talk.town.announce_papers(1)
        await talk.town.database.write(
            lambda db: db.execute("UPDATE chats SET told = 1").fetchall()  # everything was heard
        )
        assert (await talk.say("/why 9906.00001")).endswith("so long ago isn't known any more.")

    play(tmp_path, check, MORNING + timedelta(days=91))


def test_a_paper_that_was_only_looked_up_is_found(tmp_path: Path) -> None:
    """Papers without an announcement tell when they were submitted, where that's known."""

    async def check(talk: Talk) -> None:
        kept = [paper(1, submitted=MORNING), paper(2)]
        await talk.town.rounds.papers.write(lambda papers: papers.complete(kept))
        text = await talk.say("/search rivers")
        assert "cs.CV · submitted Fri 26 June 2026" in text

    play(tmp_path, check)
