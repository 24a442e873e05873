"""Replies for a channel that are shown elsewhere: their first line and their buttons name it. Pure.

A button's id has 100 characters, and an action may have `bot.talk.ACTION_BYTES`, so the channel is written
short.
"""

from __future__ import annotations

import re
import string
from dataclasses import replace
from typing import TYPE_CHECKING

from digest.document import Actions, Details, Group, List, Paragraph, Quote, Text

if TYPE_CHECKING:
    from bot.talk import Reply
    from digest.document import Block, Blocks

_DIGITS = string.digits + string.ascii_lowercase
_LED = re.compile(r"#([0-9a-z]{1,13}) (.+)", re.DOTALL)


def led_by(channel: int) -> str:
    """Return what the actions begin with that are meant for a channel or a thread, 15 characters at most."""
    number, written = channel, ""
    while number:
        number, digit = divmod(number, len(_DIGITS))
        written = _DIGITS[digit] + written
    return f"#{written or '0'} "


def words_of(action: str) -> tuple[int | None, str]:
    """Return which channel a button's action is meant for, if it names one, and what to do there."""
    led = _LED.fullmatch(action)
    return (int(led[1], len(_DIGITS)), led[2]) if led else (None, action)


def meant_for(found: Reply, prefix: str, title: str) -> Reply:
    """Return a reply that says which channel it's for, and whose buttons mean that.

    Args:
        found: what is to be shown elsewhere.
        prefix: as `led_by` writes it.
        title: its first line.
    """
    document = found.document
    blocks = (Paragraph((Text(title),)), *_led(document.blocks, prefix))
    return replace(found, document=replace(document, blocks=blocks))


def _led(blocks: Blocks, prefix: str) -> Blocks:
    return tuple(_block(block, prefix) for block in blocks)


def _block(block: Block, prefix: str) -> Block:
    match block:
        case Actions():
            return Actions(
                tuple(
                    replace(button, action=prefix + button.action) if button.action else button
                    for button in block.buttons
                )
            )
        case Group() | Details() | Quote():
            return replace(block, blocks=_led(block.blocks, prefix))
        case List():
            return replace(block, items=tuple(_led(item, prefix) for item in block.items))
        case _:
            return block
