"""How long briefs take: 200 papers by a model that takes a second each, and briefs that are there already.

The model is a loopback server in a process of its own, reached through the real SDK.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bench.report import report
from bot.app import now, open_database
from bot.settings import load
from bot.summaries import open_summaries
from digest.model import Paper, PaperId
from digest.query import parse
from tests.servers.models import KEY, MODEL

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from bot.summaries import Summaries
    from digest.errors import ModelError

PAPERS, AT_ONCE, SECONDS = 200, 8, 1.0
IDEAL = PAPERS / AT_ONCE * SECONDS
MOST = 1.1
CACHED_MS = 1.0


@contextlib.contextmanager
def model(seconds: float) -> Iterator[str]:
    """Run the model; yield where it is."""
    command = [sys.executable, "-m", "tests.servers.openai", "--seconds", str(seconds)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        try:
            yield server.stdout.readline().split()[0] if server.stdout else ""
        finally:
            server.terminate()


def paper(number: int) -> Paper:
    """Invent a paper whose sentences a model can repeat."""
    abstract = (
        f"Rivers of kind {number} bend more often than others of their length. "
        f"We propose a model of bending that needs no survey of kind {number}. "
        f"It explains nine out of ten rivers of kind {number} in a large atlas. "
        "The remaining ones were straightened by people who lived beside them. "
        "All measurements were made by hand and repeated in another summer."
    )
    title = f"On the bending of rivers, part {number}"
    return Paper(PaperId(f"2606.{number:05}"), 1, title, abstract, ("Ada Ash",), ("cs.CV",))


@contextlib.asynccontextmanager
async def summaries(path: Path, url: str) -> AsyncIterator[Summaries]:
    """Open who writes summaries, as `paperround run` does.

    Raises:
        AssertionError: the model failed.
    """
    environment = {
        "PAPERROUND_SUMMARY__PROVIDER": "openai",
        "PAPERROUND_SUMMARY__AT_ONCE": str(AT_ONCE),
        "PAPERROUND_OPENAI__BASE_URL": f"{url}/v1",
        "PAPERROUND_OPENAI__MODEL": MODEL,
        "OPENAI_API_KEY": KEY,
    }

    async def tell(_: str, error: ModelError) -> None:
        raise AssertionError(error)

    async with (
        open_database(path) as database,
        open_summaries(load(None, environment, parse), database, now, tell) as made,
    ):
        yield made


async def measure(path: Path, url: str) -> None:
    """Have everything written, then ask for it again: from the database, and from memory."""
    papers = [paper(number) for number in range(1, PAPERS + 1)]
    async with summaries(path, url) as made:
        await made.briefs.of([paper(PAPERS + 1)], "en")  # loads the SDK, which takes a second
        start = time.perf_counter()
        found = await made.briefs.of(papers, "en")
        took = time.perf_counter() - start
        wrong = [brief for brief in found.values() if brief is None or not brief.provenance.provider]
        if wrong:
            raise AssertionError(wrong[0])
    ratio = round(took / IDEAL, 3)
    name = f"{PAPERS} briefs of {SECONDS:g} s, {AT_ONCE} at a time"
    report(name, ratio, f"× the ideal {IDEAL:g} s", f"<= {MOST}", ok=ratio <= MOST)
    gc.freeze()  # as warming up does
    async with summaries(path, url) as made:
        for where in ("the database", "memory"):
            times = []
            for each in papers:
                start = time.perf_counter()
                await made.briefs.of([each], "en")
                times.append((time.perf_counter() - start) * 1000)
            value = round(statistics.median(times), 3)
            report(f"a brief from {where}", value, "ms", f"<= {CACHED_MS}", ok=value <= CACHED_MS)
            slow = round(statistics.quantiles(times, n=100, method="inclusive")[98], 3)
            report(f"a brief from {where}, p99", slow, "ms", "reported", ok=True)


def main() -> None:
    """Measure."""
    with tempfile.TemporaryDirectory() as folder, model(SECONDS) as url:
        asyncio.run(measure(Path(folder) / "paperround.db", url))


if __name__ == "__main__":
    main()
