"""ArXiv's calendar, by cases worked out by hand and by properties over ten years."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.calendar import Calendar, Closed

EASTERN = ZoneInfo("America/New_York")
DAY = timedelta(days=1)
FIRST, LAST = date(2020, 1, 1), date(2030, 12, 31)

# Christmas 2025 as a mirror of what arXiv does: no announcement on the evenings of the 24th and the 25th.
CHRISTMAS = Calendar(frozenset({date(2025, 12, 24), date(2025, 12, 25)}))

instants = st.datetimes(datetime(2020, 1, 2), datetime(2030, 12, 30), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone
days = st.dates(FIRST, LAST)
calendars = st.frozensets(days, max_size=30).map(Calendar)
crowded = st.dates(date(2025, 12, 1), date(2026, 1, 31))
crowded_calendars = st.frozensets(crowded, max_size=20).map(Calendar)


def eastern(text: str) -> datetime:
    """Read a wall-clock time of US Eastern."""
    return datetime.fromisoformat(text).replace(tzinfo=EASTERN)


@pytest.mark.parametrize(
    ("submitted", "announced"),
    [
        # An ordinary week: 22 June 2026 is a Monday.
        ("2026-06-22 14:00", "2026-06-24"),
        ("2026-06-23 13:59:59", "2026-06-24"),
        ("2026-06-23 14:00", "2026-06-25"),
        ("2026-06-24 14:00", "2026-06-26"),
        ("2026-06-25 13:59", "2026-06-26"),
        ("2026-06-25 14:00", "2026-06-29"),
        ("2026-06-26 13:59", "2026-06-29"),
        ("2026-06-26 14:00", "2026-06-30"),
        ("2026-06-27 03:00", "2026-06-30"),
        ("2026-06-28 23:59", "2026-06-30"),
        ("2026-06-29 13:59", "2026-06-30"),
        ("2026-06-29 14:00", "2026-07-01"),
        # The nights on which the clocks change: 8 March and 1 November 2026, both Sundays.
        ("2026-03-06 13:59", "2026-03-09"),
        ("2026-03-06 14:00", "2026-03-10"),
        ("2026-03-09 13:59", "2026-03-10"),
        ("2026-03-09 14:00", "2026-03-11"),
        ("2026-11-01 01:30", "2026-11-03"),
        ("2026-11-02 13:59", "2026-11-03"),
    ],
)
def test_a_submission_gets_the_announcement_of_arxivs_table(submitted: str, announced: str) -> None:
    """Each window of arXiv's table leads to its announcement, to the minute, also when clocks change."""
    assert Calendar().announced(eastern(submitted)) == date.fromisoformat(announced)


@pytest.mark.parametrize(
    ("submitted", "announced"),
    [
        ("2025-12-23 13:59", "2025-12-24"),
        ("2025-12-23 14:00", "2025-12-29"),  # would be the 25th; the 24th and 25th announce nothing
        ("2025-12-24 15:00", "2025-12-29"),  # would be the 26th
        ("2025-12-26 13:59", "2025-12-29"),
        ("2025-12-26 14:00", "2025-12-30"),
    ],
)
def test_a_holidays_papers_come_with_the_next_announcement(submitted: str, announced: str) -> None:
    """What a holiday held back is announced on the first evening after it."""
    assert CHRISTMAS.announced(eastern(submitted)) == date.fromisoformat(announced)


@pytest.mark.parametrize(
    ("day", "start", "end"),
    [
        ("2026-06-24", "2026-06-22T18:00+00:00", "2026-06-23T18:00+00:00"),
        ("2026-06-29", "2026-06-25T18:00+00:00", "2026-06-26T18:00+00:00"),
        ("2026-06-30", "2026-06-26T18:00+00:00", "2026-06-29T18:00+00:00"),
        ("2026-01-14", "2026-01-12T19:00+00:00", "2026-01-13T19:00+00:00"),
        ("2026-03-10", "2026-03-06T19:00+00:00", "2026-03-09T18:00+00:00"),  # 71 hours
        ("2026-11-03", "2026-10-30T18:00+00:00", "2026-11-02T19:00+00:00"),  # 73 hours
    ],
)
def test_windows_are_in_utc_and_know_daylight_saving(day: str, start: str, end: str) -> None:
    """14:00 Eastern is 18:00 UTC in summer and 19:00 in winter; the nights of change lie inside a window."""
    window = Calendar().submission_window(date.fromisoformat(day))
    assert window == (datetime.fromisoformat(start), datetime.fromisoformat(end))
    assert [instant.tzinfo for instant in window] == [UTC, UTC]


def test_the_window_after_a_holiday_holds_the_holidays_too() -> None:
    """Nothing that was received while arXiv rested falls between two windows."""
    assert CHRISTMAS.submission_window(date(2025, 12, 29)) == (
        eastern("2025-12-23 14:00"),
        eastern("2025-12-26 14:00"),
    )


@pytest.mark.parametrize(
    ("now", "last", "upcoming"),
    [
        ("2026-06-26 00:00", "2026-06-26", "2026-06-29"),
        ("2026-06-25 23:59:59", "2026-06-25", "2026-06-26"),
        ("2026-06-25 20:00", "2026-06-25", "2026-06-26"),  # announced, but the feed turns over at midnight
        ("2026-06-27 12:00", "2026-06-26", "2026-06-29"),
        ("2026-06-28 23:59", "2026-06-26", "2026-06-29"),
        ("2026-06-29 00:00", "2026-06-29", "2026-06-30"),
        ("2026-03-08 03:00", "2026-03-06", "2026-03-09"),
        ("2026-11-01 01:30", "2026-10-30", "2026-11-02"),
    ],
)
def test_a_listing_is_out_from_midnight_eastern(now: str, last: str, upcoming: str) -> None:
    """The newest listing is today's from midnight Eastern, Friday's over the weekend."""
    assert Calendar().last(eastern(now)) == date.fromisoformat(last)
    assert Calendar().next(eastern(now)) == date.fromisoformat(upcoming)


def test_the_instant_may_be_in_any_zone() -> None:
    """Noon in Shanghai is still the evening before in New York."""
    noon = datetime(2026, 6, 26, 11, 59, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert Calendar().last(noon) == date(2026, 6, 25)
    assert Calendar().last(noon + timedelta(minutes=1)) == date(2026, 6, 26)


def test_around_a_holiday_the_last_and_the_next_skip_it() -> None:
    """On the days after a holiday's evening the newest listing is the one before it."""
    boxing_day = eastern("2025-12-26 10:00")
    assert CHRISTMAS.last(boxing_day) == date(2025, 12, 24)
    assert CHRISTMAS.next(boxing_day) == date(2025, 12, 29)


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2026-06-26", "2026-06-26T04:05+00:00"), ("2026-01-14", "2026-01-14T05:05+00:00")],
)
def test_a_listing_is_expected_at_five_past_midnight_eastern(day: str, expected: str) -> None:
    """The instant is UTC: 04:05 in summer, 05:05 in winter."""
    assert Calendar().expected(date.fromisoformat(day)) == datetime.fromisoformat(expected)


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        ("2025-12-23", None),
        ("2025-12-24", None),  # announced on the evening of the 23rd
        ("2025-12-25", Closed.HOLIDAY),
        ("2025-12-26", Closed.HOLIDAY),
        ("2025-12-27", Closed.WEEKEND),
        ("2025-12-28", Closed.WEEKEND),
        ("2025-12-29", None),
    ],
)
def test_a_day_without_a_listing_says_why(day: str, reason: Closed | None) -> None:
    """A holiday closes the day after its evening; a weekend is a weekend."""
    assert CHRISTMAS.closed(date.fromisoformat(day)) is reason


def test_a_holiday_on_an_evening_without_announcement_changes_nothing() -> None:
    """Fridays and Saturdays have no announcement to lose."""
    with_friday = Calendar(frozenset({date(2026, 7, 3), date(2026, 7, 4)}))
    assert list(with_friday.dates(date(2026, 7, 1), date(2026, 7, 8))) == list(
        Calendar().dates(date(2026, 7, 1), date(2026, 7, 8))
    )


def test_dates_hold_both_ends() -> None:
    """A range from one announcement date to another holds both; a reversed one holds nothing."""
    assert list(CHRISTMAS.dates(date(2025, 12, 24), date(2025, 12, 29))) == [
        date(2025, 12, 24),
        date(2025, 12, 29),
    ]
    assert list(CHRISTMAS.dates(date(2025, 12, 29), date(2025, 12, 24))) == []


@pytest.mark.parametrize("method", ["last", "next", "announced"])
def test_a_naive_instant_is_refused(method: str) -> None:
    """A time without a zone could mean any of 38 hours; it is never guessed."""
    naive = datetime(2026, 6, 26, 12)  # noqa: DTZ001 - that's the point
    with pytest.raises(ValueError, match="naive"):
        getattr(Calendar(), method)(naive)


@pytest.mark.parametrize("method", ["submission_window", "expected"])
@pytest.mark.parametrize(("day", "why"), [("2025-12-25", "holiday"), ("2025-12-27", "weekend")])
def test_a_day_without_a_listing_has_no_window(method: str, day: str, why: str) -> None:
    """Asking for what doesn't exist is an error that says why."""
    with pytest.raises(ValueError, match=why):
        getattr(CHRISTMAS, method)(date.fromisoformat(day))


@given(calendars | crowded_calendars, instants)
def test_a_submission_is_inside_the_window_of_its_announcement(
    calendar: Calendar, submitted: datetime
) -> None:
    """The two views of the same rule agree at every instant."""
    start, end = calendar.submission_window(calendar.announced(submitted))
    assert start <= submitted < end


@given(crowded_calendars, crowded)
def test_the_edges_of_a_window_belong_to_one_side_each(calendar: Calendar, day: date) -> None:
    """A window's first instant is in it, its end is the next one's: no paper has two dates or none."""
    announced = calendar.following(day)
    start, end = calendar.submission_window(announced)
    assert calendar.announced(start) == announced
    assert calendar.announced(end) == calendar.following(announced)


def test_windows_tile_ten_years() -> None:
    """Every weekday that isn't closed has one window, and each starts where the one before ended."""
    calendar = Calendar(frozenset(date(year, 12, day) for year in range(2020, 2031) for day in (24, 25, 31)))
    weekdays = [FIRST + i * DAY for i in range((LAST - FIRST).days) if (FIRST + i * DAY).weekday() < 5]
    dates = list(calendar.dates(FIRST, LAST - DAY))
    assert dates == [day for day in weekdays if day - DAY not in calendar.holidays]
    windows = [calendar.submission_window(day) for day in dates]
    assert [start for start, _ in windows[1:]] == [end for _, end in windows[:-1]]
    assert all(start < end for start, end in windows)


@given(calendars, st.lists(instants, min_size=2, max_size=2).map(sorted))
def test_later_never_means_earlier(calendar: Calendar, pair: list[datetime]) -> None:
    """Last, next and announced never go back while time goes on."""
    earlier, later = pair
    assert calendar.last(earlier) <= calendar.last(later)
    assert calendar.next(earlier) <= calendar.next(later)
    assert calendar.announced(earlier) <= calendar.announced(later)


@given(calendars | crowded_calendars, instants)
def test_next_follows_last(calendar: Calendar, now: datetime) -> None:
    """Between the last announcement and the next lies none, and now lies between the two."""
    last, upcoming = calendar.last(now), calendar.next(now)
    assert last < upcoming
    assert calendar.following(last) == upcoming
    assert calendar.previous(upcoming) == last
    midnight = datetime.combine(last, time(), tzinfo=EASTERN)
    assert midnight <= now < calendar.expected(upcoming)


@given(calendars, instants)
def test_nothing_is_announced_before_it_is_submitted(calendar: Calendar, submitted: datetime) -> None:
    """A paper received now is never in a listing that is already out, nor expected within ten hours."""
    announced = calendar.announced(submitted)
    assert announced > calendar.last(submitted)
    assert calendar.expected(announced) - submitted > timedelta(hours=10)
