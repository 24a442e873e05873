"""When arXiv announces: dates, evenings, submission windows. Knows rules and holidays, never the time.

Announcements come at 20:00 US Eastern, Sunday to Thursday, and carry the date of the following weekday, on
which the listing feed shows them from midnight Eastern. Submissions for one close at 14:00 Eastern of the
same day, on Friday for Sunday's. On a holiday's evening nothing is announced; its papers come with the next
announcement. The rules: https://info.arxiv.org/help/availability.html
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Iterator

_DAY = timedelta(days=1)
_SUBMISSIONS_CLOSE = time(14, 0)
# The feed turns over at midnight; a few minutes more, and we don't ask while it is being written.
_FEED_EXPECTED = time(0, 5)
_MONDAY, _FRIDAY, _SATURDAY = 0, 4, 5


class Closed(StrEnum):
    """Why a day has no listing."""

    WEEKEND = "weekend"
    HOLIDAY = "holiday"


@dataclass(frozen=True, slots=True)
class Calendar:
    """ArXiv's announcement calendar.

    A date here is an announcement's: the US Eastern weekday after the evening. Instants are aware, and
    those returned are UTC.

    Attributes:
        holidays: the days on whose evening nothing is announced, as arXiv lists them.
    """

    holidays: frozenset[date] = frozenset()

    def closed(self, day: date) -> Closed | None:
        """Return why this day has no listing; None if it has one."""
        if day.weekday() >= _SATURDAY:
            return Closed.WEEKEND
        return Closed.HOLIDAY if day - _DAY in self.holidays else None

    def last(self, now: datetime) -> date:
        """Return the newest date whose listing is out, which it is from midnight Eastern.

        Raises:
            ValueError: `now` is naive.
        """
        today = _eastern(now).date()
        return today if self.closed(today) is None else self.previous(today)

    def next(self, now: datetime) -> date:
        """Return the first date whose listing isn't out yet.

        Raises:
            ValueError: `now` is naive.
        """
        return self.following(_eastern(now).date())

    def previous(self, day: date) -> date:
        """Return the last announcement date before this day."""
        day -= _DAY
        while self.closed(day):
            day -= _DAY
        return day

    def following(self, day: date) -> date:
        """Return the first announcement date after this day."""
        day += _DAY
        while self.closed(day):
            day += _DAY
        return day

    def dates(self, start: date, end: date) -> Iterator[date]:
        """Yield the announcement dates from start to end, both included, in order."""
        day = start
        while day <= end:
            if self.closed(day) is None:
                yield day
            day += _DAY

    def expected(self, day: date) -> datetime:
        """Return from when this date's listing is worth asking for: 00:05 Eastern.

        Raises:
            ValueError: the day has no listing.
        """
        self._require_open(day)
        return self.turns_over(day)

    def turns_over(self, day: date) -> datetime:
        """Return from when the feed shows this date, if it ever does: a holiday may turn out to be none."""
        return _utc(day, _FEED_EXPECTED)

    def announced(self, submitted: datetime) -> date:
        """Return the date of the announcement that a submission gets, unless moderation delays it.

        Args:
            submitted: when arXiv received it; at 14:00 sharp it is too late for that day.

        Raises:
            ValueError: `submitted` is naive.
        """
        local = _eastern(submitted)
        closing = local.date() if local.time() < _SUBMISSIONS_CLOSE else local.date() + _DAY
        while closing.weekday() > _FRIDAY:
            closing += _DAY
        # Friday's evening has no announcement; Sunday's has, under Monday's date.
        day = closing + (3 * _DAY if closing.weekday() == _FRIDAY else _DAY)
        return day if self.closed(day) is None else self.following(day)

    def submission_window(self, day: date) -> tuple[datetime, datetime]:
        """Return from when, and until before when, arXiv received what it announces on this date.

        It holds what isn't delayed. After a holiday the window holds the holiday's own too.

        Raises:
            ValueError: the day has no listing.
        """
        self._require_open(day)
        return _closing(self.previous(day)), _closing(day)

    def _require_open(self, day: date) -> None:
        if reason := self.closed(day):
            raise ValueError(f"{day} has no listing: {reason}")


def _closing(day: date) -> datetime:
    """Return when submissions close for an announcement date: the day before, or Friday for a Monday."""
    return _utc(day - (3 * _DAY if day.weekday() == _MONDAY else _DAY), _SUBMISSIONS_CLOSE)


def _utc(day: date, at: time) -> datetime:
    return datetime.combine(day, at, tzinfo=_zone()).astimezone(UTC)


def _eastern(instant: datetime) -> datetime:
    if instant.utcoffset() is None:
        raise ValueError(f"{instant} is naive; an aware datetime is needed")
    return instant.astimezone(_zone())


def _zone() -> ZoneInfo:
    return ZoneInfo("America/New_York")  # kept by zoneinfo after the first time
