"""Proxies: the one of the settings, or the environment's."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from typing import TYPE_CHECKING

import pytest

from digest.errors import ModelSettingsError, SourceUnreachableError
from digest.sources.arxiv.session import ArxivSession
from digest.summaries.connection import open_connections
from tests.papers import DAY, announced
from tests.servers.arxiv import ArxivServer, serve_arxiv

if TYPE_CHECKING:
    from collections.abc import Iterator

ELSEWHERE = "http://arxiv.invalid/rss/cs"  # a name that exists only for the proxy


@pytest.fixture
def arxiv() -> Iterator[ArxivServer]:
    """A loopback arXiv; since it looks at the path alone, it serves as an HTTP proxy too."""
    with serve_arxiv() as server:
        server.announce(DAY, [announced()])
        yield server


def test_the_proxy_of_the_settings_is_used(arxiv: ArxivServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every request goes through it, whatever the environment says."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("NO_PROXY", "*")
    assert b"A Study of Rivers" in ArxivSession("test", 5, arxiv.url).get(ELSEWHERE).content


def test_the_proxy_of_the_environment_is_used(arxiv: ArxivServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a setting, the usual variables hold."""
    monkeypatch.setenv("HTTP_PROXY", arxiv.url)
    assert b"A Study of Rivers" in ArxivSession("test", 5, "").get(ELSEWHERE).content


def test_a_dead_proxy_is_named_without_its_password() -> None:
    """When the proxy doesn't answer, the error says where to look and shows no secret."""
    with pytest.raises(SourceUnreachableError, match=r"check \[network\] proxy") as raised:
        ArxivSession("test", 5, "http://user:hunter2@127.0.0.1:1").get(ELSEWHERE)
    assert "hunter2" not in str(raised.value)


def test_a_socks_proxy_is_used(arxiv: ArxivServer) -> None:
    """A SOCKS 5 proxy that resolves the name itself is spoken to."""
    with socks_proxy(arxiv) as (url, names):
        assert b"A Study of Rivers" in ArxivSession("test", 5, url).get(ELSEWHERE).content
    assert names == ["arxiv.invalid"]


@pytest.mark.parametrize("scheme", ["socks5", "socks5h"])
def test_models_are_asked_through_a_socks_proxy(arxiv: ArxivServer, scheme: str) -> None:
    """What models are asked through speaks SOCKS too."""

    async def get(url: str) -> bytes:
        async with open_connections(url) as connections:
            return (await connections.get(ELSEWHERE)).content

    with socks_proxy(arxiv) as (url, names):
        content = asyncio.run(get(f"{scheme}://{url.partition('://')[2]}"))
    assert b"A Study of Rivers" in content
    assert names == ["arxiv.invalid"]


def test_a_proxy_of_the_environment_that_cannot_be_used_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the settings to look at, without the password that stands in it."""
    monkeypatch.setenv("ALL_PROXY", "gopher://ada:hunter2@127.0.0.1:1")
    with pytest.raises(ModelSettingsError, match=r"check \[network\] proxy") as raised:
        open_connections("")
    assert "hunter2" not in str(raised.value)
    assert raised.value.__suppress_context__


@contextlib.contextmanager
def socks_proxy(target: ArxivServer) -> Iterator[tuple[str, list[str]]]:
    """Run a SOCKS 5 proxy (RFC 1928) for one connection to `target`; yield its URL and the names asked."""
    names: list[str] = []
    port = int(target.url.rpartition(":")[2])

    def serve(listener: socket.socket) -> None:
        client, _ = listener.accept()
        with client, socket.create_connection(("127.0.0.1", port)) as server:
            client.recv(client.recv(2)[1])  # the greeting and its methods
            client.sendall(b"\x05\x00")
            length = client.recv(5)[4]
            names.append(client.recv(length).decode())
            client.recv(2)
            client.sendall(b"\x05\x00\x00\x01\x7f\x00\x00\x01\x00\x00")
            server.sendall(client.recv(65536))
            while piece := server.recv(65536):
                client.sendall(piece)
                if b"</rss>" in piece:
                    return

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve, args=(listener,))
        thread.start()
        yield f"socks5h://127.0.0.1:{listener.getsockname()[1]}", names
        thread.join(10)
