"""Who takes notes: the first model that can, in the order of settings; at last sentences of the paper itself.

The rules are those of `digest.summaries.chain`: what the first writer took is kept once and for all, what a
later one took stands in for it while the first can't, and a paper that a model gave nothing usable for isn't
tried with it again for some hours. Notes of an abstract alone aren't kept: tomorrow its file may be there.
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Protocol

from digest.errors import ModelAnswerError, ModelBudgetError, ModelBusyError, ModelError, StorageError
from digest.fulltext import Form
from digest.notes import Taken, outline
from digest.records import BriefKey
from digest.summaries.chain import RESTS
from digest.summaries.notes.extract import extract_notes
from digest.summaries.notes.parts import excerpts_of
from digest.summaries.notes.prompt import VERSION
from digest.summaries.tongues import tongue

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from datetime import datetime

    from digest.fulltext import FullPaper
    from digest.model import Paper
    from digest.notes import Notes, Progress
    from digest.records import KeptNotes, WrittenNotes
    from digest.summaries.chain import Breaker

_LOG = logging.getLogger(__name__)

_MOST_RESTING = 1_000


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
    _resting: OrderedDict[BriefKey, _Rest] = field(default_factory=OrderedDict)

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
        job = _Job(paper, full_paper, report, asyncio.get_running_loop().time() + self.patience)
        if excerpts_of(full_paper):
            allowed, first = cache(may_ask), self._key(self.links[0], paper, language)
            for place, link in enumerate(self.links):
                if kept := await self._find(link, paper, language):
                    return replace(kept.notes, stand_in=place > 0, unfit=first in job.unfit)
                if notes := await self._in_turn(link, self._key(link, paper, language), job, allowed):
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

    async def _in_turn(
        self, link: NoteLink, key: BriefKey, job: _Job, allowed: Callable[[], bool]
    ) -> Notes | None:
        if link.breaker.rests():
            return None
        rest = self._resting.get(key)
        if rest and self.now() < rest.until:
            job.unfit.update({key} if rest.unfit else ())
            return None
        try:
            async with asyncio.timeout_at(job.until), self.at_once:
                # The provider may have failed while this one waited. Nobody is charged for what isn't asked.
                if link.breaker.rests() or not allowed() or not link.breaker.admit():
                    return None
                written = await link.writer.write(job.paper, job.full_paper, key.language, job.report)
        except TimeoutError:
            late = ModelBusyError(
                f"{link.provider} took longer for the notes of a paper than {self.patience:g} s."
            )
            await self._failed(link, key, job, late)
        except ModelError as error:
            await self._failed(link, key, job, error)
        except Exception:  # noqa: BLE001 - whatever an adapter lets through costs no notes
            _LOG.exception("notes of %s with %s failed", key.paper, link.provider)
            bug = ModelAnswerError(f"{link.provider} can't be used: a bug in paperround.")
            await self._failed(link, key, job, bug)
        else:
            link.breaker.succeeded()
            await self._keep(key, written, job.full_paper)
            return written.notes
        return None

    async def _keep(self, key: BriefKey, written: WrittenNotes, full_paper: FullPaper) -> None:
        if full_paper.form is Form.ABSTRACT:
            return
        taken = Taken(written.notes, outline(full_paper))
        try:
            await self.store.keep(key, taken, written.attempts, self.now())
        except StorageError as error:
            _LOG.warning("the notes of %s can't be kept: %s", key.paper, error)

    async def _failed(self, link: NoteLink, key: BriefKey, job: _Job, error: ModelError) -> None:
        _LOG.info("no notes of %s by %s: %s", key.paper, link.provider, error)
        if error.unfit:
            job.unfit.add(key)
        if not isinstance(error, ModelBudgetError):  # our own, and no word about the provider
            link.breaker.failed(error)
        if isinstance(error, ModelAnswerError):
            self._resting[key] = _Rest(self.now() + RESTS, error.unfit)
            if len(self._resting) > _MOST_RESTING:
                self._resting.popitem(last=False)
        await self.tell(link.provider, error)


@dataclass(frozen=True, slots=True)
class _Rest:
    """Until when a model isn't asked for the notes of a paper again, and whether it gave unfit ones."""

    until: datetime
    unfit: bool


@dataclass(frozen=True, slots=True)
class _Job:
    """What notes are taken of, who is told how far they are, and until when (on the loop's clock).

    Attributes:
        unfit: whose notes didn't pass the check.
    """

    paper: Paper
    full_paper: FullPaper
    report: Callable[[Progress], None]
    until: float
    unfit: set[BriefKey] = field(default_factory=set)
