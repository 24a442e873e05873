"""Who writes a brief: the first that can, in the order of settings; at last sentences of the paper itself.

    for each writer in order:
        a brief of theirs that is kept?          → it
        are they out of order, or asked enough?  → the next
        they write it, and it's kept             → it, but if nothing of it passed the check: the next
    sentences of the paper                       → at once, kept by nobody

So a brief of the first writer is made once and for all. What a later one wrote, a stand-in, is used while
the first can't; as soon as they can, whoever asks gets theirs. A change of the model or of what it's told
makes new briefs of papers that are asked for again, and of no others. A paper that a model gave no usable
answer for isn't tried with it again for some hours.
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Protocol

from digest.errors import ModelAnswerError, ModelBudgetError, ModelBusyError, ModelError, StorageError
from digest.records import BriefKey, Written
from digest.summaries.extract import extract, tells_nothing
from digest.summaries.prompt import VERSION
from digest.summaries.tongues import tongue
from digest.withdrawals import is_withdrawn

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from datetime import datetime

    from digest.model import Brief, Paper
    from digest.records import KeptBriefs

_LOG = logging.getLogger(__name__)

RESTS = timedelta(hours=6)
"""For how long a paper isn't tried again with a model that gave no usable answer."""

_MOST_RESTING = 10_000


class Writes(Protocol):
    """Who writes a brief with one model."""

    async def write(self, paper: Paper, language: str) -> Written:
        """Write it; may raise `ModelError`."""


class Breaker(Protocol):
    """Remembers of one provider whether it's worth asking."""

    def rests(self) -> bool:
        """Tell whether it isn't worth asking now."""

    def admit(self) -> bool:
        """Tell the same the other way round; who is told yes asks, and reports."""

    def succeeded(self) -> None:
        """Note an answer."""

    def failed(self, error: ModelError) -> None:
        """Note an error."""


@dataclass(frozen=True, slots=True)
class Link:
    """One writer of a chain.

    Attributes:
        provider: as settings name it.
        model: the one that settings name.
    """

    provider: str
    model: str
    writer: Writes
    breaker: Breaker


@dataclass(frozen=True)
class Chain:
    """A `digest.writers.Summarizer`.

    Args:
        links: in the order in which they're asked; none: sentences are extracted, and nothing else is wanted.
        kept: the briefs that were written.
        at_once: how many briefs are being written at the same time, whoever asks.
        patience: seconds that models have for one brief, with waiting and what is asked again.
        now: the time.
        reused: is told the provider and the model of each brief that was kept.
        report: is told why a provider couldn't be asked.
    """

    links: Sequence[Link]
    kept: KeptBriefs
    at_once: asyncio.Semaphore
    patience: float
    now: Callable[[], datetime]
    reused: Callable[[str, str], None]
    report: Callable[[str, ModelError], Awaitable[None]]
    _resting: OrderedDict[BriefKey, datetime] = field(default_factory=OrderedDict)

    async def brief(self, paper: Paper, language: str, may_ask: Callable[[], bool] = lambda: True) -> Brief:
        """Return the best brief that can be had now; it never raises `ModelError`.

        Args:
            paper: data.
            language: any BCP 47 tag.
            may_ask: is called once before a model is asked; False: none is.
        """
        return (await self.written(paper, language, may_ask)).brief

    async def written(
        self, paper: Paper, language: str, may_ask: Callable[[], bool] = lambda: True
    ) -> Written:
        """Return the same, and how it came to be: no attempt for sentences of the paper."""
        if tells_nothing(paper) or is_withdrawn(paper):  # there's nothing for a model to say
            return Written(extract(paper), ())
        allowed = cache(may_ask)
        until = asyncio.get_running_loop().time() + self.patience
        failed: Written | None = None
        for place, link in enumerate(self.links):
            key = BriefKey(paper.id, paper.version, tongue(language), link.provider, link.model, VERSION)
            if found := await self._find(key):
                self.reused(link.provider, found.attempts[-1].model)
            elif not self._rests(key) and not link.breaker.rests():
                found = await self._in_turn(link, key, paper, until, allowed)
            if found and found.brief.provenance.provider:
                return _standing_in(found, place)
            failed = failed or (found and _standing_in(found, place))
        return failed or _standing_in(Written(extract(paper), ()), len(self.links))

    async def _find(self, key: BriefKey) -> Written | None:
        try:
            return await self.kept.find(key)
        except StorageError as error:
            _LOG.warning("a kept brief of %s can't be read: %s", key.paper, error)
            return None

    async def _in_turn(
        self, link: Link, key: BriefKey, paper: Paper, until: float, allowed: Callable[[], bool]
    ) -> Written | None:
        try:
            async with asyncio.timeout_at(until):
                await self.at_once.acquire()
        except TimeoutError:
            _LOG.info("no brief of %s by %s: too many are being written", key.paper, link.provider)
            return None
        try:
            # The provider may have failed while this one waited. Nobody is charged for what isn't asked.
            if link.breaker.rests() or not allowed() or not link.breaker.admit():
                return None
            return await self._write(link, key, paper, until)
        finally:
            self.at_once.release()

    async def _write(self, link: Link, key: BriefKey, paper: Paper, until: float) -> Written | None:
        try:
            async with asyncio.timeout_at(until):
                written = await link.writer.write(paper, key.language)
        except TimeoutError:
            late = ModelBusyError(
                f"{link.provider} took longer than [summary] patience, {self.patience:g} s."
            )
            await self._failed(link, key, late)
            return None
        except ModelError as error:
            await self._failed(link, key, error)
            return None
        except Exception:  # noqa: BLE001 - whatever an adapter lets through costs no brief
            _LOG.exception("writing a brief of %s with %s failed", paper.id, link.provider)
            await self._failed(
                link, key, ModelAnswerError(f"{link.provider} can't be used: a bug in paperround.")
            )
            return None
        link.breaker.succeeded()
        try:
            await self.kept.keep(key, written, self.now())
        except StorageError as error:
            _LOG.warning("the brief of %s can't be kept: %s", paper.id, error)
        return written

    async def _failed(self, link: Link, key: BriefKey, error: ModelError) -> None:
        _LOG.info("no brief of %s by %s: %s", key.paper, link.provider, error)
        if not isinstance(error, ModelBudgetError):  # our own, and no word about the provider
            link.breaker.failed(error)
        if isinstance(error, ModelAnswerError):
            self._resting[key] = self.now() + RESTS
            if len(self._resting) > _MOST_RESTING:
                self._resting.popitem(last=False)
        await self.report(link.provider, error)

    def _rests(self, key: BriefKey) -> bool:
        until = self._resting.get(key)
        return until is not None and self.now() < until


def _standing_in(written: Written, place: int) -> Written:
    """Mark what somebody else than the first wrote."""
    return replace(written, brief=replace(written.brief, stand_in=True)) if place else written
