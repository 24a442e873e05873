"""Which days were missed, and what belongs to them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.backfill import assign, infer, missed, submission_range
from digest.calendar import Calendar
from digest.model import Kind
from tests.papers import paper

CALENDAR = Calendar(frozenset({date(2026, 7, 2)}))  # no announcement that evening, so none dated 3 July

MON, TUE, WED, THU, FRI = (date(2026, 6, 22) + timedelta(days=number) for number in range(5))


@pytest.mark.parametrize(
    ("listed", "until", "days", "expected"),
    [
        ([], FRI, 0, []),
        ([], FRI, 1, [FRI]),
        ([FRI], FRI, 1, []),
        ([FRI], FRI, 3, [WED, THU]),
        ([MON, FRI], FRI, 0, [TUE, WED, THU]),
        ([MON, WED, FRI], FRI, 0, [TUE, THU]),
        ([THU], FRI + timedelta(days=1), 0, [FRI]),
        ([THU], FRI + timedelta(days=3), 0, [FRI, FRI + timedelta(days=3)]),
        ([date(2026, 7, 1)], date(2026, 7, 3), 0, [date(2026, 7, 2)]),
        ([date(2026, 1, 5), FRI], FRI, 0, [date(2026, 6, 19), MON, TUE, WED, THU]),
    ],
)
def test_a_gap_is_every_announcement_date_that_was_not_read(
    listed: list[date], until: date, days: int, expected: list[date]
) -> None:
    """Weekends and holidays aren't missed, nothing before the first listing is, and a gap has a bound."""
    assert missed(listed, until, CALENDAR, days=days, most_days=7) == tuple(expected)


def submitted(day: date, hour: int = 12) -> datetime:
    """Return an hour of a day, UTC; 12:00 UTC is before arXiv's deadline, 20:00 UTC after it."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (submitted(TUE), WED),
        (submitted(TUE, 20), THU),
        (submitted(FRI), None),  # for Monday, which no feed has told yet
        (submitted(date(2026, 6, 12)), None),  # announced before our first listing
        (submitted(date(2026, 6, 21)), WED),  # Tuesday's listing was read without it: held back
        (submitted(THU), THU),  # Friday's listing was read without it: announced earlier
        (None, None),
    ],
)
def test_a_paper_belongs_to_the_missed_date_that_fits_its_submission(
    at: datetime | None, expected: date | None
) -> None:
    """The calendar says when; where a listing contradicts it, the nearest missed date is taken."""
    gap, listed = (WED, THU), (MON, TUE, FRI)
    assert assign(paper(submitted=at), gap, listed, CALENDAR) == expected


def test_missed_dates_become_listings_even_when_empty() -> None:
    """Each missed date becomes a listing of the archives that missed it, its papers marked as inferred."""
    papers = [
        paper(1, submitted=submitted(TUE)),
        paper(2, submitted=submitted(TUE), categories=("math.AG", "cs.CV")),
        paper(3, submitted=submitted(TUE), categories=("hep-th",)),
    ]
    listings = infer(papers, {"cs": (WED, THU)}, {"cs": (TUE, FRI)}, CALENDAR)
    assert [(listing.date, listing.archives) for listing in listings] == [(WED, ("cs",)), (THU, ("cs",))]
    assert [(entry.paper, entry.kind, entry.inferred) for entry in listings[0].announcements] == [
        (papers[0], Kind.NEW, True),
        (papers[1], Kind.CROSS, True),
    ]
    assert listings[1].announcements == ()


def test_a_paper_of_two_archives_is_announced_once() -> None:
    """A paper that two archives missed is inferred once, at home."""
    both = paper(1, submitted=submitted(TUE), categories=("stat.ML", "cs.LG"))
    listings = infer([both], {"cs": (WED,), "stat": (WED,)}, {"cs": (TUE,), "stat": (TUE,)}, CALENDAR)
    assert [(entry.kind, entry.paper) for listing in listings for entry in listing.announcements] == [
        (Kind.NEW, both)
    ]


@given(
    st.datetimes(datetime(2026, 6, 1), datetime(2026, 7, 20), timezones=st.just(UTC)),  # noqa: DTZ001 - see timezones
    st.lists(st.integers(0, 20), min_size=2, max_size=12, unique=True),
)
def test_what_is_assigned_was_missed_and_could_have_been_announced_then(
    at: datetime, read: list[int]
) -> None:
    """A paper is only ever put on a missed date, and the range asked of arXiv holds it."""
    dates = list(CALENDAR.dates(date(2026, 6, 8), date(2026, 7, 8)))
    listed = [dates[number] for number in sorted(read)]
    gap = missed(listed, listed[-1], CALENDAR, days=0, most_days=60)
    if not gap:
        return
    day = assign(paper(submitted=at), gap, listed, CALENDAR)
    assert day is None or day in gap
    if CALENDAR.announced(at) in gap:
        assert day == CALENDAR.announced(at)
        start, end = submission_range(gap, CALENDAR)
        assert start <= at <= end
