"""Posts of an archive as values, and which are still to be written. Pure; knows no disk and no markup."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Post:
    """A post that was written.

    Attributes:
        day: the announcement date that it tells.
        topic: the name of its topic.
        label: the title of its topic, as it was then.
        identity: a UUID of its own, for feeds.
        archive: a UUID of the archive that it belongs to.
        title: what an index calls it.
        description: one line about it.
        content: the digest as HTML; empty for old posts, which no feed shows.
    """

    day: date
    topic: str
    label: str
    identity: str
    archive: str
    title: str
    description: str
    content: str
    written: datetime

    @property
    def name(self) -> str:
        """The name of its files, without an ending."""
        return name_of(self.day, self.topic)


def name_of(day: date, topic: str) -> str:
    """Return the name of a post's files: ``2026-06-26-gaussian-splatting``."""
    return f"{day}-{topic}"


def still_to_write(
    days: Collection[date], topics: Sequence[str], written: Mapping[str, Collection[date]]
) -> tuple[tuple[date, str], ...]:
    """Return the posts that are missing, the oldest first, by the order of topics within a day.

    A topic's archive begins with the newest day that there is when it's first written; from then on every day
    has its post, also one that was missed and filled in later. What was written once isn't missing, whatever
    became of its file.

    Args:
        days: the announcement dates whose listings are in.
        topics: the names of those that are archived.
        written: the days of each topic that have a post.
    """
    if not days:
        return ()
    newest = max(days)
    begins = {topic: min(written.get(topic) or (newest,)) for topic in topics}
    return tuple(
        (day, topic)
        for day in sorted(days)
        for topic in topics
        if day >= begins[topic] and day not in written.get(topic, ())
    )
