"""Text with entities as HTML; it's cut at every entity's edge, so crossing ones do no harm."""

from __future__ import annotations

from html import escape
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .texts import Entity

_OPEN = {
    "bold": "<b>",
    "italic": "<i>",
    "underline": "<u>",
    "strikethrough": "<s>",
    "spoiler": '<span class="spoiler">',
    "code": "<code>",
    "url": '<a href="#">',
    "email": '<a href="#">',
    "mention": '<a href="#">',
    "hashtag": '<a href="#">',
    "cashtag": '<a href="#">',
    "bot_command": '<a href="#">',
    "custom_emoji": "<span>",
    "text_mention": '<a href="#">',
}
_BLOCKS = ("blockquote", "expandable_blockquote", "pre")


def _covers(entity: Entity, at: int) -> bool:
    return bool(entity["offset"] <= at < entity["offset"] + entity["length"])


def text_html(text: str, entities: list[Entity], *, opened: bool = False) -> str:
    """Write text as HTML; quotes and code blocks are blocks, everything else stays in the line."""
    raw = text.encode("utf-16-le")
    edges = {0, len(raw) // 2}
    for entity in entities:
        edges |= {entity["offset"], entity["offset"] + entity["length"]}
    marks = sorted(edge for edge in edges if edge <= len(raw) // 2)
    pieces = []
    for start, end in pairwise(marks):
        covering = [entity for entity in entities if _covers(entity, start)]
        block = next((e for e in covering if e["type"] in _BLOCKS), None)
        words = raw[2 * start : 2 * end].decode("utf-16-le", "replace")
        pieces.append((block["offset"] if block else -1, block, words, covering))
    groups = [list(group) for _, group in groupby(pieces, key=lambda piece: piece[0])]
    parts = []
    for number, group in enumerate(groups):
        block = group[0][1]
        first = number and groups[number - 1][0][1] is not None
        last = number + 1 < len(groups) and groups[number + 1][0][1] is not None
        spans = [(words, covering) for _, _, words, covering in group]
        if block is None:  # clients draw no empty line around a block for the break that ends it
            if first:
                spans[0] = (spans[0][0].removeprefix("\n"), spans[0][1])
            if last:
                spans[-1] = (spans[-1][0].removesuffix("\n"), spans[-1][1])
        inside = "".join(_span(words, covering) for words, covering in spans)
        parts.append(inside if block is None else _block(block, inside, opened=opened))
    return "".join(parts)


def _span(words: str, covering: list[Entity]) -> str:
    inside = escape(words)
    for entity in reversed(covering):
        if entity["type"] == "text_link":
            inside = f'<a href="{escape(entity["url"])}">{inside}</a>'
        elif entity["type"] in _OPEN:
            opening = _OPEN[entity["type"]]
            inside = f"{opening}{inside}</{opening[1:].split()[0].rstrip('>')}>"
    return inside


def _block(block: Entity, inside: str, *, opened: bool) -> str:
    if block["type"] == "pre":
        return f"<pre>{inside}</pre>"
    expandable = block["type"] == "expandable_blockquote"
    kind = f' class="expandable {"opened" if opened else "closed"}"' if expandable else ""
    return f"<blockquote{kind}><div>{inside}</div></blockquote>"
