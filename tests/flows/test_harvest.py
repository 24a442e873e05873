"""A harvest, over a scripted arXiv and the real database."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from digest.calendar import Calendar
from digest.errors import SourceBusyError, SourceError, SourceGarbledError
from digest.model import Announcement, Kind, Listing, Paper, PaperId
from digest.pipeline import Harvester, Progress
from digest.storage.migrations import PAPERS
from digest.storage.papers import SqlitePaperStore
from tests.papers import DAY, announced
from tests.servers.clock import Clock
from tests.servers.new_database import open_database

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Collection, Sequence
    from pathlib import Path

    from digest.pipeline import Harvest

MONDAY = DAY + timedelta(days=3)


class ScriptedSource:
    """A `PaperSource` that a test tells what arXiv announced."""

    def __init__(self) -> None:
        self.announced: dict[date, list[Announcement]] = {}
        self.today = DAY
        self.fails: dict[str, SourceError] = {}
        self.asked: Counter[str] = Counter()

    def _ask(self, what: str) -> None:
        self.asked[what] += 1
        if what in self.fails:
            raise self.fails[what]

    def _known(self) -> list[Paper]:
        return [e.paper for day, entries in self.announced.items() if day <= self.today for e in entries]

    async def listing(self, archives: Collection[str]) -> Listing:
        """Tell today's listing, as the feed does: without comments and submission times."""
        self._ask("listing")
        told = [
            replace(
                entry,
                date=self.today,
                paper=replace(entry.paper, comment=None, submitted=None, updated=None),
            )
            for entry in self.announced.get(self.today, [])
        ]
        return Listing(self.today, tuple(sorted(archives)), tuple(told))

    async def papers(self, ids: Sequence[PaperId]) -> tuple[Paper, ...]:
        """Look papers up."""
        self._ask("papers")
        return tuple(known for known in self._known() if known.id in set(ids))

    async def search(self, query: str, limit: int) -> tuple[Paper, ...]:
        """Find nothing; a harvest doesn't search."""
        raise NotImplementedError(query, limit)

    async def submitted(
        self, archives: Collection[str], start: datetime, end: datetime
    ) -> AsyncIterator[tuple[Paper, ...]]:
        """Tell what was submitted, in pages of two."""
        found = [p for p in self._known() if p.submitted and start <= p.submitted <= end]
        assert archives
        for first in range(0, len(found), 2):
            self._ask("submitted")
            yield tuple(found[first : first + 2])


class Desk:
    """A harvester with its source and its store, closed between two harvests as a restart would."""

    def __init__(self, path: Path, calendar: Calendar | None = None) -> None:
        self.path = path
        self.calendar = calendar or Calendar()
        self.source = ScriptedSource()
        self.steps: list[Progress] = []

    @contextlib.asynccontextmanager
    async def store(self) -> AsyncIterator[SqlitePaperStore]:
        """Open the store."""
        database = await open_database(self.path, [PAPERS])
        try:
            yield SqlitePaperStore(database)
        finally:
            await database.close()

    def harvest(self, days: int = 0, archives: tuple[str, ...] = ("cs",)) -> Harvest:
        """Harvest once."""

        async def once() -> Harvest:
            async with self.store() as store:
                harvester = Harvester(
                    self.source, store, self.calendar, archives, 14, Clock().now, self.steps.append
                )
                return await harvester.harvest(days)

        return asyncio.run(once())

    def known(self, *days: date) -> dict[str, tuple[date, bool, str | None]]:
        """Read date, inference and comment of every paper announced on some days."""

        async def read() -> tuple[Announcement, ...]:
            async with self.store() as store:
                return await store.read(lambda papers: papers.announced(days, tuple(Kind)))

        return {str(e.paper.id): (e.date, e.inferred, e.paper.comment) for e in asyncio.run(read())}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk on which two papers were announced on `DAY`."""
    desk = Desk(tmp_path / "papers.db")
    desk.source.announced[DAY] = [
        announced(1, comment="12 pages"),
        announced(2, Kind.REPLACE, comment="9 pages"),
    ]
    return desk


def test_a_listing_is_kept_with_details_and_once(desk: Desk) -> None:
    """New papers get their comments from the API, replaced ones don't; a second harvest stores nothing."""
    first, second = desk.harvest(), desk.harvest()
    assert (first.kept.new, first.kept.announced, second.kept.new) == (2, 2, 0)
    assert desk.known(DAY) == {"9906.00001": (DAY, False, "12 pages"), "9906.00002": (DAY, False, None)}
    assert desk.source.asked == {"listing": 2, "papers": 1}
    assert desk.steps[0] == Progress("listing")
    assert Progress("details", 1, 1) in desk.steps


def at_noon(day: date) -> datetime:
    """Return noon UTC of a day, before arXiv's deadline."""
    return datetime.combine(day, Clock().start.timetz()).replace(hour=12)


def skip_to_monday(desk: Desk) -> None:
    """Announce on Tuesday to Thursday of the week after, while nobody reads; then make it Friday."""
    for number, day in enumerate((MONDAY, *(MONDAY + timedelta(days=n) for n in (1, 2, 3, 4)))):
        submitted = at_noon(day - timedelta(days=3 if day == MONDAY else 1))
        desk.source.announced[day] = [
            announced(10 * number + n, submitted=submitted, comment="x") for n in (11, 12, 13)
        ]
    desk.source.today = MONDAY + timedelta(days=4)


def test_days_that_were_missed_are_filled_in(desk: Desk) -> None:
    """After four days away every paper of them is there, on its own date, marked as inferred, and once."""
    desk.harvest()
    skip_to_monday(desk)
    harvest = desk.harvest()
    missed = [MONDAY + timedelta(days=n) for n in range(4)]
    assert [(day, kept.new) for day, kept in harvest.backfilled] == [(day, 3) for day in missed]
    assert {key: entry[:2] for key, entry in desk.known(*missed).items()} == {
        f"9906.{10 * number + n:05d}": (day, True) for number, day in enumerate(missed) for n in (11, 12, 13)
    }
    assert desk.harvest().backfilled == ()
    assert len(desk.known(DAY, *missed, desk.source.today)) == 2 + 5 * 3


def test_a_paper_announced_before_its_time_is_not_lost(desk: Desk) -> None:
    """What came too late for the missed day, and isn't in the next listing, is put on the missed day."""
    desk.harvest()
    sunday, tuesday = MONDAY - timedelta(days=1), MONDAY + timedelta(days=1)
    desk.source.announced[MONDAY] = [announced(11, submitted=at_noon(sunday))]
    desk.source.announced[tuesday] = [announced(12, submitted=at_noon(MONDAY))]
    desk.source.today = tuesday
    assert [(day, kept.new) for day, kept in desk.harvest().backfilled] == [(MONDAY, 1)]
    assert desk.known(MONDAY) == {"9906.00011": (MONDAY, True, None)}


def test_dates_are_inferred_beside_the_event_loop(tmp_path: Path) -> None:
    """Working out the dates of weeks of papers takes its time, and nobody else waits for it."""
    threads: set[int] = set()

    class Watched(Calendar):
        def announced(self, submitted: datetime) -> date:
            threads.add(threading.get_ident())
            return super().announced(submitted)

    desk = Desk(tmp_path / "papers.db", Watched())
    skip_to_monday(desk)
    desk.harvest(days=3)
    assert threads
    assert threading.get_ident() not in threads


def test_days_can_be_asked_for(desk: Desk) -> None:
    """On a new database the last announcement dates are backfilled as far as asked."""
    skip_to_monday(desk)
    harvest = desk.harvest(days=3)
    assert [day for day, _ in harvest.backfilled] == [MONDAY + timedelta(days=2), MONDAY + timedelta(days=3)]
    assert len(desk.known(*(day for day, _ in harvest.backfilled))) == 6


def test_a_closed_day_is_not_a_listing(desk: Desk) -> None:
    """A Saturday's empty feed isn't noted as read, and Friday is filled in if it was missed."""
    desk.harvest()
    skip_to_monday(desk)
    friday = desk.source.today
    desk.source.today = friday + timedelta(days=1)
    harvest = desk.harvest()
    assert harvest.listing.announcements == ()
    assert [day for day, _ in harvest.backfilled][-1] == friday
    assert len(desk.known(friday)) == 3


def test_an_empty_weekday_is_looked_at_again(desk: Desk) -> None:
    """A feed that comes empty on a weekday isn't believed for ever: the next day asks what it left out."""
    desk.harvest()
    desk.source.today = MONDAY
    assert desk.harvest().kept.announced == 0
    desk.source.announced[MONDAY] = [announced(11, submitted=at_noon(DAY))]
    desk.source.announced[MONDAY + timedelta(days=1)] = [announced(12, submitted=at_noon(MONDAY))]
    desk.source.today = MONDAY + timedelta(days=1)
    assert [(day, kept.new) for day, kept in desk.harvest().backfilled] == [(MONDAY, 1)]


def test_an_error_leaves_the_database_as_it_was(desk: Desk) -> None:
    """When the listing can't be read, nothing is stored."""
    desk.source.fails["listing"] = SourceGarbledError("cut")
    with pytest.raises(SourceGarbledError):
        desk.harvest()
    assert desk.known(DAY) == {}


def test_details_that_fail_are_asked_for_again(desk: Desk) -> None:
    """When only the details can't be had the listing is kept, and the next harvest asks again."""
    desk.source.fails["papers"] = SourceBusyError("busy")
    assert str(desk.harvest().undetailed) == "busy"
    assert desk.known(DAY)["9906.00001"] == (DAY, False, None)
    desk.source.fails.clear()
    assert desk.harvest().undetailed is None
    assert desk.known(DAY)["9906.00001"] == (DAY, False, "12 pages")


def test_a_backfill_that_fails_is_tried_again(desk: Desk) -> None:
    """When missed days can't be had, the newest listing is kept and the next harvest fills the gap."""
    desk.harvest()
    skip_to_monday(desk)
    desk.source.fails["submitted"] = SourceBusyError("busy")
    failed = desk.harvest()
    assert (failed.kept.new, str(failed.unfilled)) == (3, "busy")
    assert len(desk.known(desk.source.today)) == 3
    desk.source.fails.clear()
    assert len(desk.harvest().backfilled) == 4


def test_requests_grow_with_papers_alone(desk: Desk) -> None:
    """A day of 500 papers in three archives costs one request for the listing and one for 250 details."""
    desk.source.announced[DAY] = [announced(number) for number in range(500)]
    desk.harvest(archives=("cs", "math", "stat"))
    assert desk.source.asked == {"listing": 1, "papers": 2}
