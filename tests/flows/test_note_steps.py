"""Whoever waits for notes is told how far they are, as often as is shown, and never after the answer."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bot.commands.note_steps import in_words, told
from digest.fulltext import Form
from digest.notes import Progress, Stage
from digest.translation import phrases_for

if TYPE_CHECKING:
    from collections.abc import Callable

ENGLISH = phrases_for("en")


@pytest.mark.parametrize(
    ("progress", "english", "chinese"),
    [
        (Progress(Stage.FETCHING, Form.HTML), "Fetching the paper …", "正在获取论文……"),
        (Progress(Stage.FETCHING, Form.PDF), "Fetching its PDF …", "正在获取 PDF……"),
        (Progress(Stage.READING, Form.HTML), "Reading the paper …", "正在阅读论文……"),
        (Progress(Stage.READING, Form.PDF, 1), "Reading 1 page …", "正在阅读 1 页……"),
        (Progress(Stage.READING, Form.PDF, 1_014), "Reading 1,014 pages …", "正在阅读 1,014 页……"),
        (Progress(Stage.WRITING), "Writing notes …", "正在写笔记……"),
        (
            Progress(Stage.WRITING, part=2, parts=5),
            "Writing notes: part 2 of 5 …",
            "正在写笔记：第 2 部分，共 5 部分……",
        ),
        (Progress(Stage.CHECKING), "Checking the notes …", "正在核对笔记……"),
    ],
)
def test_each_step_has_its_words(progress: Progress, english: str, chinese: str) -> None:
    """A step says what is done, and with how much."""
    assert (in_words(progress, ENGLISH), in_words(progress, phrases_for("zh"))) == (english, chinese)


def test_a_step_that_is_being_shown_is_not_cut_off() -> None:
    """The answer comes after it, whatever was reported meanwhile, and nothing is shown after that."""

    async def run() -> None:
        shown: list[str] = []
        begun, go_on = asyncio.Event(), asyncio.Event()

        async def show(step: str) -> None:
            begun.set()
            await go_on.wait()
            shown.append(step)

        async def work(report: Callable[[Progress], None]) -> str:
            report(Progress(Stage.FETCHING))
            await begun.wait()
            report(Progress(Stage.READING))
            report(Progress(Stage.WRITING))
            asyncio.get_running_loop().call_soon(go_on.set)
            return "notes"

        assert await told(work, show, ENGLISH) == "notes"
        assert shown == ["Fetching the paper …"]

    asyncio.run(run())


def test_who_waits_for_another_reading_is_told_so() -> None:
    """Where no step comes for a moment, because somebody else's reading is waited for, one is shown."""

    async def run() -> None:
        shown = asyncio.Event()
        steps: list[str] = []

        async def show(step: str) -> None:
            steps.append(step)
            shown.set()

        async def work(_: Callable[[Progress], None]) -> str:
            await shown.wait()
            return "notes"

        assert await told(work, show, ENGLISH) == "notes"
        assert steps == ["Reading the paper …"]

    asyncio.run(run())


def test_what_went_wrong_is_passed_on() -> None:
    """An error of the work is whoever's who waits; a step that can't be shown costs nobody anything."""

    async def run() -> None:
        async def show(_: str) -> None:
            raise OSError("no screen")

        async def work(report: Callable[[Progress], None]) -> str:
            report(Progress(Stage.FETCHING))
            await asyncio.sleep(0)
            raise ValueError("broken")

        with pytest.raises(ValueError, match="broken"):
            await told(work, show, ENGLISH)

    asyncio.run(run())


def test_who_leaves_leaves_nothing_running() -> None:
    """If whoever waits is cancelled, so is what was done for them alone."""

    async def run() -> None:
        async def show(_: str) -> None:
            pass

        async def work(report: Callable[[Progress], None]) -> str:
            report(Progress(Stage.FETCHING))
            await asyncio.Event().wait()
            return ""

        waiting = asyncio.create_task(told(work, show, ENGLISH))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.wait({waiting})
        assert waiting.cancelled()
        assert asyncio.all_tasks() == {asyncio.current_task()}

    asyncio.run(run())
