"""A harvester on a real source and a real database without arXiv's pause; for tests and benches."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import time
from typing import TYPE_CHECKING

from digest.calendar import Calendar
from digest.pipeline import Harvester, Progress
from digest.sources.arxiv import ArxivSession, ArxivSource
from digest.storage.database import Database
from digest.storage.migrations import PAPERS
from digest.storage.pace import DatabasePace
from digest.storage.papers import SqlitePaperStore
from tests.servers.clock import Clock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from digest.pipeline import Harvest


@contextlib.asynccontextmanager
async def harvester(
    path: Path,
    url: str,
    archives: tuple[str, ...] = ("cs",),
    report: Callable[[Progress], None] = lambda _: None,
) -> AsyncIterator[Harvester]:
    """Open a database and make a harvester that reads the arXiv at `url`; retries don't wait."""
    database = await Database.open(path, [PAPERS])
    clock = Clock()
    try:
        source = ArxivSource(
            ArxivSession("paperround/test", 10.0, ""),
            DatabasePace(database, "arxiv", 0.0, time.time, asyncio.sleep),
            listing_url=url,
            api_url=f"{url}/api/query",
            sleep=clock.sleep,
            random=lambda: 0.0,
        )
        yield Harvester(source, SqlitePaperStore(database), Calendar(), archives, 14, clock.now, report)
    finally:
        await database.close()


def harvest(path: Path, url: str, archives: tuple[str, ...] = ("cs",), days: int = 0) -> Harvest:
    """Harvest once."""

    async def once() -> Harvest:
        async with harvester(path, url, archives) as made:
            return await made.harvest(days)

    return asyncio.run(once())


def harvest_until(step: str, path: Path, url: str) -> None:
    """Begin to harvest and kill this process when it comes to a step."""

    def report(progress: Progress) -> None:
        if progress.step == step:
            os.kill(os.getpid(), signal.SIGKILL)

    async def begin() -> None:
        async with harvester(path, url, report=report) as made:
            await made.harvest()

    asyncio.run(begin())
