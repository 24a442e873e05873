"""ArXiv's files through the real session from a loopback arXiv: which form is taken, and what is refused."""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from digest.errors import FileMissingError, SourceBusyError, SourceUnreachableError
from digest.fulltext import Form, FullPaper, Miss, Shortfall, Step
from digest.model import PaperId
from digest.sources.arxiv import ArxivSession
from digest.sources.arxiv.asking import Asking
from digest.sources.fulltext.apart import Limits
from digest.sources.fulltext.shelf import Shelf
from digest.sources.fulltext.site import Site
from digest.sources.fulltext.source import ArxivFullText, Bounds
from tests.papers import paper
from tests.papers_pdf import paragraph, pdf, text
from tests.servers.arxiv import Answer, ArxivServer, serve_arxiv

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Mapping

LATEX = Path(__file__).resolve().parent.parent / "latex"
PAPER = paper(id=PaperId("2606.00001"), version=2, authors=("Ada Lindqvist",))
HTML, PDF = "/html/2606.00001v2", "/pdf/2606.00001v2"
PAGE = Answer(body=(LATEX / "lanterns.html").read_bytes(), content_type="text/html; charset=utf-8")
FILE = Answer(
    body=pdf(
        text(72, 740, "1 Lamps", 14, "bold")
        + paragraph(72, 700, "Lamps light a corridor for whoever walks there at night. " * 12, 80)
    ),
    content_type="application/pdf",
)
AGENT = "paperround/test (ada@example.org)"


class Pace:
    """Notes that requests wait for their turn, and never overlap."""

    def __init__(self) -> None:
        self.turns = 0
        self._busy = asyncio.Lock()

    @contextlib.asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Take a turn."""
        assert not self._busy.locked()
        async with self._busy:
            self.turns += 1
            yield


@pytest.fixture
def arxiv() -> Iterator[ArxivServer]:
    """Run a loopback arXiv."""
    with serve_arxiv() as server:
        yield server


class Reader:
    """A reader of a loopback arXiv.

    Args:
        url: of the site.
        folder: of what was read.
        seconds: that reading may take.
    """

    def __init__(self, url: str, folder: Path, seconds: int = 20) -> None:
        self.pace = Pace()
        self.waits: list[float] = []
        self.steps: list[Step] = []
        self.full_text = ArxivFullText(
            Site(ArxivSession(AGENT, 5.0, ""), url),
            Asking(self.pace, self._wait, lambda: 0.0, 3),
            Shelf(folder / "shelf", 10 << 20, 86_400.0, time.time),
            Bounds(1 << 20, Limits(100, seconds, 800)),
        )

    async def _wait(self, seconds: float) -> None:
        self.waits.append(seconds)

    def read(self) -> FullPaper:
        """Read the paper."""
        return asyncio.run(self.full_text.read(PAPER, self.steps.append))

    def picture(self, image: str) -> bytes:
        """Return one of its pictures."""
        return asyncio.run(self.full_text.picture(PAPER, image))

    def places(self, *images: str) -> Mapping[str, str]:
        """Return where some of its pictures are."""
        return asyncio.run(self.full_text.places(PAPER, images))


def asked(arxiv: ArxivServer) -> list[str]:
    """Return what was asked for, in order."""
    return [request.path for request in arxiv.requests]


def test_what_was_read_is_known_and_nothing_is_asked_for(arxiv: ArxivServer, tmp_path: Path) -> None:
    """Before a paper was read nothing is known of it; afterwards a look at it costs no request."""
    arxiv.files = {HTML: PAGE, PDF: FILE}
    reader = Reader(arxiv.url, tmp_path)
    assert asyncio.run(reader.full_text.known(PAPER)) is None
    assert asked(arxiv) == []
    reading = reader.read()
    assert asyncio.run(reader.full_text.known(PAPER)) == reading
    assert asked(arxiv) == [HTML]


def test_html_comes_first(arxiv: ArxivServer, tmp_path: Path) -> None:
    """A paper that has HTML costs one request, which names the program and its contact."""
    arxiv.files = {HTML: PAGE, PDF: FILE}
    reader = Reader(arxiv.url, tmp_path)
    reading = reader.read()
    assert (reading.form, reading.misses) == (Form.HTML, ())
    assert reading.title == PAPER.title
    assert reading.affiliation == "University of Example, Sweden"
    assert reading.code == ("https://github.com/example/lanterns",)
    assert asked(arxiv) == [HTML]
    assert arxiv.requests[0].user_agent == AGENT
    assert reader.pace.turns == 1
    assert reader.steps == [Step(Form.HTML), Step(Form.HTML, fetched=True)]


def test_then_the_pdf(arxiv: ArxivServer, tmp_path: Path) -> None:
    """Without HTML the PDF is read, and says so; how many pages is known before they are read."""
    arxiv.files = {PDF: FILE}
    reader = Reader(arxiv.url, tmp_path)
    reading = reader.read()
    assert (reading.form, reading.pages) == (Form.PDF, 1)
    assert reading.misses == (Miss(Form.HTML, Shortfall.MISSING),)
    assert reading.passages[0].heading == "Lamps"
    assert reader.steps == [Step(Form.HTML), Step(Form.PDF), Step(Form.PDF, 1, fetched=True)]


def test_where_pictures_can_be_looked_at(arxiv: ArxivServer, tmp_path: Path) -> None:
    """A page's at their URLs, without a request; a PDF's on the shelf, read anew if they have left it."""
    marbles = (LATEX / "marbles.pdf").read_bytes()
    arxiv.files = {PDF: Answer(body=marbles, content_type="application/pdf")}
    reader, page = Reader(arxiv.url, tmp_path), "https://arxiv.example/html/lamp.png"
    assert reader.places(page) == {page: page}
    assert asked(arxiv) == []
    found = reader.places("figure-1.png", "figure-9.png", "../../secret.png")
    assert list(found) == ["figure-1.png"]
    assert Path(found["figure-1.png"]).is_absolute()
    assert Path(found["figure-1.png"]).read_bytes() == reader.picture("figure-1.png")
    assert asked(arxiv) == [HTML, PDF]


def test_then_the_abstract(arxiv: ArxivServer, tmp_path: Path) -> None:
    """With neither, the abstract is what remains, and it says that nothing else was there."""
    reading = Reader(arxiv.url, tmp_path).read()
    assert reading.form is Form.ABSTRACT
    assert reading.passages[0].paragraphs == (PAPER.abstract,)
    assert reading.misses == (Miss(Form.HTML, Shortfall.MISSING), Miss(Form.PDF, Shortfall.MISSING))


def test_what_was_read_isnt_asked_for_again(arxiv: ArxivServer, tmp_path: Path) -> None:
    """The second time comes from disk, in another process too, and no step is told."""
    arxiv.files = {HTML: PAGE}
    first = Reader(arxiv.url, tmp_path).read()
    again = Reader(arxiv.url, tmp_path)
    assert again.read() == first
    assert asked(arxiv) == [HTML]
    assert again.steps == []


def test_two_who_ask_at_once_cost_one_run(arxiv: ArxivServer, tmp_path: Path) -> None:
    """Whoever comes while a paper is being read waits for that."""
    arxiv.files = {HTML: PAGE}
    reader = Reader(arxiv.url, tmp_path)

    async def both() -> list[FullPaper]:
        return await asyncio.gather(*(reader.full_text.read(PAPER) for _ in range(3)))

    readings = asyncio.run(both())
    assert readings[0] == readings[1] == readings[2]
    assert asked(arxiv) == [HTML]
    assert reader.full_text._under_way == {}


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (Answer(body=b"x" * (2 << 20)), Shortfall.TOO_LARGE),
        (Answer(body=PAGE.body, content_type="image/png"), Shortfall.FOREIGN),
        (Answer(body=b"<html>No HTML for this paper</html>"), Shortfall.FOREIGN),
        (Answer(404), Shortfall.MISSING),
        (Answer(301, headers={"Location": "https://evil.example/html/1"}), Shortfall.FOREIGN),
        (Answer(302, headers={"Location": "//evil.example/html/1"}), Shortfall.FOREIGN),
        (Answer(302), Shortfall.FOREIGN),
        (Answer(301, headers={"Location": HTML}), Shortfall.FOREIGN),
    ],
    ids=["large", "kind", "no paper", "missing", "elsewhere", "elsewhere too", "nowhere", "in circles"],
)
def test_a_page_that_isnt_one_is_left(
    arxiv: ArxivServer, tmp_path: Path, answer: Answer, why: Shortfall
) -> None:
    """HTML that is too large, foreign or elsewhere isn't read; the PDF is asked for, the reason is kept."""
    arxiv.files = {HTML: answer}
    reading = Reader(arxiv.url, tmp_path).read()
    assert reading.misses == (Miss(Form.HTML, why), Miss(Form.PDF, Shortfall.MISSING))
    assert asked(arxiv)[-1] == PDF


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (Answer(body=b"%PDF-1.7 cut", content_type="application/pdf"), Shortfall.BROKEN),
        (Answer(body=b"<html>", content_type="application/pdf"), Shortfall.FOREIGN),
        (Answer(body=FILE.body, content_type="text/html"), Shortfall.FOREIGN),
        (Answer(body=b"%PDF-" + b"x" * (2 << 20), content_type="application/pdf"), Shortfall.TOO_LARGE),
    ],
    ids=["cut", "no PDF", "kind", "large"],
)
def test_a_pdf_that_isnt_one_is_left(
    arxiv: ArxivServer, tmp_path: Path, answer: Answer, why: Shortfall
) -> None:
    """The abstract remains, with the reason why it's alone."""
    arxiv.files = {PDF: answer}
    reading = Reader(arxiv.url, tmp_path).read()
    assert (reading.form, reading.misses[1]) == (Form.ABSTRACT, Miss(Form.PDF, why))


def test_a_redirection_within_the_site_is_followed(arxiv: ArxivServer, tmp_path: Path) -> None:
    """The next request waits for its turn as well; pictures are relative to where the page was in the end."""
    arxiv.files = {HTML: Answer(301, headers={"Location": "/html/2606.00001v2/"}), f"{HTML}/": PAGE}
    reader = Reader(arxiv.url, tmp_path)
    assert reader.read().figures[0].images == (f"{arxiv.url}{HTML}/lamp.png",)
    assert asked(arxiv) == [HTML, f"{HTML}/"]
    assert reader.pace.turns == 2


def test_fifty_megabytes_are_left_unread(tmp_path: Path) -> None:
    """A page without a stated length is given up once it's too large, not when it has all come."""
    sent = 0

    class Flood(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            nonlocal sent
            if self.path.startswith("/pdf"):
                self.send_error(404)
                return
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            with contextlib.suppress(OSError):
                for _ in range(800):
                    sent += self.wfile.write(b"<b>" * 21_845)

        def log_message(self, *_: object) -> None:
            """Stay quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Flood) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            reading = Reader(f"http://127.0.0.1:{server.server_port}", tmp_path).read()
        finally:
            server.shutdown()
            thread.join()
    assert reading.misses[0] == Miss(Form.HTML, Shortfall.TOO_LARGE)
    assert sent < 20 << 20


def test_a_page_deep_within_itself_is_read_apart(arxiv: ArxivServer, tmp_path: Path) -> None:
    """Elements within elements, over which the parser takes minutes, go to the process that may be killed."""
    deep = b"<article class='ltx_document'>" + b"<div>" * 60_000 + b"<p class='ltx_p'>" + b"Lamps. " * 90
    arxiv.files = {HTML: Answer(body=deep)}
    reading = Reader(arxiv.url, tmp_path, seconds=1).read()
    assert reading.misses[0] == Miss(Form.HTML, Shortfall.TOO_HEAVY)


def test_a_large_page_is_read_apart(arxiv: ArxivServer, tmp_path: Path) -> None:
    """A page that takes longer to parse than the event loop may stand still is read all the same."""
    large = PAGE.body.replace(b"</article>", b"<p class='ltx_p'>" + b"Lamps. " * 125_000 + b"</p></article>")
    arxiv.files = {HTML: Answer(body=large)}
    reader = Reader(arxiv.url, tmp_path)
    reading = reader.read()
    assert reading.form is Form.HTML
    assert reading.figures[0].images == (f"{arxiv.url}/html/lamp.png",)
    assert reader.steps == [Step(Form.HTML), Step(Form.HTML, 0, fetched=True)]


def test_arxiv_that_is_busy_is_asked_again(arxiv: ArxivServer, tmp_path: Path) -> None:
    """What passes by itself is waited for; what doesn't pass is an error, not an abstract."""
    arxiv.files = {HTML: PAGE}
    arxiv.faults = [Answer(503), Answer(body=b"<html><body>Rate exceeded.</body></html>")]
    reader = Reader(arxiv.url, tmp_path)
    assert reader.read().form is Form.HTML
    assert len(reader.waits) == 2
    arxiv.faults = [Answer(429)] * 3
    with pytest.raises(SourceBusyError):
        Reader(arxiv.url, tmp_path / "other").read()


def test_an_answer_that_was_cut_is_asked_for_again(arxiv: ArxivServer, tmp_path: Path) -> None:
    """Half a page isn't taken for a whole one."""
    arxiv.files = {HTML: PAGE}
    arxiv.faults = [Answer(body=PAGE.body, content_type="text/html", cut=True)]
    reader = Reader(arxiv.url, tmp_path)
    assert reader.read().form is Form.HTML
    assert len(reader.waits) == 1


def test_arxiv_that_is_down_is_an_error(tmp_path: Path) -> None:
    """Nobody takes an abstract for all there is because arXiv can't be reached."""
    with pytest.raises(SourceUnreachableError):
        Reader("http://127.0.0.1:9", tmp_path).read()
    assert list((tmp_path / "shelf").iterdir()) == []


def test_pictures_are_fetched_once(arxiv: ArxivServer, tmp_path: Path) -> None:
    """An HTML paper's picture comes from the site the first time, and from disk from then on."""
    image = (LATEX / "lamp.png").read_bytes()
    arxiv.files = {HTML: PAGE, "/html/lamp.png": Answer(body=image, content_type="image/png")}
    reader = Reader(arxiv.url, tmp_path)
    (name,) = reader.read().figures[0].images
    assert reader.picture(name) == image
    assert reader.picture(name) == image
    assert asked(arxiv) == [HTML, "/html/lamp.png"]
    assert reader.pace.turns == 2


def test_only_the_papers_own_pictures_are_given(arxiv: ArxivServer, tmp_path: Path) -> None:
    """A name that the reading doesn't have is neither looked up on disk nor asked for."""
    arxiv.files = {HTML: PAGE}
    reader = Reader(arxiv.url, tmp_path)
    for name in ("paper.json", f"{arxiv.url}/other.png", "../../secret"):
        with pytest.raises(FileMissingError):
            reader.picture(name)
    assert asked(arxiv) == [HTML]
