"""Finds what many topics match on some dates, each once, and keeps it within bounds; knows no readers."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from digest.editions import ANNOUNCED_AS, Finding
from digest.errors import QueryError
from digest.index import index
from digest.rank import place, rank

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from digest.index import DayIndex
    from digest.model import Match, PaperId, Topic
    from digest.ports import PaperStore

_LOG = logging.getLogger(__name__)

_Dates: TypeAlias = "tuple[date, ...]"

_MOST_DATES = 5
"""Dates in one index, a working week: up to 5,000 papers of cs. More are looked through in turn."""

_MOST_MATCHES = 50_000
"""Matches that are remembered; about 20 MB."""


@dataclass
class Finder:
    """Finds matches during one round; made anew for the next, as what was announced may have grown.

    The indexes of the dates asked about last are kept, so ask for one set of dates after the other.

    Args:
        store: holds what was announced.
    """

    store: PaperStore
    _dates: _Dates = ()
    _indexes: list[DayIndex] = field(default_factory=list)
    _found: dict[tuple[_Dates, Topic], tuple[Match, ...]] = field(default_factory=dict)
    _checked: dict[_Dates, int] = field(default_factory=dict)
    _count: int = 0

    async def find(self, topics: Iterable[Topic], dates: _Dates) -> Finding:
        """Return what the topics match among the papers announced on these dates.

        Matches of more than five dates are ranked in groups of dates and then merged by their scores.
        """
        matches = {topic: self._found.get((dates, topic)) for topic in topics}
        missing = [topic for topic, known in matches.items() if known is None]
        if missing:
            found = await self._search(missing, dates)
            matches |= found
            self._remember(dates, found)
        return Finding({topic: known or () for topic, known in matches.items()}, self._checked.get(dates, 0))

    async def _search(self, topics: Sequence[Topic], dates: _Dates) -> dict[Topic, tuple[Match, ...]]:
        groups = [dates[start : start + _MOST_DATES] for start in range(0, len(dates), _MOST_DATES)]
        parts: list[dict[Topic, tuple[Match, ...]]] = []
        seen: set[PaperId] = set()
        for group in groups:
            day = await self._index(group, keep=len(groups) == 1)
            seen.update(paper.id for paper in day.papers)
            parts.append(await asyncio.to_thread(rank_all, topics, day))
        self._checked[dates] = len(seen)
        return {topic: merge([part[topic] for part in parts]) for topic in topics}

    async def _index(self, dates: _Dates, *, keep: bool) -> DayIndex:
        if self._indexes and self._dates == dates:
            return self._indexes[0]
        self._indexes.clear()  # before the next one is made, so that there's never more than one
        announced = await self.store.read(lambda papers: papers.announced(dates, ANNOUNCED_AS))
        day = await asyncio.to_thread(index, [entry.paper for entry in announced])
        if keep:
            self._dates = dates
            self._indexes.append(day)
        return day

    def _remember(self, dates: _Dates, found: dict[Topic, tuple[Match, ...]]) -> None:
        for topic, matches in found.items():
            self._found[dates, topic] = matches
            self._count += len(matches)
        while self._count > _MOST_MATCHES and self._found:
            self._count -= len(self._found.pop(next(iter(self._found))))


def rank_all(topics: Sequence[Topic], day: DayIndex) -> dict[Topic, tuple[Match, ...]]:
    """Return what each topic matches, best first; nothing for one whose query isn't one any more."""
    ranked = {}
    for topic in topics:
        try:
            ranked[topic] = rank(topic, day)
        except QueryError as error:  # written for an older topic language; costs this topic, no digest
            _LOG.warning("topic %r can't be matched: %s", topic.name, error)
            ranked[topic] = ()
    return ranked


def merge(parts: Sequence[tuple[Match, ...]]) -> tuple[Match, ...]:
    """Put the matches of several days in one order; a paper that is in two of them counts once."""
    if len(parts) == 1:
        return parts[0]
    best: dict[PaperId, Match] = {}
    for match in (match for part in parts for match in part):
        known = best.get(match.paper.id)
        if known is None or match.score > known.score:
            best[match.paper.id] = match
    return tuple(sorted(best.values(), key=lambda match: place(match.paper, match.score)))
