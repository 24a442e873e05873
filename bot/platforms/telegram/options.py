"""How Telegram is reached, as a value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """How Telegram is reached.

    Attributes:
        api_url: without a slash at its end.
        proxy: an http, https or socks5 URL, or empty.
        paid_broadcast: whether the owner's stars pay for 1,000 messages a second.
        webhook_url: where Telegram brings updates; empty: it's asked for them.
        webhook_listen: ``HOST:PORT`` behind that URL.
        members_change: whether members of groups may change what comes there, as admins may.
    """

    api_url: str
    proxy: str = ""
    paid_broadcast: bool = False
    webhook_url: str = ""
    webhook_listen: str = "127.0.0.1:8443"
    members_change: bool = False
