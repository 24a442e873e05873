"""Logs: what the real client libraries write while they talk to a server on loopback, without its secrets."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Literal, NamedTuple

import discord
import httpx
import pytest
import requests
import telegram
from discord.http import Route

from bot.logs import configure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# The forms of real ones, put together here so that no scanner takes them for such.
TELEGRAM = "110201543:" + "AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1"
DISCORD = "MTk4NjIyNDgzNDcxOTI1MjQ4" + ".Cl2FMQ." + "ZnCjm1XVW7vRze4b7Cq4se7kKWs"
GOOGLE = "AIza" + "SyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY"
OPENAI = "sk-" + "proj-4fTq9LmZ0aXw_7PbKcR2vNdE"

log = logging.getLogger("bot.trial")


class EchoingHandler(BaseHTTPRequestHandler):
    """Refuses every request with 401 and repeats its Authorization header, as careless servers do."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer any request."""
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        said = {
            "ok": False,
            "error_code": 401,
            "description": "Unauthorized",
            "message": self.headers["Authorization"],
        }
        body = json.dumps(said).encode()
        self.send_response(401)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET  # noqa: N815 - the server looks for this name

    def log_message(self, *_: object) -> None:
        """Print nothing."""


@pytest.fixture
def server() -> Iterator[str]:
    """Serve on a free port of 127.0.0.1; return the address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), EchoingHandler) as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


@pytest.fixture
def unredacted() -> Iterator[io.StringIO]:
    """Keep what the standard handler would have written, and put logging back as it was."""
    stream = io.StringIO()
    plain = logging.StreamHandler(stream)
    root, ours = logging.getLogger(), [logging.getLogger(name) for name in ("bot", "digest")]
    handlers, levels = root.handlers[:], [logger.level for logger in (root, *ours)]
    root.addHandler(plain)
    yield stream
    root.handlers[:] = handlers
    for logger, level in zip((root, *ours), levels, strict=True):
        logger.setLevel(level)


def ask_with_httpx(server: str) -> None:
    """Ask with secrets in the path, the query, a header and the URL's user part."""
    try:
        with httpx.Client(headers={"Authorization": f"Bearer {OPENAI}"}) as client:
            answer = client.get(f"{server}/bot{TELEGRAM}/getMe", params={"key": GOOGLE})
            log.debug("answer %s, sent %s", answer.text, dict(answer.request.headers))
            answer.raise_for_status()
    except httpx.HTTPError:
        log.exception("refused")


def ask_with_requests(server: str) -> None:
    """Ask with urllib3 below, first answered, then of a port where nobody listens."""
    headers = {"Authorization": f"Bearer {OPENAI}"}
    for base in (server, "http://127.0.0.1:1"):
        try:
            with requests.get(
                f"{base}/bot{TELEGRAM}/getMe", params={"key": GOOGLE}, headers=headers, timeout=5
            ) as answer:
                log.debug("answer %s, sent %s", answer.text, answer.request.headers)
                answer.raise_for_status()
        except requests.RequestException:
            log.exception("refused")


def ask_with_telegram(server: str) -> None:
    """Let python-telegram-bot ask who it is."""

    async def ask() -> None:
        try:
            async with telegram.Bot(TELEGRAM, base_url=f"{server}/bot") as bot:
                await bot.get_me()
        except telegram.error.TelegramError:
            log.exception("refused")

    asyncio.run(ask())


def ask_with_discord(server: str) -> None:
    """Let discord.py log in."""

    async def ask() -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Route, "BASE", server)
            async with discord.Client(intents=discord.Intents.none()) as client:
                try:
                    await client.login(DISCORD)
                except discord.LoginFailure:
                    log.exception("refused")

    asyncio.run(ask())


class Library(NamedTuple):
    """How a library asks, what it must not write, and which logger of it must write something."""

    ask: Callable[[str], None]
    secrets: tuple[str, ...]
    logger: str


@pytest.mark.parametrize("secrets_are", ["known", "unknown"])
@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize(
    "library",
    [
        Library(ask_with_httpx, (TELEGRAM, GOOGLE, OPENAI), "httpx"),
        Library(ask_with_requests, (TELEGRAM, GOOGLE, OPENAI), "urllib3.connectionpool"),
        Library(ask_with_telegram, (TELEGRAM,), "telegram.Bot"),
        Library(ask_with_discord, (DISCORD,), "discord.http"),
    ],
    ids=lambda library: library.logger,
)
def test_no_library_writes_a_secret(
    server: str, unredacted: io.StringIO, library: Library, form: Literal["text", "json"], secrets_are: str
) -> None:
    """Whatever a library logs at DEBUG, whatever its errors quote: tokens stay out, by value or by form."""
    stream = io.StringIO()
    configure("debug", form, library.secrets if secrets_are == "known" else (), stream)
    library.ask(server)
    written, plain = stream.getvalue(), unredacted.getvalue()
    for secret in library.secrets:
        assert secret in plain, "the library wrote it, so there was something to take out"
        assert secret not in written
        assert secret.rpartition(":")[2] not in written
    assert library.logger in written
    assert "Traceback (most recent call last)" in written
    assert "[redacted]" in written
    assert len(written.splitlines()) == written.count("\n") > 3
    if form == "json":
        records = [json.loads(line) for line in written.splitlines()]
        assert library.logger in {record["logger"] for record in records}
        assert any("Traceback" in record.get("error", "") for record in records)


class Record:
    """Writes through a configured logger and returns what came out."""

    def __init__(self, form: Literal["text", "json"], secrets: tuple[str, ...] = ()) -> None:
        self.stream = io.StringIO()
        configure("info", form, secrets, self.stream)

    @property
    def line(self) -> str:
        """The one line that was written."""
        (line,) = self.stream.getvalue().splitlines()
        return line


@pytest.fixture
def text(unredacted: io.StringIO) -> Record:
    """Log as text."""
    assert not unredacted.getvalue()
    return Record("text")


@pytest.fixture
def as_json(unredacted: io.StringIO) -> Record:
    """Log as JSON."""
    assert not unredacted.getvalue()
    return Record("json")


def test_a_record_is_a_line_of_text(text: Record) -> None:
    """Time in UTC, level, logger, message, then the fields that came with it."""
    log.info("harvested %d papers", 412, extra={"archive": "cs", "语": "中文"})
    time, rest = text.line.split(" ", 1)
    assert rest == "INFO    bot.trial: harvested 412 papers archive=cs 语=中文"
    assert len(time) == len("2026-06-26T04:05:00.123Z")
    assert time.endswith("Z")


def test_a_record_is_a_json_object(as_json: Record) -> None:
    """Numbers stay numbers, what JSON doesn't have becomes text, names of ours aren't taken."""
    extra = {"papers": 412, "ratio": float("nan"), "day": {"a"}, "ok": True, "none": None, "level": "high"}
    log.warning("harvested\nall", extra=extra)
    record = json.loads(as_json.line)
    assert record.pop("time").endswith("Z")
    assert record == {
        "level": "warning",
        "logger": "bot.trial",
        "message": "harvested\nall",
        "papers": 412,
        "ratio": "nan",
        "day": "{'a'}",
        "ok": True,
        "none": None,
        "level_": "high",
    }


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.usefixtures("unredacted")
def test_nothing_breaks_a_line_or_steers_the_terminal(form: Literal["text", "json"]) -> None:
    """A paper's title can't forge a record: every line end and escape sequence is written out."""
    record = Record(form)
    log.info("a\nb\r\nc\x1b[2Jd\x85e\u2028f\u2029g\x00h", stack_info=True, extra={"x": "\n2026"})
    assert record.line.isprintable()


@pytest.mark.usefixtures("unredacted")
def test_a_traceback_is_on_the_records_line() -> None:
    """An error with its cause is one line, and both are in it."""
    record = Record("text")
    second = ValueError("second")
    second.__cause__ = KeyError("first")
    log.error("failed", exc_info=second)
    assert "bot.trial: failed\\nKeyError: 'first'\\n\\nThe above exception" in record.line
    assert record.line.endswith("ValueError: second")


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.usefixtures("unredacted")
def test_secrets_leave_every_part_of_a_record(form: Literal["text", "json"]) -> None:
    """Message, arguments, fields, their names, the logger's name and the error: each is looked through."""
    record = Record(form, ("hush-hush",))
    logging.getLogger("bot.hush-hush").error(
        "hush-hush %s %r",
        "hush-hush",
        ["hush-hush"],
        extra={"hush-hush": "hush-hush", "token": "swordfish"},
        exc_info=ValueError({"hush-hush": 1}),
    )
    assert "hush" not in record.line
    assert "swordfish" not in record.line
    assert record.line.count("[redacted]") >= 8


@pytest.mark.parametrize("form", ["text", "json"])
def test_arguments_that_dont_fit_are_written_without_secrets(
    form: Literal["text", "json"], unredacted: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    """A slip in a logging call costs neither the record nor the token, which logging itself would print."""

    class Unprintable:
        def __str__(self) -> str:
            raise RuntimeError

    record = Record(form, ("hush-hush",))
    logging.getLogger().handlers[:] = [
        handler
        for handler in logging.getLogger().handlers
        if getattr(handler, "stream", None) is record.stream
    ]
    log.info("%d papers", "hush-hush", extra={"odd": Unprintable()})
    assert "%d papers" in record.line
    assert "<unprintable Unprintable>" in record.line
    assert "hush" not in record.line
    assert not unredacted.getvalue()
    assert capsys.readouterr() == ("", "")


@pytest.mark.usefixtures("unredacted")
def test_a_stream_that_is_gone_prints_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """When the log can't be written, the record doesn't go elsewhere with its secrets."""
    record = Record("text")
    record.stream.close()
    logging.getLogger().handlers[:] = [
        handler
        for handler in logging.getLogger().handlers
        if getattr(handler, "stream", None) is record.stream
    ]
    log.info("hush-hush")
    assert capsys.readouterr() == ("", "")


@pytest.mark.usefixtures("unredacted")
def test_a_character_that_the_stream_lacks_is_escaped() -> None:
    """Under an ASCII locale, or with half a character from the network, the record is still written."""
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii", write_through=True)
    configure("info", "text", (), stream)
    log.info("高斯 \ud800")
    assert raw.getvalue().endswith(rb"\u9ad8\u65af \ud800" + b"\n")


@pytest.mark.usefixtures("unredacted")
@pytest.mark.parametrize(
    ("level", "ours", "theirs"),
    [
        ("debug", ["debug", "info", "warning", "error"], ["debug", "info", "warning", "error"]),
        ("info", ["info", "warning", "error"], ["warning", "error"]),
        ("warning", ["warning", "error"], ["warning", "error"]),
        ("error", ["error"], ["error"]),
    ],
)
def test_the_level_holds(
    level: Literal["debug", "info", "warning", "error"], ours: list[str], theirs: list[str]
) -> None:
    """Our records from the level on; the libraries' from "warning" on, or all of them at "debug"."""
    stream = io.StringIO()
    configure(level, "json", (), stream)
    for name in ("digest.trial", "httpx"):
        for each in ("debug", "info", "warning", "error"):
            getattr(logging.getLogger(name), each)("x")
    records = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [record["level"] for record in records if record["logger"] == "digest.trial"] == ours
    assert [record["level"] for record in records if record["logger"] == "httpx"] == theirs


@pytest.mark.usefixtures("unredacted")
def test_configuring_again_replaces_the_first() -> None:
    """A second call moves the log; no record is written twice."""
    first, second = Record("text"), Record("text")
    log.info("once")
    assert not first.stream.getvalue()
    assert second.line.endswith("once")
