"""A simulated year of digests: what is told when, and that what was promised is what happens."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chats import SendAt, State
from bot.due import about, due, next_for, waits_until
from bot.windows import PATIENCE, windows
from digest.calendar import Calendar
from digest.ports import Harvested
from tests.core.test_due import CHAT, DAY, MINUTE, PREFERENCES, ZONES, wants

if TYPE_CHECKING:
    from bot.chats import Chat, Preferences


class Sent(NamedTuple):
    """A digest of the simulation.

    Attributes:
        following: when its last line says that the next one comes.
    """

    at: datetime
    days: tuple[date, ...]
    following: datetime


class Year(NamedTuple):
    """A year as it happens.

    Attributes:
        arrivals: when each listing came, in order.
        down: when the bot didn't run.
        paused: when the chat was paused.
    """

    arrivals: tuple[tuple[datetime, date], ...]
    down: tuple[tuple[datetime, datetime], ...]
    paused: tuple[tuple[datetime, datetime], ...]


CALENDAR = Calendar()
START, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)


@st.composite
def years(draw: st.DrawFn) -> Year:
    """Make a year: listings late now and then, and days of silence on either side."""
    spans = st.lists(st.tuples(st.integers(0, 364 * 24 * 60), st.integers(10, 12 * 24 * 60)), max_size=4).map(
        lambda found: [(START + a * MINUTE, START + (a + b) * MINUTE) for a, b in sorted(found)]
    )
    silent, late = draw(spans), draw(st.lists(st.integers(0, 20 * 60), min_size=5, max_size=5))
    arrivals = []
    for day in CALENDAR.dates(START.date(), END.date() - timedelta(days=14)):
        at = CALENDAR.expected(day) + late[day.toordinal() % 5] * MINUTE
        for begins, ends in silent:
            at = ends if begins <= at < ends else at
        arrivals.append((at, day))
    # What a harvest fills in comes after the newest listing, which it reads first.
    arrivals.sort(key=lambda arrival: (arrival[0], -arrival[1].toordinal()))
    return Year(tuple(arrivals), tuple(draw(spans)), tuple(draw(spans)))


def pause_end(year: Year, at: datetime) -> datetime | None:
    """Return when the pause ends in which this instant lies."""
    return max((ends for begins, ends in year.paused if begins <= at < ends), default=None)


def next_tick(year: Year, at: datetime) -> datetime:
    """Return the first whole minute from an instant on at which the bot runs."""
    at = at + (START - at) % MINUTE
    for begins, ends in year.down:
        at = ends if begins <= at < ends else at
    return at


def waiting(year: Year, told: int, now: datetime) -> tuple[Harvested, ...]:
    """Return what was harvested by now and not told; serials count the arrivals from one on."""
    news = enumerate(year.arrivals, start=1)
    return tuple(Harvested((day,), serial) for serial, (at, day) in news if serial > told and at <= now)


def chat_at(preferences: Preferences, year: Year, now: datetime) -> Chat:
    """Return the chat as it is stored now."""
    until = pause_end(year, now)
    return replace(CHAT, preferences=preferences, state=State.PAUSED if until else State.ACTIVE, until=until)


def asked(
    preferences: Preferences, year: Year, told: int, now: datetime, calendar: Calendar = CALENDAR
) -> datetime:
    """Return when the next digest comes, as a chat is told that asks now."""
    chat = chat_at(preferences, year, now)
    read = max((day for at, day in year.arrivals if at <= now), default=None)
    return about(next_for(chat, now, calendar, waiting(year, told, now), read), now)


def simulate(preferences: Preferences, year: Year, calendar: Calendar = CALENDAR) -> list[Sent]:
    """Run a chat through a year, tick by tick where a tick could matter."""
    sent: list[Sent] = []
    told, now = 0, START
    while told < len(year.arrivals):
        now = next_tick(year, max(now, year.arrivals[told][0]))
        chat, harvested = chat_at(preferences, year, now), waiting(year, told, now)
        if news := due(chat, now, calendar, harvested):
            told = news[-1].serial
            days = tuple(sorted(day for each in news for day in each.dates))
            sent.append(Sent(now, days, asked(preferences, year, told, now, calendar)))
        else:
            later = waits_until(chat, now, calendar, harvested)
            assert later > now
            now = later
    return sent


@settings(max_examples=40)
@given(preferences=PREFERENCES, year=years())
def test_a_year_of_digests_is_whole_and_without_repeats(preferences: Preferences, year: Year) -> None:
    """Each announcement is told once, by one digest, when the chat wants it and no later than it can be.

    Listings come late or days late, the bot is down for days, the chat pauses; both clock changes are in it.
    """
    sent = simulate(preferences, year)
    told = [day for digest in sent for day in digest.days]
    assert sorted(told) == [day for _, day in sorted(year.arrivals, key=lambda arrival: arrival[1])]
    assert len(told) == len(set(told))
    arrived = {day: at for at, day in year.arrivals}
    serials = {day: serial for serial, (_, day) in enumerate(year.arrivals, start=1)}
    before = START
    for digest in sent:
        assert list(digest.days) == sorted(digest.days)
        assert pause_end(year, digest.at) is None
        window = next(windows(preferences, digest.at))
        assert window.opens <= digest.at < window.closes
        if not isinstance(preferences.send_at, SendAt):
            # Who chose a time isn't disturbed long after it by what is for the next day.
            assert all(CALENDAR.expected(day) <= window.opens + PATIENCE for day in digest.days)
        # At no tick between the first listing's arrival and this digest could it have been sent.
        first = min(digest.days, key=serials.__getitem__)
        news, since = Harvested((first,), 1), max(before, arrived[first])
        at = next_tick(year, since)
        while at < digest.at:
            chat = chat_at(preferences, year, at)
            assert due(chat, at, CALENDAR, [news]) == ()
            at = next_tick(year, max(at + 7 * MINUTE, waits_until(chat, at, CALENDAR, [news])))
        before = digest.at + MINUTE


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(
    "send_at", [SendAt.LISTED, time(0, 0), time(1, 30), time(2, 30), time(9, 0), time(23, 59)]
)
def test_an_ordinary_year_has_one_digest_a_listing(zone: str, send_at: time | SendAt) -> None:
    """With listings in time, every announcement date has a digest of its own, through both clock changes."""
    calendar = Calendar()
    dates = tuple(calendar.dates(START.date(), END.date()))
    arrivals = tuple((calendar.expected(day), day) for day in dates)
    sent = simulate(wants(send_at, zone), Year(arrivals, (), ()))
    assert [digest.days for digest in sent] == [(day,) for day in dates]


def test_a_bot_that_was_down_catches_up_once() -> None:
    """After four days without a tick one digest names every day that was missed."""
    arrivals = tuple((CALENDAR.expected(day), day) for day in CALENDAR.dates(DAY, date(2026, 7, 3)))
    down = ((datetime(2026, 6, 26, 12, tzinfo=UTC), datetime(2026, 7, 1, 23, 0, tzinfo=UTC)),)
    sent = simulate(wants(), Year(arrivals, down, ()))
    missed = (date(2026, 6, 29), date(2026, 6, 30), date(2026, 7, 1), date(2026, 7, 2))
    assert [digest.days for digest in sent] == [(DAY,), missed, (date(2026, 7, 3),)]


def test_skipped_weekdays_come_with_the_next_digest() -> None:
    """Who reads on Wednesdays gets five announcements a week, in one digest."""
    days = tuple(CALENDAR.dates(date(2026, 6, 25), date(2026, 7, 8)))
    arrivals = tuple((CALENDAR.expected(day), day) for day in days)
    sent = simulate(wants(weekdays=frozenset({2})), Year(arrivals, (), ()))
    assert [digest.days for digest in sent] == [days[:5], days[5:]]


def weeks(*, holidays: frozenset[date] = frozenset(), delay: timedelta = 6 * MINUTE) -> tuple[Calendar, Year]:
    """Make a year whose listings come in time."""
    calendar = Calendar(holidays)
    dates = calendar.dates(START.date(), END.date())
    return calendar, Year(tuple((calendar.expected(day) + delay, day) for day in dates), (), ())


@pytest.mark.parametrize(
    ("zone", "send_at", "clock"),
    [
        ("Europe/Berlin", time(5), "06:11"),
        ("Europe/Berlin", time(9), "09:00"),
        ("Asia/Shanghai", time(8), "12:11"),
        ("Asia/Shanghai", time(7), "12:11"),
        ("Asia/Tokyo", time(7), "13:11"),
        ("Asia/Tokyo", time(18), "18:00"),
        ("America/Los_Angeles", time(7), "07:00"),
        ("America/Los_Angeles", time(20), "21:11"),
        ("America/Los_Angeles", SendAt.LISTED, "21:11"),
        ("Asia/Shanghai", SendAt.LISTED, "12:11"),
        ("Europe/Berlin", SendAt.LISTED, "07:00"),
    ],
)
def test_digests_come_at_the_same_time_all_year(zone: str, send_at: time | SendAt, clock: str) -> None:
    """At the chosen time, or with the list some hours later: by New York's clock, an hour off at times."""
    calendar, year = weeks()
    preferences = wants(send_at, zone)
    there = ZoneInfo(zone)
    hour, rest = clock.split(":")
    later = f"{int(hour) + 1:02}:{rest}"
    earlier = f"{int(hour) - 1:02}:{rest}"
    for digest in simulate(preferences, year, calendar):
        shown = f"{digest.at.astimezone(there):%H:%M}"
        assert shown == clock or (rest == "11" and shown in {later, earlier})


@settings(max_examples=40)
@given(
    preferences=PREFERENCES,
    delay=st.integers(0, 9),
    holidays=st.frozensets(st.dates(START.date(), END.date()), max_size=4),
    minutes=st.lists(st.integers(24 * 60, 330 * 24 * 60), min_size=1, max_size=40),
    pause=st.tuples(st.integers(24 * 60, 300 * 24 * 60), st.integers(10, 20 * 24 * 60)),
)
def test_what_was_promised_is_when_the_next_digest_comes(
    preferences: Preferences,
    delay: int,
    holidays: frozenset[date],
    minutes: list[int],
    pause: tuple[int, int],
) -> None:
    """Whenever somebody asks, and in every digest's last line, the time told is when the next one is sent.

    It's told in quarters of an hour where it depends on the list, so it may be some minutes early.
    """
    calendar, year = weeks(holidays=holidays, delay=delay * MINUTE)
    begins = START + pause[0] * MINUTE
    year = year._replace(paused=((begins, begins + pause[1] * MINUTE),))
    sent = simulate(preferences, year, calendar)
    promises = [(first.at, first.following, then.at) for first, then in pairwise(sent)]
    serials = {day: serial for serial, (_, day) in enumerate(year.arrivals, start=1)}
    for after in minutes:
        now = START + after * MINUTE
        told = max((serials[day] for digest in sent if digest.at <= now for day in digest.days), default=0)
        at = next(digest.at for digest in sent if digest.at > now)
        promises.append((now, asked(preferences, year, told, now, calendar), at))
    for now, promised, at in promises:
        # A pause that is yet to begin can't be known.
        assert timedelta() <= promised - at < 15 * MINUTE or now < begins <= promised
