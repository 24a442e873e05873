"""Chats, parcels and an outbox for tests."""

from __future__ import annotations

import asyncio
import contextlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from bot.chats import Address
from bot.outbox import Delivery, Message
from bot.ports import Parcel
from bot.storage.deliveries import SqliteOutboxStore
from bot.storage.migrations import CHATS
from digest.model import PaperId
from digest.storage.database import Database
from digest.storage.migrations import PAPERS

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable, Mapping
    from pathlib import Path

    import sqlite_utils

    from bot.chats import Chat

AT = datetime(2026, 6, 26, 6, 0, tzinfo=UTC)
PLATFORM = "scripted"


class ChatRows:
    """As much of `Chats` as the outbox needs: it follows and loses."""

    def __init__(self, db: sqlite_utils.Database) -> None:
        self._db = db

    def follow(self, chat: int, to: Address) -> None:
        """Give a chat another address."""
        self._db.conn.execute(
            "UPDATE chats SET chat = ?, thread = ? WHERE number = ?", [to.chat, to.thread, chat]
        )

    def lose(self, chat: int, at: datetime) -> None:
        """Note that a chat can't be reached."""
        self._db.conn.execute(
            "UPDATE chats SET state = 'unreachable', since = ? WHERE number = ?", [at.isoformat(), chat]
        )

    def due(self, now: datetime, newest: int, limit: int) -> tuple[Chat, ...]:
        """Find nobody."""
        raise NotImplementedError

    def get(self, address: Address) -> Chat | None:
        """Find nobody."""
        raise NotImplementedError

    def told(self, chats: Mapping[int, datetime], serial: int) -> None:
        """Note nothing."""
        raise NotImplementedError


@contextlib.asynccontextmanager
async def opened(path: Path, *, busy_seconds: float = 30.0) -> AsyncIterator[Database]:
    """A database with chats and an outbox."""
    database = await Database.open(path, [PAPERS, CHATS], busy_seconds=busy_seconds)
    try:
        yield database
    finally:
        await database.close()


def store_of(database: Database) -> SqliteOutboxStore:
    """The outbox of a database."""
    return SqliteOutboxStore(database, ChatRows)


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
