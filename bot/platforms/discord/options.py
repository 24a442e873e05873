"""How Discord is reached, as a value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """How Discord is reached.

    Attributes:
        api_url: with the API's version, without a slash at its end.
        gateway_url: a ws or wss URL without a slash at its end.
        proxy: an http, https or socks5 URL, or empty for the environment's.
        threads: whether each digest in a text channel gets a thread.
        members_change: whether members of servers may change what comes there, as who manages channels may.
    """

    api_url: str
    gateway_url: str
    proxy: str = ""
    threads: bool = False
    members_change: bool = False
