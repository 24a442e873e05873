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
