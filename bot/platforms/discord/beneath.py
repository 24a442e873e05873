"""What a digest folds away and Discord can't fold, as messages for a thread under it. Pure.

The notes of each paper begin with its title, in a message of their own: a reply to it is about that paper.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.platforms.discord.messages import components
from digest.document import Details, Group, Heading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.outbox import Message
    from digest.document import Blocks, Document


def beneath(document: Document) -> tuple[Message, ...]:
    """Write what stands apart from a document's entries; none for most documents."""
    return tuple(
        message
        for blocks in _apart(document.blocks)
        for message in components(replace(document, blocks=blocks))
    )


def _apart(blocks: Blocks) -> Iterator[Blocks]:
    """Yield the heading of each group that has something to stand apart, and that."""
    for group in blocks:
        if not isinstance(group, Group):
            continue
        found = [each for each in group.blocks if isinstance(each, Details) and each.apart]
        if found:
            headings = (replace(each, level=1) for each in group.blocks if isinstance(each, Heading))
            yield (*headings, *(block for each in found for block in each.blocks))
