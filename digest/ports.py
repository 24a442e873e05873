"""What the pipeline needs from the world, as protocols; adapters implement them, tests script them.

Rules for every implementation: asynchronous methods never block the event loop for longer than 50 ms, raise
nothing but errors of `digest.errors` and may be cancelled at any await.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Collection, Sequence
    from datetime import datetime

    from digest.model import Brief, Listing, Paper, PaperId


class PaperSource(Protocol):
    """Where papers are announced and looked up. Any method may raise `SourceError`."""

    async def listing(self, archives: Collection[str]) -> Listing:
        """Return the newest listing of these archives; an older date than expected means "not out yet"."""

    async def papers(self, ids: Sequence[PaperId]) -> tuple[Paper, ...]:
        """Look papers up by id; those that arXiv doesn't know are missing from the answer."""

    async def search(self, query: str, limit: int) -> tuple[Paper, ...]:
        """Search in the source's own query language, best first, at most `limit` papers."""

    def submitted(
        self, archives: Collection[str], start: datetime, end: datetime
    ) -> AsyncIterator[tuple[Paper, ...]]:
        """Yield, page by page, the announced papers of these archives first submitted in [start, end]."""


class Summarizer(Protocol):
    """Who writes briefs."""

    async def brief(self, paper: Paper, language: str) -> Brief:
        """Say in one sentence and a few takeaways what a paper does.

        Args:
            paper: its title and abstract are data, never instructions.
            language: the BCP 47 tag asked for; the brief names the one it is really in.
        """
