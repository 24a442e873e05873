"""What Telegram refuses about rich messages; aiogram's models have checked their shape before."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .keyboards import check_button
from .refusals import Refused
from .texts import units

Json = dict[str, Any]

MOST_BLOCKS, MOST_LEVELS, MOST_CHARACTERS, MOST_MEDIA, MOST_COLUMNS, MOST_BUTTONS = 500, 16, 32_768, 50, 20, 8
_MEDIA = ("photo", "video", "animation", "audio", "document", "voice_note")
_EMPTY_ALLOWED = ("anchor", "button", "custom_emoji", "mathematical_expression")


def rich_blocks(rich: Json) -> list[Json]:
    """The blocks that a client shows; html and markdown are kept as they came."""
    if rich.get("blocks") is not None:
        return list(rich["blocks"])
    return [{"type": "paragraph", "text": rich.get("html") or rich.get("markdown") or ""}]


def plain(text: Any) -> str:
    """The words of rich text."""
    if isinstance(text, str):
        return text
    if isinstance(text, list):
        return "".join(plain(piece) for piece in text)
    if not isinstance(text, dict):
        return ""
    if text.get("type") == "button":
        return plain(text["button"].get("text"))
    return plain(text.get("text") or text.get("expression") or text.get("alternative_text") or "")


@dataclass
class _Count:
    blocks: int = 0
    characters: int = 0
    media: int = 0
    anchors: set[str] = field(default_factory=set)


def check_rich(rich: Json) -> None:
    """Refuse a rich message that breaks a limit.

    Raises:
        Refused: With Telegram's code for the part that is wrong.
    """
    if sum(rich.get(form) is not None for form in ("html", "markdown", "blocks")) != 1:
        raise Refused("exactly one of the fields html, markdown and blocks must be used")
    if rich.get("blocks") is None:
        words = rich.get("html") or rich.get("markdown") or ""
        if not words.strip():
            raise Refused("RICH_MESSAGE_EMPTY")
        if units(words) > MOST_CHARACTERS:
            raise Refused("RICH_MESSAGE_TOO_LONG")
        return
    count = _Count()
    _blocks(rich["blocks"], count, 1)
    if not count.blocks:
        raise Refused("RICH_MESSAGE_EMPTY")
    if count.blocks > MOST_BLOCKS:
        raise Refused("RICH_MESSAGE_BLOCKS_TOO_MUCH")
    if count.characters > MOST_CHARACTERS:
        raise Refused("RICH_MESSAGE_TOO_LONG")
    if count.media > MOST_MEDIA:
        raise Refused("RICH_MESSAGE_MEDIA_TOO_MUCH")


def _blocks(blocks: list[Json], count: _Count, level: int) -> None:
    if level > MOST_LEVELS:
        raise Refused("RICH_MESSAGE_DEPTH_INVALID")
    for block in blocks:
        count.blocks += 1
        _block(block, count, level)


def _block(block: Json, count: _Count, level: int) -> None:
    kind = block["type"]
    count.media += kind in _MEDIA
    if kind == "heading" and not 1 <= block["size"] <= 6:
        raise Refused("RICH_MESSAGE_HEADING_INVALID")
    if kind == "list" and not block["items"]:
        raise Refused("RICH_MESSAGE_LIST_INVALID")
    if kind == "table":
        _table(block, count)
    if kind == "buttons":
        _buttons(block, count)
    _all_words(block, count)
    _inside(block, count, level)


def _all_words(block: Json, count: _Count) -> None:
    for name in ("text", "summary", "expression"):
        if name in block:
            _words(block[name], count)
    for name in ("credit", "caption"):
        if block.get(name) is not None:
            caption = block[name]
            _words(caption["text"] if isinstance(caption, dict) and "type" not in caption else caption, count)


def _inside(block: Json, count: _Count, level: int) -> None:
    for item in block.get("items", ()):
        if not item["blocks"]:
            raise Refused("RICH_MESSAGE_LIST_INVALID")
        _blocks(item["blocks"], count, level + 1)
    if "blocks" in block:
        if not block["blocks"]:
            raise Refused("RICH_MESSAGE_BLOCK_EMPTY")
        _blocks(block["blocks"], count, level + 1)


def _table(block: Json, count: _Count) -> None:
    if not block["cells"] or not any(block["cells"]):
        raise Refused("RICH_MESSAGE_TABLE_INVALID")
    for row in block["cells"]:
        if sum(cell.get("colspan") or 1 for cell in row) > MOST_COLUMNS:
            raise Refused("RICH_MESSAGE_TABLE_INVALID")
        for cell in row:
            if cell["align"] not in ("left", "center", "right") or cell["valign"] not in (
                "top",
                "middle",
                "bottom",
            ):
                raise Refused("RICH_MESSAGE_TABLE_INVALID")
            if cell.get("text"):
                _words(cell["text"], count)


def _buttons(block: Json, count: _Count) -> None:
    if not 1 <= len(block["buttons"]) <= MOST_BUTTONS:
        raise Refused("RICH_MESSAGE_BUTTONS_INVALID")
    for button in block["buttons"]:
        if not plain(button["text"]).strip():
            raise Refused("RICH_MESSAGE_BUTTONS_INVALID")
        check_button(button)
        count.characters += units(plain(button["text"]))


def _words(text: Any, count: _Count) -> None:
    words = plain(text)
    if not words.strip() and not _has_object(text):
        raise Refused("RICH_MESSAGE_TEXT_EMPTY")
    _links(text, 1)
    count.characters += units(words)


def _has_object(text: Any) -> bool:
    if isinstance(text, list):
        return any(_has_object(piece) for piece in text)
    return isinstance(text, dict) and (text.get("type") in _EMPTY_ALLOWED or _has_object(text.get("text")))


def _links(text: Any, level: int) -> None:
    if level > MOST_LEVELS:
        raise Refused("RICH_MESSAGE_DEPTH_INVALID")
    if isinstance(text, list):
        for piece in text:
            _links(piece, level)
    elif isinstance(text, dict):
        if text.get("type") == "url" and "." not in text["url"] and "://" not in text["url"]:
            raise Refused("RICH_MESSAGE_URL_INVALID")
        if text.get("type") == "button":
            check_button(text["button"])
        _links(text.get("text"), level + 1)
