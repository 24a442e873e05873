"""A platform served as `paperround run` does it, without harvests: its outbox drains, people are answered."""

from __future__ import annotations

import asyncio
import contextlib
import random
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.answers import make_inbox, warm_up
from bot.app import make_preferences
from bot.chats import Address
from bot.clock import RealClock
from bot.dispatcher import Dispatcher
from bot.settings import load
from bot.storage.chats import SqliteChats
from bot.storage.outbox import SqliteOutboxStore
from bot.summaries import extracted
from digest.query import parse

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import sqlite_utils

    from bot.ports import Platform
    from digest.notebook import Notebook
    from digest.storage.database import Database

_SETTINGS = load(None, {"PAPERROUND_ACCESS__MODE": "open", "PAPERROUND_ACCESS__PER_CHAT": "10000"}, parse)
_DEFAULTS = make_preferences(_SETTINGS)


@contextlib.asynccontextmanager
async def serving(
    platform: Platform, database: Database, notebook: Notebook | None = None
) -> AsyncIterator[Dispatcher]:
    """Run a platform with its outbox and the inbox, and with a notebook of its own where one is given."""
    clock = RealClock(asyncio.sleep)
    summaries = extracted(_SETTINGS, database, clock.now)
    dispatcher = Dispatcher(
        SqliteOutboxStore(database, lambda db: SqliteChats(db, _DEFAULTS)),
        platform,
        now=clock.now,
        sleep=asyncio.sleep,
        random=random.random,
        report=print,
    )
    inbox = make_inbox(
        _SETTINGS,
        database,
        clock,
        replace(summaries, notebook=notebook or summaries.notebook),
        {platform.name: platform},
        unreachable_since=lambda: None,
        wake=dispatcher.wake,
    )
    await warm_up()
    await platform.start(inbox.receive)
    running = asyncio.create_task(dispatcher.run())
    try:
        yield dispatcher
    finally:
        await dispatcher.stop(5)
        await running
        await platform.stop()


async def add_chats(database: Database, platform: str, chats: list[int]) -> range:
    """Store chats of a platform; return their keys."""

    def add(db: sqlite_utils.Database) -> list[int]:
        stored = SqliteChats(db, _DEFAULTS)
        return [
            stored.add(Address(platform, str(chat)), title="", parent=None, by="bench").number
            for chat in chats
        ]

    numbers = await database.write(add)
    return range(numbers[0], numbers[-1] + 1)


def settled(db: sqlite_utils.Database) -> int:
    """Return how many messages were sent."""
    (number,) = db.conn.execute("SELECT count(*) FROM deliveries WHERE state = 'sent'").fetchone()
    return int(number)
