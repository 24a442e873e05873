"""Chats, parcels and an outbox for tests."""

from __future__ import annotations

import asyncio
import contextlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from bot.chats import Address, Detail, Layout, Preferences, QuietDays, SendAt
from bot.deliveries import Parcel
from bot.outbox import Delivery, Message
from bot.storage.chats import SqliteChats
from bot.storage.migrations import CHATS
from bot.storage.outbox import SqliteOutboxStore
from digest.model import PaperId
from digest.storage.migrations import PAPERS
from tests.servers.new_database import open_database

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable
    from pathlib import Path

    import sqlite_utils

    from digest.storage.database import Database


AT = datetime(2026, 6, 26, 6, 0, tzinfo=UTC)
PLATFORM = "scripted"


@contextlib.asynccontextmanager
async def opened(path: Path, *, busy_seconds: float = 30.0) -> AsyncIterator[Database]:
    """A database with chats and an outbox."""
    database = await open_database(path, [PAPERS, CHATS], busy_seconds=busy_seconds)
    try:
        yield database
    finally:
        await database.close()


DEFAULTS = Preferences(
    language="en",
    brief_language="en",
    send_at=SendAt.LISTED,
    zone="UTC",
    weekdays=frozenset(range(7)),
    papers=7,
    detail=Detail.BRIEF,
    figures=False,
    quiet_days=QuietDays.LINE,
    sound=True,
    layout=Layout.CLASSIC,
)


def chats_of(db: sqlite_utils.Database) -> SqliteChats:
    """The chats of a transaction."""
    return SqliteChats(db, DEFAULTS)


def store_of(database: Database) -> SqliteOutboxStore:
    """The outbox of a database."""
    return SqliteOutboxStore(database, chats_of)


async def add_chats(database: Database, numbers: Iterable[int], platform: str = PLATFORM) -> None:
    """Store chats, each called by its number."""

    def insert(db: sqlite_utils.Database) -> None:
        db.conn.executemany(
            """INSERT INTO chats
                   (number, platform, chat, thread, title, choices, state, told, due_at, claimed_by)
               VALUES (?, ?, ?, '', '', '{}', 'active', 0, '', '')""",
            [(number, platform, str(number)) for number in numbers],
        )

    await database.write(insert)


def parcel(
    key: str = "0123456789abcdef",
    *,
    parts: int = 1,
    chats: Iterable[int] = (1,),
    paper: int = 1,
    sound: bool = True,
) -> Parcel:
    """Make a parcel whose parts tell one paper each."""
    messages = tuple(
        Message(f"{key} part {part}\n", f"{key} plain {part}\n", (PaperId(f"9906.{paper + part:05}"),))
        for part in range(parts)
    )
    return Parcel(key, "a test", messages, dict.fromkeys(chats, sound))


def address(chat: int, platform: str = PLATFORM) -> Address:
    """The address of a chat of `add_chats`."""
    return Address(platform, str(chat))


def delivery(**fields: Any) -> Delivery:
    """Make a delivery; any field can be set."""
    made: dict[str, Any] = {
        "number": 7,
        "chat": 1,
        "address": address(1),
        "message": Message("body", "plain"),
        "part": 0,
        "key": "key-7",
        "tries": 0,
        "made_at": AT,
        "sound": True,
        "plain": False,
    }
    return Delivery(**made | fields)


async def soon(happened: Callable[[], bool]) -> None:
    """Let others run until something happened; a test in which it never does fails."""
    async with asyncio.timeout(60):
        while not happened():  # noqa: ASYNC110 - threads set no event
            await asyncio.sleep(0)
