"""Replies for one place that are shown in another: their first line and their buttons say so. Pure.

How a platform writes a place in a button, and reads it there again, is its own.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from digest.document import Actions, Details, Group, List, Paragraph, Quote, Text

if TYPE_CHECKING:
    from bot.talk import Reply
    from digest.document import Block, Blocks


def meant_for(found: Reply, prefix: str, title: str) -> Reply:
    """Return a reply that says which place it's for, and whose buttons mean that.

    Args:
        found: what is to be shown elsewhere.
        prefix: what the buttons' actions begin with then.
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
