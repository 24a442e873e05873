"""Gets notes of papers: each once, from memory, from what was kept, or taken anew from the paper's full text.

    remembered?                  → it
    being made for somebody?     → theirs, with its progress
    kept?                        → it, without a look at the paper's file
    fetch and read the paper     → notes of it

Knows no storage, no model and no document.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from digest.notes import Progress, Stage, Taken, outline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from digest.fulltext import FullPaper, Step
    from digest.model import Paper, PaperId
    from digest.ports import FullText
    from digest.writers import NoteTaker

    Report: TypeAlias = Callable[[Progress], None]

_Key: TypeAlias = "tuple[PaperId, int, str]"


def _say_nothing(_: Progress) -> None:
    pass


@dataclass
class Notebook:
    """The notes of papers, remembered while this object is.

    Args:
        full_text: who reads papers whole.
        note_taker: who takes notes of what was read.
        remembered: how many notes are, the newest.
        stand_ins_remembered: seconds for which a stand-in is; then who should have written it may be able to.
        clock: seconds that only grow.
    """

    full_text: FullText
    note_taker: NoteTaker
    remembered: int = 200
    stand_ins_remembered: float = 60.0
    clock: Callable[[], float] = time.monotonic
    _made: dict[_Key, tuple[Taken, float]] = field(default_factory=dict)
    _under_way: dict[_Key, tuple[asyncio.Task[Taken], _Listeners]] = field(default_factory=dict)

    async def of(
        self,
        paper: Paper,
        language: str,
        report: Report = _say_nothing,
        may_ask: Callable[[], bool] = lambda: True,
    ) -> Taken:
        """Return the notes of a paper, and what its file tells beside them.

        Args:
            paper: at the version that is read.
            language: the BCP 47 tag asked for.
            report: is told how far it is; not called for what is there already.
            may_ask: is asked before something that costs is done.

        Raises:
            SourceError: arXiv can't be reached.
            StorageError: what was read can't be kept.
        """
        key = (paper.id, paper.version, language)
        if taken := self._remembered(key):
            return taken
        if key not in self._under_way:
            listeners = _Listeners()
            # A task of its own: who asked first may leave, and others wait for the same.
            task = asyncio.ensure_future(self._make(key, paper, listeners.tell, may_ask))
            self._under_way[key] = task, listeners
            task.add_done_callback(lambda task: self._done(key, task))
        task, listeners = self._under_way[key]
        with listeners.joined(report):
            return await asyncio.shield(task)

    async def kept(self, paper: Paper, language: str) -> Taken | None:
        """Return the notes of a paper that are there already, or None; nothing is read or waited for.

        Raises:
            StorageError: what was kept can't be read.
        """
        return self._remembered((paper.id, paper.version, language)) or await self.note_taker.kept(
            paper, language
        )

    async def read(self, paper: Paper, report: Report = _say_nothing) -> FullPaper:
        """Return a paper's full text, as `of` reads it; raises the same errors."""
        return await self.full_text.read(paper, lambda step: report(_progress(step)))

    async def known(self, paper: Paper) -> FullPaper | None:
        """Return a paper's full text if it was read before and is kept."""
        return await self.full_text.known(paper)

    async def picture(self, paper: Paper, image: str) -> bytes:
        """Return a picture that a paper's full text names; raises `FileError` and what `of` raises."""
        return await self.full_text.picture(paper, image)

    async def places(self, paper: Paper, images: Iterable[str]) -> Mapping[str, str]:
        """Return where pictures of a paper can be looked at on this machine; raises what `of` raises."""
        return await self.full_text.places(paper, images)

    async def stop(self) -> None:
        """Give up what is being made; whoever waits for it is cancelled."""
        tasks = tuple(task for task, _ in self._under_way.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _make(self, key: _Key, paper: Paper, tell: Report, may_ask: Callable[[], bool]) -> Taken:
        language = key[-1]
        taken = await self.note_taker.kept(paper, language)
        if taken is None:
            full_paper = await self.read(paper, tell)
            notes = await self.note_taker.notes(paper, full_paper, language, tell, may_ask)
            taken = Taken(notes, outline(full_paper))
        until = self.clock() + (self.stand_ins_remembered if taken.notes.stand_in else float("inf"))
        self._made.pop(key, None)
        self._made[key] = taken, until
        if len(self._made) > self.remembered:
            del self._made[next(iter(self._made))]
        return taken

    def _done(self, key: _Key, task: asyncio.Task[Taken]) -> None:
        del self._under_way[key]
        if not task.cancelled():
            task.exception()  # whoever still waits is told; if all have left, nobody needs to be

    def _remembered(self, key: _Key) -> Taken | None:
        taken, until = self._made.get(key, (None, 0.0))
        return taken if taken and self.clock() <= until else None


@dataclass
class _Listeners:
    """Those who want to know how far some notes are; who comes later is told at once."""

    _reports: list[Report] = field(default_factory=list)
    _last: Progress | None = None

    def tell(self, progress: Progress) -> None:
        self._last = progress
        for report in tuple(self._reports):
            report(progress)

    @contextlib.contextmanager
    def joined(self, report: Report) -> Iterator[None]:
        self._reports.append(report)
        try:
            if self._last:
                report(self._last)
            yield
        finally:
            self._reports.remove(report)


def _progress(step: Step) -> Progress:
    return Progress(Stage.READING if step.fetched else Stage.FETCHING, step.form, step.pages)
