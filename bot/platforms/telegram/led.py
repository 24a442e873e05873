"""Replies for a channel that are shown elsewhere: their first line and their buttons name it. Pure.

A button carries 64 bytes, and an action may have `bot.talk.ACTION_BYTES`, so a channel's id is written short.
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
_LED = re.compile(r"#([0-9a-z]{1,11}) (.+)", re.DOTALL)


def led_id(chat: str) -> str:
    """Write the id of a group or channel, which is below zero, in at most 11 characters."""
    number, written = -int(chat), ""
    while number:
        number, digit = divmod(number, len(_DIGITS))
        written = _DIGITS[digit] + written
    return written


def words_of(action: str) -> tuple[str, str] | None:
    """Return which chat a button's action is meant for and what to do there; None if it names none."""
    led = _LED.fullmatch(action)
    return (str(-int(led[1], len(_DIGITS))), led[2]) if led else None


def meant_for(found: Reply, chat: str, title: str) -> Reply:
    """Return a reply that says which chat it's for, and whose buttons mean that.

    Args:
        found: what is to be shown elsewhere.
        chat: as `led_id` writes it.
        title: its first line.
    """
    document = found.document
    blocks = (Paragraph((Text(title),)), *_led(document.blocks, f"#{chat} "))
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
