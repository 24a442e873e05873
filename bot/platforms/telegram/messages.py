"""Documents as what is kept and sent to Telegram: parts within its limits, each with its buttons. Pure.

A body is a JSON object, so that a message that was kept goes out the same whatever this version writes:
``form`` says which of Telegram's ways of writing ``text`` is in. A rich body holds ``blocks`` and the buttons
``below`` them too, beside everything that the classic body of the same part has: where Telegram refuses blocks,
`classic_of` is what it gets instead.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.outbox import Message
from bot.platforms.telegram.keyboard import keyboard, keyboard_outside_groups
from bot.platforms.telegram.markup import markup, unformatted, utf16
from bot.platforms.telegram.rich import paragraph, rich_blocks
from bot.platforms.telegram.rich_limits import taken
from digest.model import PaperId
from digest.reading import papers
from digest.split import split

if TYPE_CHECKING:
    from digest.document import Blocks, Document

LIMIT = 4096
"""UTF-16 units of a message, markup not counted: https://core.telegram.org/bots/api#sendmessage"""

_MOST_ENTITIES = 100  # of bold, links and so on that Telegram keeps in a message
_TAG = re.compile(r"<[a-z]")
_NOTHING = "…"  # Telegram takes no empty text


def classic(document: Document) -> tuple[Message, ...]:
    """Write a document as HTML messages."""
    return tuple(_message(part.blocks) for part in split(document, LIMIT, _size))


def rich(document: Document) -> tuple[Message, ...]:
    """Write a document as rich messages, each with the classic form of the same part."""
    return tuple(_rich_message(part.blocks) for part in split(document, LIMIT, _rich_size))


def classic_of(body: dict[str, Any]) -> dict[str, Any]:
    """Return what to send where a rich body is refused: the same part in the classic layout."""
    return {name: value for name, value in body.items() if name not in {"blocks", "below"}} | {"form": "html"}


def read_body(body: str) -> dict[str, Any]:
    """Read what a message was kept as.

    Raises:
        ValueError: it isn't such a body.
    """
    found = json.loads(body)
    if not isinstance(found, dict) or "form" not in found:
        raise ValueError("a body is a JSON object with a form")
    return found


def written(form: str, **content: Any) -> str:
    """Write a body."""
    return _json({"v": 1, "form": form, **content})


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _message(blocks: Blocks) -> Message:
    rows = keyboard(blocks)
    buttons = {"keyboard": rows} if rows else {}
    return Message(
        body=written("html", text=markup(blocks) or _NOTHING, **buttons),
        plain=written("plain", text=unformatted(blocks) or _NOTHING, **buttons),
        papers=tuple(PaperId(paper) for paper in papers(blocks)),
    )


def _rich_message(blocks: Blocks) -> Message:
    message = _message(blocks)
    body = read_body(message.body)
    # Blocks are kept as text: whoever sends them to a thousand chats writes them once.
    body |= {"form": "rich", "blocks": _json(rich_blocks(blocks) or [paragraph(_NOTHING)])}
    if below := keyboard_outside_groups(blocks):
        body["below"] = below
    return replace(message, body=_json(body))


def _rich_size(blocks: Blocks) -> int:
    """Measure blocks: whatever has the least room left, the rich message or the classic one of the same part."""
    return max(_size(blocks), taken(rich_blocks(blocks), LIMIT))


def _size(blocks: Blocks) -> int:
    """Measure blocks: their text, or their entities where those are what a message has no more room for."""
    entities = len(_TAG.findall(markup(blocks)))
    return max(utf16(unformatted(blocks)), -(-entities * LIMIT // _MOST_ENTITIES))
