"""When arXiv is asked: once a listing is expected until it's there, politely. Pure; knows no source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from digest.calendar import Calendar

_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(minutes=5), timedelta(hours=1)
_PAUSES: tuple[tuple[timedelta, timedelta], ...] = (
    (timedelta(hours=3), timedelta(minutes=10)),
    (timedelta(hours=24), timedelta(hours=1)),
)
"""Until how long after it was expected a listing is asked for, and how often; nobody tells us of holidays."""
_SELDOM = timedelta(hours=3)


@dataclass(frozen=True, slots=True)
class Attempt:
    """The last time that arXiv was asked.

    Attributes:
        failures: how often in a row it couldn't be read, or not all of it; 0 when it could.
    """

    at: datetime
    failures: int = 0


def is_time_to_harvest(now: datetime, calendar: Calendar, last: Attempt | None, *, listed: bool) -> bool:
    """Decide whether to ask arXiv now.

    Args:
        now: the time.
        calendar: when listings are expected.
        last: the last attempt of this process.
        listed: whether the newest listing that can be out was read for every archive.
    """
    if listed and (last is None or not last.failures):
        return False
    expected = calendar.expected(calendar.last(now))
    if now < expected:
        return False  # the feed is just turning over
    # A clock that was set back must not stop us for as long as it jumped.
    if last is None or last.at > now or last.at < expected:
        return True
    return now - last.at >= _pause(last, expected)


def _pause(last: Attempt, expected: datetime) -> timedelta:
    if last.failures:
        doubled: int = 2 ** min(last.failures - 1, 8)
        return min(_FIRST_PAUSE * doubled, _LONGEST_PAUSE)
    waited = last.at - expected
    return next((pause for until, pause in _PAUSES if waited < until), _SELDOM)
