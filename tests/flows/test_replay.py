"""Real days of arXiv, served on loopback by the recorder's replay, harvested through the real client."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import socket
import subprocess
import sys
import urllib.request
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from digest.errors import SourceError
from digest.model import Kind
from digest.storage.database import Database
from digest.storage.migrations import PAPERS
from digest.storage.papers import SqlitePaperStore
from tests.conftest import SHARED
from tests.servers.desk import harvest, harvester

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from digest.model import Announcement

REPLAY = SHARED / "tools" / "arxiv_replay.py"


@contextlib.contextmanager
def replay(*options: str) -> Iterator[str]:
    """Run the replay and yield its address."""
    if not REPLAY.is_file():
        pytest.skip(f"needs the replay server in {REPLAY}")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, str(REPLAY), "--port", str(port), *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        assert "replaying" in process.stdout.readline()
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.communicate()


def control(url: str) -> dict[str, object]:
    """Ask the replay's own pages."""
    with urllib.request.urlopen(url) as answer:  # noqa: S310 - loopback
        told: dict[str, object] = json.load(answer)
    return told


def recorded(name: str) -> dict[str, list[str]]:
    """Return the ids of a recorded day with their categories, each paper once."""
    lines = (SHARED / "data" / "days" / f"{name}.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return {re.sub(r"v\d+$", "", row["id"]): row["categories"] for row in reversed(rows)}


def announced(path: Path, *days: date) -> tuple[Announcement, ...]:
    """Read what is stored."""

    async def read() -> tuple[Announcement, ...]:
        database = await Database.open(path, [PAPERS])
        try:
            store = SqlitePaperStore(database)
            known = days or await store.read(lambda papers: papers.dates())
            return await store.read(lambda papers: papers.announced(known, tuple(Kind)))
        finally:
            await database.close()

    return asyncio.run(read())


@pytest.mark.parametrize("archives", [("cs",), ("cs.CV",), ("eess", "math", "stat")])
def test_every_paper_of_the_archives_is_stored(tmp_path: Path, archives: tuple[str, ...]) -> None:
    """A harvest stores the papers of its archives and no others, compared by id with the recording."""
    path = tmp_path / "papers.db"
    with replay("--day", "2026-06-26", "--fail-first", "2") as url:
        harvest(path, url, archives)
        assert harvest(path, url, archives).kept.new == 0
    expected = {
        name
        for name, categories in recorded("2026-06-26").items()
        if any(c == a or c.startswith(f"{a}.") for a in archives for c in categories)
    }
    assert {str(entry.paper.id) for entry in announced(path)} == expected


def test_kinds_and_versions_are_told_apart(tmp_path: Path) -> None:
    """All four kinds arrive, as many as were announced."""
    kinds = ("new", "cross", "replace", "replace-cross")
    with replay("--day", "2026-06-26", "--kinds", ",".join(kinds)) as url:
        harvest(tmp_path / "papers.db", url)
    found = announced(tmp_path / "papers.db")
    counts = Counter(str(entry.kind) for entry in found)
    assert set(counts) == set(kinds)
    assert max(counts.values()) - min(counts.values()) <= 1
    assert sum(counts.values()) == len(found) == 261


@pytest.mark.parametrize("fault", ["--truncate", "--ratelimit-page"])
def test_a_faulty_arxiv_leaves_nothing_behind(tmp_path: Path, fault: str) -> None:
    """A cut answer and a page instead of one are errors, and nothing is stored."""
    with replay("--day", "2026-06-26", fault) as url, pytest.raises(SourceError):
        harvest(tmp_path / "papers.db", url)
    assert announced(tmp_path / "papers.db") == ()


def test_an_empty_feed_is_an_empty_day(tmp_path: Path) -> None:
    """A feed without items says that nothing was announced."""
    with replay("--day", "2026-06-26", "--empty") as url:
        found = harvest(tmp_path / "papers.db", url)
    assert (found.listing.announcements, found.backfilled) == ((), ())


def test_days_that_were_skipped_are_backfilled(tmp_path: Path) -> None:
    """After days without a harvest every paper of them is there, on a missed date."""
    path, few = tmp_path / "papers.db", ("cs.CL", "cs.RO")
    with replay("--pool") as url:
        days = control(f"{url}/_days")["days"]
        assert isinstance(days, list)
        first, *skipped, last = days[days.index("2025-05-21") : days.index("2025-05-28") + 1]
        control(f"{url}/_day?date={first}")
        harvest(path, url, few)
        known = {entry.paper.id for entry in announced(path)}
        everything = set()
        for day in (*skipped, last):
            control(f"{url}/_day?date={day}")
            everything |= {entry.paper.id for entry in listed(url, tmp_path / "aside.db", few)}
        found = harvest(path, url, few)
        assert len(skipped) == 3
        assert {entry.paper.id for entry in announced(path)} == known | everything
        # The recording lacks submission times; the replay's are a day early for a Monday's papers.
        assert {day.isoformat() for day, kept in found.backfilled if kept.new} <= set(skipped)
        assert harvest(path, url, few).kept.new == 0


def listed(url: str, path: Path, archives: tuple[str, ...]) -> tuple[Announcement, ...]:
    """Read today's listing alone; nothing is kept."""

    async def read() -> tuple[Announcement, ...]:
        async with harvester(path, url) as made:
            return (await made.source.listing(archives)).announcements

    return asyncio.run(read())
