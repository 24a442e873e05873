"""A dispatcher that is killed, at random points and at each of its steps."""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import socket
import sqlite3
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from bot.storage.deliveries import SqliteDeliveries
from tests.outbox import add_chats, opened, parcel, store_of
from tests.servers.forks import forks
from tests.servers.round import IN_FLIGHT, ClaimAfterSend, NeverSettled, SettleBeforeSend, drain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHATS = 300
PARTS = 2
KILLS = 150
MADE = datetime(2026, 6, 26, 6, 0, tzinfo=UTC)


class Counts:
    """What the platform's side got, counted in this process: the one that isn't killed."""

    def __init__(self, path: Path, deliveries: type[SqliteDeliveries] = SqliteDeliveries) -> None:
        self.path = path
        self.got: Counter[str] = Counter()
        self.order: list[tuple[str, str]] = []
        self.kills = 0
        self._deliveries = deliveries
        self._open = 0  # received and not settled, when the process was last killed
        self._listener = socket.create_server(("127.0.0.1", 0))

    def close(self) -> None:
        """Stop listening."""
        self._listener.close()

    def serve(self, *, kill_after: int | None = None, within: float = 0.0, end_at: int | None = None) -> bool:
        """Let a process drain the outbox, or kill it after some messages; tell whether it ended."""
        port = self._listener.getsockname()[1]
        process = forks().Process(target=drain, args=(self.path, port, end_at, self._deliveries))
        process.start()
        connection, _ = self._listener.accept()
        repeats = 0
        with connection, connection.makefile("r", encoding="utf-8") as lines:
            for count, line in enumerate(lines, 1):
                repeats += self._note(line)
                if count == kill_after:
                    process.join(within)
                    process.kill()
        process.join()
        ended = process.exitcode == 0
        process.close()
        assert repeats <= min(self._open, IN_FLIGHT), "more was repeated than was under way"
        self.kills += not ended
        self._look()
        return ended

    def _note(self, line: str) -> bool:
        if not line.endswith("\n"):
            return False
        message = json.loads(line)
        self.got[message["key"]] += 1
        self.order.append((message["chat"], message["body"]))
        return self.got[message["key"]] > 1

    def _look(self) -> None:
        """See that the database and the platform's side tell the same story."""
        with contextlib.closing(sqlite3.connect(self.path)) as db:
            assert db.execute("PRAGMA quick_check").fetchall() == [("ok",)]
            states = dict(db.execute("SELECT key, state FROM deliveries"))
        sent = {key for key, state in states.items() if state == "sent"}
        claimed = {key for key, state in states.items() if state == "claimed"}
        assert sent <= self.got.keys(), "what counts as sent never arrived"
        assert self.got.keys() <= sent | claimed, "what arrived is neither settled nor claimed"
        assert len(claimed) <= IN_FLIGHT, "more is claimed than may be under way"
        self._open = len(self.got.keys() - sent)

    def look_complete(self, deliveries: int) -> None:
        """See that everything arrived, and each chat's parts in order."""
        assert len(self.got) == deliveries
        assert self.got.total() - deliveries <= self.kills * IN_FLIGHT
        firsts = dict.fromkeys(self.order)
        for chat in {chat for chat, _ in self.order}:
            parts = [body for to, body in firsts if to == chat]
            assert parts == sorted(parts)


@contextlib.contextmanager
def outbox(
    folder: Path, chats: int, deliveries: type[SqliteDeliveries] = SqliteDeliveries
) -> Iterator[Counts]:
    """Make an outbox of two parts for each chat, and count what arrives."""
    path = folder / "bot.db"

    async def make() -> None:
        async with opened(path) as database:
            await add_chats(database, range(1, chats + 1))
            made = parcel(parts=PARTS, chats=range(1, chats + 1))
            await store_of(database).write(lambda deliveries, _: deliveries.keep([made], MADE))

    asyncio.run(make())
    counts = Counts(path, deliveries)
    try:
        yield counts
    finally:
        counts.close()


def test_killed_at_random_points_nothing_is_lost_and_little_repeated(tmp_path: Path) -> None:
    """Killed 150 times while 600 messages are sent, all arrive; what was under way may come again."""
    chance = random.Random(20260626)  # noqa: S311 - points to kill at
    kills = 0
    served = 0
    while kills < KILLS:
        folder = tmp_path / str(served)
        folder.mkdir()
        with outbox(folder, CHATS) as counts:
            while not counts.serve(kill_after=chance.randint(1, 24), within=chance.random() / 200):
                pass
            counts.look_complete(CHATS * PARTS)
            kills += counts.kills
            served += 1


def test_killed_at_each_commit_and_send_nothing_is_lost_and_little_repeated(tmp_path: Path) -> None:
    """Ended just before and after every commit and every message handed over, the next run completes it."""
    at = 0
    while True:
        folder = tmp_path / str(at)
        folder.mkdir()
        with outbox(folder, 5) as counts:
            ended = counts.serve(end_at=at)
            if not ended:
                assert counts.serve()
            counts.look_complete(5 * PARTS)
        if ended:
            break
        at += 1
    assert at > 2 * 5 * PARTS + 4


@pytest.mark.parametrize(
    ("broken", "seen"),
    [
        (ClaimAfterSend, "neither settled nor claimed"),
        (NeverSettled, "more is claimed than may be under way"),
        (SettleBeforeSend, "counts as sent never arrived"),
    ],
)
def test_a_dispatcher_that_claims_or_settles_at_the_wrong_time_is_found_out(
    tmp_path: Path, broken: type[SqliteDeliveries], seen: str
) -> None:
    """The tests above fail for an outbox that claims after the send, forgets to settle or settles before."""
    chance = random.Random(1)  # noqa: S311 - points to kill at

    def killed_now_and_then() -> None:
        for attempt in range(10):  # a kill at a random moment may miss what is wrong
            folder = tmp_path / str(attempt)
            folder.mkdir()
            with outbox(folder, 30, broken) as counts:
                for _ in range(30):
                    if counts.serve(kill_after=chance.randint(1, 12), within=chance.random() / 200):
                        break
                counts.look_complete(30 * PARTS)

    with pytest.raises(AssertionError, match=seen):
        killed_now_and_then()
