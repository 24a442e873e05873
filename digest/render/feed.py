"""Writes posts as an Atom feed. Knows RFC 4287, no paper and no disk.

https://www.rfc-editor.org/rfc/rfc4287
"""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from digest.render.html import GENERATOR
from digest.safety import printable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from digest.posts import Post

_ATOM = "http://www.w3.org/2005/Atom"


def render(posts: Sequence[Post], title: str, language: str, *, file: str, url: str = "") -> str:
    """Return a feed; encode it as UTF-8, as it says.

    Args:
        posts: at least one, the newest first; its last one gives the feed its lasting id.
        title: of the feed.
        language: a BCP 47 tag.
        file: the feed's own name.
        url: where the feed lies, with a slash at its end; empty: its links are relative.
    """
    feed = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": language})
    _text(feed, "title", title)
    _text(feed, "id", f"urn:uuid:{posts[-1].archive}")
    _text(feed, "updated", _time(max(post.written for post in posts)))
    _text(feed, "generator", GENERATOR)
    ET.SubElement(feed, "link", {"rel": "self", "type": "application/atom+xml", "href": f"{url}{file}"})
    ET.SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": f"{url}index.html"})
    _text(ET.SubElement(feed, "author"), "name", GENERATOR)
    for post in posts:
        entry = ET.SubElement(feed, "entry")
        _text(entry, "title", post.title)
        _text(entry, "id", f"urn:uuid:{post.identity}")
        _text(entry, "published", _time(post.written))
        _text(entry, "updated", _time(post.written))
        href = f"{url}{post.name}.html"
        ET.SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": href})
        ET.SubElement(entry, "category", {"term": post.topic, "label": printable(post.label)})
        _text(entry, "summary", post.description)
        _text(entry, "content", post.content, type="html")
    ET.indent(feed)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(feed, encoding="unicode")}\n'


def _text(parent: ET.Element, name: str, text: str, **attributes: str) -> None:
    element = ET.SubElement(parent, name, attributes)
    element.text = "\n".join(map(printable, text.split("\n")))  # XML has no characters that act


def _time(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
