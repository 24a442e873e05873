"""What `digest.ports.PaperStore` promises, held over every implementation."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

import pytest

from digest.model import Announcement, Kind, Listing, Paper, PaperId
from digest.ports import Harvested, Kept
from digest.storage.migrations import PAPERS
from digest.storage.papers import SqlitePaperStore
from tests.papers import DAY, announced, paper
from tests.servers.new_database import open_database

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from pathlib import Path

    from digest.ports import Papers, PaperStore

    Run = Callable[[Callable[[PaperStore], Awaitable[None]]], None]

T = TypeVar("T")
AT = datetime(2026, 6, 26, 4, 10, tzinfo=UTC)


@contextlib.asynccontextmanager
async def sqlite(folder: Path) -> AsyncIterator[PaperStore]:
    """The store that the product uses."""
    database = await open_database(folder / "papers.db", [PAPERS])
    try:
        yield SqlitePaperStore(database)
    finally:
        await database.close()


@pytest.fixture(params=[sqlite])
def run(
    request: pytest.FixtureRequest, tmp_path: Path
) -> Callable[[Callable[[PaperStore], Awaitable[T]]], T]:
    """Run a function on a fresh store."""

    def call(use: Callable[[PaperStore], Awaitable[T]]) -> T:
        async def inside() -> T:
            async with request.param(tmp_path) as store:
                return await use(store)

        return asyncio.run(inside())

    return call


def listing(*announcements: Announcement, archives: tuple[str, ...] = ("cs",)) -> Listing:
    """Make a listing of `DAY`."""
    return Listing(DAY, archives, announcements)


def keep(announcement: Announcement, *, detailed: bool = False) -> Callable[[Papers], Kept]:
    """Make the transaction that keeps one announcement."""

    def transaction(papers: Papers) -> Kept:
        return papers.keep(listing(announcement), AT, detailed=detailed)

    return transaction


async def stored(store: PaperStore, *kinds: Kind) -> dict[PaperId, Announcement]:
    """Read what was announced on `DAY`."""

    def transaction(papers: Papers) -> tuple[Announcement, ...]:
        return papers.announced([DAY], kinds or tuple(Kind))

    return {entry.paper.id: entry for entry in await store.read(transaction)}


def test_a_listing_is_kept_whole_and_once(
    run: Callable[[Callable[[PaperStore], Awaitable[None]]], None],
) -> None:
    """What goes in comes out equal; keeping it again changes nothing and counts nothing as new."""
    entries = [
        announced(1, comment="12 pages", journal_ref="J. Rivers 1", doi="10.1/x", submitted=AT, updated=AT),
        announced(2, Kind.CROSS, authors=("Łukasz Żółć", "李雷"), title="On “$\\alpha$” & <b>"),
        announced(3, Kind.REPLACE, version=4),
    ]

    async def use(store: PaperStore) -> None:
        first = await store.write(lambda papers: papers.keep(listing(*entries), AT, detailed=True))
        assert first == Kept(new=3, announced=3)
        assert list((await stored(store)).values()) == entries
        again = await store.write(lambda papers: papers.keep(listing(*entries), AT))
        assert again == Kept(new=0, announced=3)
        assert list((await stored(store)).values()) == entries
        assert await store.read(lambda papers: papers.listed("cs")) == {DAY}
        assert await store.read(lambda papers: papers.listed("math")) == frozenset()
        assert await store.read(lambda papers: papers.dates()) == (DAY,)
        await store.write(lambda papers: papers.keep(Listing(DAY - timedelta(3), ("cs", "math"), ()), AT))
        assert await store.read(lambda papers: papers.dates()) == (DAY - timedelta(3), DAY)
        assert await store.read(lambda papers: papers.dates(1)) == (DAY,)
        assert await store.read(lambda papers: papers.dates(5)) == (DAY - timedelta(3), DAY)
        assert set(await stored(store, Kind.NEW, Kind.CROSS)) == {entries[0].paper.id, entries[1].paper.id}

    run(use)


def test_a_transaction_that_fails_keeps_nothing(
    run: Callable[[Callable[[PaperStore], Awaitable[None]]], None],
) -> None:
    """When a function raises after keeping a listing, neither papers nor the date remain."""

    async def use(store: PaperStore) -> None:
        def fail(papers: object) -> None:
            papers.keep(listing(announced()), AT)  # type: ignore[attr-defined]
            raise ValueError("stop")

        with pytest.raises(ValueError, match="stop"):
            await store.write(fail)
        assert await stored(store) == {}
        assert await store.read(lambda papers: papers.dates()) == ()

    run(use)


def versions(*papers: tuple[Paper, bool]) -> Callable[[PaperStore], Awaitable[Paper]]:
    """Keep one paper several times, from the feed or the API; return what is known of it then."""

    async def use(store: PaperStore) -> Paper:
        for told, detailed in papers:
            await store.write(keep(Announcement(told, DAY, Kind.NEW), detailed=detailed))
        return next(iter((await stored(store)).values())).paper

    return use


FEED = paper(title="As the feed writes it")
API = paper(title="As the API writes it", comment="12 pages", submitted=AT)
NEWER = paper(title="Rewritten", version=2)


@pytest.mark.parametrize(
    ("told", "title", "comment"),
    [
        ([(FEED, False), (API, True)], API.title, API.comment),
        ([(API, True), (FEED, False)], API.title, API.comment),
        ([(API, True), (NEWER, False)], NEWER.title, API.comment),
        ([(NEWER, False), (API, True)], NEWER.title, None),
        ([(API, True), (replace(API, comment=None), True)], API.title, None),
        ([(API, True), (replace(API, comment="13 pages"), True)], API.title, "13 pages"),
    ],
)
def test_the_newest_version_stays_and_the_api_knows_best(
    run: Callable[[Callable[[PaperStore], Awaitable[Paper]]], Paper],
    told: list[tuple[Paper, bool]],
    title: str,
    comment: str | None,
) -> None:
    """A later version replaces an earlier one, never the reverse; of one version the API's word stays."""
    known = run(versions(*told))
    assert (known.title, known.comment) == (title, comment)
    if any(detailed for _, detailed in told[:1]):
        assert known.submitted == AT


def test_the_kind_that_says_more_stays(
    run: Callable[[Callable[[PaperStore], Awaitable[None]]], None],
) -> None:
    """A paper told as cross-listed and as new on one date is new; a feed's word beats an inferred one."""

    async def use(store: PaperStore) -> None:
        for entry in (
            announced(1, Kind.CROSS),
            announced(1, Kind.NEW),
            announced(1, Kind.REPLACE),
            replace(announced(2, Kind.NEW), inferred=True),
            announced(2, Kind.CROSS),
            replace(announced(2, Kind.REPLACE), inferred=True),
        ):
            await store.write(keep(entry))
        found = await stored(store)
        assert [(entry.kind, entry.inferred) for entry in found.values()] == [
            (Kind.NEW, False),
            (Kind.CROSS, False),
        ]

    run(use)


def test_what_only_the_feed_described_is_asked_for_until_the_api_told(
    run: Callable[[Callable[[PaperStore], Awaitable[None]]], None],
) -> None:
    """New and cross-listed papers of recent dates are incomplete until the API described them."""

    async def use(store: PaperStore) -> None:
        kept = listing(announced(1), announced(2, Kind.CROSS), announced(3, Kind.REPLACE), announced(4))
        await store.write(lambda papers: papers.keep(kept, AT))
        await store.write(lambda papers: papers.complete([paper(4, comment="x")]))
        ids = await store.read(lambda papers: papers.incomplete(DAY))
        assert ids == (paper(1).id, paper(2).id)
        later = DAY + timedelta(days=1)
        assert await store.read(lambda papers: papers.incomplete(later)) == ()

    run(use)


def test_unannounced_ids_are_told_apart(
    run: Callable[[Callable[[PaperStore], Awaitable[None]]], None],
) -> None:
    """Of some ids, those that no announcement names are returned, known papers among them."""

    async def use(store: PaperStore) -> None:
        await store.write(lambda papers: papers.keep(listing(announced(1)), AT))
        await store.write(lambda papers: papers.complete([paper(2)]))
        ids = [paper(number).id for number in (1, 2, 3)]
        assert await store.read(lambda papers: papers.unannounced(ids)) == {paper(2).id, paper(3).id}

    run(use)


def test_listings_are_renewed_by_what_they_announced(
    run: Callable[[Callable[[PaperStore], Awaitable[None]]], None],
) -> None:
    """A listing with one of the papers gets a new serial, unless nobody can have been told of it yet."""

    async def use(store: PaperStore) -> None:
        await store.write(lambda papers: papers.keep(listing(announced(1)), AT))
        before = await store.read(lambda papers: papers.newest())
        await store.write(lambda papers: papers.renew([paper(2).id], before))
        await store.write(lambda papers: papers.renew([paper(1).id], before - 1))
        assert await store.read(lambda papers: papers.listed_since(before)) == ()
        await store.write(lambda papers: papers.renew([paper(1).id], before))
        assert await store.read(lambda papers: papers.listed_since(before)) == (
            Harvested((DAY,), before + 1),
        )

    run(use)


def test_what_came_since_is_told_in_the_order_in_which_it_came(
    run: Callable[[Callable[[PaperStore], Awaitable[None]]], None],
) -> None:
    """The archives of a date that came one after the other are one; dates renewed together are, too."""
    day_before = DAY - timedelta(days=1)

    async def use(store: PaperStore) -> None:
        await store.write(lambda papers: papers.keep(listing(announced(1), archives=("cs", "math")), AT))
        await store.write(
            lambda papers: papers.keep(
                Listing(day_before, ("cs",), (replace(announced(1), date=day_before),)), AT
            )
        )
        assert await store.read(lambda papers: papers.listed_since(0)) == (
            Harvested((DAY,), 2),
            Harvested((day_before,), 3),
        )
        assert await store.read(lambda papers: papers.listed_since(2)) == (Harvested((day_before,), 3),)
        await store.write(lambda papers: papers.renew([paper(1).id], 3))
        assert await store.read(lambda papers: papers.listed_since(3)) == (Harvested((day_before, DAY), 4),)

    run(use)


def test_papers_are_found_by_id(
    run: Callable[[Callable[[PaperStore], Awaitable[None]]], None],
) -> None:
    """Papers come whole, announced or not, unknown ones don't; what only the feed told can be left out."""
    looked_up = paper(2, comment="12 pages", submitted=AT)

    async def use(store: PaperStore) -> None:
        await store.write(lambda papers: papers.keep(listing(announced(1)), AT))
        await store.write(lambda papers: papers.complete([looked_up]))
        ids = [paper(number).id for number in (1, 2, 3)]
        found = await store.read(lambda papers: papers.get(ids))
        assert found == {paper(1).id: paper(1), looked_up.id: looked_up}
        detailed = await store.read(lambda papers: papers.get(ids, detailed=True))
        assert detailed == {looked_up.id: looked_up}
        assert await store.read(lambda papers: papers.get([])) == {}

    run(use)


def test_the_newest_date_is_known_with_when_it_was_read(
    run: Callable[[Callable[[PaperStore], Awaitable[None]]], None],
) -> None:
    """The newest date counts, not what was read last; of its archives, the one that was read last."""

    async def use(store: PaperStore) -> None:
        assert await store.read(lambda papers: papers.last_read()) is None
        later, latest = AT + timedelta(hours=1), AT + timedelta(hours=2)
        await store.write(lambda papers: papers.keep(listing(announced(1), archives=("cs",)), AT))
        await store.write(lambda papers: papers.keep(listing(archives=("math",)), later))
        before = Listing(DAY - timedelta(days=1), ("cs",), ())
        await store.write(lambda papers: papers.keep(before, latest))
        assert await store.read(lambda papers: papers.last_read()) == (DAY, later)

    run(use)


def test_an_archive_is_read_once_a_listing_of_it_was(
    run: Callable[[Callable[[PaperStore], Awaitable[None]]], None],
) -> None:
    """One of several archives is enough; a category of another doesn't count."""

    async def use(store: PaperStore) -> None:
        await store.write(lambda papers: papers.keep(listing(archives=("math",)), AT))
        assert await store.read(lambda papers: papers.is_read(["cs", "math"]))
        assert not await store.read(lambda papers: papers.is_read(["cs", "cs.CV"]))
        assert not await store.read(lambda papers: papers.is_read([]))

    run(use)
