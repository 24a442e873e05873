"""An outbox that an earlier version left, brought up to date."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from typing import TYPE_CHECKING

import sqlite_utils

from bot.storage.migrations import CHATS
from digest.storage.migrations import PAPERS
from tests.outbox import AT, PLATFORM, opened, store_of

if TYPE_CHECKING:
    from pathlib import Path


def test_deliveries_of_an_earlier_version_go_on_in_order(tmp_path: Path) -> None:
    """What was claimed or waited before an upgrade is sent after it, each chat's parts in order."""
    path = tmp_path / "bot.db"
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        db = sqlite_utils.Database(connection)
        PAPERS.apply(db)
        CHATS.apply(db, stop_before="m005_outbox_by_platform")
        connection.executescript(f"""
            INSERT INTO chats
                (number, platform, chat, thread, title, choices, state, told, due_at, claimed_by)
            VALUES (1, '{PLATFORM}', '1', '', '', '{{}}', 'active', 0, '', '');
            INSERT INTO parcels VALUES (1, 'k', 'a test', '2026-06-26T05:00:00+00:00');
            INSERT INTO messages VALUES (1, 1, 0, 'b0', 'p0'), (2, 1, 1, 'b1', 'p1'), (3, 1, 2, 'b2', 'p2');
            INSERT INTO deliveries
                (number, chat, message, part, state, key, tries, plain, sound, due_at, made_at)
            SELECT number, 1, number, part, 'pending', 'k-' || number, 0, 0, 0,
                   '2026-06-26T05:00:00+00:00', '2026-06-26T05:00:00+00:00' FROM messages;
            UPDATE deliveries SET state = 'sent' WHERE number = 1;
            UPDATE deliveries SET state = 'claimed' WHERE number = 2;
        """)  # noqa: S608 - constants

    async def use() -> None:
        async with opened(path) as database:
            store = store_of(database)
            assert await store.write(lambda deliveries, _: deliveries.claim(PLATFORM, AT, 9)) == ()
            assert await store.write(lambda deliveries, _: deliveries.release(PLATFORM)) == 1
            claimed = await store.write(lambda deliveries, _: deliveries.claim(PLATFORM, AT, 9))
            assert [(delivery.key, delivery.message.body) for delivery in claimed] == [("k-2", "b1")]

    asyncio.run(use())
