"""Reading and storing a feed of 2,000 items: how long, how it holds the loop up, what it asks of arXiv."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bench.report import report
from digest.model import Announcement, Kind
from tests.papers import DAY, paper
from tests.servers.arxiv import ArxivServer, serve_arxiv
from tests.servers.desk import harvester

if TYPE_CHECKING:
    from digest.ports import Kept

ITEMS = 1999  # one more, and arXiv's feed counts as cut
RUNS = 5
MOST_SECONDS = 1.0
MOST_PAUSE = 50.0  # ms
TICK = 0.001  # seconds; how often the loop is looked at
WORDS = (
    "rivers bend where banks are soft and water is slow so a model of bending counts both and a third thing"
)


def announcements() -> list[Announcement]:
    """Make a day of papers with abstracts of a usual length, each its own words."""
    return [
        Announcement(
            paper(
                number,
                title=f"On River {number} and What It Carries Downstream in Spring",
                abstract=" ".join(
                    f"{word}{number % 97}" if at % 9 == 0 else word
                    for at, word in enumerate(WORDS.split() * 9)
                ),
                authors=tuple(f"Author {number}-{at}" for at in range(5)),
                comment="12 pages",
            ),
            DAY,
            Kind.NEW,
        )
        for number in range(ITEMS)
    ]


async def longest_pause(done: asyncio.Event) -> float:
    """Return the longest time, in seconds, for which the loop didn't come round."""
    worst, last = 0.0, time.perf_counter()
    while not done.is_set():
        await asyncio.sleep(TICK)
        now = time.perf_counter()
        worst, last = max(worst, now - last - TICK), now
    return worst


async def read_and_store(path: Path, server: ArxivServer) -> tuple[float, float, Kept]:
    """Harvest the listing alone; return the time it took, the longest pause and what was kept."""
    done = asyncio.Event()
    async with harvester(path, server.url) as made:
        watch = asyncio.create_task(longest_pause(done))
        start = time.perf_counter()
        listing = await made.source.listing(("cs",))
        kept = await made.store.write(lambda papers: papers.keep(listing, made.now()))
        took = time.perf_counter() - start
        done.set()
        return took, await watch, kept


async def whole_day(path: Path, server: ArxivServer) -> tuple[float, int]:
    """Harvest with details; return the longest pause and the number of requests."""
    before = len(server.requests)
    done = asyncio.Event()
    async with harvester(path, server.url) as made:
        watch = asyncio.create_task(longest_pause(done))
        await made.harvest()
        done.set()
        return await watch, len(server.requests) - before


def main() -> None:
    """Measure against a loopback arXiv, which shares the machine and so is part of the time."""
    with serve_arxiv() as server, tempfile.TemporaryDirectory() as folder:
        server.announce(DAY, announcements())
        runs = [asyncio.run(read_and_store(Path(folder) / f"{run}.db", server)) for run in range(RUNS)]
        if any(kept.new != ITEMS for _, _, kept in runs):
            raise SystemExit("a harvest didn't keep every item")
        took = round(statistics.median(took for took, _, _ in runs), 3)
        report(
            f"harvest: read and store {ITEMS:,} items",
            took,
            "s",
            f"<= {MOST_SECONDS}",
            ok=took <= MOST_SECONDS,
        )
        days = [asyncio.run(whole_day(Path(folder) / f"day{run}.db", server)) for run in range(RUNS)]
        pause = round(1000 * statistics.median(pause for pause, _ in days), 1)
        report(
            "harvest: longest pause of the event loop",
            pause,
            "ms",
            f"<= {MOST_PAUSE}",
            ok=pause <= MOST_PAUSE,
        )
        requests = max(count for _, count in days)
        wanted = 1 + -(-ITEMS // 250)
        goal = f"= {wanted}, whatever the topics"
        report(
            "harvest: requests for a day of 1,999 new papers",
            requests,
            "requests",
            goal,
            ok=requests == wanted,
        )


if __name__ == "__main__":
    main()
