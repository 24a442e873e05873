"""Figures that stand open in a document, which the classic layout shows in albums of their own. Pure.

A figure is open at the top or in a group, such as a digest's paper, and has an address that Telegram can
fetch it from. What is folded away, quoted or listed is told by its caption, as ever.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.platforms.telegram.captions import captioned, shortened
from bot.platforms.telegram.markup import unlinked, utf16
from digest.document import Figure, Group, Heading
from digest.reading import words
from digest.safety import web_link

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.document import Block, Blocks

_MOST = 10  # of an album: https://core.telegram.org/bots/api#sendmediagroup
_LONGEST_URL = 1024  # characters; the longest line that says where a figure is must fit into a message


def without_open_figures(blocks: Blocks) -> Blocks:
    """Return what is left for a message of text."""
    return tuple(_without(blocks))


def albums_by_address(blocks: Blocks, room: int) -> Iterator[tuple[list[dict[str, Any]], str]]:
    """Yield the open figures in albums: Telegram's media, and the same as lines of text with addresses.

    Args:
        blocks: a part of a document.
        room: UTF-16 units that the lines of an album may take.
    """
    media: list[dict[str, Any]] = []
    lines: list[str] = []
    for figure, heading in _open_figures(blocks):
        line = _line(figure, heading)
        if len(media) == _MOST or (media and utf16("\n".join((*lines, line))) > room):
            yield media, "\n".join(lines)
            media, lines = [], []
        media.append({"media": figure.url, **captioned(figure.caption, heading)})
        lines.append(line)
    if media:
        yield media, "\n".join(lines)


def _without(blocks: Blocks) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Group):
            yield replace(block, blocks=without_open_figures(block.blocks))
        elif not _is_open(block):
            yield block


def _open_figures(blocks: Blocks) -> Iterator[tuple[Figure, Heading | None]]:
    """Yield figures with what heads them in their group: an album is read apart from what it belongs to."""
    heading = None
    for block in blocks:
        if isinstance(block, Group):
            yield from _open_figures(block.blocks)
        elif isinstance(block, Heading):
            heading = block
        elif isinstance(block, Figure) and _is_open(block):
            yield block, heading


def _is_open(block: Block) -> bool:
    return isinstance(block, Figure) and len(block.url) <= _LONGEST_URL and bool(web_link(block.url))


def _line(figure: Figure, heading: Heading | None) -> str:
    number = f"{heading.number}. " if heading and heading.number is not None else ""
    return f"{number}{unlinked(words(shortened(figure.caption)))} {figure.url}".strip()
