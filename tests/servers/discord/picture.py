"""A look-alike of a channel: a page that shows what a Discord client would show, for people to look at."""

from __future__ import annotations

from datetime import datetime
from html import escape
from typing import TYPE_CHECKING, Any

from .picture_components import components_html
from .picture_style import STYLE
from .picture_text import text_html

if TYPE_CHECKING:
    from collections.abc import Iterable

Json = dict[str, Any]

_ONLY_YOU = 64  # flag of a message that only one person sees
_CLOSE = 7 * 60  # seconds between messages of one person that share a head

_ICONS = {
    "channel": "<b>#</b>",
    "thread": "<b>⌗</b>",
    "direct": "<b>@</b>",
}


def picture(
    messages: Iterable[Json], name: str, *, kind: str = "channel", topic: str = "", dark: bool = True
) -> str:
    """Draw messages.

    Args:
        messages: as Discord's API has them, the oldest first; of the author name and bot, of embeds nothing.
        name: of the channel, or of the person in direct messages.
        kind: channel, thread or direct.
        topic: stands beside the name.
        dark: the dark theme, which most people have.
    """
    body, before = "", None
    for message in messages:
        body += _message(message, before)
        before = message
    about = f"<span>{escape(topic)}</span>" if topic else ""
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(name)}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style></head>'
        f'<body class="{"dark" if dark else "light"}">'
        f"<header>{_ICONS[kind]}<h1>{escape(name)}</h1>{about}</header><main>{body}</main></body></html>"
    )


def _message(message: Json, before: Json | None) -> str:
    author = message["author"]
    at = datetime.fromisoformat(message["timestamp"])
    content = (
        f'<div class="content">{text_html(message.get("content", ""))}</div>'
        if message.get("content")
        else ""
    )
    content += components_html(message.get("components", []))
    if message.get("flags", 0) & _ONLY_YOU:
        content += '<p class="aside">Only you can see this · <a href="#">Dismiss message</a></p>'
    if before and before["author"] == author and _seconds(before, message) < _CLOSE:
        return f"<section><div>{content}</div></section>"
    tag = "<em>APP</em>" if author.get("bot") else ""
    return (
        f'<section class="first"><i>{escape(author["username"][:1])}</i>'
        f"<div><h2>{escape(author['username'])}{tag}"
        f"<time>{at:%d/%m/%Y, %H:%M}</time></h2>{content}</div></section>"
    )


def _seconds(before: Json, after: Json) -> float:
    first, second = (datetime.fromisoformat(each["timestamp"]) for each in (before, after))
    return (second - first).total_seconds()
