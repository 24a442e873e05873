"""Documents as what is kept and sent to Discord: parts within its limits, each with its buttons. Pure.

A body is a JSON object, so that a message that was kept goes out the same whatever this version writes:
``components`` are those of Discord's API, ``title`` is what a thread or a forum's post is called.
"""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Any

import msgspec

from bot.outbox import Message
from bot.phrases import cut as say
from bot.platforms.discord.buttons import shortened
from bot.platforms.discord.escaping import length, target
from bot.platforms.discord.markup import unformatted
from bot.platforms.discord.page import LIMIT, Page
from digest.document import Actions, Details, Group, Heading, Link, List, Quote
from digest.model import PaperId
from digest.reading import papers, plain
from digest.safety import printable
from digest.split import split
from digest.translation import phrases_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.platforms.discord.buttons import Component
    from digest.document import Block, Blocks, Document
    from digest.translation import Phrases

LONGEST_TITLE = 100
"""The most characters that the name of a thread has."""

PLAIN_LIMIT = 2000
"""UTF-16 units of a message that is text alone: https://discord.com/developers/docs/resources/message"""

_ROOM_FOR_LINKS = 600  # of a text that is cut off
_NOTHING = "…"


def components(document: Document) -> tuple[Message, ...]:
    """Write a document as messages of components; what folds away and is optional is left out.

    Raises:
        ValueError: an action is longer than a button carries.
    """
    document = replace(document, blocks=tuple(_kept(document.blocks)))
    page, title = Page(document), _title(document)
    return tuple(
        Message(
            body=_json({"title": title, "components": page.components(part.blocks)}),
            plain=_plain(part),
            papers=tuple(PaperId(paper) for paper in papers(part.blocks)),
        )
        for part in split(document, LIMIT, page.taken)
    )


def read_body(body: str) -> tuple[str, list[Component]]:
    """Return the title and the components of what a message was kept as.

    Raises:
        ValueError: it isn't such a body.
    """
    try:
        found = msgspec.json.decode(body)
    except msgspec.DecodeError as error:
        raise ValueError(str(error)) from None
    match found:
        case {"title": str(title), "components": list(made)}:
            return title, made
    raise ValueError("a body is a JSON object with a title and components")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _title(document: Document) -> str:
    texts = chain((document.title,), (plain((block,)) for block in document.blocks))
    said = (printable(line).strip() for text in texts for line in text.split("\n"))
    return shortened(next(filter(None, said), _NOTHING), LONGEST_TITLE)


def _kept(blocks: Blocks, *, shown: bool = False) -> Iterator[Block]:
    """Yield blocks without what a platform that can't fold may leave out.

    Args:
        blocks: of a document, or within one of its blocks.
        shown: whether a button beside them shows what folds away.
    """
    for block in blocks:
        match block:
            case Details() if block.optional or block.apart or shown:
                pass
            case Group():
                read = any(isinstance(each, Actions) and each.buttons for each in block.blocks)
                yield replace(block, blocks=tuple(_kept(block.blocks, shown=shown or read)))
            case Details() | Quote():
                yield replace(block, blocks=tuple(_kept(block.blocks, shown=shown)))
            case List():
                yield replace(block, items=tuple(tuple(_kept(item, shown=shown)) for item in block.items))
            case _:
                yield block


def _plain(document: Document) -> str:
    """Write a part as text alone; of one that is too long the first blocks, and where the rest is."""
    said = list(_said(document.blocks))
    text = "".join(said).strip()
    if length(text) <= PLAIN_LIMIT:
        return text or _NOTHING
    room, kept = PLAIN_LIMIT - _ROOM_FOR_LINKS, 0
    while length("".join(said[: kept + 1])) <= room:
        kept += 1
    text = "".join(said[:kept]).strip() or shortened("".join(said[: kept + 1]), room)
    links = dict.fromkeys(_links(document.blocks[kept:]))
    return f"{text}\n\n{_rest(list(links), phrases_for(document.language))}"


def _said(blocks: Blocks) -> Iterator[str]:
    """Yield each block as text, after what keeps it apart from the one before."""
    grouped = False
    for block in blocks:
        if text := unformatted((block,)).strip():
            apart = "\n\n" if grouped or isinstance(block, Group | Heading) else "\n"
            grouped = isinstance(block, Group)
            text = f"{apart}{text}"
        yield text


def _rest(links: list[str], phrases: Phrases) -> str:
    said = ""
    for count in range(1, len(links) + 1):
        more = phrases(say.REST_AT, links=" ".join(f"<{link}>" for link in links[:count]))
        if length(more) > _ROOM_FOR_LINKS - 2:
            break
        said = more
    return said or phrases(say.NO_ROOM)


def _links(blocks: Blocks) -> Iterator[str]:
    """Yield where the headings of blocks lead."""
    for block in blocks:
        match block:
            case Heading():
                found = (target(inline.url) for inline in block.content if isinstance(inline, Link))
                yield from filter(None, found)
            case Group():
                yield from _links(block.blocks)
            case _:
                pass
