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

import logging
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from digest.errors import ModelAnswerError, StorageError
from digest.records import BriefKey, Written
from digest.summaries.commission import Commission
from digest.summaries.extract import extract, tells_nothing
from digest.summaries.prompt import VERSION
from digest.summaries.resting import Resting
from digest.summaries.tongues import tongue
from digest.withdrawals import is_withdrawn

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Awaitable, Callable, Sequence
    from datetime import datetime

    from digest.errors import ModelError
    from digest.model import Brief, Paper
    from digest.records import KeptBriefs
    from digest.summaries.commission import Breaker

_LOG = logging.getLogger(__name__)


class Writes(Protocol):
    """Who writes a brief with one model."""

    async def write(self, paper: Paper, language: str) -> Written:
        """Write it; may raise `ModelError`."""


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
    _resting: Resting = field(default_factory=Resting)

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
        commission = Commission("a brief", paper.id, self.at_once, self.patience, may_ask, self.report)
        failed: Written | None = None
        for place, link in enumerate(self.links):
            key = BriefKey(paper.id, paper.version, tongue(language), link.provider, link.model, VERSION)
            if found := await self._find(key):
                self.reused(link.provider, found.attempts[-1].model)
            elif not self._resting.find(key, self.now()):
                found = await self._write(link, key, paper, commission)
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

    async def _write(self, link: Link, key: BriefKey, paper: Paper, commission: Commission) -> Written | None:
        written = await commission.ask(
            link.provider, link.breaker, lambda: link.writer.write(paper, key.language)
        )
        if isinstance(written, ModelAnswerError):
            self._resting.add(key, self.now(), unfit=written.unfit)
        if not isinstance(written, Written):
            return None
        try:
            await self.kept.keep(key, written, self.now())
        except StorageError as error:
            _LOG.warning("the brief of %s can't be kept: %s", paper.id, error)
        return written


def _standing_in(written: Written, place: int) -> Written:
    """Mark what somebody else than the first wrote."""
    return replace(written, brief=replace(written.brief, stand_in=True)) if place else written
