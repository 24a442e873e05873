"""What the schedule does: harvest, serve, tidy. Calls its parts; remembers how arXiv last answered."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.harvests import Attempt, is_time_to_harvest
from bot.heard import late_listing
from bot.outbox import FORGET_AFTER
from bot.trouble import Audience, Cause, Trouble
from digest.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection
    from datetime import date, datetime

    from bot.delays import Delays
    from bot.ports import Desk, Store
    from bot.rounds import Rounds
    from digest.calendar import Calendar
    from digest.model import PaperId
    from digest.pipeline import Harvester
    from digest.ports import Papers, PaperStore

_LOG = logging.getLogger(__name__)

_OWNERS_HEAR_AFTER = timedelta(hours=24)
_DETAILS_AWAITED = timedelta(hours=2)
"""How long rounds wait for the details of papers; what matches only by them comes later then."""
_AT_A_TIME = 2_000  # rows deleted in one transaction, so that others get their turn


@dataclass
class Service:
    """The jobs of ``paperround run``.

    Args:
        now: the time.
        calendar: when listings are expected.
        archives: what is harvested.
        harvester: reads arXiv.
        papers: what was announced.
        rounds: serves the chats that are due.
        delays: tells chats that arXiv can't be reached.
        store: what is tidied.
        trim: gives free space back to the disk, a little at a time.
        wake: makes the dispatchers look at the outbox.
        report: is told what an owner should hear.
    """

    now: Callable[[], datetime]
    calendar: Calendar
    archives: Collection[str]
    harvester: Harvester
    papers: PaperStore
    rounds: Rounds
    delays: Delays
    store: Store
    trim: Callable[[], Awaitable[None]]
    wake: Callable[[], None]
    report: Callable[[Trouble], None]
    unreachable_since: datetime | None = None
    _last: Attempt | None = None
    _incomplete_since: datetime | None = None
    _owners_heard: date | None = None
    _looked: bool = False
    """Whether this process has seen if there's something to harvest."""
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held by a harvest and by a round: missed days that are still being read belong to one catch-up."""

    async def harvest(self) -> None:
        """Ask arXiv, if it's time to."""
        now = self.now()
        expected = self.calendar.last(now)
        # What a former process left without details is completed first: a comment may be what matches.
        whole = self._last is None
        listed = await self.papers.read(
            lambda papers: _is_listed(papers, self.archives, expected, whole=whole)
        )
        if not is_time_to_harvest(now, self.calendar, self._last, listed=listed):
            # A start while the feed turns over can't complete anything yet, so rounds wait these minutes too.
            self._looked = self._looked or listed
            return
        failures = self._last.failures if self._last else 0
        async with self._turn:
            self._looked = True
            try:
                harvest = await self.harvester.harvest()
            except SourceError as error:
                _LOG.warning("the harvest failed: %s", error)
                self._note_unreachable(now, str(error))
                return
            finally:
                # Whatever happened, it isn't asked again at once, and rounds get their turn before it is.
                self._last = Attempt(self.now(), failures + 1)
        self.unreachable_since = None
        self._incomplete_since = (self._incomplete_since or now) if harvest.undetailed else None
        if harvest.commented:
            await self.store.write(lambda desk: _tell_again(desk, harvest.commented))
        if lacking := harvest.unfilled or harvest.undetailed:
            _LOG.warning("the harvest isn't whole and is tried again: %s", lacking)
        else:
            self._last = Attempt(self.now())
        if harvest.kept.new or harvest.backfilled:
            _LOG.info(
                "%s: %d papers announced; %d missed days filled in",
                harvest.listing.date,
                harvest.kept.announced,
                len(harvest.backfilled),
            )

    async def serve(self) -> None:
        """Make what is due, or say that it's late."""
        if self._turn.locked() or not self._looked:
            return  # a harvest is under way, or about to be; the next tick comes in a minute
        since = self._incomplete_since
        if since is not None and since <= self.now() < since + _DETAILS_AWAITED:
            return  # a comment may be what matches
        async with self._turn:
            now = self.now()
            served = await self.rounds.serve(now)
            told = await self._tell_late(now)
        if served.chats or served.silent:
            _LOG.info(
                "a round: %d chats, %d editions; %d had nothing new",
                served.chats,
                served.editions,
                served.silent,
            )
        if served.chats or told:
            self.wake()

    async def tidy(self) -> None:
        """Forget what is old and give its space back."""
        before = self.now() - FORGET_AFTER
        while await self.store.write(lambda desk: desk.deliveries.tidy(before, _AT_A_TIME)):
            pass
        if chats := await self.store.write(lambda desk: desk.chats.forget(self.now())):
            _LOG.info("%d chats that couldn't be reached for 90 days are forgotten", chats)
        await self.trim()

    async def _tell_late(self, now: datetime) -> int:
        if self.unreachable_since is None:
            return 0
        dates = await self.papers.read(lambda papers: papers.dates(1))
        late = late_listing(now, dates[-1] if dates else None, self.unreachable_since, self.calendar)
        return await self.delays.tell(now, late) if late else 0

    def _note_unreachable(self, now: datetime, why: str) -> None:
        if self.unreachable_since is None or self.unreachable_since > now:
            self.unreachable_since = now
        if now - self.unreachable_since >= _OWNERS_HEAR_AFTER and self._owners_heard != now.date():
            self._owners_heard = now.date()
            self.report(Trouble(Cause.ARXIV, Audience.OWNER, "arxiv", None, why))


def _is_listed(papers: Papers, archives: Collection[str], day: date, *, whole: bool) -> bool:
    read = all(day in papers.listed(archive) for archive in archives)
    return read and not (whole and papers.incomplete(day))


def _tell_again(desk: Desk, commented: Collection[PaperId]) -> None:
    """Have chats told again that were told of these papers before their comments were known."""
    desk.papers.renew(commented, desk.chats.newest_told())
