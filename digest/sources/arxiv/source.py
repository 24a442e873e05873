"""ArXiv as a `PaperSource`: the listing feed and the API under one pace, with bounded retries."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from digest.errors import SourceRejectedError
from digest.sources.arxiv.api import Api, window
from digest.sources.arxiv.asking import Asking
from digest.sources.arxiv.feed import MOST_ITEMS, merge, parse_feed
from digest.taxonomy import halves

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Sequence
    from datetime import datetime

    from digest.model import Listing, Paper, PaperId
    from digest.ports import Pace
    from digest.sources.arxiv.session import ArxivSession

IDS_A_REQUEST = 250  # keeps the address under 4 KB
PAGE = 1000  # half of what the API allows; larger pages time out more often
MOST_RESULTS = 30_000  # of one query: https://info.arxiv.org/help/api/user-manual.html


class ArxivSource:
    """Reads arXiv.

    Args:
        session: makes the requests.
        pace: keeps arXiv's rate.
        listing_url: the feeds' address, to which ``/rss/cs+stat`` is added.
        api_url: the query end point.
        sleep: waits that many seconds.
        random: in [0, 1).
        most_tries: how often one request is made before its error counts.
    """

    def __init__(
        self,
        session: ArxivSession,
        pace: Pace,
        *,
        listing_url: str,
        api_url: str,
        sleep: Callable[[float], Awaitable[None]],
        random: Callable[[], float],
        most_tries: int = 4,
    ) -> None:
        self._session = session
        self._ask = Asking(pace, sleep, random, most_tries)
        self._listing_url = listing_url
        self._api = Api(session, api_url)

    async def listing(self, archives: Collection[str]) -> Listing:
        """Read the listing feed of these archives; one that was cut is read again in halves."""
        listing, cut = await self._ask(partial(self._feed, archives))
        if not cut:
            return listing
        groups = halves(tuple(archives))
        if not groups:
            cut_off = (
                f"The listing of {'+'.join(archives)} was cut at {MOST_ITEMS:,} items; the rest is missing"
            )
            return replace(listing, problems=(*listing.problems, cut_off))
        return merge([await self.listing(group) for group in groups], archives)

    async def papers(self, ids: Sequence[PaperId]) -> tuple[Paper, ...]:
        """Look papers up by id."""
        papers: list[Paper] = []
        for start in range(0, len(ids), IDS_A_REQUEST):
            batch = ids[start : start + IDS_A_REQUEST]
            papers += await self._ask(partial(self._api.by_ids, batch))
        return tuple(papers)

    async def search(self, query: str, limit: int) -> tuple[Paper, ...]:
        """Search in arXiv's query language."""
        return await self._ask(partial(self._api.search, query, limit))

    async def submitted(
        self, archives: Collection[str], start: datetime, end: datetime
    ) -> AsyncIterator[tuple[Paper, ...]]:
        """Yield the papers first submitted in [start, end], a page at a time, oldest first."""
        query = window(archives, start, end)
        for offset in range(0, MOST_RESULTS, PAGE):
            page = await self._ask(partial(self._api.submitted, query, offset, PAGE))
            if page.papers:
                yield page.papers
            if offset + PAGE >= page.total:
                return
        raise SourceRejectedError("More papers were missed than arXiv's API tells at once.")

    def _feed(self, archives: Collection[str]) -> tuple[Listing, bool]:
        response = self._session.get(f"{self._listing_url}/rss/{'+'.join(archives)}")
        return parse_feed(response.content, archives)
