"""When a chat is due: its windows, clock changes, weekdays, pauses, outages; and a simulated year."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chats import (
    Address,
    Chat,
    Choices,
    Preferences,
    SendAt,
    State,
    effective,
    inherited,
)
from bot.due import about, asleep, due, due_at, next_digest, next_for, next_list, precedes_list, waits_until
from digest.calendar import Calendar
from digest.ports import Harvested
from tests.wishes import DEFAULTS

ZONES = (
    "UTC",
    "America/New_York",
    "Europe/London",
    "Asia/Shanghai",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Pacific/Kiritimati",
    "America/St_Johns",
    "America/Nuuk",  # changes at 22:00 and 23:00
    "Africa/Cairo",  # leaves midnight out
)
EVERY_DAY = frozenset(range(7))
CHAT = Chat(
    number=1,
    address=Address("console", "1"),
    parent=None,
    title="",
    preferences=DEFAULTS,
    subscriptions=(),
    state=State.ACTIVE,
    until=None,
    since=None,
    told=0,
    claimed_by="",
)
DAY = date(2026, 6, 26)
NEWS = Harvested((DAY,), 1)
OLD = Harvested((date(2010, 1, 4),), 1)
MINUTE = timedelta(minutes=1)


def wants(
    send_at: time | SendAt = SendAt.LISTED, zone: str = "UTC", weekdays: frozenset[int] = EVERY_DAY
) -> Preferences:
    """Make preferences that differ in when."""
    return replace(DEFAULTS, send_at=send_at, zone=zone, weekdays=weekdays)


def is_due(preferences: Preferences, at: datetime) -> bool:
    """Ask whether a chat that wants this, and hasn't heard of a listing of long ago, is due."""
    return due(replace(CHAT, preferences=preferences), at, Calendar(), [OLD]) == (OLD,)


def local(zone: str, day: date, clock: str, fold: int = 0) -> datetime:
    """Make an instant from a local time."""
    at = time.fromisoformat(clock)
    return datetime.combine(day, at, tzinfo=ZoneInfo(zone)).replace(fold=fold).astimezone(UTC)


@pytest.mark.parametrize(
    ("send_at", "clock", "expected"),
    [
        (SendAt.LISTED, "06:59", False),
        (SendAt.LISTED, "07:00", True),
        (SendAt.LISTED, "21:59", True),
        (SendAt.LISTED, "22:00", False),
        (time(9, 30), "09:29", False),
        (time(9, 30), "09:30", True),
        (time(9, 30), "21:59", True),
        (time(9, 30), "22:00", False),
        (time(3, 0), "03:00", True),
        (time(21, 30), "23:29", True),
        (time(21, 30), "23:30", False),
        (time(23, 30), "01:29", True),
        (time(23, 30), "01:30", False),
        (time(0, 0), "00:00", True),
    ],
)
@pytest.mark.parametrize("zone", ZONES)
def test_a_window_opens_and_closes_by_the_local_clock(
    send_at: time | SendAt, clock: str, *, expected: bool, zone: str
) -> None:
    """From 07:00 or the chat's own time until 22:00; a late time keeps its window open for two hours."""
    assert is_due(wants(send_at, zone), local(zone, DAY, clock)) is expected


def test_a_window_past_midnight_belongs_to_its_day() -> None:
    """A chat that reads on Fridays at 23:30 is still due at 01:00 on Saturday, not at 01:00 on Friday."""
    friday = wants(time(23, 30), weekdays=frozenset({4}))
    assert is_due(friday, datetime(2026, 6, 27, 1, 0, tzinfo=UTC))
    assert not is_due(friday, datetime(2026, 6, 26, 1, 0, tzinfo=UTC))


def test_nothing_listed_means_nothing_to_tell() -> None:
    """A fixed time waits for the listing."""
    assert due(CHAT, datetime(2026, 6, 26, 12, tzinfo=UTC), Calendar(), []) == ()


def test_all_days_come_at_once() -> None:
    """Whatever was listed since the chat was told is told together, oldest first."""
    news = tuple(Harvested((DAY - timedelta(days=2 - number),), number + 1) for number in range(3))
    assert due(CHAT, datetime(2026, 6, 26, 12, tzinfo=UTC), Calendar(), news) == news


def test_weekdays_are_local() -> None:
    """Monday in Kiritimati is Monday there, while it's Sunday in UTC."""
    monday = wants(zone="Pacific/Kiritimati", weekdays=frozenset({0}))
    assert is_due(monday, datetime(2026, 6, 28, 18, 0, tzinfo=UTC))
    assert not is_due(monday, datetime(2026, 6, 29, 18, 0, tzinfo=UTC))


def test_no_weekday_at_all_means_every_day() -> None:
    """Nobody waits for ever."""
    at = datetime(2026, 6, 26, 12, tzinfo=UTC)
    assert due_at(wants(weekdays=frozenset()), at) == at


@pytest.mark.parametrize(
    ("state", "until", "expected"),
    [
        (State.ACTIVE, None, False),
        (State.PAUSED, None, True),
        (State.PAUSED, datetime(2026, 6, 26, 12, 1, tzinfo=UTC), True),
        (State.PAUSED, datetime(2026, 6, 26, 12, 0, tzinfo=UTC), False),
        (State.UNREACHABLE, None, True),
    ],
)
def test_who_is_paused_or_out_of_reach_gets_nothing(
    state: State, until: datetime | None, *, expected: bool
) -> None:
    """A pause holds until its end, or for good; an unreachable chat is never due."""
    chat, now = replace(CHAT, state=state, until=until), datetime(2026, 6, 26, 12, tzinfo=UTC)
    assert asleep(chat, now) is expected
    assert (due(chat, now, Calendar(), [NEWS]) == ()) is expected


def test_a_paused_chat_waits_for_the_window_after_its_pause() -> None:
    """A pause that ends at night is followed by the next morning's window."""
    chat = replace(CHAT, state=State.PAUSED, until=datetime(2026, 6, 27, 23, 0, tzinfo=UTC))
    now = datetime(2026, 6, 26, 12, tzinfo=UTC)
    assert waits_until(chat, now, Calendar()) == datetime(2026, 6, 28, 7, 0, tzinfo=UTC)
    assert waits_until(replace(chat, until=now - MINUTE), now, Calendar()) == now


@pytest.mark.parametrize(
    ("zone", "day", "send_at", "opens"),
    [
        # Left out by the spring change: as much later as the clock jumped.
        ("America/New_York", date(2026, 3, 8), time(2, 30), datetime(2026, 3, 8, 7, 30, tzinfo=UTC)),
        ("Europe/London", date(2026, 3, 29), time(1, 15), datetime(2026, 3, 29, 1, 15, tzinfo=UTC)),
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 10), datetime(2026, 10, 3, 15, 40, tzinfo=UTC)),
        # Twice in autumn: the first.
        ("America/New_York", date(2026, 11, 1), time(1, 30), datetime(2026, 11, 1, 5, 30, tzinfo=UTC)),
        ("Europe/London", date(2026, 10, 25), time(1, 30), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        ("Australia/Lord_Howe", date(2026, 4, 5), time(1, 45), datetime(2026, 4, 4, 14, 45, tzinfo=UTC)),
    ],
)
def test_clock_changes_move_a_window_and_never_double_it(
    zone: str, day: date, send_at: time, opens: datetime
) -> None:
    """A time that doesn't exist, or exists twice, opens one window on that day."""
    preferences = wants(send_at, zone)
    midnight = local(zone, day, "00:00")
    assert due_at(preferences, midnight) == opens
    assert not is_due(preferences, opens - MINUTE)
    # Once open it stays so, also while the clock shows an earlier time again.
    assert all(is_due(preferences, opens + minutes * MINUTE) for minutes in range(180))


def test_a_day_that_does_not_exist_has_no_window() -> None:
    """Samoa had no 30 December 2011, a Friday: who reads on Fridays waits a week, who reads daily doesn't."""
    thursday_night = datetime(2011, 12, 30, 9, 0, tzinfo=UTC)  # 23:00 on 29 December
    daily, fridays = wants(zone="Pacific/Apia"), wants(zone="Pacific/Apia", weekdays=frozenset({4}))
    assert due_at(daily, thursday_night) == local("Pacific/Apia", date(2011, 12, 31), "07:00")
    assert due_at(fridays, thursday_night) == local("Pacific/Apia", date(2012, 1, 6), "07:00")


@pytest.mark.parametrize(
    ("preferences", "now", "expected"),
    [
        (
            wants(zone="Europe/Berlin"),
            datetime(2026, 6, 26, 7, 0, tzinfo=UTC),
            datetime(2026, 6, 29, 5, 0, tzinfo=UTC),
        ),
        (
            wants(zone="Asia/Shanghai"),
            datetime(2026, 6, 26, 4, 10, tzinfo=UTC),
            datetime(2026, 6, 29, 4, 15, tzinfo=UTC),
        ),
        (
            wants(time(18, 40), "Asia/Shanghai", frozenset({2})),
            datetime(2026, 6, 26, 4, 10, tzinfo=UTC),
            datetime(2026, 7, 1, 10, 40, tzinfo=UTC),
        ),
        (
            wants(zone="America/Los_Angeles"),
            datetime(2026, 7, 2, 23, 0, tzinfo=UTC),
            datetime(2026, 7, 6, 4, 15, tzinfo=UTC),
        ),
    ],
)
def test_the_next_digest_is_told_by_the_calendar(
    preferences: Preferences, now: datetime, expected: datetime
) -> None:
    """The next listing's first window, past weekends and holidays, whole quarters of an hour."""
    calendar = Calendar(frozenset({date(2026, 7, 2)}))
    assert next_digest(preferences, now, calendar) == expected


@pytest.mark.parametrize(
    ("at", "untold", "read", "expected"),
    [
        ("2026-06-26T09:00", 0, DAY, "2026-06-29T07:00"),  # it had today's
        ("2026-06-26T05:00", 1, DAY, "2026-06-26T07:00"),  # today's is read, and waits for the window
        ("2026-06-26T09:01", 1, DAY, "2026-06-26T09:15"),  # the next round tells it
        ("2026-06-26T04:10", 0, DAY - timedelta(days=1), "2026-06-26T07:00"),  # it's out and about to be read
        ("2026-06-26T09:01", 0, DAY - timedelta(days=1), "2026-06-26T09:15"),  # it's late
        ("2026-06-26T12:01", 0, DAY - timedelta(days=1), "2026-06-29T07:00"),  # there may be none
        ("2026-06-27T12:00", 0, DAY, "2026-06-29T07:00"),  # a weekend
        ("2026-06-27T12:00", 0, None, "2026-06-29T07:00"),  # nothing was ever read
    ],
)
def test_a_chats_next_digest_is_what_it_has_not_heard_of(
    at: str, untold: int, read: date | None, expected: str
) -> None:
    """Who still waits for today's isn't told to wait for the next announcement."""
    now = datetime.fromisoformat(at).replace(tzinfo=UTC)
    chat = replace(CHAT, preferences=wants())
    at_last = about(next_for(chat, now, Calendar(), [NEWS] * untold, read), now)
    assert at_last.isoformat() == f"{expected}:00+00:00"


@pytest.mark.parametrize(
    ("zone", "send_at", "sent"),
    [
        ("Europe/Berlin", "05:00", "06-26 06:15"),
        ("Europe/Berlin", "09:00", "06-26 09:00"),
        ("Asia/Shanghai", "08:00", "06-26 12:15"),
        ("Asia/Shanghai", "04:05", "06-26 12:15"),
        ("Asia/Shanghai", "04:00", "06-27 04:00"),
        ("Asia/Tokyo", "07:00", "06-26 13:15"),
        ("America/Los_Angeles", "07:00", "06-26 07:00"),
        ("America/Los_Angeles", "12:00", "06-26 12:00"),
        ("America/Los_Angeles", "20:00", "06-25 21:15"),
        ("America/Los_Angeles", "23:00", "06-25 23:00"),
        ("America/Chicago", "18:00", "06-26 18:00"),
        ("America/New_York", "21:30", "06-26 21:30"),
        ("America/New_York", "22:10", "06-26 22:10"),
        ("America/New_York", "22:20", "06-26 00:15"),
    ],
)
def test_a_time_of_ones_own_takes_what_is_expected_soon_after_it(zone: str, send_at: str, sent: str) -> None:
    """A list that comes a few hours later is for the same day; one that comes much later for the next."""
    preferences = wants(time.fromisoformat(send_at), zone)
    chat, night = replace(CHAT, preferences=preferences), datetime(2026, 6, 25, 12, 0, tzinfo=UTC)
    at = next_digest(preferences, night, Calendar())
    assert f"{at.astimezone(ZoneInfo(zone)):%m-%d %H:%M}" == sent
    now = Calendar().expected(DAY)
    while now + 15 * MINUTE < at:
        assert due(chat, now, Calendar(), [NEWS]) == ()
        now += 5 * MINUTE
    assert due(chat, at, Calendar(), [NEWS]) == (NEWS,)


@pytest.mark.parametrize(
    ("zone", "clock"), [("America/Los_Angeles", "21:59"), ("Europe/Berlin", "21:59"), ("Asia/Tokyo", "21:59")]
)
def test_a_list_that_comes_late_is_sent_when_it_comes(zone: str, clock: str) -> None:
    """What counts is when it was expected: it's that day's until the window closes, as after an outage."""
    chat = replace(CHAT, preferences=wants(time(7), zone))
    assert due(chat, local(zone, DAY, clock), Calendar(), [NEWS]) == (NEWS,)
    assert due(chat, local(zone, DAY, "22:00"), Calendar(), [NEWS]) == ()


def test_what_is_for_a_later_window_waits_and_holds_back_what_came_after_it() -> None:
    """Listings are told in the order in which they came, so that one serial says what a chat heard of."""
    chat = replace(CHAT, preferences=wants(time(7), "America/Los_Angeles"))
    evening = local("America/Los_Angeles", date(2026, 6, 25), "21:30")
    before = Harvested((date(2026, 6, 25),), 1)
    today, after = Harvested((DAY,), 2), Harvested((date(2026, 6, 24),), 3)
    both = Harvested((date(2026, 6, 25), DAY), 4)
    assert due(chat, evening, Calendar(), [before, today, after]) == (before,)
    assert due(chat, evening, Calendar(), [today, after]) == ()
    assert due(chat, evening, Calendar(), [both]) == ()
    assert due(chat, evening, Calendar(), [after]) == (after,)
    morning = local("America/Los_Angeles", DAY, "07:00")
    assert waits_until(chat, evening, Calendar(), [today, after]) == morning
    assert due(chat, morning, Calendar(), [today, after, both]) == (today, after, both)


def test_a_list_on_a_holiday_is_told_too() -> None:
    """ArXiv may announce on a day on which the calendar has nothing."""
    calendar = Calendar(frozenset({DAY - timedelta(days=1)}))
    chat = replace(CHAT, preferences=wants(time(7), "America/Los_Angeles"))
    assert due(chat, local("America/Los_Angeles", DAY, "07:00"), calendar, [NEWS]) == (NEWS,)


@given(
    send_at=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    zone=st.sampled_from([*ZONES, "America/Los_Angeles", "Asia/Tokyo", "Europe/Berlin"]),
    now=st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001
)
def test_a_time_before_the_list_is_told_from_one_after_it(send_at: time, zone: str, now: datetime) -> None:
    """Either the digest comes when its window opens, or, as `precedes_list` says, with the list."""
    preferences = wants(send_at, zone)
    comes = next_digest(preferences, now, Calendar())
    opens_then = due_at(preferences, comes - timedelta(microseconds=1)) == comes
    assert precedes_list(preferences, now, Calendar()) is not opens_then
    assert opens_then or comes == next_list(now, Calendar())


def test_naive_times_are_refused() -> None:
    """A time without a zone is a mistake, not UTC."""
    naive = datetime(2026, 6, 26, 12)  # noqa: DTZ001
    until = replace(CHAT, state=State.PAUSED, until=datetime(2026, 6, 26, 12, tzinfo=UTC))
    for ask in (
        lambda: due(CHAT, naive, Calendar(), [NEWS]),
        lambda: due_at(DEFAULTS, naive),
        lambda: waits_until(CHAT, naive, Calendar()),
        lambda: next_digest(DEFAULTS, naive, Calendar()),
        lambda: next_for(CHAT, naive, Calendar(), [NEWS], DAY),
        lambda: asleep(until, naive),
    ):
        with pytest.raises(ValueError, match="naive"):
            ask()


def test_inner_levels_override_outer_ones() -> None:
    """What a topic chose beats its group, which beats config.toml; what nobody chose stays."""
    group, topic = Choices(zone="Asia/Shanghai", papers=3, sound=False), Choices(papers=5)
    found = effective(DEFAULTS, group, topic)
    assert found == replace(DEFAULTS, zone="Asia/Shanghai", papers=5, sound=False)
    assert effective(DEFAULTS) == DEFAULTS


def test_open_choices_are_completed() -> None:
    """A level keeps what it chose, False too, and takes the rest from the other."""
    own, other = Choices(papers=5, sound=False), Choices(papers=3, sound=True, zone="UTC")
    assert inherited(own, other) == Choices(papers=5, sound=False, zone="UTC")


SEND_TIMES = st.one_of(st.just(SendAt.LISTED), st.times().map(lambda at: at.replace(second=0, microsecond=0)))
PREFERENCES = st.builds(
    wants, SEND_TIMES, st.sampled_from(ZONES), st.frozensets(st.integers(0, 6), min_size=1, max_size=7)
)
INSTANTS = st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


@given(preferences=PREFERENCES, after=INSTANTS, minutes=st.lists(st.integers(0, 11 * 24 * 60), max_size=30))
def test_due_at_is_the_first_moment_and_never_later(
    preferences: Preferences, after: datetime, minutes: list[int]
) -> None:
    """A chat is due at the instant that `due_at` names, and at none between."""
    first = due_at(preferences, after)
    assert first >= after
    assert is_due(preferences, first)
    for passed in minutes:
        at = after + passed * MINUTE
        assert at >= first or not is_due(preferences, at)
    if first > after:
        assert not is_due(preferences, first - timedelta(microseconds=1))
        assert not is_due(preferences, after)


@given(
    preferences=PREFERENCES.filter(
        lambda wish: isinstance(wish.send_at, SendAt) or time(4) <= wish.send_at < time(20)
    ),
    at=INSTANTS,
)
def test_windows_agree_with_the_clock_on_the_wall(preferences: Preferences, at: datetime) -> None:
    """Away from clock changes a window is what the local clock and calendar say."""
    wall = at.astimezone(ZoneInfo(preferences.zone))
    opens = time(7) if isinstance(preferences.send_at, SendAt) else preferences.send_at
    expected = opens <= wall.time() < time(22) and wall.weekday() in preferences.weekdays
    assert is_due(preferences, at) == expected
