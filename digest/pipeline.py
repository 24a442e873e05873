"""The steps from arXiv to an edition: calls the ports in order, decides nothing."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from digest.backfill import infer, missed, submission_range
from digest.errors import SourceError
from digest.ports import Kept

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable, Sequence
    from datetime import date, datetime

    from digest.calendar import Calendar
    from digest.model import Listing, Paper, PaperId
    from digest.ports import Papers, PaperSource, PaperStore

DETAIL_DAYS = timedelta(days=14)
"""How far back a harvest asks the API about papers that only the feed described."""

_BATCH = 250  # papers detailed in one transaction, so that a restart goes on where it stopped


@dataclass(frozen=True, slots=True)
class Progress:
    """A step of a harvest: ``listing``, ``backfill`` or ``details``, and how many papers it has done."""

    step: str
    done: int = 0
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Harvest:
    """What a harvest found.

    Attributes:
        listing: the newest listing, as the source told it.
        kept: how much of it was new to us.
        backfilled: the missed dates, each with what was inferred for it.
        unfilled: why missed dates couldn't be filled in, if they couldn't; the next harvest tries again.
        undetailed: why the API couldn't be asked for details, if it couldn't; the next harvest asks again.
        commented: the papers whose comment came with these details, of this listing or of former ones.
    """

    listing: Listing
    kept: Kept
    backfilled: tuple[tuple[date, Kept], ...] = ()
    unfilled: SourceError | None = None
    undetailed: SourceError | None = None
    commented: frozenset[PaperId] = frozenset()


@dataclass(frozen=True, slots=True)
class Harvester:
    """Reads what arXiv announced and keeps it.

    Args:
        source: where it is read.
        store: where it is kept.
        calendar: which dates have announcements.
        archives: which archives to read.
        backfill_days: how many calendar days back a gap is filled.
        now: the time, as an aware UTC datetime.
        report: is told how far a harvest is.
    """

    source: PaperSource
    store: PaperStore
    calendar: Calendar
    archives: tuple[str, ...]
    backfill_days: int
    now: Callable[[], datetime]
    report: Callable[[Progress], None] = field(default=lambda _: None)

    async def harvest(self, days: int = 0) -> Harvest:
        """Read the newest listing, the days that were missed and the details that the feed leaves out.

        Args:
            days: how many announcement dates must be there at least; those not read yet are backfilled.

        Raises:
            SourceError: the listing couldn't be read; nothing is stored. Later trouble is told in the result.
        """
        self.report(Progress("listing"))
        listing = await self.source.listing(self.archives)
        # An empty listing isn't noted as read: should arXiv have stumbled, the next harvest looks again.
        kept = await self._keep(listing, detailed=False) if listing.announcements else Kept(0, 0)
        until = listing.date if listing.announcements else listing.date - timedelta(days=1)
        try:
            backfilled = await self._backfill(until, days)
        except SourceError as error:
            return Harvest(listing, kept, unfilled=error)
        commented: set[PaperId] = set()
        undetailed = None
        try:
            async for papers in self._detail(listing.date - DETAIL_DAYS):
                commented.update(paper.id for paper in papers if paper.comment)
        except SourceError as error:
            undetailed = error
        return Harvest(listing, kept, backfilled, undetailed=undetailed, commented=frozenset(commented))

    async def _keep(self, listing: Listing, *, detailed: bool) -> Kept:
        return await self.store.write(lambda papers: papers.keep(listing, self.now(), detailed=detailed))

    async def _backfill(self, until: date, days: int) -> tuple[tuple[date, Kept], ...]:
        listed = await self.store.read(lambda papers: {name: papers.listed(name) for name in self.archives})
        gap = {
            archive: found
            for archive in self.archives
            if (
                found := missed(
                    listed[archive], until, self.calendar, days=days, most_days=self.backfill_days
                )
            )
        }
        if not gap:
            return ()
        days_missed = sorted({day for found in gap.values() for day in found})
        start, end = submission_range(days_missed, self.calendar)
        papers: list[Paper] = []
        async for page in self.source.submitted(tuple(gap), start, end):
            papers += await self.store.read(partial(_unannounced, page=page))
            self.report(Progress("backfill", len(papers)))
        # Two weeks of papers take longer than the event loop may be held up.
        listings = await asyncio.to_thread(infer, papers, gap, listed, self.calendar)
        kept = await self.store.write(lambda store: self._keep_all(store, listings))
        return tuple(zip((listing.date for listing in listings), kept, strict=True))

    def _keep_all(self, papers: Papers, listings: Iterable[Listing]) -> tuple[Kept, ...]:
        return tuple(papers.keep(listing, self.now(), detailed=True) for listing in listings)

    async def _detail(self, since: date) -> AsyncIterator[Sequence[Paper]]:
        ids = await self.store.read(lambda papers: papers.incomplete(since))
        for start in range(0, len(ids), _BATCH):
            self.report(Progress("details", start, len(ids)))
            found = await self.source.papers(ids[start : start + _BATCH])
            await self.store.write(partial(_complete, found=found))
            yield found
        if ids:
            self.report(Progress("details", len(ids), len(ids)))


def _unannounced(papers: Papers, page: Sequence[Paper]) -> list[Paper]:
    unknown = papers.unannounced([paper.id for paper in page])
    return [paper for paper in page if paper.id in unknown]


def _complete(papers: Papers, found: Sequence[Paper]) -> None:
    papers.complete(found)
