"""ArXiv on loopback, scripted: a test hands it papers and faults, real clients talk to it."""

from __future__ import annotations

import contextlib
import re
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from digest.model import Announcement, Paper


@dataclass
class Answer:
    """One scripted answer, given instead of the real one."""

    status: int = 200
    body: bytes = b""
    content_type: str = "text/html"
    headers: dict[str, str] = field(default_factory=dict)
    cut: bool = False
    """Send half of the body, with the length of all of it."""
    pause: float = 0.0
    """Seconds before anything is sent."""


@dataclass
class Request:
    """What a client asked: when (monotonic seconds), for what, as whom."""

    at: float
    path: str
    arguments: dict[str, str]
    user_agent: str


class ArxivServer:
    """The state of a loopback arXiv; change it while it runs."""

    def __init__(self) -> None:
        self.day: date | None = None
        self.announcements: list[Announcement] = []
        self.papers: list[Paper] = []
        self.faults: list[Answer] = []
        self.files: dict[str, Answer] = {}
        self.requests: list[Request] = []
        self.most_items = 2000
        self.api_is_away = False
        self.url = ""
        self.gate = threading.Event()
        """Cleared, whoever asks for a paper's file waits."""
        self.gate.set()

    def announce(self, day: date, announcements: list[Announcement]) -> None:
        """Make these the newest listing; their papers can be looked up from now on."""
        self.day, self.announcements = day, announcements
        self.papers += [announcement.paper for announcement in announcements]

    def answer(self, path: str, arguments: dict[str, str]) -> Answer:
        """Answer as arXiv does."""
        if path.startswith("/rss/"):
            wanted = unquote(path[5:]).split("+")
            chosen = [
                entry
                for entry in self.announcements
                if any(c == a or c.startswith(f"{a}.") for a in wanted for c in entry.paper.categories)
            ]
            return Answer(
                body=self._feed(chosen[: self.most_items]).encode(), content_type="application/rss+xml"
            )
        if path == "/api/query":
            return Answer(503) if self.api_is_away else self._query(arguments)
        self.gate.wait()
        return self.files.get(path, Answer(404, b"<html>Not found</html>"))

    def _feed(self, entries: list[Announcement]) -> str:
        if self.day is None:
            raise AssertionError("announce something first")
        items = "".join(
            f"<item><title>{escape(entry.paper.title)}</title>"
            f"<link>https://arxiv.org/abs/{entry.paper.id}</link>"
            f"<description>arXiv:{entry.paper.id}v{entry.paper.version} Announce Type: {entry.kind} \n"
            f"Abstract: {escape(entry.paper.abstract)}</description>"
            f'<guid isPermaLink="false">oai:arXiv.org:{entry.paper.id}v{entry.paper.version}</guid>'
            + "".join(f"<category>{category}</category>" for category in entry.paper.categories)
            + f"<arxiv:announce_type>{entry.kind}</arxiv:announce_type>"
            f"<dc:creator>{escape(', '.join(entry.paper.authors))}</dc:creator></item>"
            for entry in entries
        )
        return (
            '<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" '
            'version="2.0"><channel><title>updates on arXiv.org</title>'
            f"<pubDate>{self.day:%a, %d %b %Y} 00:00:00 -0400</pubDate>{items}</channel></rss>"
        )

    def _query(self, arguments: dict[str, str]) -> Answer:
        found = self.papers
        if names := arguments.get("id_list"):
            known = {str(paper.id): paper for paper in self.papers}
            found = [known[name] for name in names.split(",") if name in known]
        if times := re.findall(r"\[(\d{12}) TO (\d{12})\]", arguments.get("search_query", "")):
            low, high = times[0]
            found = [p for p in found if p.submitted and low <= f"{p.submitted:%Y%m%d%H%M}" <= high]
        start, size = int(arguments.get("start", 0)), int(arguments.get("max_results", 10))
        entries = "".join(_entry(paper) for paper in found[start : start + size])
        return Answer(
            body=(
                '<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" '
                'xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">'
                f"<opensearch:itemsPerPage>{size}</opensearch:itemsPerPage>"
                f"<opensearch:totalResults>{len(found)}</opensearch:totalResults>"
                f"<opensearch:startIndex>{start}</opensearch:startIndex>{entries}</feed>"
            ).encode(),
            content_type="application/atom+xml",
        )


def _entry(paper: Paper) -> str:
    published = f"{paper.submitted:%Y-%m-%dT%H:%M:%SZ}" if paper.submitted else "2026-06-25T17:59:00Z"
    comment = f"<arxiv:comment>{escape(paper.comment)}</arxiv:comment>" if paper.comment else ""
    return (
        f"<entry><id>http://arxiv.org/abs/{paper.id}v{paper.version}</id><title>{escape(paper.title)}</title>"
        f"<updated>{published}</updated><summary>{escape(paper.abstract)}</summary>"
        + "".join(f'<category term="{category}"/>' for category in paper.categories)
        + f"<published>{published}</published>{comment}"
        f'<arxiv:primary_category term="{paper.categories[0]}"/>'
        + "".join(f"<author><name>{escape(author)}</name></author>" for author in paper.authors)
        + "</entry>"
    )


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    arxiv: ArxivServer

    def do_GET(self) -> None:
        split = urlsplit(self.path)
        arguments = {name: values[0] for name, values in parse_qs(split.query).items()}
        self.arxiv.requests.append(
            Request(time.monotonic(), split.path, arguments, self.headers.get("User-Agent", ""))
        )
        answer = self.arxiv.faults.pop(0) if self.arxiv.faults else self.arxiv.answer(split.path, arguments)
        time.sleep(answer.pause)
        self.send_response(answer.status)
        headers = {"Content-Type": answer.content_type, "Content-Length": str(len(answer.body))}
        for name, value in (headers | answer.headers).items():
            self.send_header(name, value)
        self.end_headers()
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self.wfile.write(answer.body[: len(answer.body) // 2] if answer.cut else answer.body)
        if answer.cut:
            self.close_connection = True

    def log_message(self, *_: Any) -> None:
        """Stay quiet."""


@contextlib.contextmanager
def serve_arxiv() -> Iterator[ArxivServer]:
    """Run a loopback arXiv until the test ends."""
    state = ArxivServer()
    handler = type("Handler", (_Handler,), {"arxiv": state})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        state.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield state
        finally:
            state.gate.set()
            server.shutdown()
            thread.join()
