"""What a chat was told last, and whether a line of its own is due: a quiet day, a late list. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from digest.calendar import Calendar

LATE_AFTER = timedelta(hours=6)
"""How long a listing may be out of reach before chats are told that their digest is late."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What a chat was told last.

    Attributes:
        told: the newest announcement date of its digests and quiet days.
        late: the announcement date of which it was told that it comes late.
    """

    told: date | None = None
    late: date | None = None


def wants_quiet_line(heard: Heard, dates: Sequence[date]) -> bool:
    """Whether a chat is told that nothing matched: once a date, though more of a listing may come later."""
    return heard.told is None or dates[-1] > heard.told


def late_listing(
    now: datetime, newest: date | None, unreachable_since: datetime | None, calendar: Calendar
) -> date | None:
    """Return the announcement date that is late because arXiv can't be reached, if one is.

    A listing that is late though arXiv answers is no trouble: arXiv may keep a holiday that we don't know of.

    Args:
        now: the time.
        newest: the newest date that was read.
        unreachable_since: since when arXiv can't be reached; None when it answered last time.
        calendar: which dates have listings.
    """
    expected = calendar.last(now)
    if unreachable_since is None or (newest is not None and newest >= expected):
        return None
    return expected if now - calendar.expected(expected) >= LATE_AFTER else None


def wants_late_line(heard: Heard, late: date) -> bool:
    """Whether a chat is told that its digest is late: once, until it gets one again."""
    if heard.told is not None and heard.told >= late:
        return False
    return heard.late is None or (heard.told is not None and heard.told >= heard.late)
