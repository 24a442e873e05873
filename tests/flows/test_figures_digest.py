"""Chats that want figures get one with each paper that was read in time: real rounds, store and notebook."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.chats import Detail, Layout
from bot.figures_ahead import MOST_WAITING, FiguresAhead
from bot.notes_ahead import AGAIN
from bot.platforms.scripted import ScriptedPlatform
from digest.document import Figure, Group
from digest.errors import SourceUnreachableError
from digest.fulltext import Form, Picture
from digest.reading import words
from tests.fullpapers import full_paper
from tests.outbox import soon
from tests.papers import DAY, announced, paper
from tests.servers.readings import Readings, notebook
from tests.servers.talker import Talker
from tests.servers.town import MORNING, Town

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator
    from pathlib import Path

    from bot.outbox import Message
    from digest.document import Blocks, Document

SITE, ID = "https://arxiv.org", "9906.00001"
LATER = MORNING + timedelta(hours=1)
NIGHT = MORNING - timedelta(hours=4, minutes=50)
DRAWN = full_paper(
    form=Form.HTML,
    figures=(Picture("Figure 1", "A bank before $t = 3$.", (f"{SITE}/html/9906.00001v1/x1.png",)),),
)


class Drawing(ScriptedPlatform):
    """A platform whose messages are the pictures of a document, below the ids of their papers."""

    def render(self, document: Document, layout: Layout) -> tuple[Message, ...]:
        """Write a document."""
        (message,) = super().render(document, layout)
        body = "\n".join(_drawn(document.blocks))
        return (replace(message, body=body),)


def _drawn(blocks: Blocks) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Group):
            yield block.paper
            yield from _drawn(block.blocks)
        elif isinstance(block, Figure):
            yield f"{words(block.caption)} {block.url}"


def live(folder: Path, test: Callable[[Town, Readings], Awaitable[None]]) -> None:
    """Run a test over a town whose papers can be read; the first has a figure on the web."""

    async def run() -> None:
        async with Town.open(folder) as town:
            readings = Readings()
            readings.papers[paper(1).id] = DRAWN
            town.rounds.figures.notebook = town.rounds.ahead.notebook = notebook(readings)
            platform = Drawing(lambda _: None, lambda: MORNING)
            town.rounds = replace(town.rounds, platforms={"scripted": platform})
            try:
                await test(town, readings)
            finally:
                await town.rounds.figures.stop()
                await town.rounds.ahead.stop()

    asyncio.run(run())


async def read(town: Town) -> None:
    """Wait until all papers are read that are being read."""
    await asyncio.gather(*(one.task for one in town.rounds.figures._readings.values()))


def test_a_day_with_a_figure_and_one_without(tmp_path: Path) -> None:
    """Who comes first has the papers read and no figure; who comes later sees the one that is on the web."""

    async def serve(town: Town, readings: Readings) -> None:
        await town.chat("early", figures=True)
        await town.chat("late", figures=True, send_at=LATER.time())
        await town.chat("plain", send_at=LATER.time())
        await town.announce(
            announced(1), announced(2), announced(3, comment="This paper was withdrawn by the author")
        )
        assert await town.serve() == {"early": ["9906.00001\n9906.00002\n9906.00003"]}
        assert await town.serve() == {}
        await read(town)
        assert await town.serve_at(LATER) == {
            "late": [
                (
                    f"9906.00001\nFigure 1: A bank before t = 3. {SITE}/html/9906.00001v1/x1.png\n"
                    "9906.00002\n9906.00003"
                )
            ],
            "plain": ["9906.00001\n9906.00002\n9906.00003"],
        }
        assert sorted(readings.asked) == [paper(1).id, paper(2).id]

    live(tmp_path, serve)


def test_papers_are_read_when_the_list_is_in(tmp_path: Path) -> None:
    """Day after day: a list that comes at night is read at once, so that the morning's digest has figures."""

    async def serve(town: Town, readings: Readings) -> None:
        await town.chat("early", figures=True, weekdays=frozenset(range(7)))
        await town.chat("plain", weekdays=frozenset(range(7)))
        for days, number in enumerate((1, 4, 5)):
            readings.papers[paper(number).id] = DRAWN
            await town.announce_papers(number, day=DAY + timedelta(days=days))
            night = NIGHT + timedelta(days=days)
            assert await town.serve_at(night) == {}
            await read(town)
            assert readings.asked[-1] == paper(number).id
            told = await town.serve_at(night + timedelta(hours=3))
            assert "x1.png" in told["early"][0]
            assert "x1.png" not in told["plain"][0]

    live(tmp_path, serve)


def test_a_reading_that_never_ends_delays_nothing(tmp_path: Path) -> None:
    """The digest goes out in the round in which it's due, and nobody has the paper read twice."""

    async def serve(town: Town, readings: Readings) -> None:
        readings.open.clear()
        await town.chat("early", figures=True)
        await town.chat("late", figures=True, send_at=LATER.time())
        await town.announce_papers(1, 2)
        assert await asyncio.wait_for(town.serve(), 30) == {"early": ["9906.00001\n9906.00002"]}
        await soon(lambda: len(readings.asked) == 1)
        assert list(await asyncio.wait_for(town.serve_at(LATER), 30)) == ["late"]
        assert readings.asked == [paper(1).id]

    live(tmp_path, serve)


@pytest.mark.parametrize("error", [SourceUnreachableError("away"), RuntimeError("a bug")], ids=repr)
def test_a_reading_that_fails_costs_no_digest(tmp_path: Path, error: Exception) -> None:
    """Where arXiv is away or a paper breaks its reader, there's no figure and all else."""

    async def serve(town: Town, readings: Readings) -> None:
        readings.error = error
        await town.chat("early", figures=True)
        await town.chat("late", figures=True, send_at=LATER.time())
        await town.announce_papers(1)
        assert await town.serve() == {"early": ["9906.00001"]}
        await read(town)
        assert await town.serve_at(LATER) == {"late": ["9906.00001"]}

    live(tmp_path, serve)


def test_what_is_read_for_notes_has_its_figure_too(tmp_path: Path) -> None:
    """A digest that waited for notes shows the figure of what they were taken from."""

    async def serve(town: Town, _: Readings) -> None:
        await town.chat("deep", detail=Detail.NOTES, figures=True)
        await town.announce_papers(1)
        assert await town.serve() == {}
        await asyncio.gather(*(one.making for one in town.rounds.ahead._wanted.values()))
        ((digest,),) = (await town.serve_at(MORNING + AGAIN)).values()
        assert f"{SITE}/html/9906.00001v1/x1.png" in digest

    live(tmp_path, serve)


def test_no_more_papers_wait_than_a_morning_has_time_for() -> None:
    """What is beyond that isn't begun; what failed is tried again some hours later, not at once."""

    async def run() -> None:
        readings = Readings()
        readings.error = SourceUnreachableError("away")
        readings.open.clear()
        ahead = FiguresAhead(notebook(readings), SITE)
        assert await ahead.of([paper(number) for number in range(1, MOST_WAITING + 50)], MORNING) == {}
        assert len(ahead._readings) == MOST_WAITING
        readings.open.set()
        await asyncio.gather(*(one.task for one in ahead._readings.values()))
        assert len(readings.asked) == MOST_WAITING
        for hours, asked in ((1, 1), (7, 2)):
            await ahead.of([paper(1)], MORNING + timedelta(hours=hours))
            await asyncio.gather(*(one.task for one in ahead._readings.values()))
            assert readings.asked.count(paper(1).id) == asked
        await ahead.stop()

    asyncio.run(run())


def test_a_digest_that_is_asked_for_shows_what_is_known(tmp_path: Path) -> None:
    """``/digest`` shows the figures of what was read before, where they're wanted, and has nothing read."""

    async def run() -> None:
        async with Talker.open(tmp_path) as talker:
            await talker.announce_papers(1, 2)
            talker.readings.kept[paper(1).id] = DRAWN
            figure = f"Figure 1: A bank before t = 3. {SITE}/html/{ID}v1/x1.png"
            for words, drawn in (("off", []), ("on", [figure])):
                await talker.say(f"/settings figures {words}")
                digest = (await talker.say("/digest rivers")).document
                shown = [*_drawn(digest.blocks)]
                assert [each for each in shown if each.startswith("Figure")] == drawn
                assert ID in shown
            assert talker.readings.asked == []

    asyncio.run(run())
