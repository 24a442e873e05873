"""What `digest.ports.PaperSource` promises, held over every implementation."""

from __future__ import annotations

import asyncio
import contextlib
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from digest.errors import SourceError, SourceUnreachableError
from digest.model import Kind, PaperId
from digest.sources.arxiv import ArxivSession, ArxivSource
from digest.sources.deferred import DeferredSource
from tests.papers import DAY, announced, paper
from tests.servers.arxiv import Answer, ArxivServer, serve_arxiv
from tests.servers.clock import Clock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from digest.model import Paper
    from digest.ports import PaperSource


class NoPace:
    """A pace that counts turns and makes nobody wait."""

    def __init__(self) -> None:
        self.turns = 0

    @contextlib.asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Count a turn."""
        self.turns += 1
        yield


def arxiv_source(server: ArxivServer, clock: Clock, pace: NoPace, *, url: str = "") -> ArxivSource:
    """Make the product's source, reading a loopback arXiv."""
    return ArxivSource(
        ArxivSession("paperround/test (someone@example.org)", 5.0, ""),
        pace,
        listing_url=url or server.url,
        api_url=f"{url or server.url}/api/query",
        sleep=clock.sleep,
        random=lambda: 0.5,
    )


@pytest.fixture
def arxiv() -> Iterator[ArxivServer]:
    """A loopback arXiv with three papers announced."""
    with serve_arxiv() as server:
        server.announce(
            DAY,
            [
                announced(1),
                announced(2, Kind.CROSS, categories=("math.PR", "cs.LG"), version=2),
                announced(
                    3, categories=("math.AG",), authors=("Łukasz Żółć", "Sammy Davis, Jr."), title="A < B & C"
                ),
            ],
        )
        yield server


@pytest.fixture
def clock() -> Clock:
    """Time that only moves when the source waits."""
    return Clock()


@pytest.fixture
def pace() -> NoPace:
    """Counts requests."""
    return NoPace()


def deferred_source(server: ArxivServer, clock: Clock, pace: NoPace) -> DeferredSource:
    """Make the same, as late as can be."""
    return DeferredSource(lambda: arxiv_source(server, clock, pace))


@pytest.fixture(params=[arxiv_source, deferred_source])
def source(request: pytest.FixtureRequest, arxiv: ArxivServer, clock: Clock, pace: NoPace) -> PaperSource:
    """Each implementation in turn."""
    made: PaperSource = request.param(arxiv, clock, pace)
    return made


def test_a_listing_holds_what_its_archives_announced(source: PaperSource) -> None:
    """Kind, version, authors and title come as announced, of the archives asked for and no others."""
    listing = asyncio.run(source.listing(["math"]))
    assert (listing.date, listing.archives, listing.problems) == (DAY, ("math",), ())
    assert [(e.paper.id, e.kind, e.paper.version) for e in listing.announcements] == [
        (paper(2).id, Kind.CROSS, 2),
        (paper(3).id, Kind.NEW, 1),
    ]
    assert listing.announcements[1].paper.authors == ("Łukasz Żółć", "Sammy Davis, Jr.")
    assert listing.announcements[1].paper.title == "A < B & C"


def test_papers_are_found_by_id_and_the_unknown_are_missing(source: PaperSource, arxiv: ArxivServer) -> None:
    """Of many ids every known one is found, in several requests where they don't fit one."""
    arxiv.papers = [paper(number, comment="x") for number in range(300)]
    ids = [paper(number).id for number in range(300)]
    found = asyncio.run(source.papers([*ids, PaperId("2606.99999")]))
    assert [entry.id for entry in found] == ids
    assert found[0].comment == "x"
    assert len(arxiv.requests) == 2


def test_a_search_is_bounded(source: PaperSource, arxiv: ArxivServer) -> None:
    """A search gives at most as many papers as asked for, in one request."""
    found = asyncio.run(source.search("all:river", 2))
    assert len(found) == 2
    assert [request.arguments["search_query"] for request in arxiv.requests] == ["all:river"]


def test_submissions_come_page_by_page_and_whole(
    source: PaperSource, arxiv: ArxivServer, clock: Clock
) -> None:
    """Every paper submitted in the range comes once, whatever the number of pages."""
    at = clock.now()
    arxiv.papers = [
        *(paper(number, submitted=at) for number in range(2300)),
        paper(9000, submitted=at - timedelta(days=9)),
    ]

    async def read() -> list[tuple[Paper, ...]]:
        return [page async for page in source.submitted(["cs"], at - timedelta(days=1), at)]

    pages = asyncio.run(read())
    assert [len(page) for page in pages] == [1000, 1000, 300]
    assert len({entry.id for page in pages for entry in page}) == 2300


def test_an_empty_range_is_no_page(source: PaperSource, clock: Clock) -> None:
    """Nothing submitted is nothing yielded, and no error."""

    async def read() -> list[tuple[Paper, ...]]:
        start = clock.now() - timedelta(days=99)
        return [page async for page in source.submitted(["cs"], start, start)]

    assert asyncio.run(read()) == []


BUSY = Answer(503, b"busy", headers={"Retry-After": "7"})


@pytest.mark.parametrize(
    "fault", [BUSY, Answer(429, b""), Answer(200, b"<html>Rate</html>"), Answer(200, b"<rss>")]
)
@pytest.mark.parametrize(
    "ask",
    [
        lambda source: source.listing(["cs"]),
        lambda source: source.papers([paper(1).id]),
        lambda source: source.search("river", 5),
    ],
    ids=["listing", "papers", "search"],
)
def test_trouble_that_passes_is_ridden_out_and_other_trouble_is_an_error(
    source: PaperSource, arxiv: ArxivServer, ask: Callable[[PaperSource], object], fault: Answer
) -> None:
    """Two bad answers and then a good one are a success; bad ones without end an error, never "nothing"."""
    arxiv.faults = [fault, fault]
    asyncio.run(ask(source))  # type: ignore[arg-type]
    asked = len(arxiv.requests)
    assert asked == 3
    arxiv.faults = [fault] * 99
    with pytest.raises(SourceError):
        asyncio.run(ask(source))  # type: ignore[arg-type]
    assert len(arxiv.requests) == asked + 4


def test_retry_after_is_kept(source: PaperSource, arxiv: ArxivServer, clock: Clock) -> None:
    """When arXiv names a time, we wait that long; when it names a very long one, we give up for now."""
    arxiv.faults = [BUSY]
    asyncio.run(source.listing(["cs"]))
    assert clock.slept == [7.0]
    arxiv.faults = [Answer(429, b"", headers={"Retry-After": "3600"})]
    with pytest.raises(SourceError, match="arXiv is busy"):
        asyncio.run(source.listing(["cs"]))
    assert clock.slept == [7.0]


def test_every_request_waits_its_turn_and_says_who_asks(
    source: PaperSource, arxiv: ArxivServer, pace: NoPace
) -> None:
    """Feed and API go through one pace, retries too, each naming the program and its contact."""
    arxiv.faults = [BUSY]
    asyncio.run(source.listing(["cs"]))
    asyncio.run(source.papers([paper(1).id]))
    assert pace.turns == len(arxiv.requests) == 3
    assert {request.user_agent for request in arxiv.requests} == {"paperround/test (someone@example.org)"}


def test_a_listing_that_was_cut_is_read_in_parts(source: PaperSource, arxiv: ArxivServer) -> None:
    """When a feed reaches its largest size it is read again by parts, until every paper is there once."""
    categories = [("cs.CV",), ("cs.LG",), ("stat.ML",)]
    arxiv.announce(DAY, [announced(number, categories=categories[number % 3]) for number in range(3900)])
    listing = asyncio.run(source.listing(["cs", "stat"]))
    assert len({entry.paper.id for entry in listing.announcements}) == len(listing.announcements) == 3900
    assert (listing.archives, listing.problems) == (("cs", "stat"), ())


def test_a_category_that_was_cut_is_told(source: PaperSource, arxiv: ArxivServer) -> None:
    """Where nothing is left to split, what is missing is said."""
    arxiv.announce(DAY, [announced(number, categories=("cs.CV",)) for number in range(2001)])
    listing = asyncio.run(source.listing(["cs.CV"]))
    assert listing.problems == ("The listing of cs.CV was cut at 2,000 items; the rest is missing",)


def test_a_dead_server_is_an_error_that_names_it() -> None:
    """Where nobody answers the error says whom we tried to reach, and what to do."""
    with serve_arxiv() as gone:
        url = gone.url
    source = arxiv_source(gone, Clock(), NoPace(), url=url)
    with pytest.raises(SourceUnreachableError, match=r"Can't reach arXiv at 127\.0\.0\.1:\d+: no connection"):
        asyncio.run(source.listing(["cs"]))
