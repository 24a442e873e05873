"""The parts of a chat's local days in which a digest may be sent. Pure; knows no chat and no calendar.

A window opens at 07:00, or at the chat's own time, and closes at 22:00, so that a listing that comes late at
night waits for the next window. A time late in the evening keeps its window open for two hours, past midnight
too; it belongs to the day on which it opened.

Who chose a time of their own wants the digest then. So such a window takes the listings that are expected
before it opens or soon enough after it; a later one is for the next window, though this one is still open.
What counts is when a listing is expected: one that comes late is taken when it comes, as long as it's open.

Clock changes: a local time that exists twice means the first; one that doesn't exist comes as much later as
the clock jumped (02:30 is then 03:30); a day that doesn't exist has no window.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.chats import SendAt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.chats import Preferences

OPENS = time(7, 0)
CLOSES = time(22, 0)
SHORTEST = timedelta(hours=2)
"""How long a window is at least; a bot that is restarted at a chat's time doesn't miss the day."""
PATIENCE = timedelta(hours=8)
"""How long after a chat's own time a listing may be expected that is still for that day.

The list comes at noon in Shanghai and at 14:05 in a winter of Tokyo: who chose 07:00 there gets it the same
day, in summer and winter. It comes at 21:05 in Los Angeles: who chose 07:00 there gets it the next morning.
"""

_DAY = timedelta(days=1)
_NOON = time(12, 0)
_QUARTER = timedelta(minutes=15)
_EVERY_DAY = frozenset(range(7))


@dataclass(frozen=True, slots=True)
class Window:
    """A time in which a digest may be sent, in UTC: from when, and until before when.

    Attributes:
        chosen: whether it opens at a time that the chat chose.
    """

    opens: datetime
    closes: datetime
    chosen: bool

    def takes(self, expected: datetime) -> bool:
        """Return whether a listing that is expected then is for this window, or an earlier one."""
        # One that would be read in its last minutes isn't: it couldn't be said when that digest comes.
        return not self.chosen or (expected <= self.opens + PATIENCE and quarter(expected) < self.closes)


def windows(preferences: Preferences, after: datetime) -> Iterator[Window]:
    """Yield, in order and for ever, the windows that close after an instant."""
    zone = ZoneInfo(preferences.zone)
    # No weekday at all would be a chat that waits for ever.
    weekdays = preferences.weekdays or _EVERY_DAY
    day = after.astimezone(zone).date() - _DAY  # yesterday's may last past midnight
    while True:
        if day.weekday() in weekdays and _exists(day, zone):
            window = _window(preferences.send_at, day, zone)
            if after < window.closes:
                yield window
        day += _DAY


def quarter(instant: datetime) -> datetime:
    """Return the first whole quarter of an hour from an instant on."""
    return instant + -(instant - datetime.min.replace(tzinfo=UTC)) % _QUARTER


def _window(send_at: time | SendAt, day: date, zone: ZoneInfo) -> Window:
    closes = _instant(day, CLOSES, zone)
    if isinstance(send_at, SendAt):
        return Window(_instant(day, OPENS, zone), closes, chosen=False)
    opens = _instant(day, send_at, zone)
    return Window(opens, max(closes, opens + SHORTEST), chosen=True)


def _exists(day: date, zone: ZoneInfo) -> bool:
    """Return whether a zone has this day; Samoa left out 30 December 2011 when it crossed the date line."""
    return _instant(day, _NOON, zone).astimezone(zone).date() == day


def _instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)  # fold 0: PEP 495 has the rules above
