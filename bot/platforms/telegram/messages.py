"""Documents as what is kept and sent to Telegram: parts within its limits, each with its buttons. Pure.

A body is a JSON object, so that a message that was kept goes out the same whatever this version writes:
``form`` says which of Telegram's ways of writing ``text`` (or ``blocks``) is in.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from bot.outbox import Message
from bot.platforms.telegram.keyboard import keyboard
from bot.platforms.telegram.markup import markup, unformatted, utf16
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
    return json.dumps({"v": 1, "form": form, **content}, ensure_ascii=False, separators=(",", ":"))


def _message(blocks: Blocks) -> Message:
    rows = keyboard(blocks)
    buttons = {"keyboard": rows} if rows else {}
    return Message(
        body=written("html", text=markup(blocks) or _NOTHING, **buttons),
        plain=written("plain", text=unformatted(blocks) or _NOTHING, **buttons),
        papers=tuple(PaperId(paper) for paper in papers(blocks)),
    )


def _size(blocks: Blocks) -> int:
    """Measure blocks: their text, or their entities where those are what a message has no more room for."""
    entities = len(_TAG.findall(markup(blocks)))
    return max(utf16(unformatted(blocks)), -(-entities * LIMIT // _MOST_ENTITIES))
