"""What the pipeline needs from the world, as protocols; adapters implement them, tests script them.

Rules for every implementation: asynchronous methods never block the event loop for longer than 50 ms, raise
nothing but errors of `digest.errors` and may be cancelled at any await.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Collection, Iterable, Mapping, Sequence
    from contextlib import AbstractAsyncContextManager
    from datetime import date, datetime

    from digest.fulltext import FullPaper, Step
    from digest.model import Announcement, Kind, Listing, Paper, PaperId
    from digest.query import Query

T = TypeVar("T")


class Pace(Protocol):
    """Keeps a service's rate, across tasks and processes."""

    def turn(self) -> AbstractAsyncContextManager[None]:
        """Wait until a request may be made; nobody else makes one inside the ``async with``."""


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


class FullText(Protocol):
    """Reads papers whole. Any method may raise `SourceError` or `StorageError`."""

    async def read(self, paper: Paper, report: Callable[[Step], None] = ...) -> FullPaper:
        """Read a paper in the best form that can be read; what was read before comes at once.

        Args:
            paper: its abstract is what remains when there's nothing else.
            report: is told how far reading is; not called for what was read before.

        Returns:
            What was read, from what, and why not from something better.
        """

    async def known(self, paper: Paper) -> FullPaper | None:
        """Return what was read of this version of a paper before, if that's still kept; asks nobody."""

    async def picture(self, paper: Paper, image: str) -> bytes:
        """Return a picture that a reading of this paper names: a PNG, JPEG, GIF or WebP file.

        Raises:
            FileError: it isn't there, or isn't a picture.
        """

    async def places(self, paper: Paper, images: Iterable[str]) -> Mapping[str, str]:
        """Return where somebody at this machine can look at pictures of a paper: each one's URL or file.

        Those that aren't there any more are left out; nothing is fetched but a paper that isn't kept.
        """


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a listing: how many of its announcements were new to us, of how many."""

    new: int
    announced: int


MOST_RANKED = 20_000
"""How many hits of a search are counted and ranked; of more, it's the newest."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A paper that a search found.

    Attributes:
        announced: the first date on which it was announced; None for one that was only looked up.
    """

    paper: Paper
    announced: date | None


@dataclass(frozen=True, slots=True)
class Hits:
    """Some of what a search found, best first.

    Attributes:
        count: how many papers there are, up to one more than `MOST_RANKED`, which means many more.
    """

    count: int
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Harvested:
    """What came at one time: listings, or more of them.

    Attributes:
        dates: theirs, oldest first, at least one.
        serial: of the last of them.
    """

    dates: tuple[date, ...]
    serial: int


class Papers(Protocol):
    """Papers and announcements inside one transaction; synchronous, any method may raise `StorageError`."""

    def keep(self, listing: Listing, at: datetime, *, detailed: bool = False) -> Kept:
        """Store a listing and note that its archives were read; keeping it again changes nothing.

        Args:
            listing: as the source told it.
            at: now.
            detailed: its papers come from the API, which knows what the feed leaves out.
        """

    def complete(self, papers: Iterable[Paper]) -> None:
        """Store what the API says of papers, announced or not."""

    def renew(self, ids: Collection[PaperId], known: int) -> None:
        """Give listings up to a serial that announced one of these papers a new serial.

        Whoever was told of them is told again, of what they now match and hadn't before.
        """

    def get(self, ids: Collection[PaperId], *, detailed: bool = False) -> Mapping[PaperId, Paper]:
        """Return the papers that are kept, announced or not; those that aren't are missing.

        Args:
            ids: of the papers.
            detailed: leave out what the feed alone described: it knows neither date nor, often, the comment.
        """

    def incomplete(self, since: date) -> tuple[PaperId, ...]:
        """Return the papers announced as new or cross-listed since a date that only the feed described."""

    def listed(self, archive: str) -> frozenset[date]:
        """Return the dates on which this archive's announcements were read."""

    def dates(self, last: int | None = None) -> tuple[date, ...]:
        """Return the dates that were read for any archive, oldest first: all, or so many of the last."""

    def listed_since(self, serial: int) -> tuple[Harvested, ...]:
        """Return what came after a listing, in the order in which it came; neighbours differ in their dates.

        Serials count listings in the order in which they, or more of them, were kept; 0 is before the first.
        """

    def last_read(self) -> tuple[date, datetime] | None:
        """Return the newest date that was read, and when it was read last; None before the first listing."""

    def newest(self) -> int:
        """Return the newest serial; 0 before the first listing."""

    def unannounced(self, ids: Collection[PaperId]) -> frozenset[PaperId]:
        """Return those of the ids that no announcement names."""

    def announced(self, days: Sequence[date], kinds: Collection[Kind]) -> tuple[Announcement, ...]:
        """Return what was announced on these dates as one of these kinds, by date and id."""

    def search(self, query: Query, offset: int, limit: int) -> Hits:
        """Return what a query finds in titles, abstracts, authors and categories of everything that is kept.

        Words are compared in any form, quoted ones side by side. Of equally good papers the newer comes
        first. Comments aren't looked through, an author's initials aren't compared, beginnings (``diffus*``)
        need four letters, and inside a group a category narrows nothing.

        Args:
            query: what to look for.
            offset: how many of the best are passed over.
            limit: how many are returned at most.
        """

    def is_read(self, archives: Collection[str]) -> bool:
        """Return whether a listing of one of these archives was ever read."""

    def harvested(self, day: date) -> datetime | None:
        """Return when a date's listings were read, the last of them; None if none was."""

    def history(self, paper: PaperId) -> tuple[Announcement, ...]:
        """Return when and how a paper was announced, oldest first, each with the paper as it's kept now."""


class PaperStore(Protocol):
    """Where papers are kept; one function is one transaction."""

    async def read(self, fn: Callable[[Papers], T]) -> T:
        """Run `fn` on one snapshot; it mustn't write."""

    async def write(self, fn: Callable[[Papers], T]) -> T:
        """Run `fn` as one transaction; when it raises, nothing of it remains."""
