"""Tells somebody in words how far what they wait for of a paper is. Knows no paper and no platform."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, TypeVar

from bot.commands.patience import PATIENCE
from bot.phrases import noting as say
from bot.talk import BETWEEN_STEPS
from digest.fulltext import Form
from digest.notes import Progress, Stage

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine
    from typing import Any

    from bot.talk import Progress as Show
    from digest.translation import Phrases

T = TypeVar("T")

_MARGIN = 0.1  # seconds beside the pace of who shows it, whose clock is another


def in_words(progress: Progress, phrases: Phrases) -> str:
    """Say how far notes are, in a few words."""
    match progress.stage:
        case Stage.FETCHING:
            return phrases(say.FETCHING_PDF if progress.form is Form.PDF else say.FETCHING)
        case Stage.READING if progress.pages:
            return phrases.count(say.READING_PAGES, progress.pages)
        case Stage.READING:
            return phrases(say.READING)
        case Stage.WRITING if progress.part:
            part, parts = phrases.number(progress.part), phrases.number(progress.parts)
            return phrases(say.WRITING_PART, part=part, parts=parts)
        case Stage.WRITING:
            return phrases(say.WRITING)
        case Stage.CHECKING:
            return phrases(say.CHECKING)


async def told(
    work: Callable[[Callable[[Progress], None]], Coroutine[Any, Any, T]],
    show: Show,
    phrases: Phrases,
    words: Callable[[Progress, Phrases], str] = in_words,
) -> T:
    """Do some work and show the newest of its steps, again and again.

    Showing one takes time, and where many come at once only the last is worth it. Where none comes for a
    moment, somebody else's reading is waited for.

    Args:
        work: is given what it reports its steps to.
        show: shows one in words.
        phrases: in the language of who waits.
        words: says one of them.
    """
    teller = _Teller(show, lambda progress: words(progress, phrases))
    working = asyncio.ensure_future(work(teller.report))
    telling = asyncio.create_task(teller.run())
    try:
        return await working
    finally:
        working.cancel()  # where whoever waits for it is
        teller.over.set()
        teller.news.set()
        await _end(telling)


class _Teller:
    def __init__(self, show: Show, words: Callable[[Progress], str]) -> None:
        self._show = show
        self._words = words
        self._newest = ""
        self.news = asyncio.Event()
        self.over = asyncio.Event()

    def report(self, progress: Progress) -> None:
        words = self._words(progress)
        if words != self._newest:
            self._newest = words
            self.news.set()

    async def run(self) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                await self.news.wait()
        if not self._newest:
            self.report(Progress(Stage.READING))
        while True:
            await self.news.wait()
            if self.over.is_set():
                return
            self.news.clear()
            await self._show(self._newest)
            try:
                async with asyncio.timeout(BETWEEN_STEPS + _MARGIN):
                    await self.over.wait()
            except TimeoutError:
                continue
            return


async def _end(telling: Awaitable[None]) -> None:
    """Wait for a step that is being shown: the answer takes its place."""
    await asyncio.gather(telling, return_exceptions=True)
