"""What loopback model providers have in common: questions, answers, faults on demand, and a thread each."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from dataclasses import dataclass, field
from enum import StrEnum, auto
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

KEY = "AIza" + "SyD-loopback-opens-nothing-4fTq9LmZ0"  # the form of a real one
MODEL = "loopback-flash"
REALLY = "loopback-flash-001"
"""The model that really answers, as with names that stand for the newest of a kind."""

THOUGHTS = 7
"""Tokens that every answer takes besides its words."""


class Fault(StrEnum):
    """What may go wrong."""

    RATE = auto()
    """429: come back in 7 seconds."""
    LONG_RATE = auto()
    """429: come back in an hour."""
    DAY = auto()
    """429: the day's quota is used up."""
    NO_CREDIT = auto()
    """429 or 402: nothing is paid for."""
    BUSY = auto()
    """503."""
    SLOW = auto()
    """No answer until the server ends."""
    DROPPED = auto()
    """The connection is closed without a word."""
    TORN = auto()
    """Half of a body, then the connection is closed."""
    CUT = auto()
    """Half of the answer, and that it reached its longest length."""
    CUT_QUIETLY = auto()
    """Half of the answer, as if it were whole."""
    BLOCKED_QUESTION = auto()
    BLOCKED_ANSWER = auto()
    EMPTY = auto()
    """An answer without a word."""
    NOTHING = auto()
    """No candidate at all."""
    WRONG_SCHEMA = auto()
    """JSON that nobody asked for."""
    NO_MODEL = auto()
    """404."""
    BAD_KEY = auto()
    """400 or 401."""
    FORBIDDEN = auto()
    """403, with the key in the sentence."""
    PAGE = auto()
    """502 with an HTML page."""
    PORTAL = auto()
    """200 with an HTML page."""
    MOVED = auto()
    """302, to somewhere that may be anybody's."""
    TOO_LONG = auto()
    """400: the text has too many tokens."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a client asked, whichever way its provider writes that.

    Attributes:
        schema: of the answer; None where none was sent.
    """

    model: str
    orders: str
    data: str
    schema: Mapping[str, Any] | None
    most_tokens: int

    @property
    def tokens(self) -> int:
        """Count its words."""
        return len(f"{self.orders} {self.data}".split())


@dataclass(frozen=True, slots=True)
class Reply:
    """A model's answer, whichever way its provider writes that."""

    text: str
    cut: bool = False
    blocked: bool = False
    blocked_question: bool = False
    nothing: bool = False

    @property
    def tokens(self) -> int:
        """Count its words, and the thoughts before them."""
        return 0 if self.blocked_question else len(self.text.split()) + THOUGHTS


@dataclass(frozen=True, slots=True)
class Raw:
    """What is sent."""

    status: int
    body: str
    content_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)


_REPLIES: dict[Fault, Callable[[str], Reply]] = {
    Fault.CUT: lambda text: Reply(text[: len(text) // 2], cut=True),
    Fault.CUT_QUIETLY: lambda text: Reply(text[: len(text) // 2]),
    Fault.BLOCKED_QUESTION: lambda _: Reply("", blocked_question=True),
    Fault.BLOCKED_ANSWER: lambda text: Reply(text[:20], blocked=True),
    Fault.EMPTY: lambda _: Reply(""),
    Fault.NOTHING: lambda _: Reply("", nothing=True),
    Fault.WRONG_SCHEMA: lambda _: Reply('{"mood": ["good", 7]}'),
}


class ModelServer:
    """A provider on loopback; change it while it runs.

    Args:
        answer: what the model says to a question.
    """

    def __init__(self, answer: Callable[[Question], str]) -> None:
        self.answer = answer
        self.key = KEY
        self.models = {MODEL}
        self.seconds = 0.0
        self.faults: list[Fault] = []
        """One a request, until there are none left."""
        self.questions: list[Question] = []
        """Those that the model got to see."""
        self.requests = 0
        self.tokens_in = 0
        self.tokens_out = 0
        """Of what clients were told; nobody hears what a connection that broke has cost."""
        self.complaints: list[str] = []
        """Requests that the provider's own schema doesn't allow."""
        self.url = ""
        self.held = threading.Event()
        """Set while a request gets no answer."""
        self.ending = threading.Event()
        self._lock = threading.Lock()

    def check(self, path: str, headers: Mapping[str, str], body: bytes) -> Question | Raw:
        """Read a request as the provider does, or refuse it."""
        raise NotImplementedError

    def refusals(self) -> Mapping[Fault, Raw]:
        """Write what the provider says when it doesn't let a question through."""
        raise NotImplementedError

    def write(self, question: Question, reply: Reply) -> Raw:
        """Write an answer as the provider does."""
        raise NotImplementedError

    def handle(self, path: str, headers: Mapping[str, str], body: bytes) -> Raw | None:
        """Answer a request; None closes the connection."""
        with self._lock:
            self.requests += 1
            fault = self.faults.pop(0) if self.faults else None
        if fault is Fault.SLOW:
            self.held.set()
            self.ending.wait()
        if fault in {Fault.SLOW, Fault.DROPPED}:
            return None
        if fault is Fault.MOVED:
            return Raw(302, "", headers={"Location": f"{self.url}/elsewhere"})
        if fault in {Fault.PAGE, Fault.PORTAL}:
            status = 502 if fault is Fault.PAGE else 200
            return Raw(status, "<html><body><h1>Nobody is here</h1></body></html>", "text/html")
        read = self.check(path, headers, body)
        if isinstance(read, Raw):
            return read
        if fault is not None and fault not in _REPLIES and fault is not Fault.TORN:
            return self.refusals()[fault]
        time.sleep(self.seconds)
        text = self.answer(read)
        reply = _REPLIES[fault](text) if fault in _REPLIES else Reply(text)
        raw = self.write(read, reply)
        told = raw.status == HTTPStatus.OK and fault is not Fault.TORN
        with self._lock:
            self.questions.append(read)
            self.tokens_in += read.tokens if told else 0
            self.tokens_out += reply.tokens if told else 0
        return _torn(raw) if fault is Fault.TORN else raw

    def complain(self, problem: object) -> None:
        """Note that a request isn't what the provider's schema says."""
        with self._lock:
            self.complaints.append(str(problem))


def _torn(raw: Raw) -> Raw:
    return Raw(raw.status, raw.body[: len(raw.body) // 2], headers={"Content-Length": str(len(raw.body))})


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    provider: ModelServer

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        raw = self.provider.handle(self.path, dict(self.headers.items()), body)
        if raw is None:
            self.close_connection = True
            return
        content = raw.body.encode()
        headers = {"Content-Type": raw.content_type, "Content-Length": str(len(content))} | raw.headers
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self.send_response(raw.status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)
        self.close_connection |= int(headers["Content-Length"]) != len(content)

    do_GET = do_POST  # noqa: N815 - http.server's name; where a client that follows to elsewhere comes back

    def log_message(self, *_: Any) -> None:
        """Stay quiet."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256


S = TypeVar("S", bound=ModelServer)


@contextlib.contextmanager
def serve(provider: S, port: int = 0) -> Iterator[S]:
    """Run a provider until the test ends."""
    handler = type("Handler", (_Handler,), {"provider": provider})
    with _Server(("127.0.0.1", port), handler) as server:
        provider.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield provider
        finally:
            provider.ending.set()
            server.shutdown()
            thread.join()


def as_json(value: object) -> str:
    """Write JSON as servers do."""
    return json.dumps(value, ensure_ascii=False)
