"""Documents as what is kept and sent to Telegram: parts within its limits, each with its buttons. Pure.

A body is a JSON object, so that a message that was kept goes out the same whatever this version writes:
``form`` says which of Telegram's ways of writing ``text`` is in. A rich body also holds what
the classic body of the same part has, for where Telegram doesn't take its blocks.
"""

from __future__ import annotations

import json
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import msgspec

from bot.file_words import beside
from bot.outbox import Message
from bot.platforms.telegram.captions import LONGEST_CAPTION
from bot.platforms.telegram.keyboard import keyboard, keyboard_outside_groups
from bot.platforms.telegram.markup import markup, unformatted, utf16
from bot.platforms.telegram.open_figures import albums_by_address, without_open_figures
from bot.platforms.telegram.rich import paragraph, rich_blocks
from bot.platforms.telegram.room import LIMIT, Room
from digest.model import PaperId
from digest.reading import papers
from digest.split import split

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.platforms.telegram.keyboard import Keyboard
    from bot.talk import File
    from digest.document import Blocks, Document

_RICH = '{"v":1,"form":"rich",'  # no body need be read to know that it isn't rich
_NOTHING = "…"  # Telegram takes no empty text


def classic(document: Document) -> tuple[Message, ...]:
    """Write a document as HTML messages, each followed by the figures that stand open in it."""
    parts = split(document, LIMIT, Room(rich=False).taken)
    return tuple(message for part in parts for message in _pictured(part.blocks))


def rich(document: Document) -> tuple[Message, ...]:
    """Write a document as rich messages, each with the classic form of the same part."""
    return tuple(_rich_message(part.blocks) for part in split(document, LIMIT, Room(rich=True).taken))


def with_file(document: Document, file: File) -> tuple[Message, ...]:
    """Write a document and a file as one message, or the file after the words if these are too many."""
    document = beside(document, file)
    words = unformatted(document.blocks).strip()
    if utf16(words) > LONGEST_CAPTION:
        return (*classic(document), *with_file(replace(document, blocks=()), replace(file, shown=False)))
    content = {"name": file.name, "content": file.text, **_pressed(keyboard(document.blocks))}
    body = written("file", **content, text=markup(document.blocks) if words else "", mode="HTML")
    return (Message(body, written("file", **content, text=words)),)


def classic_of(body: str) -> str:
    """Return what to send where a rich body isn't taken: the same part in the classic layout.

    Returns:
        A body; empty for a body that isn't rich.

    Raises:
        ValueError: it began as a rich body does and isn't one.
    """
    if not body.startswith(_RICH):
        return ""
    return written("html", **_classic(read_body(body)))


@lru_cache(maxsize=64)
def read_body(body: str) -> Mapping[str, Any]:
    """Read what a message was kept as; chats that share an edition come one after the other.

    Raises:
        ValueError: it isn't such a body.
    """
    try:
        found = msgspec.json.decode(body)  # for every message that is sent, in a fifth of json's time
    except msgspec.DecodeError as error:
        raise ValueError(str(error)) from None
    if not isinstance(found, dict) or "form" not in found:
        raise ValueError("a body is a JSON object with a form")
    return MappingProxyType(found)


def written(form: str, **content: Any) -> str:
    """Write a body."""
    return _json({"v": 1, "form": form, **content})


def _classic(body: Mapping[str, Any]) -> dict[str, Any]:
    found = body.get("classic")
    if not isinstance(found, dict):
        raise ValueError("a rich body has its classic form")  # noqa: TRY004 - what was kept is wrong
    return found


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _pictured(blocks: Blocks) -> Iterator[Message]:
    """Yield a message of text and the albums that belong to it, which tell no paper of their own."""
    yield _message(without_open_figures(blocks))
    for media, lines in albums_by_address(blocks, LIMIT):
        yield Message(written("photos", photos=media), written("plain", text=lines), ())


def _message(blocks: Blocks) -> Message:
    says = unformatted(blocks).strip()
    return Message(
        body=written("html", **_html(blocks, says)),
        plain=written("plain", text=says or _NOTHING, **_pressed(keyboard(blocks))),
        papers=tuple(PaperId(paper) for paper in papers(blocks)),
    )


def _html(blocks: Blocks, says: str) -> dict[str, Any]:
    """Make the HTML of blocks; tags around nothing are no text for Telegram."""
    return {"text": markup(blocks) if says else _NOTHING, **_pressed(keyboard(blocks))}


def _pressed(rows: Keyboard) -> dict[str, Any]:
    return {"keyboard": rows} if rows else {}


def _rich_message(blocks: Blocks) -> Message:
    # Blocks are kept as text: whoever sends them to a thousand chats writes them once.
    written_blocks = _json(rich_blocks(blocks) or [paragraph(_NOTHING)])
    buttons = _pressed(keyboard_outside_groups(blocks))
    classic = _html(blocks, unformatted(blocks).strip())
    body = written("rich", blocks=written_blocks, classic=classic, **buttons)
    return replace(_message(blocks), body=body)
