"""Everything that is kept, over one database: which class keeps what. Holds no SQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from bot.storage.chats import SqliteChats
from bot.storage.deliveries import SqliteDeliveries
from bot.storage.figures import SqliteCounts
from bot.storage.hearings import SqliteHearings
from bot.storage.notices import SqliteNotices
from bot.storage.people import SqlitePeople
from bot.storage.saved import SqliteSaved
from digest.storage.database import Lane
from digest.storage.papers import SqlitePapers

if TYPE_CHECKING:
    from collections.abc import Callable

    import sqlite_utils

    from bot.chats import Preferences
    from bot.deliveries import Deliveries
    from bot.figures import Counts
    from bot.notices import Notices
    from bot.ports import Desk
    from bot.records import Chats, Hearings, People, Saved
    from digest.ports import Papers
    from digest.storage.database import Database

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SqliteDesk:
    """The `Desk` of one transaction."""

    papers: Papers
    chats: Chats
    deliveries: Deliveries
    people: People
    hearings: Hearings
    notices: Notices
    saved: Saved
    counts: Counts


class SqliteStore:
    """The `Store` over a database.

    Args:
        database: with every migration applied.
        defaults: the preferences of chats that chose nothing.
        lane: whose reads these are.
    """

    def __init__(self, database: Database, defaults: Preferences, lane: Lane = Lane.WORK) -> None:
        self._database = database
        self._defaults = defaults
        self._lane = lane

    async def read(self, fn: Callable[[Desk], T]) -> T:
        """Run `fn` on one snapshot."""
        return await self._database.read(lambda db: fn(self._desk(db)), self._lane)

    async def write(self, fn: Callable[[Desk], T]) -> T:
        """Run `fn` as one transaction."""
        return await self._database.write(lambda db: fn(self._desk(db)))

    def _desk(self, db: sqlite_utils.Database) -> Desk:
        return SqliteDesk(
            papers=SqlitePapers(db),
            chats=SqliteChats(db, self._defaults),
            deliveries=SqliteDeliveries(db),
            people=SqlitePeople(db),
            hearings=SqliteHearings(db),
            notices=SqliteNotices(db),
            saved=SqliteSaved(db),
            counts=SqliteCounts(db),
        )
