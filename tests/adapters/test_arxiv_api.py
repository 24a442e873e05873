"""ArXiv's query API through the `arxiv` package, on recorded answers served at their own addresses."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from digest.errors import SourceError, SourceGarbledError, SourceRejectedError
from digest.model import PaperId
from digest.sources.arxiv.api import Api, check_page, window
from digest.sources.arxiv.session import ArxivSession
from tests.conftest import SHARED
from tests.servers.arxiv import Answer, ArxivServer, serve_arxiv

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from digest.model import Paper

RECORDED = sorted((SHARED / "data" / "arxiv_api").glob("*/*.xml"))


class Recorded:
    """Reads recorded answers through the real client."""

    def __init__(self, server: ArxivServer) -> None:
        self._server = server
        self._api = Api(ArxivSession("test", 5, ""), f"{server.url}/api/query")

    def read(self, path: Path) -> tuple[Paper, ...]:
        """Serve the file as the next answer and read it."""
        status = 400 if "http400" in path.name else 200
        self._server.faults.append(Answer(status, path.read_bytes(), "application/atom+xml"))
        return self._api.search("anything", 100)


@pytest.fixture(scope="module")
def recorded(shared_data: Path) -> Iterator[Recorded]:
    """A reader of recorded answers."""
    assert shared_data.is_dir()
    with serve_arxiv() as server:
        yield Recorded(server)


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.name)
def test_every_recorded_answer_is_read_rightly(recorded: Recorded, path: Path) -> None:
    """Each answer gives a whole paper for each entry; an error, or two answers glued together, an error."""
    if path.name == "arxivpy_id_abc_s0_m100.http400.xml":
        with pytest.raises(SourceRejectedError, match="incorrect id format for abc"):
            recorded.read(path)
        return
    if path.name == "yanhuaai_rsi_arxiv_raw.xml":  # two answers in one file
        with pytest.raises(SourceGarbledError):
            recorded.read(path)
        return
    papers = recorded.read(path)
    assert len(papers) == path.read_text("utf-8").count("<entry>")
    for paper in papers:
        assert paper.title
        assert paper.abstract
        assert paper.authors
        assert paper.categories
        assert paper.submitted is not None
        assert paper.submitted.tzinfo is not None
        assert "\n" not in paper.title + paper.abstract + (paper.comment or "")


def test_a_known_answer_is_read_to_the_letter(recorded: Recorded, shared_data: Path) -> None:
    """An old id, its version, primary category, dates and LaTeX come out as arXiv wrote them."""
    (old,) = recorded.read(
        shared_data / "arxiv_api/new2026/arxivpy_id_quant-ph_0201082v1_s0_m100.http200.xml"
    )
    assert (old.id, old.version) == (PaperId("quant-ph/0201082"), 1)
    assert old.categories[0] == "quant-ph"
    (cited,) = recorded.read(shared_data / "arxiv_api/new2026/lumen_arxiv_get_by_id.xml")
    assert (cited.id, cited.version, cited.categories[0]) == (PaperId("1706.03762"), 7, "cs.CL")
    assert cited.title == "Attention Is All You Need"
    assert cited.submitted == datetime(2017, 6, 12, 17, 57, 34, tzinfo=UTC)
    first, _ = recorded.read(shared_data / "arxiv_api/old_to2025/xiv_arxiv_response.xml")
    assert first.title.endswith("Alignment in Long-Horizon Tasks")
    assert first.comment is not None


def test_an_unknown_id_is_no_paper(recorded: Recorded, shared_data: Path) -> None:
    """An id that arXiv doesn't know gives no paper and no error; among several, the others come."""
    folder = shared_data / "arxiv_api/new2026"
    assert recorded.read(folder / "arxivpy_id_0000.0000_s0_m100.http200.xml") == ()
    both = recorded.read(folder / "arxivpy_id_0808.05394_1707.08567_s0_m100.http200.xml")
    assert [str(paper.id) for paper in both] == ["1707.08567"]


def test_a_page_short_of_entries_is_garbled(recorded: Recorded, shared_data: Path, tmp_path: Path) -> None:
    """A page with fewer entries than it says is an error, though it is well-formed XML."""
    text = (shared_data / "arxiv_api/new2026/arxivpy_q_testing_s0_m10.http200.xml").read_text("utf-8")
    start, end = text.index("<entry>"), text.index("</entry>") + len("</entry>")
    (tmp_path / "short.xml").write_text(text[:start] + text[end:], "utf-8")
    with pytest.raises(SourceGarbledError, match="9 of the 10 papers"):
        recorded.read(tmp_path / "short.xml")


def test_a_cut_page_is_garbled_wherever_it_is_cut(shared_data: Path) -> None:
    """No part of a page passes for the whole page."""
    whole = (shared_data / "arxiv_api/new2026/arxivpy_q_testing_s0_m10.http200.xml").read_bytes().rstrip()
    check_page(whole)
    for length in range(0, len(whole) - 1, 997):
        with pytest.raises(SourceGarbledError):
            check_page(whole[:length])


def page(*entries: str, counts: Mapping[str, str] | None = None) -> bytes:
    """Write a page of the API that holds these entries and says these counts."""
    said = counts or {"itemsPerPage": str(len(entries)), "totalResults": "9", "startIndex": "0"}
    return (
        '<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns="http://www.w3.org/2005/Atom">'
        + "".join(f"<opensearch:{name}>{count}</opensearch:{name}>" for name, count in said.items())
        + "".join(entries)
        + "</feed>"
    ).encode()


def entry(
    identifier: str, title: str = "T", at: str = "2026-06-25T17:59:00Z", category: str = "cs.CV"
) -> str:
    """Write an entry."""
    category = f'<category term="{category}"/>' if category else ""
    return (
        f"<entry><id>http://arxiv.org/abs/{identifier}</id><title>{title}</title><summary>S</summary>{category}"
        f"<published>{at}</published><updated>2026-06-25T17:59:00Z</updated></entry>"
    )


@pytest.mark.parametrize(
    "bad",
    [
        entry("x"),
        entry("2606.00002v1", title=" "),
        entry("2606.00002v1", category=""),
        entry("2606.00002v1", at="yesterday"),
        entry("2606.00002v1", at=""),
    ],
)
def test_a_bad_record_on_a_page_costs_itself_alone(bad: str, caplog: pytest.LogCaptureFixture) -> None:
    """A record that can't be read is reported and left out; the rest of the page is kept, in one request."""
    with serve_arxiv() as server:
        server.faults.append(
            Answer(body=page(bad, entry("2606.00001v1")), content_type="application/atom+xml")
        )
        api = Api(ArxivSession("test", 5, ""), f"{server.url}/api/query")
        read = api.submitted("cat:cs.*", 0, 2)
        assert [str(paper.id) for paper in read.papers] == ["2606.00001"]
        assert read.total == 9
        assert len(server.requests) == 1
    assert caplog.text.count("left out a record of arXiv's API") == 1


@pytest.mark.parametrize(
    "counts",
    [
        {"itemsPerPage": "2", "startIndex": "0"},
        {"itemsPerPage": "2", "totalResults": "", "startIndex": "0"},
        {"itemsPerPage": "many", "totalResults": "9", "startIndex": "0"},
    ],
)
def test_a_page_that_does_not_say_how_much_it_holds_is_garbled(counts: Mapping[str, str]) -> None:
    """Without its counts a page can't be told from a cut one, so it is never taken for "no papers"."""
    with pytest.raises(SourceGarbledError, match="doesn't say its"):
        check_page(page(counts=counts))


def test_a_window_names_dates_beside_each_archive() -> None:
    """Archives with classes are asked with a wildcard, others by their name, each within the dates."""
    start, end = datetime(2026, 6, 18, 18, tzinfo=UTC), datetime(2026, 6, 25, 18, tzinfo=UTC)
    dates = "submittedDate:[202606181800 TO 202606251800]"
    assert window(["cs", "quant-ph", "math.AG"], start, end) == (
        f"(cat:cs.* AND {dates}) OR (cat:quant-ph AND {dates}) OR (cat:math.AG AND {dates})"
    )


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (Answer(429, b"Rate exceeded."), "arXiv is busy"),
        (Answer(503, b"x", headers={"Retry-After": "7"}), "arXiv is busy"),
        (Answer(500, b"x"), "arXiv is busy"),
        (Answer(403, b"x"), r"Set \[arxiv\] contact"),
        (Answer(404, b"x"), "HTTP 404"),
        (Answer(200, b"<html><body>Rate exceeded.</body></html>"), "an HTML page instead of"),
        (Answer(200, b""), "a broken or cut answer"),
        (Answer(200, b"<feed>" * 100, cut=True), "cut short"),
        (Answer(200, b"no gzip", headers={"Content-Encoding": "gzip"}), "cut short"),
        (Answer(302, headers={"Location": "http://[/"}), "the address of a proxy or a redirection"),
        (Answer(503, headers={"Retry-After": "\xb2"}), "arXiv is busy"),
        (Answer(200, b"<a/>"), "a broken or cut answer"),
    ],
)
def test_a_wrong_answer_is_a_clear_error(answer: Answer, expected: str) -> None:
    """Whatever arXiv does wrong, the error says it in a sentence; it is never "no papers"."""
    with serve_arxiv() as server:
        server.faults.append(answer)
        api = Api(ArxivSession("test", 5, ""), f"{server.url}/api/query")
        with pytest.raises(SourceError, match=expected):
            api.search("x", 10)
