"""Chats that want notes get them with each paper of their digest: real rounds, store and notebook."""

from __future__ import annotations

import asyncio
from datetime import time, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.chats import Detail
from bot.notes_ahead import AGAIN, WAIT, NotesAhead
from digest.errors import SourceUnreachableError
from tests.outbox import soon
from tests.papers import DAY, announced, paper
from tests.servers.readings import Readings, notebook
from tests.servers.town import MORNING, Town

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from syrupy.assertion import SnapshotAssertion

LISTED = MORNING.replace(hour=4, minute=15)
SEVEN = time(7)
DUE = MORNING.replace(hour=7)


def live(folder: Path, test: Callable[[Town, Readings], Awaitable[None]]) -> None:
    """Run a test over a town whose papers can be read."""

    async def run() -> None:
        async with Town.open(folder) as town:
            readings = Readings()
            town.rounds.ahead.notebook = notebook(readings)
            try:
                await test(town, readings)
            finally:
                await town.rounds.ahead.stop()

    asyncio.run(run())


async def made(town: Town) -> None:
    """Wait until all notes that were begun are made."""
    await asyncio.gather(*(one.making for one in town.rounds.ahead._wanted.values()))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_paper_has_its_notes_folded_below(
    tmp_path: Path, snapshot: SnapshotAssertion, language: str
) -> None:
    """The digest waits a minute for what is made meanwhile; others in the same round don't."""

    async def serve(town: Town, _: Readings) -> None:
        await town.chat("deep", detail=Detail.NOTES, language=language, brief_language=language)
        await town.chat("quick")
        await town.announce(announced(1), announced(2, comment="withdrawn by the author"))
        assert list(await town.serve()) == ["quick"]
        await made(town)
        assert await town.serve_at(MORNING + AGAIN / 2) == {}
        (digest,) = (await town.serve_at(MORNING + AGAIN))["deep"]
        assert digest == snapshot
        assert await town.serve_at(MORNING + 2 * AGAIN) == {}

    live(tmp_path, serve)


def test_what_takes_too_long_is_told_in_brief(tmp_path: Path) -> None:
    """After some minutes the digest goes out with what a brief shows, and says which notes aren't there."""

    async def serve(town: Town, readings: Readings) -> None:
        readings.open.clear()
        await town.chat("deep", detail=Detail.NOTES)
        await town.announce_papers(1, 2)
        at = MORNING
        while not (told := await town.serve_at(at)):
            at += AGAIN
            await asyncio.sleep(0)
        assert at == MORNING + WAIT
        (digest,) = told["deep"]
        assert digest.count("The notes weren't ready in time; the button shows them.") == 2
        assert digest.count("Takeaways") == digest.count("Abstract") == 2
        readings.open.set()
        await made(town)
        await town.announce_papers(1)
        assert readings.asked.count(paper(1).id) == 1

    live(tmp_path, serve)


def test_notes_that_fail_cost_no_digest(tmp_path: Path) -> None:
    """Where arXiv gives no file, or reading it breaks, the digest comes with the brief."""

    async def serve(town: Town, readings: Readings) -> None:
        readings.error = SourceUnreachableError("away")
        await town.chat("deep", detail=Detail.NOTES)
        await town.announce_papers(1)
        assert await town.serve() == {}
        await made(town)
        (digest,) = (await town.serve_at(MORNING + AGAIN))["deep"]
        assert "It explains nine rivers out of ten." in digest
        assert "The notes weren't ready in time" in digest

    live(tmp_path, serve)


def test_notes_are_taken_as_soon_as_the_list_is_in(tmp_path: Path) -> None:
    """A digest that is due some hours later comes to the minute, with notes that nobody waited for."""

    async def serve(town: Town, readings: Readings) -> None:
        await town.chat("deep", detail=Detail.NOTES, send_at=SEVEN, papers=2)
        await town.chat("quick", send_at=SEVEN)
        await town.announce_papers(1, 2, 3)
        assert await town.serve_at(LISTED) == {}
        await made(town)
        assert sorted(map(str, readings.asked)) == ["9906.00001", "9906.00002"]
        (digest,) = (await town.serve_at(DUE))["deep"]
        assert digest.count("Full notes") == 2
        assert len(readings.asked) == 2

    live(tmp_path, serve)


def test_what_failed_ahead_is_tried_once_more(tmp_path: Path) -> None:
    """When the digest is due, arXiv may be there again; what is still being read has its ten minutes."""

    async def serve(town: Town, readings: Readings) -> None:
        readings.error = SourceUnreachableError("away")
        await town.chat("deep", detail=Detail.NOTES, send_at=SEVEN)
        await town.announce_papers(1)
        await town.serve_at(LISTED)
        await made(town)
        readings.error = None
        readings.open.clear()
        assert await town.serve_at(DUE) == {}
        readings.open.set()
        await made(town)
        (digest,) = (await town.serve_at(DUE + AGAIN))["deep"]
        assert "Full notes" in digest

    live(tmp_path, serve)


def test_what_is_due_in_days_is_not_read_yet(tmp_path: Path) -> None:
    """A weekly digest shows few of the week's papers; which ones is known when its last list is in."""

    async def serve(town: Town, readings: Readings) -> None:
        await town.chat("weekly", detail=Detail.NOTES, send_at=SEVEN, weekdays=frozenset([0]), papers=1)
        await town.announce_papers(1)
        await town.serve_at(LISTED)
        assert readings.asked == []
        await town.announce_papers(2, day=DAY + timedelta(days=3))
        await town.serve_at(LISTED + timedelta(days=3))
        await made(town)
        assert len(readings.asked) == 1
        (digest,) = (await town.serve_at(DUE + timedelta(days=3)))["weekly"]
        assert "Full notes" in digest

    live(tmp_path, serve)


def test_a_few_papers_are_in_hand_at_a_time(tmp_path: Path) -> None:
    """A big round doesn't take arXiv for itself: two papers are read at once, and each once for all chats."""

    async def serve(town: Town, readings: Readings) -> None:
        readings.open.clear()
        for name in ("deep", "deeper"):
            await town.chat(name, detail=Detail.NOTES, papers=5 if name == "deep" else 4)
        await town.announce_papers(1, 2, 3, 4, 5)
        await town.serve()
        await soon(lambda: len(readings.asked) >= 2)
        for _ in range(20):
            await asyncio.sleep(0)
        assert len(readings.asked) == 2
        readings.open.set()
        await made(town)
        assert len(readings.asked) == 5
        assert len(await town.serve_at(MORNING + AGAIN)) == 2

    live(tmp_path, serve)


def test_old_notes_are_forgotten() -> None:
    """What was made for digests of this morning isn't held until the next."""

    async def run() -> None:
        ahead = NotesAhead(notebook())
        for later in (timedelta(), timedelta(days=1)):
            ahead.of([paper(1 + later.days)], "en", lambda _: True, MORNING)
            await asyncio.gather(*(one.making for one in ahead._wanted.values()))
        ahead.of([paper(9)], "en", lambda _: True, MORNING + timedelta(days=1))
        assert {key[0] for key in ahead._wanted} == {paper(9).id}
        await ahead.stop()

    asyncio.run(run())
