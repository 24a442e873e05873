"""A database with papers and chats, and a round over it: what a test of rounds stands on."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from bot.allowances import Allowances
from bot.chats import Address, Choices, Detail, Layout, Preferences, QuietDays, SendAt, Subscription
from bot.delays import Delays
from bot.figures_ahead import FiguresAhead
from bot.notes_ahead import NotesAhead
from bot.platforms.scripted import ScriptedPlatform
from bot.rounds import Rounds
from bot.storage.chats import SqliteChats
from bot.storage.desk import SqliteStore
from bot.storage.migrations import CHATS
from digest.briefs import Briefs
from digest.calendar import Calendar
from digest.model import Listing, Topic
from digest.storage.migrations import PAPERS
from digest.storage.papers import SqlitePapers, SqlitePaperStore
from digest.summaries.extract import ExtractiveSummarizer
from tests.papers import DAY, announced
from tests.servers.new_database import open_database
from tests.servers.readings import notebook

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import date
    from pathlib import Path

    import sqlite_utils

    from bot.ports import Platform
    from digest.model import Announcement
    from digest.storage.database import Database
    from digest.writers import Summarizer

MORNING = datetime(2026, 6, 26, 9, 0, tzinfo=UTC)
DEFAULTS = Preferences(
    language="en",
    brief_language="en",
    send_at=SendAt.LISTED,
    zone="UTC",
    weekdays=frozenset(range(5)),
    papers=7,
    detail=Detail.BRIEF,
    figures=False,
    quiet_days=QuietDays.LINE,
    sound=True,
    layout=Layout.CLASSIC,
)
ALLOWANCES = Allowances(100, lambda: MORNING)
RIVERS = Topic("rivers", "Rivers", "rivers")


@dataclass
class Town:
    """The database and everything that serves it; change what you like between two rounds."""

    database: Database
    rounds: Rounds
    delays: Delays

    @classmethod
    @contextlib.asynccontextmanager
    async def open(cls, folder: Path) -> AsyncIterator[Town]:
        """Make an empty one."""
        database = await open_database(folder / "paperround.db", (PAPERS, CHATS))
        platform: Platform = ScriptedPlatform(lambda _: None, lambda: MORNING)
        store, papers = SqliteStore(database, DEFAULTS), SqlitePaperStore(database)
        platforms = {"scripted": platform}
        rounds = Rounds(
            store,
            papers,
            Briefs(ExtractiveSummarizer()),
            NotesAhead(notebook()),
            ALLOWANCES,
            platforms,
            {},
            Calendar(),
            FiguresAhead(notebook(), "https://arxiv.org"),
        )
        try:
            yield cls(database, rounds, Delays(store, platforms, Calendar()))
        finally:
            await database.close()

    async def chat(self, name: str, *topics: Topic, preset: bool = False, **choices: Any) -> int:
        """Subscribe a chat to topics and return its number."""

        def make(db: sqlite_utils.Database) -> int:
            chats = SqliteChats(db, DEFAULTS)
            number = chats.add(Address("scripted", name), title=name, parent=None, by="me").number
            chats.choose(number, Choices(**choices))
            for topic in topics or (RIVERS,):
                chats.subscribe(number, Subscription(topic, preset, "me", MORNING))
            return number

        return await self.database.write(make)

    async def choose(self, chat: int, **choices: Any) -> None:
        """Let a chat choose anew."""
        await self.database.write(lambda db: SqliteChats(db, DEFAULTS).choose(chat, Choices(**choices)))

    async def announce(self, *announcements: Announcement, day: date = DAY) -> None:
        """Keep a listing."""
        listing = Listing(day, ("cs",), tuple(replace(each, date=day) for each in announcements))
        await self.database.write(lambda db: SqlitePapers(db).keep(listing, MORNING))

    async def announce_papers(self, *numbers: int, day: date = DAY) -> None:
        """Keep a listing of these papers."""
        await self.announce(*map(announced, numbers), day=day)

    def summarize_with(self, summarizer: Summarizer, **bounds: Any) -> None:
        """Have briefs written by somebody else."""
        self.rounds = replace(self.rounds, briefs=Briefs(summarizer, **bounds))

    async def serve(self, days_later: int = 0) -> dict[str, list[str]]:
        """Make a round; return the messages that it made for each chat."""
        return await self.serve_at(MORNING + timedelta(days=days_later))

    async def serve_at(self, now: datetime) -> dict[str, list[str]]:
        """Make a round at some time; return the messages that it made for each chat."""
        before = await self._newest()
        await self.rounds.serve(now)
        return await self._messages(before)

    async def tell_late(self, late: date, days_later: int = 0) -> dict[str, list[str]]:
        """Tell chats of a delay; return the messages that were made for each."""
        before = await self._newest()
        await self.delays.tell(MORNING + timedelta(days=days_later), late)
        return await self._messages(before)

    async def settle(self, state: str) -> None:
        """Let every delivery end like this."""
        await self.database.write(
            lambda db: db.execute("UPDATE deliveries SET state = ?, held = 0", [state]).fetchall()
        )

    async def sounds(self) -> list[int]:
        """Return which deliveries make a sound, in order."""
        rows = await self.database.read(
            lambda db: db.execute("SELECT sound FROM deliveries ORDER BY number").fetchall()
        )
        return [sound for (sound,) in rows]

    async def _newest(self) -> int:
        rows = await self.database.read(
            lambda db: db.execute("SELECT coalesce(max(number), 0) FROM deliveries").fetchall()
        )
        return int(rows[0][0])

    async def _messages(self, after: int) -> dict[str, list[str]]:
        rows = await self.database.read(
            lambda db: db.execute(
                """SELECT chats.chat, body FROM deliveries JOIN messages ON messages.number = message
                   JOIN chats ON chats.number = deliveries.chat
                   WHERE deliveries.number > ? ORDER BY deliveries.number""",
                [after],
            ).fetchall()
        )
        told: dict[str, list[str]] = {}
        for chat, body in rows:
            told.setdefault(chat, []).append(body)
        return told
