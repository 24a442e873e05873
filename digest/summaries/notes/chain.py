"""Who takes notes: the first model that can, in the order of settings; at last sentences of the paper itself.

The rules are those of `digest.summaries.chain`: what the first writer took is kept once and for all, what a
later one took stands in for it while the first can't, and a paper that a model gave nothing usable for isn't
tried with it again for some hours. Notes of an abstract alone aren't kept: tomorrow its file may be there.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from digest.errors import ModelAnswerError, ModelError, StorageError
from digest.fulltext import Form
from digest.notes import Taken, outline
from digest.records import BriefKey, WrittenNotes
from digest.summaries.commission import Commission
from digest.summaries.notes.extract import extract_notes
from digest.summaries.notes.parts import excerpts_of
from digest.summaries.notes.prompt import VERSION
from digest.summaries.resting import Resting
from digest.summaries.tongues import tongue

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from datetime import datetime

    from digest.fulltext import FullPaper
    from digest.model import Paper
    from digest.notes import Notes, Progress
    from digest.records import KeptNotes
    from digest.summaries.commission import Breaker

_LOG = logging.getLogger(__name__)


class TakesNotes(Protocol):
    """Who takes notes with one model."""

    async def write(
        self, paper: Paper, full_paper: FullPaper, language: str, report: Callable[[Progress], None]
    ) -> WrittenNotes:
        """Take them; may raise `ModelError`."""


@dataclass(frozen=True, slots=True)
class NoteLink:
    """One writer of a chain.

    Attributes:
        provider: as settings name it.
        model: the one that settings name.
        breaker: the provider's, whatever it's asked for.
    """

    provider: str
    model: str
    writer: TakesNotes
    breaker: Breaker


@dataclass(frozen=True)
class NoteChain:
    """A `digest.writers.NoteTaker`.

    Args:
        links: in the order in which they're asked.
        store: the notes that were taken.
        at_once: how many questions of papers are under way at the same time, whoever asks.
        patience: seconds that models have for the notes of one paper, with waiting.
        now: the time.
        reused: is told the provider and the model of notes that were kept.
        tell: is told why a provider couldn't be asked.
    """

    links: Sequence[NoteLink]
    store: KeptNotes
    at_once: asyncio.Semaphore
    patience: float
    now: Callable[[], datetime]
    reused: Callable[[str, str], None]
    tell: Callable[[str, ModelError], Awaitable[None]]
    _resting: Resting = field(default_factory=Resting)

    async def kept(self, paper: Paper, language: str) -> Taken | None:
        """Return what the first writer took before."""
        return await self._find(self.links[0], paper, language)

    async def notes(
        self,
        paper: Paper,
        full_paper: FullPaper,
        language: str,
        report: Callable[[Progress], None] = lambda _: None,
        may_ask: Callable[[], bool] = lambda: True,
    ) -> Notes:
        """Return the best notes that can be had now."""
        commission = Commission("notes", paper.id, self.at_once, self.patience, may_ask, self.tell)
        job = _Job(paper, full_paper, report, commission)
        if excerpts_of(full_paper):
            first = self._key(self.links[0], paper, language)
            for place, link in enumerate(self.links):
                if kept := await self._find(link, paper, language):
                    return replace(kept.notes, stand_in=place > 0, unfit=first in job.unfit)
                if notes := await self._write(link, self._key(link, paper, language), job):
                    return replace(notes, stand_in=place > 0, unfit=first in job.unfit)
        extracted = await asyncio.to_thread(extract_notes, paper, full_paper)
        return replace(extracted, stand_in=True, unfit=bool(job.unfit))

    async def _find(self, link: NoteLink, paper: Paper, language: str) -> Taken | None:
        try:
            taken = await self.store.find(self._key(link, paper, language))
        except StorageError as error:
            _LOG.warning("kept notes of %s can't be read: %s", paper.id, error)
            return None
        if taken:
            self.reused(link.provider, taken.notes.provenance.model)
        return taken

    def _key(self, link: NoteLink, paper: Paper, language: str) -> BriefKey:
        return BriefKey(paper.id, paper.version, tongue(language), link.provider, link.model, VERSION)

    async def _write(self, link: NoteLink, key: BriefKey, job: _Job) -> Notes | None:
        if rest := self._resting.find(key, self.now()):
            job.unfit.update({key} if rest.unfit else ())
            return None
        written = await job.commission.ask(
            link.provider,
            link.breaker,
            lambda: link.writer.write(job.paper, job.full_paper, key.language, job.report),
        )
        if isinstance(written, ModelError) and written.unfit:
            job.unfit.add(key)
        if isinstance(written, ModelAnswerError):
            self._resting.add(key, self.now(), unfit=written.unfit)
        if not isinstance(written, WrittenNotes):
            return None
        await self._keep(key, written, job.full_paper)
        return written.notes

    async def _keep(self, key: BriefKey, written: WrittenNotes, full_paper: FullPaper) -> None:
        if full_paper.form is Form.ABSTRACT:
            return
        taken = Taken(written.notes, outline(full_paper))
        try:
            await self.store.keep(key, taken, written.attempts, self.now())
        except StorageError as error:
            _LOG.warning("the notes of %s can't be kept: %s", key.paper, error)


@dataclass(frozen=True, slots=True)
class _Job:
    """What notes are taken of, and who is told how far they are.

    Attributes:
        unfit: whose notes didn't pass the check.
    """

    paper: Paper
    full_paper: FullPaper
    report: Callable[[Progress], None]
    commission: Commission
    unfit: set[BriefKey] = field(default_factory=set)
