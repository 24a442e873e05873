"""What `digest.ports.Papers.search` promises: which papers a query finds, and in which order."""

from __future__ import annotations

import asyncio
import functools
from typing import TYPE_CHECKING, TypeVar

import pytest
import sqlite_utils
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.commands.call import MistakeError
from bot.commands.searching import read_words
from digest.model import Kind, Listing
from digest.query import parse
from digest.storage import search
from digest.storage.migrations import PAPERS
from digest.storage.papers import SqlitePapers, SqlitePaperStore
from digest.translation import phrases_for
from tests.contracts.test_papers import AT
from tests.papers import DAY, announced, paper
from tests.servers.new_database import open_database

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from pathlib import Path

    from digest.ports import Hits, PaperStore

T = TypeVar("T")
OTHERS = ("'", "扩散", "\u202e", "\0", "🙂", "rivers")

SHELF = (
    paper(1, title="Diffusion models", abstract="We model rivers.", categories=("cs.CV", "cs.LG")),
    paper(2, title="Rivers", abstract="Diffusing models of water.", categories=("cs.CL",)),
    paper(3, title="A model of models", abstract="Nothing diffuse.", categories=("math.AG",)),
    paper(4, title="Deserts", abstract="Sand.", authors=("Geoffrey E. Hinton", "Zoë Łącka"),
          categories=("cs.CV",)),
    paper(5, title="Deserts", abstract="Sand.", authors=("Ada Rivers",), categories=("hep-th",)),
)  # fmt: skip


@functools.cache
def shelf() -> sqlite_utils.Database:
    """Return the shelf in memory."""
    db = sqlite_utils.Database(memory=True, execute_plugins=False)
    PAPERS.apply(db)
    SqlitePapers(db).complete(SHELF)
    return db


def look(words: str) -> list[int]:
    """Search for what somebody types; return the numbers of the papers, in order."""
    hits = SqlitePapers(shelf()).search(read_words(words, phrases_for("en")), 0, 10)
    assert hits.count == len(hits.hits)
    return [int(hit.paper.id.value[5:]) for hit in hits.hits]


def in_store(folder: Path, use: Callable[[PaperStore], Awaitable[T]]) -> T:
    """Use the store of a folder."""

    async def run() -> T:
        database = await open_database(folder / "papers.db", [PAPERS])
        try:
            return await use(SqlitePaperStore(database))
        finally:
            await database.close()

    return asyncio.run(run())


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("diffusion model", [1, 2, 3]),
        ('"diffusion models"', [1, 2]),
        ("ti:rivers", [2]),
        ("abs:river", [1]),
        ("rivers", [2, 5, 1]),
        ("au:hinton", [4]),
        ("au:hinton_g", [4]),
        ('au:"Hinton, Geoffrey"', [4]),
        ("geoffrey hinton", [4]),
        ("au:lacka", []),
        ("au:łącka", [4]),
        ("au:zoe", [4]),
        ("sand ANDNOT au:hinton", [5]),
        ("sand ANDNOT cs.CV", [5]),
        ("cs.CV", [4, 1]),
        ("cs.*", [4, 2, 1]),
        ("cat:cs.*", [4, 2, 1]),
        ("(cs.CV OR hep-th) sand", [5, 4]),
        ("cs.CV ANDNOT diffusion", [4]),
        ("cs.CV ANDNOT cs.LG", [4]),
        ("hep-th", [5]),
        ("diffusion OR sand", [1, 5, 4, 3, 2]),
        ("all:rivers", [2, 5, 1]),
        ("diff*", [1, 3, 2]),
        ("d*", []),
        ("co:accepted", []),
        ("zebra", []),
        ("the", []),
        ("of the", []),
    ],
)
def test_finds_what_is_asked_for(words: str, found: list[int]) -> None:
    """Words in any form, phrases, fields, authors, categories and their combinations; titles count most."""
    result = look(words)
    assert sorted(result) == sorted(found)
    if words in {"rivers", "cs.CV", "(cs.CV OR hep-th) sand"}:  # better or, where none is, newer papers first
        assert result == found


@pytest.mark.parametrize(
    "words",
    ['"', '"sand', "sand)", "(sand", "sand AND", "NOT sand", "NEAR(sand desert)", "sand*desert",
     "title:sand", "^sand", "sand + desert", "{title}:sand", "-sand", "sand or desert", "sand\0desert",
     "':;--sand", "sand||desert"],
)  # fmt: skip
def test_what_is_no_query_is_words(words: str) -> None:
    """Syntax that nobody meant, FTS5's own among it, does nothing but separate words."""
    if words == '"':
        with pytest.raises(MistakeError):
            look(words)
    else:
        assert set(look(words)) <= {4, 5}


@settings(max_examples=150, deadline=None)
@given(
    st.text(max_size=80)
    | st.lists(
        st.sampled_from(
            (
                *'sand " ( ) * : au: cat: ti: AND OR ANDNOT NEAR ^ cs.CV - ; {title} \\ % _ co:x'.split(),
                *OTHERS,
            )
        ),
        max_size=12,
    ).map(" ".join)
)
def test_nothing_that_people_type_breaks_a_search(words: str) -> None:
    """Whatever is typed is looked for, or gets a sentence."""
    try:
        query = read_words(words, phrases_for("en"))
    except MistakeError as mistake:
        told = str(mistake)
    else:
        hits = SqlitePapers(shelf()).search(query, 0, 5)
        told = "" if hits.count < len(hits.hits) else "found"
    assert told


def test_pages_come_in_one_order_with_dates(tmp_path: Path) -> None:
    """Pages tell every paper once, the count is of all, and each has the first date that announced it."""
    entries = [announced(number) for number in range(1, 8)]

    async def use(store: PaperStore) -> Sequence[Hits]:
        await store.write(lambda papers: papers.keep(Listing(DAY, ("cs",), tuple(entries)), AT))
        await store.write(lambda papers: papers.complete([paper(8)]))
        query = parse("rivers")
        return await store.read(lambda papers: [papers.search(query, at, 3) for at in (0, 3, 6, 9)])

    pages = in_store(tmp_path, use)
    assert [page.count for page in pages] == [8] * 4
    told = [hit for page in pages for hit in page.hits]
    assert [hit.paper.id for hit in told] == [paper(number).id for number in range(8, 0, -1)]
    assert [hit.announced for hit in told] == [None, *[DAY] * 7]


def test_of_very_many_the_newest_are_ranked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The count stops one beyond the most that are ranked; older papers aren't looked at, however good."""
    monkeypatch.setattr(search, "MOST_RANKED", 3)
    papers = [paper(1, title="Rivers rivers rivers"), *(paper(number) for number in range(2, 7))]

    async def use(store: PaperStore) -> Hits:
        await store.write(lambda kept: kept.complete(papers))
        return await store.read(lambda kept: kept.search(parse("rivers"), 0, 5))

    hits = in_store(tmp_path, use)
    assert hits.count == 4
    assert paper(1).id not in {hit.paper.id for hit in hits.hits}


def test_a_paper_has_a_history(tmp_path: Path) -> None:
    """Every announcement of a paper is told, oldest first, and when a date's listings were read."""

    async def use(store: PaperStore) -> None:
        await store.write(lambda papers: papers.keep(Listing(DAY, ("cs",), (announced(),)), AT))
        later = DAY.replace(day=29)
        again = [announced(1, Kind.REPLACE, version=2)]
        moved = tuple(type(each)(each.paper, later, each.kind) for each in again)
        await store.write(lambda papers: papers.keep(Listing(later, ("cs",), moved), AT))
        history = await store.read(lambda papers: papers.history(paper().id))
        assert [(each.date, each.kind, each.paper.version) for each in history] == [
            (DAY, Kind.NEW, 2),
            (later, Kind.REPLACE, 2),
        ]
        assert await store.read(lambda papers: papers.history(paper(2).id)) == ()
        assert await store.read(lambda papers: papers.harvested(DAY)) == AT
        assert await store.read(lambda papers: papers.harvested(DAY.replace(day=1))) is None

    in_store(tmp_path, use)
