"""The pause between two requests, over tasks and processes."""

from __future__ import annotations

import asyncio
import itertools
import multiprocessing
import time
from typing import TYPE_CHECKING

import pytest

from digest.storage.database import Database
from digest.storage.migrations import PAPERS
from digest.storage.pace import DatabasePace

if TYPE_CHECKING:
    from multiprocessing.queues import Queue
    from pathlib import Path


class Clock:
    """A clock that moves when somebody sleeps."""

    def __init__(self, at: float) -> None:
        self.at = at
        self.slept: list[float] = []

    def read(self) -> float:
        """Tell the time."""
        return self.at

    async def sleep(self, seconds: float) -> None:
        """Let time pass, and others run."""
        self.slept.append(seconds)
        self.at += seconds
        await asyncio.sleep(0)


@pytest.mark.parametrize(
    ("restart_at", "waits"),
    [(1000.0, [3.0]), (1002.0, [1.0]), (1003.0, []), (9999.0, []), (500.0, [3.0])],
)
def test_the_pause_outlives_the_process(tmp_path: Path, restart_at: float, waits: list[float]) -> None:
    """After a restart the rest of the pause is waited for; a clock set back costs one pause, not its jump."""

    async def ask(clock: Clock) -> None:
        database = await Database.open(tmp_path / "papers.db", [PAPERS])
        try:
            async with DatabasePace(database, "arxiv", 3.0, clock.read, clock.sleep).turn():
                pass
        finally:
            await database.close()

    asyncio.run(ask(Clock(1000.0)))
    clock = Clock(restart_at)
    asyncio.run(ask(clock))
    assert clock.slept == waits


def test_tasks_take_turns(tmp_path: Path) -> None:
    """Of tasks that ask at once, one is inside at a time, a pause after the one before, errors included."""
    clock, inside, starts = Clock(1000.0), 0, []

    async def ask(pace: DatabasePace) -> None:
        nonlocal inside
        async with pace.turn():
            inside += 1
            assert inside == 1
            starts.append(clock.at)
            clock.at += 0.5
            await asyncio.sleep(0)
            inside -= 1
            if len(starts) == 2:
                raise ValueError("the service failed")

    async def all_at_once() -> None:
        database = await Database.open(tmp_path / "papers.db", [PAPERS])
        pace = DatabasePace(database, "arxiv", 3.0, clock.read, clock.sleep)
        results = await asyncio.gather(*(ask(pace) for _ in range(4)), return_exceptions=True)
        assert [type(result) for result in results].count(ValueError) == 1
        await database.close()

    asyncio.run(all_at_once())
    assert starts == [1000.0, 1003.5, 1007.0, 1010.5]


def ask_often(path: Path, asked: Queue[tuple[float, float]]) -> None:
    """Ask three times, in a process of its own, at a real pace."""

    async def ask() -> None:
        database = await Database.open(path, [PAPERS])
        pace = DatabasePace(database, "arxiv", 0.2, time.time, asyncio.sleep)
        for _ in range(3):
            async with pace.turn():
                start = time.time()
                await asyncio.sleep(0.01)
                asked.put((start, time.time()))
        await database.close()

    asyncio.run(ask())


def test_processes_take_turns(tmp_path: Path) -> None:
    """Two processes on one database keep one pause together and never ask at the same moment."""
    context = multiprocessing.get_context("spawn")
    asked: Queue[tuple[float, float]] = context.Queue()
    processes = [context.Process(target=ask_often, args=(tmp_path / "papers.db", asked)) for _ in range(2)]
    for process in processes:
        process.start()
    spans = sorted(asked.get(timeout=60) for _ in range(6))
    for process in processes:
        process.join(60)
        assert process.exitcode == 0
    gaps = [start - end for (_, end), (start, _) in itertools.pairwise(spans)]
    assert min(gaps) >= 0.199
