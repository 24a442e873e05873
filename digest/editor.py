"""Makes an edition of what was harvested: calls ports and pure functions in order, decides nothing."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.editions import ANNOUNCED_AS, chosen, once, sections
from digest.index import index
from digest.model import Edition
from digest.rank import rank

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from digest.briefs import Briefs
    from digest.editions import Found
    from digest.model import Paper, Topic
    from digest.ports import PaperStore


@dataclass(frozen=True, slots=True)
class Editor:
    """Makes editions.

    Args:
        store: holds what was announced.
        briefs: where briefs come from.
        sample: the store holds invented papers.
    """

    store: PaperStore
    briefs: Briefs
    sample: bool = False

    async def edition(
        self, topics: Sequence[Topic], days: Sequence[date], limit: int, language: str
    ) -> Edition:
        """Make the edition of some topics and dates.

        Args:
            topics: a paper stands under the first that it meets.
            days: announcement dates, oldest first.
            limit: the most papers a topic.
            language: of the briefs, as a BCP 47 tag; who writes them may not know it.

        Raises:
            QueryError: a topic's query isn't one.
        """
        announced = await self.store.read(lambda papers: papers.announced(days, ANNOUNCED_AS))
        papers = tuple({entry.paper.id: entry.paper for entry in announced}.values())
        found = await asyncio.to_thread(_find, topics, papers)
        shown = {match.paper.id: match.paper for match in chosen(found, limit)}
        briefs = await self.briefs.of(shown.values(), language)
        return Edition(
            dates=tuple(days),
            sections=sections(found, limit, briefs),
            checked=len(papers),
            sample=self.sample,
            inferred=tuple(sorted({entry.date for entry in announced if entry.inferred})),
        )

    async def count(self, topics: Sequence[Topic], days: Sequence[date]) -> tuple[int, ...]:
        """Count the papers of each topic by itself on some announcement dates.

        Raises:
            QueryError: a topic's query isn't one.
        """
        announced = await self.store.read(lambda papers: papers.announced(days, ANNOUNCED_AS))
        return await asyncio.to_thread(_count, topics, [entry.paper for entry in announced])


def _count(topics: Sequence[Topic], papers: Sequence[Paper]) -> tuple[int, ...]:
    day = index(papers)
    return tuple(len(rank(topic, day)) for topic in topics)


def _find(topics: Sequence[Topic], papers: Sequence[Paper]) -> tuple[Found, ...]:
    day = index(papers)
    return once([(topic, rank(topic, day)) for topic in topics])
