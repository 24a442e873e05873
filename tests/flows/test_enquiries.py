"""A question is answered once for everybody who asks it, and remembered for some minutes."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pytest

from digest.enquiries import Enquiries
from digest.errors import SourceUnreachableError
from digest.notes import Progress, Stage
from digest.summaries.answers.nearest import nearest
from tests.fullpapers import RIVERS, full_paper

if TYPE_CHECKING:
    from collections.abc import Callable

    from digest.answers import PaperAnswer
    from digest.fulltext import FullPaper
    from digest.model import Paper

ASKED = "How many photographs?"


@dataclass
class World:
    """Who reads and who answers, held until `open` is set; `now` is the time."""

    open: asyncio.Event = field(default_factory=asyncio.Event)
    now: float = 0.0
    error: Exception | None = None
    stand_in: bool = False
    reads: int = 0
    questions: list[str] = field(default_factory=list)
    charged: int = 0
    asked: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.open.set()
        self.enquiries = Enquiries(self, self, remembered=3, clock=lambda: self.now)

    async def read(self, paper: Paper, report: Callable[[Progress], None] = lambda _: None) -> FullPaper:
        """Read."""
        assert paper == RIVERS
        self.reads += 1
        report(Progress(Stage.READING))
        if self.error:
            raise self.error
        return full_paper()

    async def answer(
        self,
        paper: Paper,
        full_paper: FullPaper,
        question: str,
        language: str,
        report: Callable[[Progress], None],
        may_ask: Callable[[], bool],
    ) -> PaperAnswer:
        """Answer."""
        assert (paper, language) == (RIVERS, "en")
        self.questions.append(question)
        self.charged += may_ask()
        report(Progress(Stage.WRITING))
        self.asked.set()
        await self.open.wait()
        return replace(nearest(full_paper, question), stand_in=self.stand_in)

    async def ask(
        self, question: str = ASKED, report: Callable[[Progress], None] = lambda _: None
    ) -> PaperAnswer:
        """Ask."""
        return await self.enquiries.of(RIVERS, question, "en", report)


def test_two_who_ask_at_once_cost_one_answer() -> None:
    """However they write it; both see that something is done."""

    async def use() -> None:
        world, steps, waits = World(), list[Progress](), asyncio.Event()

        def report(step: Progress) -> None:
            steps.append(step)
            if step.stage is Stage.WRITING:
                waits.set()

        world.open.clear()
        first = asyncio.create_task(world.ask())
        second = asyncio.create_task(world.ask(" how many   PHOTOGRAPHS? ", report=report))
        await waits.wait()
        world.open.set()
        assert await first is await second
        assert (len(world.questions), world.charged) == (1, 1)
        assert [step.stage for step in steps] == [Stage.READING, Stage.WRITING]

    asyncio.run(use())


def test_who_leaves_takes_nothing_from_others() -> None:
    """The first who asked goes away; the second gets the answer."""

    async def use() -> None:
        world = World()
        world.open.clear()
        first, second = asyncio.create_task(world.ask()), asyncio.create_task(world.ask())
        await world.asked.wait()
        first.cancel()
        world.open.set()
        assert (await second).quotations
        assert len(world.questions) == 1

    asyncio.run(use())


@pytest.mark.parametrize(("stand_in", "seconds"), [(False, 600), (True, 60)])
def test_an_answer_is_remembered_for_some_minutes(*, stand_in: bool, seconds: float) -> None:
    """A stand-in for one: then who should have answered may be able to. The paper isn't read meanwhile."""

    async def use() -> None:
        world = World(stand_in=stand_in)
        answer = await world.ask()
        world.now = seconds
        assert await world.ask() is answer
        assert world.reads == 1
        world.now = seconds + 1
        assert await world.ask() is not answer

    asyncio.run(use())


def test_memory_is_bounded() -> None:
    """The newest questions are remembered."""

    async def use() -> None:
        world = World()
        for number in (*range(9), 8, 0):
            await world.ask(f"{number} photographs?")
        assert [question[0] for question in world.questions] == [*"012345678", "0"]

    asyncio.run(use())


def test_what_failed_is_tried_again() -> None:
    """An error reaches who asked, and isn't remembered."""

    async def use() -> None:
        world = World(error=SourceUnreachableError("no answer"))
        with pytest.raises(SourceUnreachableError):
            await world.ask()
        world.error = None
        assert (await world.ask()).quotations

    asyncio.run(use())


def test_stopping_waits_for_nobody() -> None:
    """What is being answered is given up."""

    async def use() -> None:
        world = World()
        world.open.clear()
        asking = asyncio.create_task(world.ask())
        await world.asked.wait()
        await world.enquiries.stop()
        with pytest.raises(asyncio.CancelledError):
            await asking

    asyncio.run(use())
