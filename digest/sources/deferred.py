"""Sources made when they're first asked: what reads arXiv takes nine megabytes and a fifth of a second.

Most programs that could ask never do, and `run` asks once a day.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Collection, Iterable, Mapping, Sequence
    from datetime import datetime

    from digest.fulltext import FullPaper, Step
    from digest.model import Listing, Paper, PaperId
    from digest.ports import FullText, PaperSource


class DeferredSource:
    """A `PaperSource`.

    Args:
        make: imports and makes the real one; called once, on a thread of its own.
    """

    def __init__(self, make: Callable[[], PaperSource]) -> None:
        self._make = make
        self._made: PaperSource | None = None
        self._making = asyncio.Lock()

    async def listing(self, archives: Collection[str]) -> Listing:
        """Return the newest listing of these archives."""
        return await (await self._source()).listing(archives)

    async def papers(self, ids: Sequence[PaperId]) -> tuple[Paper, ...]:
        """Look papers up by id."""
        return await (await self._source()).papers(ids)

    async def search(self, query: str, limit: int) -> tuple[Paper, ...]:
        """Search in the source's own query language."""
        return await (await self._source()).search(query, limit)

    async def submitted(
        self, archives: Collection[str], start: datetime, end: datetime
    ) -> AsyncIterator[tuple[Paper, ...]]:
        """Yield the papers of these archives first submitted in [start, end]."""
        async for page in (await self._source()).submitted(archives, start, end):
            yield page

    async def _source(self) -> PaperSource:
        async with self._making:
            if self._made is None:
                self._made = await asyncio.to_thread(self._make)
            return self._made


def _say_nothing(_: Step) -> None:
    pass


class DeferredFullText:
    """A `FullText`.

    Args:
        make: imports and makes the real one; called once, on a thread of its own.
    """

    def __init__(self, make: Callable[[], FullText]) -> None:
        self._make = make
        self._made: FullText | None = None
        self._making = asyncio.Lock()

    async def read(self, paper: Paper, report: Callable[[Step], None] = _say_nothing) -> FullPaper:
        """Read a paper."""
        return await (await self._full_text()).read(paper, report)

    async def known(self, paper: Paper) -> FullPaper | None:
        """Return what was read of a paper before."""
        return await (await self._full_text()).known(paper)

    async def picture(self, paper: Paper, image: str) -> bytes:
        """Return one of the pictures that a reading of this paper names."""
        return await (await self._full_text()).picture(paper, image)

    async def places(self, paper: Paper, images: Iterable[str]) -> Mapping[str, str]:
        """Return where pictures of a paper can be looked at."""
        return await (await self._full_text()).places(paper, images)

    async def _full_text(self) -> FullText:
        async with self._making:
            if self._made is None:
                self._made = await asyncio.to_thread(self._make)
            return self._made
