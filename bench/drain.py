"""Measures how fast an outbox drains to a platform that answers at once, and what waiting deliveries cost.

Ten thousand deliveries are drained twice: alone, and from the front of a hundred thousand that wait.
"""

from __future__ import annotations

import asyncio
import os
import random
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bench.report import report
from bot.deliveries import Parcel
from bot.dispatcher import Dispatcher
from bot.outbox import Message
from bot.platforms.scripted import ScriptedPlatform
from bot.storage.deliveries import SqliteDeliveries
from bot.storage.migrations import CHATS
from bot.storage.outbox import SqliteOutboxStore
from digest.model import PaperId
from digest.storage.database import Database
from digest.storage.migrations import PAPERS

if TYPE_CHECKING:
    import sqlite_utils

    from bot.records import Chats

DRAINED = 10_000
WAITING = 100_000
PARTS = 2
GOAL = 1_500
GROWTH_GOAL = 10.0  # MB
BODY = "A part of a digest has some thousand characters. " * 60


def _no_chats(_: sqlite_utils.Database) -> Chats:
    """No chat moves or is lost here."""
    return None  # type: ignore[return-value]


def _fill(db: sqlite_utils.Database, first: int, deliveries: int, at: datetime) -> None:
    chats = range(first, first + deliveries // PARTS)
    db.conn.executemany(
        """INSERT INTO chats (number, platform, chat, thread, title, choices, state, told, due_at, claimed_by)
           VALUES (?, 'scripted', ?, '', '', '{}', 'active', 0, '', '')""",
        [(number, str(number)) for number in chats],
    )
    # Chats share editions; twenty chats to one is what different wishes leave.
    for start in range(chats.start, chats.stop, 20):
        messages = tuple(
            Message(f"{start}.{part} {BODY}", BODY, (PaperId(f"9906.{part:05}"),)) for part in range(PARTS)
        )
        readers = dict.fromkeys(range(start, min(start + 20, chats.stop)), False)
        SqliteDeliveries(db).keep([Parcel(f"{start:x}", "a bench", messages, readers)], at)


def _resident() -> float:
    """Return how much memory this process takes, in MB."""
    for line in Path(f"/proc/{os.getpid()}/status").read_text("ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return float("nan")


async def _drain(path: Path, waiting: int) -> tuple[float, float]:
    """Return how many deliveries a second were sent, and how much memory grew meanwhile in MB."""
    database = await Database.open(path, [PAPERS, CHATS])
    at = datetime.now(UTC)
    await database.write(lambda db: _fill(db, 1, DRAINED, at))
    if waiting:
        await database.write(lambda db: _fill(db, DRAINED, waiting, at + timedelta(seconds=1)))
    sent = 0
    enough = asyncio.Event()

    def record(_: str) -> None:
        nonlocal sent
        sent += 1
        if sent == DRAINED:
            enough.set()

    dispatcher = Dispatcher(
        SqliteOutboxStore(database, _no_chats),
        ScriptedPlatform(record, lambda: datetime.now(UTC)),
        now=lambda: datetime.now(UTC),
        sleep=asyncio.sleep,
        random=random.random,
        report=print,
    )
    before = _resident()
    start = time.perf_counter()
    running = asyncio.create_task(dispatcher.run())
    await enough.wait()
    took = time.perf_counter() - start
    grown = _resident() - before
    await dispatcher.stop(10)
    await running
    await database.close()
    return DRAINED / took, grown


def main() -> None:
    """Report speed and memory, without and with a long queue behind."""
    for waiting in (0, WAITING):
        with tempfile.TemporaryDirectory() as folder:
            speed, grown = asyncio.run(_drain(Path(folder) / "bot.db", waiting))
        behind = f", {waiting} more waiting" if waiting else ""
        report(f"drain{behind}", round(speed), "deliveries/s", f"≥ {GOAL}/s", ok=speed >= GOAL)
        report(
            f"drain{behind}: memory growth",
            round(grown, 1),
            "MB",
            f"≤ {GROWTH_GOAL:g} MB",
            ok=grown <= GROWTH_GOAL,
        )


if __name__ == "__main__":
    main()
