"""ArXiv is asked when a listing is expected, until it's there, and ever more seldom where that takes long."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from bot.harvests import Attempt, is_time_to_harvest
from bot.heard import Heard, late_listing, wants_late_line, wants_quiet_line
from digest.calendar import Calendar

CALENDAR = Calendar()
FRIDAY = date(2026, 6, 26)
EXPECTED = CALENDAR.expected(FRIDAY)  # 04:05 UTC
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def asks(until: timedelta, *, failing: bool) -> list[timedelta]:
    """Return when arXiv is asked, minute by minute, while the listing doesn't come."""
    asked: list[timedelta] = []
    last: Attempt | None = None
    for minutes in range(int(until / MINUTE)):
        now = EXPECTED + minutes * MINUTE
        if is_time_to_harvest(now, CALENDAR, last, listed=False):
            last = Attempt(now, (last.failures if last else 0) + 1 if failing else 0)
            asked.append(now - EXPECTED)
    return asked


def test_a_listing_that_is_there_is_not_asked_for() -> None:
    """One listing a day costs one harvest, whenever the process starts."""
    now = EXPECTED + 3 * HOUR
    assert not is_time_to_harvest(now, CALENDAR, None, listed=True)
    assert is_time_to_harvest(now, CALENDAR, None, listed=False)


def test_nothing_is_asked_before_the_feed_turned_over() -> None:
    """From midnight to 00:05 Eastern the feed is left alone."""
    assert not is_time_to_harvest(EXPECTED - MINUTE, CALENDAR, None, listed=False)
    assert is_time_to_harvest(EXPECTED, CALENDAR, Attempt(EXPECTED - 9 * HOUR), listed=False)


def test_a_late_listing_is_asked_for_politely() -> None:
    """Every ten minutes at first, hourly later; a holiday that nobody told us of costs few requests."""
    asked = asks(timedelta(hours=24), failing=False)
    assert asked[:3] == [0 * MINUTE, 10 * MINUTE, 20 * MINUTE]
    assert asked[-1] - asked[-2] == HOUR
    assert len(asked) < 45


def test_an_arxiv_that_fails_is_given_rest() -> None:
    """After each failure the pause doubles, up to an hour; three days cost fewer than 80 attempts."""
    asked = asks(timedelta(hours=60), failing=True)
    assert [later - sooner for sooner, later in pairwise(asked)][:5] == [
        5 * MINUTE,
        10 * MINUTE,
        20 * MINUTE,
        40 * MINUTE,
        HOUR,
    ]
    assert len(asked) < 80


def test_what_was_read_in_part_is_asked_for_again() -> None:
    """A harvest that lacked missed days or details is repeated although the listing is there."""
    last = Attempt(EXPECTED, failures=1)
    assert not is_time_to_harvest(EXPECTED + MINUTE, CALENDAR, last, listed=True)
    assert is_time_to_harvest(EXPECTED + 5 * MINUTE, CALENDAR, last, listed=True)


def test_a_clock_set_back_delays_nothing() -> None:
    """An attempt that seems to lie in the future doesn't count."""
    assert is_time_to_harvest(EXPECTED + HOUR, CALENDAR, Attempt(EXPECTED + 2 * HOUR), listed=False)


def test_a_listing_is_late_six_hours_after_it_was_expected() -> None:
    """Only where arXiv can't be reached: one that answers may keep a holiday."""
    thursday, late = FRIDAY - timedelta(days=1), EXPECTED + 6 * HOUR
    assert late_listing(late, thursday, EXPECTED, CALENDAR) == FRIDAY
    assert late_listing(late, None, EXPECTED, CALENDAR) == FRIDAY
    assert late_listing(late - MINUTE, thursday, EXPECTED, CALENDAR) is None
    assert late_listing(late, thursday, None, CALENDAR) is None
    assert late_listing(late, FRIDAY, EXPECTED, CALENDAR) is None


def test_a_chat_hears_of_a_delay_once_until_it_is_served_again() -> None:
    """Three days without arXiv are one line; the next outage is another."""
    thursday, monday = FRIDAY - timedelta(days=1), FRIDAY + timedelta(days=3)
    assert wants_late_line(Heard(), FRIDAY)
    assert wants_late_line(Heard(told=thursday), FRIDAY)
    assert not wants_late_line(Heard(told=thursday, late=FRIDAY), monday)
    assert wants_late_line(Heard(told=FRIDAY, late=thursday), monday)
    assert not wants_late_line(Heard(told=FRIDAY), FRIDAY)


def test_a_quiet_day_is_told_once() -> None:
    """A listing that grows after a chat heard of it makes no second line."""
    assert wants_quiet_line(Heard(), (FRIDAY,))
    assert wants_quiet_line(Heard(told=FRIDAY - timedelta(days=1)), (FRIDAY,))
    assert not wants_quiet_line(Heard(told=FRIDAY), (FRIDAY,))


def test_times_are_utc() -> None:
    """The instants of these tests are what they seem."""
    assert datetime(2026, 6, 26, 4, 5, tzinfo=UTC) == EXPECTED
