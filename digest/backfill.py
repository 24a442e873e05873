"""Which days of announcements were missed, and which papers belong to them. Pure.

The listing feed tells only the newest day. For a missed one the API is asked what was submitted; the date of
announcement is then worked out from the time of submission and marked as inferred.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from digest.model import Announcement, Kind, Listing
from digest.taxonomy import covers

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date, datetime

    from digest.calendar import Calendar
    from digest.model import Paper

HELD_BACK = timedelta(days=7)
"""How long before its announcement a paper may have been submitted; moderation holds some back."""


def missed(
    listed: Collection[date], until: date, calendar: Calendar, *, days: int, most_days: int
) -> tuple[date, ...]:
    """Return the announcement dates that weren't read, oldest first.

    Args:
        listed: the dates that were read.
        until: the last date that can have been missed.
        calendar: which dates have announcements.
        days: how many dates up to `until` were asked for, whatever was read before.
        most_days: how many calendar days a gap may go back.
    """
    dates = tuple(calendar.dates(until - timedelta(days=most_days), until))
    asked = tuple(calendar.dates(until - timedelta(days=7 * days + 7), until))[-days:] if days else ()
    since_first = [day for day in dates if listed and day >= min(listed)]
    return tuple(sorted({*asked, *since_first} - set(listed)))


def submission_range(gap: Sequence[date], calendar: Calendar) -> tuple[datetime, datetime]:
    """Return when the papers of a gap can have been submitted, as aware UTC times.

    It reaches to the deadline of the announcement after the gap: a paper that the next listing should have
    named and didn't was announced in the gap, whatever the calendar says of its time of submission.
    """
    after = calendar.following(gap[-1])
    return calendar.submission_window(gap[0])[0] - HELD_BACK, calendar.submission_window(after)[1]


def assign(paper: Paper, gap: Sequence[date], listed: Collection[date], calendar: Calendar) -> date | None:
    """Decide on which date of a gap a paper was announced that no listing names.

    Args:
        paper: with its time of submission; the API knows only announced papers.
        gap: the missed dates, oldest first.
        listed: the dates that were read.
        calendar: when a submission is announced.

    Returns:
        The date, or None when it was announced before our first listing or isn't in any feed yet.
    """
    if paper.submitted is None:
        return None
    expected = calendar.announced(paper.submitted)
    if expected in gap:
        return expected
    if expected < min((*listed, *gap)) or expected > max((*listed, *gap)):
        return None
    # A listing was read on the expected date and doesn't name it: it was held back until a missed day, or,
    # if none follows, announced earlier than the calendar says.
    later = [day for day in gap if day > expected]
    return later[0] if later else gap[-1]


def infer(
    papers: Iterable[Paper],
    gap: Mapping[str, Sequence[date]],
    listed: Mapping[str, Collection[date]],
    calendar: Calendar,
) -> tuple[Listing, ...]:
    """Make the listings of the missed dates.

    Args:
        papers: what was submitted around the gap and that no announcement names.
        gap: the missed dates of each archive.
        listed: the dates that were read of each archive.
        calendar: when a submission is announced.
    """
    found: dict[date, list[Announcement]] = {}
    for paper in papers:
        home = next((archive for archive in gap if covers(archive, paper.categories[0])), None)
        archive = home or next(
            (name for name in gap if any(covers(name, category) for category in paper.categories)), None
        )
        if archive and (day := assign(paper, gap[archive], listed[archive], calendar)):
            kind = Kind.NEW if home else Kind.CROSS
            found.setdefault(day, []).append(Announcement(paper, day, kind, inferred=True))
    return tuple(
        Listing(
            date=day,
            archives=tuple(sorted(archive for archive, days in gap.items() if day in days)),
            announcements=tuple(found.get(day, ())),
        )
        for day in sorted({day for days in gap.values() for day in days})
    )
