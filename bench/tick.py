"""Measures a tick's question, who is due, over 100,000 chats of which none is.

Nothing is due either because everybody was told of the newest listing, whose windows are open, or because
nobody was and every window is closed. The chats were told up to one of fifty listings before, so that the
second case is the morning after an outage. A third figure is our own: a thousand chats that are due, each
with three subscriptions and a server's choices to inherit.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bench.report import report
from bot.app import MIGRATIONS
from bot.chats import Detail, Layout, Preferences, QuietDays, SendAt
from bot.storage.chats import SqliteChats
from digest.storage.database import Database

if TYPE_CHECKING:
    import sqlite_utils

_CHATS, _BATCH, _SERIALS, _RUNS = 100_000, 1_000, 50, 21
_MILLISECONDS, _MILLISECONDS_FULL = 50.0, 250.0
_NOW = datetime(2026, 6, 26, 4, 10, tzinfo=UTC)
_DEFAULTS = Preferences(
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
_CHAT = """
    INSERT INTO chats (platform, chat, thread, parent, title, choices, state, told, due_at, claimed_by)
    VALUES ('discord', ?, '', ?, 'papers', ?, 'active', ?, ?, '7')
"""
_SUBSCRIPTION = """
    INSERT INTO subscriptions (chat, name, title, query, archives, about, preset, by, at)
    VALUES (?, ?, 'Splats', 'all:"gaussian splatting"', '["cs.CV"]', '', 0, '7', '2026-01-01T00:00:00+00:00')
"""


def _fill(db: sqlite_utils.Database) -> None:
    due_at = _NOW.isoformat(timespec="seconds")
    db.conn.execute(_CHAT, ["server", None, '{"zone": "Asia/Shanghai"}', 0, "9999-12-31T23:59:59+00:00"])
    db.conn.executemany(
        _CHAT, ((str(n), 1, '{"papers": 5}', 1 + n % _SERIALS, due_at) for n in range(_CHATS))
    )
    db.conn.executemany(_SUBSCRIPTION, ((n + 2, f"s{k}") for n in range(_CHATS) for k in range(3)))


async def _time(database: Database, newest: int, expected: int) -> float:
    runs = []
    for _ in range(_RUNS):
        start = time.perf_counter()
        found = await database.read(lambda db: SqliteChats(db, _DEFAULTS).due(_NOW, newest, _BATCH))
        runs.append(1000 * (time.perf_counter() - start))
        if len(found) != expected:
            raise RuntimeError(f"{len(found)} chats were due, not {expected}")
    return statistics.median(runs)


async def _measure(path: Path) -> None:
    database = await Database.open(path, MIGRATIONS)
    try:
        await database.write(_fill)
        full = await _time(database, _SERIALS + 1, _BATCH)
        later = (_NOW + timedelta(hours=3)).isoformat(timespec="seconds")
        await database.write(
            lambda db: db.conn.execute("UPDATE chats SET due_at = ? WHERE told > 0", [later])
        )
        closed = await _time(database, _SERIALS + 1, 0)
        await database.write(
            lambda db: db.conn.execute(
                "UPDATE chats SET told = ?, due_at = ? WHERE told > 0", [_SERIALS + 1, _NOW.isoformat()]
            )
        )
        told = await _time(database, _SERIALS + 1, 0)
    finally:
        await database.close()
    for case, value, goal in (
        ("nothing due in 100,000 chats, all told", told, _MILLISECONDS),
        ("nothing due in 100,000 chats, none told, all outside their window", closed, _MILLISECONDS),
        ("1,000 of 100,000 chats due", full, _MILLISECONDS_FULL),
    ):
        report(f"tick: {case}", round(value, 2), "ms", f"<= {goal:g}", ok=value <= goal)


def main() -> None:
    """Measure and report."""
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_measure(Path(folder) / "paperround.db"))


if __name__ == "__main__":
    main()
