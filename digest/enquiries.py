"""Gets answers to questions about papers: each once, from memory or made anew from the paper's full text.

    remembered?                  → it
    read the paper
    being answered for somebody? → theirs
    answer                       → it, remembered for some minutes

Nothing is written down. Knows no storage, no model and no document.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeAlias

from digest.notes import Progress, Stage

if TYPE_CHECKING:
    from collections.abc import Callable

    from digest.answers import PaperAnswer
    from digest.fulltext import FullPaper
    from digest.model import Paper, PaperId
    from digest.writers import Answerer

    Report: TypeAlias = Callable[[Progress], None]

_Key: TypeAlias = "tuple[PaperId, int, str, str]"


def _say_nothing(_: Progress) -> None:
    pass


class Reader(Protocol):
    """Who reads papers whole: `digest.notebook.Notebook`."""

    async def read(self, paper: Paper, report: Report = ...) -> FullPaper:
        """Return a paper's full text; may raise `SourceError` or `StorageError`."""


@dataclass
class Enquiries:
    """The answers to questions, remembered for as long as somebody may ask again.

    Args:
        reader: who reads papers whole, each once at a time.
        answerer: who answers.
        remembered: how many answers are, the newest.
        seconds: for how long.
        stand_in_seconds: the same for a stand-in; then who should have answered may be able to.
        clock: seconds that only grow.
    """

    reader: Reader
    answerer: Answerer
    remembered: int = 200
    seconds: float = 600.0
    stand_in_seconds: float = 60.0
    clock: Callable[[], float] = time.monotonic
    _made: dict[_Key, tuple[PaperAnswer, float]] = field(default_factory=dict)
    _under_way: dict[_Key, asyncio.Task[PaperAnswer]] = field(default_factory=dict)

    async def of(
        self,
        paper: Paper,
        question: str,
        language: str,
        report: Report = _say_nothing,
        may_ask: Callable[[], bool] = lambda: True,
    ) -> PaperAnswer:
        """Return the answer to a question.

        Args:
            paper: at the version that is read.
            question: of at most `digest.answers.LONGEST_QUESTION` characters.
            language: the BCP 47 tag asked for.
            report: is told how far it is; not called for what is there already.
            may_ask: is asked before something that costs is done.

        Raises:
            SourceError: arXiv can't be reached.
            StorageError: what was read can't be kept.
        """
        key = paper.id, paper.version, language, " ".join(question.casefold().split())
        if answer := self._remembered(key):
            return answer
        full_paper = await self.reader.read(paper, report)
        if answer := self._remembered(key):
            return answer
        if key in self._under_way:
            report(Progress(Stage.WRITING))
        else:
            # A task of its own: who asked first may leave, and others wait for the same.
            asked = self.answerer.answer(paper, full_paper, question, language, report, may_ask)
            task = asyncio.ensure_future(asked)
            self._under_way[key] = task
            task.add_done_callback(lambda task: self._done(key, task))
        return await asyncio.shield(self._under_way[key])

    async def stop(self) -> None:
        """Give up what is being answered; whoever waits for it is cancelled."""
        tasks = tuple(self._under_way.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _done(self, key: _Key, task: asyncio.Task[PaperAnswer]) -> None:
        del self._under_way[key]
        if task.cancelled() or task.exception():
            return  # whoever waits is told
        answer = task.result()
        self._made.pop(key, None)
        kept = self.stand_in_seconds if answer.stand_in else self.seconds
        self._made[key] = answer, self.clock() + kept
        if len(self._made) > self.remembered:
            del self._made[next(iter(self._made))]

    def _remembered(self, key: _Key) -> PaperAnswer | None:
        answer, until = self._made.get(key, (None, 0.0))
        if answer and self.clock() <= until:
            return answer
        self._made.pop(key, None)
        return None
