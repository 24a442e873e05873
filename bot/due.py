"""When a chat gets its digest, and what it is told then. Pure; knows listings by dates and serials alone.

Inside a window (`bot.windows`) a chat is due as soon as a listing is there that it hasn't heard of and that
the window takes. Since a chat is due for listings and not for hours, a clock change sends nothing twice.

What a chat heard of is one serial, so listings are told in the order in which they came: one that is for a
later window holds back what came after it, too. All that is told comes at once, which makes a catch-up of
what weekdays, pauses and outages held back.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import takewhile
from typing import TYPE_CHECKING

from bot.chats import State
from bot.windows import quarter, windows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from bot.chats import Chat, Preferences
    from digest.calendar import Calendar
    from digest.ports import Harvested

_LATE = timedelta(hours=6)
"""How long a list may be late before nobody counts on it: arXiv may keep a holiday that we don't know of."""


def due(
    chat: Chat, now: datetime, calendar: Calendar, harvested: Sequence[Harvested]
) -> tuple[Harvested, ...]:
    """Return what to tell a chat now, the first of `harvested`; nothing when it isn't due.

    Args:
        chat: as it is stored.
        now: aware.
        calendar: when listings are expected.
        harvested: what came after `chat.told`, oldest first.

    Raises:
        ValueError: `now` is naive.
    """
    now = _utc(now)
    if not harvested or asleep(chat, now):
        return ()
    window = next(windows(chat.preferences, now))
    if window.opens > now:
        return ()
    return tuple(takewhile(lambda news: window.takes(_expected(news, calendar)), harvested))


def asleep(chat: Chat, now: datetime) -> bool:
    """Return whether a chat gets nothing now: it is paused, or it can't be reached."""
    if chat.state is State.PAUSED:
        return chat.until is None or _utc(now) < chat.until
    return chat.state is State.UNREACHABLE


def due_at(preferences: Preferences, after: datetime, expected: datetime | None = None) -> datetime:
    """Return the earliest instant from `after` on at which something may be sent, in UTC.

    Args:
        preferences: of the chat.
        after: aware. A listing may come at any moment, so having been told just now doesn't put it off.
        expected: when the listing is, or was, to be expected; None for any.

    Raises:
        ValueError: `after` is naive.
    """
    after = _utc(after)
    return next(
        max(window.opens, after)
        for window in windows(preferences, after)
        if expected is None or window.takes(expected)
    )


def waits_until(
    chat: Chat, now: datetime, calendar: Calendar, harvested: Sequence[Harvested] = ()
) -> datetime:
    """Return from when a chat that isn't due may be, once it's awake and a window is open.

    Args:
        chat: as it is stored.
        now: aware.
        calendar: when listings are expected.
        harvested: what the chat has yet to hear of; a window that takes none of it isn't waited for.

    Raises:
        ValueError: `now` is naive.
    """
    expected = _expected(harvested[0], calendar) if harvested else None
    return due_at(chat.preferences, _awake(chat, now), expected)


def next_digest(preferences: Preferences, now: datetime, calendar: Calendar) -> datetime:
    """Return when the digest of the listing that isn't out yet is to be expected, in UTC.

    The listing itself is expected at a quarter past midnight Eastern, because it takes some minutes to read.

    Raises:
        ValueError: `now` is naive.
    """
    return due_at(preferences, next_list(now, calendar), calendar.expected(calendar.next(now)))


def next_list(now: datetime, calendar: Calendar) -> datetime:
    """Return about when the next listing will have been read, in UTC."""
    return quarter(calendar.expected(calendar.next(now)))


def precedes_list(preferences: Preferences, now: datetime, calendar: Calendar) -> bool:
    """Return whether digests come later than at the chosen time, because the list isn't there by then."""
    comes = next_digest(preferences, now, calendar)
    return next(windows(preferences, comes)).opens < comes


def next_for(
    chat: Chat, now: datetime, calendar: Calendar, untold: Sequence[Harvested], read: date | None
) -> datetime:
    """Return when a chat's next digest is to be expected, in UTC; `now` if nothing but its making is awaited.

    Args:
        chat: as it is stored; if it is paused, then not without end.
        now: aware.
        calendar: when listings are expected.
        untold: what the chat has yet to hear of, oldest first.
        read: the newest date that was read; None before the first.

    Raises:
        ValueError: `now` is naive.
    """
    if untold:
        return waits_until(chat, now, calendar, untold)
    out = calendar.last(now)
    # A list that is out and about to be read comes before the next one.
    coming = (read is None or read < out) and now - calendar.expected(out) < _LATE
    expected = calendar.expected(out if coming else calendar.next(now))
    return due_at(chat.preferences, max(_awake(chat, now), quarter(expected)), expected)


def about(at: datetime, now: datetime) -> datetime:
    """Return what is told of a time that `next_for` found: the next quarter of an hour instead of now."""
    return at if at > now else quarter(_utc(now))


def _awake(chat: Chat, now: datetime) -> datetime:
    now = _utc(now)
    return max(now, chat.until or now)


def _expected(news: Harvested, calendar: Calendar) -> datetime:
    return max(map(calendar.turns_over, news.dates))


def _utc(instant: datetime) -> datetime:
    if instant.utcoffset() is None:
        raise ValueError(f"{instant} is naive; an aware datetime is needed")
    return instant.astimezone(UTC)
