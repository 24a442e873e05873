"""Somebody names papers to the bot, and hears what they say: the real inbox over a real database."""

from __future__ import annotations

import asyncio
import contextlib
import time
from datetime import UTC, datetime
from functools import wraps
from typing import TYPE_CHECKING

import pytest

from bot.access import Person, Policy
from bot.allowances import Allowances
from bot.chats import Address
from bot.commands.call import Tools
from bot.commands.registry import NAMES
from bot.counting import Counting
from bot.door import Door
from bot.inbox import Inbox
from bot.storage.desk import SqliteStore
from bot.storage.migrations import CHATS
from bot.talk import Kind, Place, Said, Speaker
from digest.briefs import Briefs
from digest.calendar import Calendar
from digest.document import Actions
from digest.enquiries import Enquiries
from digest.errors import SourceBusyError, SourceUnreachableError
from digest.model import Listing, PaperId
from digest.reading import plain
from digest.recent import Recent
from digest.storage.migrations import PAPERS
from digest.storage.papers import SqlitePapers, SqlitePaperStore
from digest.summaries.answers.extractive import ExtractiveAnswerer
from digest.summaries.extract import extract
from tests.papers import DAY, announced, paper
from tests.servers.new_database import open_database
from tests.servers.readings import notebook
from tests.wishes import DEFAULTS

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Sequence
    from pathlib import Path

    from bot.talk import Reply
    from digest.model import Announcement, Brief, Paper
    from digest.storage.database import Database

NOW = datetime(2026, 6, 26, 9, 0, tzinfo=UTC)
PRIVATE = Place(Address("scripted", "ada"), Kind.PRIVATE)
GROUP = Place(Address("scripted", "readers"), Kind.GROUP)


class Library:
    """An arXiv that knows some papers, or fails; it counts how often it's asked."""

    def __init__(self) -> None:
        self.known = {paper(number).id: paper(number, submitted=NOW) for number in range(1, 8)}
        self.error: Exception | None = None
        self.asked: list[tuple[PaperId, ...]] = []

    async def papers(self, ids: Sequence[PaperId]) -> tuple[Paper, ...]:
        """Look papers up."""
        self.asked.append(tuple(ids))
        if self.error:
            raise self.error
        return tuple(self.known[name] for name in ids if name in self.known)

    async def search(self, query: str, limit: int) -> tuple[Paper, ...]:
        """Find nothing."""
        raise AssertionError((query, limit))

    async def listing(self, archives: Collection[str]) -> Listing:
        """Announce nothing."""
        raise AssertionError(archives)

    async def submitted(self, *asked: object) -> AsyncIterator[tuple[Paper, ...]]:
        """Know of nothing that was submitted."""
        pages: list[tuple[Paper, ...]] = []
        assert pages, asked
        for page in pages:
            yield page


class Writer:
    """A `digest.writers.Summarizer` that waits for somebody to let it write."""

    def __init__(self) -> None:
        self.free = asyncio.Event()
        self.free.set()

    async def brief(self, paper: Paper, language: str, may_ask: Callable[[], bool] = lambda: True) -> Brief:
        """Write it, in time."""
        del language, may_ask
        await self.free.wait()
        return extract(paper)


class Reader:
    """Somebody who talks to the bot."""

    def __init__(self, database: Database, per_person: int) -> None:
        self.library = Library()
        self.writer = Writer()
        self.steps: list[str] = []
        self.papers = SqlitePaperStore(database)
        store = SqliteStore(database, DEFAULTS)
        self.database = database
        tools = Tools(
            store=store,
            papers=self.papers,
            recent=Recent(self.papers, time.monotonic, asyncio.get_running_loop().call_later),
            source=self.library,
            briefs=Briefs(self.writer),
            notebook=(notes := notebook()),
            enquiries=Enquiries(notes, ExtractiveAnswerer()),
            allowances=Allowances(100, lambda: NOW),
            readers=(),
            site="https://arxiv.org",
            presets={},
            calendar=Calendar(),
            platforms={},
            policy=Policy("open", "admins", ""),
            counting=Counting(store, store, {}, lambda: NOW),
            unreachable_since=lambda: None,
            wake=lambda: None,
            random_bytes=bytes,
            now=lambda: NOW,
        )
        self.inbox = Inbox(tools, NAMES, Door(store, "open", lambda: NOW), per_person, 1_000)

    async def hear(
        self, text: str, *, quoted: str = "", language: str = "en", place: Place = PRIVATE
    ) -> Reply:
        """Say something and return the answer."""

        async def progress(step: str) -> None:
            self.steps.append(step)
            self.writer.free.set()

        by = Speaker(Person("scripted", "ada"), "Ada", language)
        reply = await self.inbox.receive(Said(place, by, text, quoted), progress)
        assert reply is not None, f"no answer to {text!r}"
        return reply

    async def say(self, text: str, *, quoted: str = "", language: str = "en", place: Place = PRIVATE) -> str:
        """Say something and return what the answer says."""
        reply = await self.hear(text, quoted=quoted, language=language, place=place)
        return plain(reply.document.blocks)

    async def harvest(self, *announcements: Announcement, detailed: bool = True) -> None:
        """Keep a listing."""
        listing = Listing(DAY, ("cs",), announcements)
        await self.database.write(lambda db: SqlitePapers(db).keep(listing, NOW, detailed=detailed))


@contextlib.asynccontextmanager
async def reader(folder: Path, per_person: int = 1_000) -> AsyncIterator[Reader]:
    """Start a bot that everybody may use."""
    database = await open_database(folder / "paperround.db", (PAPERS, CHATS))
    try:
        yield Reader(database, per_person)
    finally:
        await database.close()


def talk(test: Callable[[Reader], Awaitable[None]]) -> Callable[[Path], None]:
    """Make a test of a conversation."""

    @wraps(test)
    def run(tmp_path: Path) -> None:
        async def inside() -> None:
            async with reader(tmp_path) as somebody:
                await test(somebody)

        asyncio.run(inside())

    del run.__wrapped__  # pytest would ask it for its arguments
    return run


def buttons(reply: Reply) -> dict[str, str]:
    """Return the labels of a reply's buttons, and what each does or opens."""
    rows = [block for block in reply.document.blocks if isinstance(block, Actions)]
    return {button.label: button.action or button.url for row in rows for button in row.buttons}


@talk
async def test_a_summary_that_takes_long_is_told_of(ada: Reader) -> None:
    """Who waits for a model is told what for, and how many are written."""
    await ada.harvest(announced(1, submitted=NOW), announced(2, submitted=NOW))
    for ids, step in (
        ("9906.00001", "Writing 1 summary …"),
        ("9906.00001 9906.00002", "Writing 2 summaries …"),
    ):
        ada.writer.free.clear()
        ada.steps.clear()
        await ada.say(f"/summarize {ids}", language="en")
        assert ada.steps == [step]


@talk
async def test_a_harvested_paper_needs_no_request(ada: Reader) -> None:
    """A paper that was harvested is told from the database, at once and without a word about looking."""
    await ada.harvest(announced(1, submitted=NOW))
    said = await ada.say("/summarize 9906.00001")
    assert said.splitlines()[0] == "A Study of Rivers, Part 1"
    assert said.endswith("Code: none named in the abstract.\n\nSentences extracted from the abstract.")
    assert ada.library.asked == []
    assert ada.steps == []


@talk
async def test_others_are_asked_for_once(ada: Reader) -> None:
    """Papers that weren't harvested take one request for all of them, and none the next time."""
    await ada.harvest(announced(1))
    for _ in range(2):
        reply = await ada.hear("/summarize 9906.00001 https://arxiv.org/pdf/9906.00002v1 arXiv:9906.00003")
        said = plain(reply.document.blocks)
        assert [line for line in said.splitlines() if line[:2] in {"1.", "2.", "3."}] == [
            f"{number}. A Study of Rivers, Part {number}" for number in (1, 2, 3)
        ]
    assert ada.library.asked == [(PaperId("9906.00002"), PaperId("9906.00003"))]
    assert ada.steps == ["Looking them up …"]
    assert buttons(reply)["PDF 2"] == "https://arxiv.org/pdf/9906.00002"


@talk
async def test_what_only_the_feed_told_is_asked_for(ada: Reader) -> None:
    """The feed knows no date and few comments, so arXiv is asked; if it's away, that has to do."""
    await ada.harvest(announced(1), detailed=False)
    ada.library.error = SourceUnreachableError("away")
    assert "submitted" not in await ada.say("/summarize 9906.00001")
    ada.library.error = None
    assert "submitted Fri 26 June 2026" in await ada.say("/summarize 9906.00001")
    incomplete = await ada.papers.read(lambda papers: papers.incomplete(DAY))
    assert incomplete == (PaperId("9906.00001"),), "the harvest has yet to see whether a comment matches"


@talk
async def test_a_later_version_is_asked_for(ada: Reader) -> None:
    """A version that came after what is kept is fetched; one that doesn't exist is said not to."""
    await ada.harvest(announced(1))
    newer = paper(1, version=2, title="Rivers Again")
    ada.library.known[newer.id] = newer
    assert (await ada.say("/summarize 9906.00001v2")).startswith("Rivers Again")
    assert "You named version 1. This is version 2" in await ada.say("/summarize 9906.00001v1")
    assert "There's no version 3. This is version 2" in await ada.say("/summarize 9906.00001v3")
    ada.library.error = SourceBusyError("busy")
    assert (await ada.say("/summarize 9906.00001v4")).startswith("arXiv asks for a break.")


@talk
async def test_a_message_replied_to_counts(ada: Reader) -> None:
    """Without words of its own, a reply means the papers of the message that it replies to."""
    quoted = "Have you read https://huggingface.co/papers/9906.00001?"
    assert (await ada.say("/summarize", quoted=quoted)).startswith("A Study of Rivers, Part 1")
    assert (await ada.say("/summarize this", quoted=quoted)).startswith("A Study of Rivers, Part 1")
    assert (await ada.say("/summarize 9906.00002", quoted=quoted)).startswith("A Study of Rivers, Part 2")


@pytest.mark.parametrize(
    ("words", "english", "chinese"),
    [
        (
            "2408.1672",
            "“2408.1672” isn't an arXiv ID. Try /summarize 2408.16725, or paste a link.",
            "“2408.1672”不是 arXiv 编号。试试 /summarize 2408.16725，或粘贴一个链接。",
        ),
        (
            "2408.1672 2413.12345",
            "“2408.1672” and “2413.12345” aren't arXiv IDs. Try /summarize 2408.16725, or paste a link.",
            "“2408.1672” 和 “2413.12345”不是 arXiv 编号。试试 /summarize 2408.16725，或粘贴一个链接。",
        ),
        (
            "me",
            "“me” isn't an arXiv ID. Try /summarize 2408.16725, or paste a link.",
            "“me”不是 arXiv 编号。试试 /summarize 2408.16725，或粘贴一个链接。",
        ),
        (
            "",
            "Which paper? Try /summarize 2408.16725, or paste a link.",
            "哪篇论文？试试 /summarize 2408.16725，或粘贴一个链接。",
        ),
        (
            "9906.99999",
            "arXiv doesn't know 9906.99999. Check the digits.",
            "arXiv 上没有 9906.99999，请核对编号。",
        ),
    ],
)
def test_mistakes_are_told(tmp_path: Path, words: str, english: str, chinese: str) -> None:
    """Malformed, unknown or missing: each has a sentence of its own, in the person's language."""

    async def inside() -> None:
        async with reader(tmp_path) as ada:
            assert await ada.say(f"/summarize {words}", place=GROUP) == english
            assert await ada.say(f"/summarize {words}", place=GROUP, language="zh-CN") == chinese

    asyncio.run(inside())


@talk
async def test_some_found_and_some_not_is_one_answer(ada: Reader) -> None:
    """What can't be had is said before what was found."""
    said = await ada.say("/summarize 9906.00001 9906.99999 2408.1672")
    assert said.splitlines()[:4] == [
        "“2408.1672” isn't an arXiv ID.",
        "arXiv doesn't know 9906.99999. Check the digits.",
        "",
        "A Study of Rivers, Part 1",
    ]


@talk
async def test_many_mistakes_are_counted(ada: Reader) -> None:
    """A page full of numbers isn't repeated."""
    words = " ".join(f"2413.{number:05d}" for number in range(90))
    said = await ada.say(f"/summarize {words}")
    assert said.startswith("“2413.00000”, “2413.00001”, “2413.00002” and 87 others aren't arXiv IDs.")


@talk
async def test_five_at_once(ada: Reader) -> None:
    """Of more than five papers the first five are told, and that they are the first."""
    said = await ada.say("/summarize " + " ".join(f"9906.{number:05d}" for number in range(1, 8)))
    assert said.startswith("You named 7 papers; here are the first 5.")
    assert "5. A Study of Rivers, Part 5" in said
    assert "Part 6" not in said


@talk
async def test_while_arxiv_is_away_the_rest_is_told(ada: Reader) -> None:
    """Without arXiv nothing is claimed of papers that it has to be asked for."""
    await ada.harvest(announced(1))
    ada.library.error = SourceUnreachableError("away")
    assert (await ada.say("/summarize 9906.00002")).startswith("arXiv isn't answering.")
    said = await ada.say("/summarize 9906.00001 9906.00002")
    assert said.startswith("arXiv can't be asked about 9906.00002 right now. Try again in a few minutes.")
    assert "A Study of Rivers, Part 1" in said


@talk
async def test_a_chat_in_chinese(ada: Reader) -> None:
    """Labels are Chinese and the extract is marked as the paper's words."""
    said = await ada.say("/summarize 9906.00001", language="zh-CN")
    assert "提交于 2026 年 6 月 26 日周五 · 第 1 版" in said
    assert "原文摘录：It explains nine rivers out of ten." in said
    assert ada.steps == ["正在查找……"]


@talk
async def test_a_link_by_itself_is_summarized(ada: Reader) -> None:
    """In a private chat a pasted link or id needs no command; a malformed id by itself is told."""
    assert (await ada.say("https://arxiv.org/abs/9906.00001")).startswith("A Study of Rivers, Part 1")
    assert (await ada.say("is 9906.00002 any good?")).startswith("A Study of Rivers, Part 2")
    assert (await ada.say("2408.1672")).startswith("“2408.1672” isn't an arXiv ID.")
    assert (await ada.say("it costs 1999.1234 euros")).startswith("I read arXiv. What shall I do with")


@talk
async def test_words_are_asked_about(ada: Reader) -> None:
    """Other words may be searched for or subscribed to, by a button or by typing where they are long."""
    reply = await ada.hear("gaussian\nsplatting")
    assert plain(reply.document.blocks) == "I read arXiv. What shall I do with “gaussian splatting”?"
    assert buttons(reply) == {
        "Search": "search gaussian splatting",
        "Subscribe": "subscribe gaussian splatting",
    }
    long = await ada.hear("splatting " * 9)
    assert plain(long.document.blocks) == (
        "I read arXiv. What shall I do with “splatting splatting splatting splatting splatting splatting…”?\n"
        "It's too long for a button: type /search or /subscribe before it."
    )
    assert buttons(long) == {}
    assert await ada.say("\u200b") == "I read arXiv. Send me an arXiv ID, a link or a few words."


def test_a_pasted_link_counts_as_costly(tmp_path: Path) -> None:
    """A pasted link is limited like the command; other words are free."""

    async def inside() -> None:
        async with reader(tmp_path, per_person=2) as ada:
            assert (await ada.say("9906.00001")).startswith("A Study")
            assert (await ada.say("/summarize 9906.00001")).startswith("A Study")
            assert (await ada.say("9906.00001")).startswith("That's often for one hour.")
            assert (await ada.say("rivers")).startswith("I read arXiv.")

    asyncio.run(inside())
