"""Finds what topics match on recent dates, for people who ask now; keeps the dates' indexes for a while.

A date's index takes a fraction of a second to make and some ten megabytes to keep, so it's kept while people
ask and dropped when they have stopped. Knows no readers.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING, TypeAlias

from digest.editions import ANNOUNCED_AS, Finding
from digest.errors import QueryError
from digest.finder import merge, rank_all
from digest.index import index, numbers
from digest.match import match
from digest.query import parse
from digest.rank import best

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from digest.index import DayIndex
    from digest.model import Paper, PaperId, Topic
    from digest.ports import Papers, PaperStore

_Met: TypeAlias = "dict[tuple[Topic, date], tuple[Paper, ...]]"

_KEPT = 600.0  # seconds after somebody asked
_MOST_DATES = 15
_MOST_MET = 2_000  # topics on dates whose papers are remembered, as people look at the same ones often


@dataclass(frozen=True, slots=True)
class Matched:
    """Which papers meet some topics on some dates, in no order: known in a fraction of a ranking's time.

    Attributes:
        dates: which, oldest first; fewer than asked for where no more were harvested.
        papers: of each topic; none where its query isn't one.
        checked: how many papers were looked through.
        samples: some papers of each topic: the best of the newest date, then of those before.
    """

    dates: tuple[date, ...]
    papers: dict[Topic, tuple[Paper, ...]]
    checked: int
    samples: dict[Topic, tuple[Paper, ...]]


@dataclass(frozen=True, slots=True)
class _Day:
    """The papers of a date, ready to be matched, and which they are."""

    index: DayIndex
    ids: frozenset[PaperId]


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
    _days: dict[date, _Day] = field(default_factory=dict)
    _met: _Met = field(default_factory=dict)
    _serial: int = 0
    _used: float = 0.0
    _watched: bool = False
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def find(self, topics: Sequence[Topic], dates: Sequence[date]) -> Finding:
        """Return what the topics match among the papers announced on these dates, best first."""
        days = tuple((await self._indexes(lambda _: dates)).values())
        parts = await asyncio.to_thread(lambda: [rank_all(topics, day.index) for day in days])
        return Finding({topic: merge([part[topic] for part in parts]) for topic in topics}, _checked(days))

    async def match(self, topics: Sequence[Topic], last: int, samples: int = 0) -> Matched:
        """Return the papers announced lately that meet the topics, each once, in no order.

        Args:
            topics: what to look for.
            last: on how many dates.
            samples: how many papers of each topic to choose, at most.
        """
        days = await self._indexes(lambda papers: papers.dates(last))
        serial = self._serial
        known = {key: self._met[key] for key in product(topics, days) if key in self._met}
        met, chosen = await asyncio.to_thread(_look, known, topics, days, samples)
        if serial == self._serial and self._days:
            self._remember(met)
        papers = {topic: {paper.id: paper for day in days for paper in met[topic, day]} for topic in topics}
        return Matched(
            tuple(days),
            {topic: tuple(found.values()) for topic, found in papers.items()},
            _checked(days.values()),
            chosen,
        )

    def _remember(self, met: _Met) -> None:
        if len(self._met) + len(met) > _MOST_MET:
            self._met.clear()
        self._met |= met

    def _forget(self) -> None:
        self._days.clear()
        self._met.clear()

    async def _indexes(self, choose: Callable[[Papers], Sequence[date]]) -> dict[date, _Day]:
        async with self._turn:  # two who ask at once don't make the same index twice
            self._used = self.monotonic()
            self._watch()
            serial, dates = await self.store.read(lambda papers: (papers.newest(), choose(papers)))
            if serial != self._serial:  # a listing grew
                self._forget()
                self._serial = serial
            days = {day: await self._index(day) for day in dates}
            while len(self._days) > _MOST_DATES:
                del self._days[next(iter(self._days))]
            return days

    async def _index(self, day: date) -> _Day:
        if day not in self._days:
            found = await self.store.read(lambda papers: papers.announced([day], ANNOUNCED_AS))
            made = await asyncio.to_thread(index, [entry.paper for entry in found])
            self._days[day] = _Day(made, frozenset(paper.id for paper in made.papers))
        return self._days[day]

    def _watch(self) -> None:
        if not self._watched:
            self._watched = True
            self.later(_KEPT, self._look)

    def _look(self) -> None:
        """Drop the indexes if nobody asked for a while."""
        self._watched = False
        if self.monotonic() - self._used >= _KEPT:
            self._forget()
        elif self._days:
            self._watch()


def _checked(days: Iterable[_Day]) -> int:
    ids: frozenset[PaperId] = frozenset()
    return len(ids.union(*(day.ids for day in days)))


def _look(
    known: _Met, topics: Sequence[Topic], days: Mapping[date, _Day], samples: int
) -> tuple[_Met, dict[Topic, tuple[Paper, ...]]]:
    """Return what each topic meets on each date, and some of it."""
    met = _complete(known, topics, days)
    return met, {topic: _newest(topic, met, days, samples) for topic in topics if samples}


def _newest(topic: Topic, met: _Met, days: Mapping[date, _Day], most: int) -> tuple[Paper, ...]:
    found: dict[PaperId, Paper] = {}
    for date, day in reversed(list(days.items())):
        if met[topic, date] and len(found) < most:
            found |= {paper.id: paper for paper in best(topic, day.index, most) if paper.id not in found}
    return tuple(found.values())[:most]


def _complete(known: _Met, topics: Iterable[Topic], days: Mapping[date, _Day]) -> _Met:
    """Return what is known already and what isn't."""
    return {
        (topic, date): known[topic, date] if (topic, date) in known else _meeting(topic, day.index)
        for topic in topics
        for date, day in days.items()
    }


def _meeting(topic: Topic, day: DayIndex) -> tuple[Paper, ...]:
    """Return the papers of a day that meet a topic; of those that are the same work, one."""
    try:
        found = match(parse(topic.query), day, topic.archives)
    except QueryError:  # written for an older topic language
        return ()
    return tuple({day.works[number]: day.papers[number] for number in numbers(found)}.values())
