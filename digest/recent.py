"""Finds what topics match on recent dates, for people who ask now; keeps the dates' indexes for a while.

A date's index takes a fraction of a second to make and some ten megabytes to keep, so it's kept while people
ask and dropped when they have stopped. Knows no readers.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from digest.editions import ANNOUNCED_AS, Finding
from digest.errors import QueryError
from digest.finder import merge, rank_all
from digest.index import index, numbers
from digest.match import match
from digest.query import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from digest.index import DayIndex
    from digest.model import Paper, PaperId, Topic
    from digest.ports import PaperStore

_KEPT = 600.0  # seconds after somebody asked
_MOST_DATES = 15


@dataclass(frozen=True, slots=True)
class Matched:
    """Which papers meet some topics on some dates, in no order: known in a fraction of a ranking's time.

    Attributes:
        papers: of each topic; none where its query isn't one.
        days: where they were looked for.
    """

    papers: dict[Topic, tuple[Paper, ...]]
    days: tuple[DayIndex, ...]

    @property
    def checked(self) -> int:
        """How many papers were looked through."""
        return len({paper.id for day in self.days for paper in day.papers})


@dataclass
class Recent:
    """Finds matches; may be shared by everybody.

    Args:
        store: holds what was announced.
        monotonic: seconds since whenever.
        later: calls a function after so many seconds, as `asyncio.AbstractEventLoop.call_later` does.
    """

    store: PaperStore
    monotonic: Callable[[], float]
    later: Callable[[float, Callable[[], None]], object]
    _days: dict[date, DayIndex] = field(default_factory=dict)
    _serial: int = 0
    _used: float = 0.0
    _watched: bool = False
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def find(self, topics: Sequence[Topic], dates: Sequence[date]) -> Finding:
        """Return what the topics match among the papers announced on these dates, best first."""
        days = await self._indexes(dates)
        parts = await asyncio.to_thread(lambda: [rank_all(topics, day) for day in days])
        checked: set[PaperId] = set()
        for day in days:
            checked.update(paper.id for paper in day.papers)
        return Finding({topic: merge([part[topic] for part in parts]) for topic in topics}, len(checked))

    async def match(self, topics: Sequence[Topic], dates: Sequence[date]) -> Matched:
        """Return the papers announced on these dates that meet the topics, each once, in no order."""
        days = tuple(await self._indexes(dates))
        return await asyncio.to_thread(lambda: Matched({topic: _met(topic, days) for topic in topics}, days))

    async def _indexes(self, dates: Sequence[date]) -> list[DayIndex]:
        async with self._turn:  # two who ask at once don't make the same index twice
            self._used = self.monotonic()
            self._watch()
            serial = await self.store.read(lambda papers: papers.newest())
            if serial != self._serial:  # a listing grew
                self._days.clear()
                self._serial = serial
            days = [await self._index(day) for day in dates]
            while len(self._days) > _MOST_DATES:
                del self._days[next(iter(self._days))]
            return days

    async def _index(self, day: date) -> DayIndex:
        if day not in self._days:
            found = await self.store.read(lambda papers: papers.announced([day], ANNOUNCED_AS))
            self._days[day] = await asyncio.to_thread(index, [entry.paper for entry in found])
        return self._days[day]

    def _watch(self) -> None:
        if not self._watched:
            self._watched = True
            self.later(_KEPT, self._look)

    def _look(self) -> None:
        """Drop the indexes if nobody asked for a while."""
        self._watched = False
        if self.monotonic() - self._used >= _KEPT:
            self._days.clear()
        elif self._days:
            self._watch()


def _met(topic: Topic, days: Sequence[DayIndex]) -> tuple[Paper, ...]:
    """Return the papers of some days that meet a topic; of those that are the same work on a day, one."""
    try:
        query = parse(topic.query)
    except QueryError:  # written for an older topic language
        return ()
    met: dict[PaperId, Paper] = {}
    for day in days:
        works = {
            day.works[number]: day.papers[number] for number in numbers(match(query, day, topic.archives))
        }
        met.update((paper.id, paper) for paper in works.values())
    return tuple(met.values())
