"""When a chat gets its digest: windows of its local days. Pure; knows listings by their dates alone.

A window is the part of a local day in which a digest may be sent. It opens at 07:00, or at the chat's own
time, and closes at 22:00, so that a listing that comes late at night waits for the next window. A time late
in the evening keeps its window open for two hours, past midnight too; it belongs to the day on which it
opened. Inside a window a chat is due as soon as a listing is there that it hasn't heard of.

Clock changes: a local time that exists twice means the first; one that doesn't exist comes as much later as
the clock jumped (02:30 is then 03:30); a day that doesn't exist has no window. Since a chat is due for
listings and not for hours, neither sends anything twice.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.chats import SendAt, State

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.chats import Chat, Preferences
    from digest.calendar import Calendar

OPENS = time(7, 0)
CLOSES = time(22, 0)
SHORTEST = timedelta(hours=2)
"""How long a window is at least; a bot that is restarted at a chat's time doesn't miss the day."""

_DAY = timedelta(days=1)
_NOON = time(12, 0)
_LATE = timedelta(hours=6)
"""How long a list may be late before nobody counts on it: arXiv may keep a holiday that we don't know of."""
_QUARTER = timedelta(minutes=15)
_EVERY_DAY = frozenset(range(7))


def due(chat: Chat, now: datetime, listed: Sequence[date]) -> tuple[date, ...]:
    """Return the dates to tell a chat now; none when it isn't due.

    Args:
        chat: as it is stored.
        now: aware.
        listed: the dates of the listings that came after `chat.told`, oldest first. All of them come at once,
            which makes a catch-up of what weekdays, pauses and outages held back.

    Raises:
        ValueError: `now` is naive.
    """
    if not listed or asleep(chat, now) or due_at(chat.preferences, now) > now:
        return ()
    return tuple(listed)


def asleep(chat: Chat, now: datetime) -> bool:
    """Return whether a chat gets nothing now: it is paused, or it can't be reached."""
    if chat.state is State.PAUSED:
        return chat.until is None or _utc(now) < chat.until
    return chat.state is State.UNREACHABLE


def due_at(preferences: Preferences, after: datetime) -> datetime:
    """Return the earliest instant from `after` on at which something may be sent, in UTC.

    A listing may come at any moment, so having been told just now doesn't put it off.

    Raises:
        ValueError: `after` is naive.
    """
    after = _utc(after)
    return next(max(opens, after) for opens, closes in _windows(preferences, after) if after < closes)


def waits_until(chat: Chat, now: datetime) -> datetime:
    """Return from when a chat that isn't due may be: when it wakes up or its next window opens.

    Raises:
        ValueError: `now` is naive.
    """
    now = _utc(now)
    return due_at(chat.preferences, max(now, chat.until or now))


def next_digest(preferences: Preferences, now: datetime, calendar: Calendar) -> datetime:
    """Return when the next digest is to be expected, in UTC: the first window after the next listing.

    The listing itself is expected at a quarter past midnight Eastern, because it takes some minutes to read.

    Raises:
        ValueError: `now` is naive.
    """
    return due_at(preferences, _quarter(calendar.expected(calendar.next(now))))


def next_for(chat: Chat, now: datetime, newest: int, read: date | None, calendar: Calendar) -> datetime:
    """Return when a chat's next digest is to be expected, in UTC.

    That is the first window from now on where it hasn't heard of everything, or where a list is out and
    about to be read; it's `next_digest` otherwise.

    Args:
        chat: as it is stored.
        now: the time.
        newest: the newest listing's serial.
        read: the newest date that was read; None before the first.
        calendar: when arXiv announces.

    Raises:
        ValueError: `now` is naive.
    """
    out = calendar.last(now)
    coming = (read is None or read < out) and now - calendar.expected(out) < _LATE
    if chat.told < newest or coming:
        return due_at(chat.preferences, _quarter(now))
    return next_digest(chat.preferences, now, calendar)


def _windows(preferences: Preferences, after: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Yield, in order and for ever, the windows from the one that may be open at `after`."""
    zone = ZoneInfo(preferences.zone)
    # No weekday at all would be a chat that waits for ever.
    weekdays = preferences.weekdays or _EVERY_DAY
    day = after.astimezone(zone).date() - _DAY  # yesterday's may last past midnight
    while True:
        if day.weekday() in weekdays and _exists(day, zone):
            yield _window(preferences.send_at, day, zone)
        day += _DAY


def _window(send_at: time | SendAt, day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    closes = _instant(day, CLOSES, zone)
    if isinstance(send_at, SendAt):
        return _instant(day, OPENS, zone), closes
    opens = _instant(day, send_at, zone)
    return opens, max(closes, opens + SHORTEST)


def _exists(day: date, zone: ZoneInfo) -> bool:
    """Return whether a zone has this day; Samoa left out 30 December 2011 when it crossed the date line."""
    return _instant(day, _NOON, zone).astimezone(zone).date() == day


def _instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)  # fold 0: PEP 495 has the rules above


def _quarter(instant: datetime) -> datetime:
    return instant + -(instant - datetime.min.replace(tzinfo=UTC)) % _QUARTER


def _utc(instant: datetime) -> datetime:
    if instant.utcoffset() is None:
        raise ValueError(f"{instant} is naive; an aware datetime is needed")
    return instant.astimezone(UTC)
