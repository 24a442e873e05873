"""Replies that name commands as Discord has them: `/paperround status`. Pure; knows the names, no reply.

What tells a paper is a `Group`, and stays as it is; so does what is code or a link.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.commands.registry import COMMANDS
from bot.platforms.discord.menu import CLAIM, NOT_HERE, ROOT, TOP
from digest.document import Details, List, Paragraph, Quote, Text

if TYPE_CHECKING:
    from digest.document import Block, Blocks, Document

_KNOWN = [each.name for each in COMMANDS if each.summary and each.name not in (*TOP, *NOT_HERE)]
_BELOW = "|".join([*_KNOWN, CLAIM])
_NAMED = re.compile(rf"(?<![A-Za-z0-9_./-])/(?=(?:{_BELOW})(?![A-Za-z0-9_/-]))")
_ABSENT = re.compile(rf"/(?:{'|'.join(NOT_HERE)})(?![A-Za-z0-9_/-])")


def as_named_here(document: Document) -> Document:
    """Return a reply with each command's full name, and without the lines about those that aren't here."""
    return replace(document, blocks=_blocks(document.blocks))


def _blocks(blocks: Blocks) -> Blocks:
    return tuple(_block(block) for block in blocks)


def _block(block: Block) -> Block:
    match block:
        case Paragraph():
            content = tuple(
                replace(each, value=_NAMED.sub(f"/{ROOT} ", each.value)) if isinstance(each, Text) else each
                for each in block.content
            )
            return replace(block, content=content)
        case List():
            return replace(block, items=tuple(_blocks(item) for item in block.items if not _is_absent(item)))
        case Details() | Quote():
            return replace(block, blocks=_blocks(block.blocks))
        case _:
            return block


def _is_absent(item: Blocks) -> bool:
    match item:
        case (Paragraph(content=(Text(value), *_)), *_):
            return _ABSENT.match(value) is not None
    return False
