"""Somebody who talks to the bot: the real inbox over a real database, on a scripted platform.

async with Talker.open(tmp_path) as talker:
reply = await talker.say("/subscribe cs.CV")
assert text(reply).startswith("Subscribed")
await talker.press(buttons(reply)["Undo"])
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from bot.access import Person, Policy, Role, issue
from bot.allowances import Allowances
from bot.chats import Address
from bot.commands.call import Tools
from bot.commands.parsing import names_of
from bot.commands.registry import COMMANDS
from bot.counting import Counting
from bot.door import Door
from bot.inbox import Inbox
from bot.platforms.scripted import ScriptedPlatform
from bot.storage.desk import SqliteStore
from bot.storage.migrations import CHATS
from bot.talk import Joined, Kind, Left, Place, Pressed, Said, Speaker
from digest.briefs import Briefs
from digest.calendar import Calendar
from digest.document import Actions, Details, Group, List, Quote
from digest.enquiries import Enquiries
from digest.model import Listing, Topic
from digest.reading import plain
from digest.recent import Recent
from digest.storage.migrations import PAPERS
from digest.storage.papers import SqlitePapers, SqlitePaperStore
from digest.summaries.answers.extractive import ExtractiveAnswerer
from digest.summaries.extract import ExtractiveSummarizer
from tests.papers import DAY, announced
from tests.servers.clock import Clock
from tests.servers.new_database import open_database
from tests.servers.readings import Readings, notebook
from tests.wishes import DEFAULTS

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from bot.access import GroupChanges, Mode
    from bot.chats import Chat
    from bot.commands.call import Command
    from bot.talk import Incoming, Reply
    from digest.document import Blocks, Document
    from digest.model import Announcement, Paper, PaperId
    from digest.storage.database import Database
    from digest.writers import Answerer, NoteTaker, Summarizer

OWNER, GUEST, STRANGER = "olga", "gus", "sam"
"""Who may be talking: an owner, somebody who was invited, and nobody in particular."""

GROUP = Place(Address("scripted", "readers"), Kind.GROUP, "Readers")
THREAD = Place(Address("scripted", "readers", "7"), Kind.GROUP, "Papers", GROUP.address)
"""A thread of the group, which inherits what the group chose."""
CHANNEL = Place(Address("scripted", "news"), Kind.CHANNEL, "News")

MORNING = datetime(2026, 6, 26, 9, 0, tzinfo=UTC)
PRESETS = {
    "rivers": Topic("rivers", "Rivers", "rivers"),
    "splatting": Topic("splatting", "Gaussian splatting", '"gaussian splatting"'),
}


def private(who: str) -> Place:
    """Return somebody's private chat with the bot."""
    return Place(Address("scripted", who), Kind.PRIVATE, who.title())


def text(reply: Reply) -> str:
    """Return what a reply says, as it's read aloud."""
    return plain(reply.document.blocks)


def buttons(reply: Reply) -> dict[str, str]:
    """Return the buttons of a reply: what stands on each, and its action or URL."""
    return buttons_of(reply.document)


def buttons_of(document: Document) -> dict[str, str]:
    """Return the buttons of a document."""
    return {
        button.label: button.action or button.url for row in _rows(document.blocks) for button in row.buttons
    }


class Library:
    """The arXiv of a test: what it knows can be looked up, or it fails.

    Attributes:
        error: raised by whatever is asked, if it's set.
        asked: the ids that were looked up, in order.
    """

    def __init__(self) -> None:
        self.known: dict[PaperId, Paper] = {}
        self.error: Exception | None = None
        self.asked: list[PaperId] = []

    def add(self, *papers: Paper) -> None:
        """Let papers be found."""
        self.known |= {paper.id: paper for paper in papers}

    async def papers(self, ids: Sequence[PaperId]) -> tuple[Paper, ...]:
        """Look papers up."""
        self.asked += ids
        if self.error:
            raise self.error
        return tuple(self.known[one] for one in ids if one in self.known)

    async def search(self, query: str, limit: int) -> tuple[Paper, ...]:
        """Find papers that have the words in their title."""
        if self.error:
            raise self.error
        found = [paper for paper in self.known.values() if query.lower() in paper.title.lower()]
        return tuple(found[:limit])

    async def listing(self, archives: Iterable[str]) -> Listing:
        """Announce nothing."""
        return Listing(DAY, tuple(archives), ())

    async def submitted(self, *_: object) -> AsyncIterator[tuple[Paper, ...]]:
        """Know of nothing that was submitted."""
        pages: tuple[tuple[Paper, ...], ...] = ()
        for page in pages:
            yield page


@dataclass
class Talker:
    """The bot and whoever talks to it.

    Attributes:
        library: what papers are looked up in.
        readings: what is read of them.
        steps: what was shown of long work, in order.
        sent: what the platform was told to send or edit, as it writes it down.
        woken: how often the outbox was to be looked at.
        arxiv_away_since: since when arXiv can't be reached.
    """

    database: Database
    store: SqliteStore
    platform: ScriptedPlatform
    sent: list[dict[str, Any]]
    clock: Clock = field(default_factory=lambda: Clock(MORNING))
    library: Library = field(default_factory=Library)
    readings: Readings = field(default_factory=Readings)
    steps: list[str] = field(default_factory=list)
    woken: int = 0
    arxiv_away_since: datetime | None = None
    tools: Tools = field(init=False)
    inbox: Inbox = field(init=False)

    @classmethod
    @contextlib.asynccontextmanager
    async def open(  # noqa: PLR0913 - a test names what it changes
        cls,
        folder: Path,
        *,
        mode: Mode = "invited",
        group_changes: GroupChanges = "admins",
        operator: str = "",
        presets: Mapping[str, Topic] = PRESETS,
        commands: Sequence[Command] = COMMANDS,
        summarizer: Summarizer | None = None,
        note_taker: NoteTaker | None = None,
        answerer: Answerer | None = None,
        costly: tuple[int, int] = (1_000, 1_000),
        per_chat: int = 100,
        readers: Sequence[str] = (),
        people: bool = True,
    ) -> AsyncIterator[Talker]:
        """Start a bot with an empty database.

        Args:
            folder: where the database goes.
            mode: who may use it.
            group_changes: who changes a group's settings.
            operator: who runs it.
            presets: the topics of its config.toml.
            commands: what it understands.
            summarizer: who writes briefs; by extraction if None.
            note_taker: the same of notes.
            answerer: the same of answers about papers.
            costly: how many costly commands a person and a chat have in an hour.
            per_chat: how many briefs a chat may have models write in a day.
            readers: who is given papers' texts.
            people: whether `OWNER` and `GUEST` are let in already.
        """
        database = await open_database(folder / "paperround.db", (PAPERS, CHATS))
        try:
            sent: list[dict[str, Any]] = []
            clock = Clock(MORNING)
            talker = cls(
                database=database,
                store=SqliteStore(database, replace(DEFAULTS, weekdays=frozenset(range(5)))),
                platform=ScriptedPlatform(lambda line: sent.append(json.loads(line)), clock.now),
                sent=sent,
                clock=clock,
            )
            talker.tools = talker._tools(
                Policy(mode, group_changes, operator),
                presets,
                summarizer,
                note_taker,
                answerer,
                per_chat,
                readers,
            )
            door = Door(talker.store, mode, clock.now)
            talker.inbox = Inbox(talker.tools, names_of(commands), door, *costly)
            if people:
                await talker.let_in(OWNER, Role.OWNER)
                await talker.let_in(GUEST, Role.GUEST)
            yield talker
        finally:
            await database.close()

    async def say(
        self,
        words: str,
        *,
        who: str = OWNER,
        where: Place | None = None,
        language: str = "en",
        quoted: str = "",
        addressed: bool = True,
    ) -> Reply:
        """Say something, to the bot alone if nothing else is told, and return its answer.

        Raises:
            AssertionError: it says nothing.
        """
        reply = await self.hear(
            Said(
                where or private(who),
                Speaker(Person("scripted", who), who, language),
                words,
                quoted,
                addressed,
            )
        )
        assert reply is not None, f"no answer to {words!r}"
        return reply

    async def press(
        self, action: str, *, who: str = OWNER, where: Place | None = None, language: str = "en"
    ) -> Reply:
        """Press a button and return the answer.

        Raises:
            AssertionError: there is none.
        """
        speaker = Speaker(Person("scripted", who), who, language)
        reply = await self.hear(Pressed(where or private(who), speaker, action, "message-1"))
        assert reply is not None, f"no answer to a press on {action!r}"
        return reply

    async def join(self, where: Place, *, who: str = OWNER, language: str = "en") -> Reply | None:
        """Bring the bot to a place."""
        return await self.hear(Joined(where, Speaker(Person("scripted", who), who, language)))

    async def leave(self, where: Place, *, who: str = OWNER) -> Reply | None:
        """Take the bot from a place."""
        return await self.hear(Left(where, Speaker(Person("scripted", who), who)))

    async def hear(self, incoming: Incoming) -> Reply | None:
        """Hand anything to the inbox; None is silence."""

        async def progress(step: str) -> None:
            self.steps.append(step)

        return await self.inbox.receive(incoming, progress)

    async def let_in(self, who: str, role: Role) -> None:
        """Make somebody an owner or a guest."""
        words, code = issue(role, None, self.clock.now(), self.tools.random_bytes)

        def redeem(desk: Any) -> None:
            desk.people.offer(code)
            desk.people.redeem(words, Person("scripted", who), self.clock.now())

        await self.store.write(redeem)

    def make_admin(self, who: str, where: Place = GROUP) -> None:
        """Make somebody an admin of a group."""
        self.platform.admins.add((where.address, who))

    async def announce(self, *announcements: Announcement, day: date = DAY) -> None:
        """Keep a listing."""
        listing = Listing(day, ("cs",), tuple(replace(each, date=day) for each in announcements))
        await self.database.write(lambda db: SqlitePapers(db).keep(listing, self.clock.now()))

    async def announce_papers(self, *numbers: int, day: date = DAY) -> None:
        """Keep a listing of papers on rivers with these numbers."""
        await self.announce(*map(announced, numbers), day=day)

    async def chat(self, where: Place | None = None) -> Chat:
        """Return a chat as it's stored, the owner's own if no other is named.

        Raises:
            AssertionError: there is no such chat.
        """
        chat = await self.store.read(lambda desk: desk.chats.get((where or private(OWNER)).address))
        assert chat is not None
        return chat

    async def waiting(self) -> list[tuple[str, str]]:
        """Return what waits in the outbox: each chat and the text."""
        return await self.query(
            """SELECT chats.chat, messages.plain FROM deliveries JOIN messages ON messages.number = message
               JOIN chats ON chats.number = deliveries.chat
               WHERE deliveries.state = 'pending' ORDER BY deliveries.number"""
        )

    async def rows(self) -> Counter[str]:
        """Return how many rows each table has; tables without any are left out."""
        tables = await self.query("SELECT name FROM sqlite_master WHERE type = 'table'")
        counts = {name: await self.query(f'SELECT count(*) FROM "{name}"') for (name,) in tables}  # noqa: S608
        return Counter({name: count for name, [(count,)] in counts.items() if count})

    async def query(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Look into the database."""
        return await self.database.read(lambda db: db.execute(sql, list(values)).fetchall())

    def _tools(
        self,
        policy: Policy,
        presets: Mapping[str, Topic],
        summarizer: Summarizer | None,
        note_taker: NoteTaker | None,
        answerer: Answerer | None,
        per_chat: int,
        readers: Sequence[str],
    ) -> Tools:
        papers = SqlitePaperStore(self.database)
        notes = notebook(self.readings, note_taker)

        def wake() -> None:
            self.woken += 1

        return Tools(
            store=self.store,
            papers=papers,
            recent=Recent(papers, time.monotonic, asyncio.get_running_loop().call_later),
            source=self.library,
            briefs=Briefs(summarizer or ExtractiveSummarizer()),
            notebook=notes,
            enquiries=Enquiries(notes, answerer or ExtractiveAnswerer()),
            allowances=Allowances(per_chat, self.clock.now),
            readers=readers,
            site="https://arxiv.org",
            presets=presets,
            calendar=Calendar(),
            platforms={"scripted": self.platform},
            policy=policy,
            counting=Counting(self.store, self.store, {"scripted": self.platform}, self.clock.now),
            unreachable_since=lambda: self.arxiv_away_since,
            wake=wake,
            random_bytes=random.Random(1).randbytes,  # noqa: S311 - tests foretell them
            now=self.clock.now,
        )


def _rows(blocks: Blocks) -> Iterator[Actions]:
    for block in blocks:
        match block:
            case Actions():
                yield block
            case Group() | Quote() | Details():
                yield from _rows(block.blocks)
            case List():
                for item in block.items:
                    yield from _rows(item)
            case _:
                pass
