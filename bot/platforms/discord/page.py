"""A document's messages as components, and how much blocks take by all of Discord's limits. Pure.

What a block is made of is worked out once, so that cutting a digest of fifty papers takes milliseconds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from zlib import crc32

from bot.platforms.discord.buttons import told_apart
from bot.platforms.discord.escaping import length
from bot.platforms.discord.layout import assembled, pieces
from digest.document import Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.platforms.discord.buttons import Component
    from bot.platforms.discord.layout import Piece
    from digest.document import Block, Blocks, Document

LIMIT = 4000
"""UTF-16 units of all texts of a message together."""

MOST_COMPONENTS = 40
"""Those within others included."""

_MOST_BYTES = (
    10_170  # of UTF-8, beyond which Discord fails: https://github.com/discord/discord-api-docs/issues/8554
)
_BYTES_A_TEXT = 12  # that each text takes beside its own
_CONTAINER, _TEXT = 17, 10  # types
_NOTHING = "…"  # Discord takes no empty message

ACCENTS = (0x4F86B5, 0x5B9163, 0xB0793F, 0x9B74AE, 0xC0696E, 0x3F9397, 0x858A3B, 0x7B83C4)
"""Calm colours, as clear on white as on Discord's dark grey; whoever doesn't see them misses nothing."""


class Page:
    """How the messages of one document look.

    Args:
        document: a document of text alone has no frame, as people's messages have none.
    """

    def __init__(self, document: Document) -> None:
        self._framed = not all(isinstance(block, Paragraph) for block in document.blocks)
        self._accent = _accent(document.subject or document.title)
        self._known: dict[int, tuple[Block, tuple[Piece, ...]]] = {}  # blocks are held, so ids stay theirs

    def components(self, blocks: Blocks) -> list[Component]:
        """Return a message of these blocks."""
        made = self._assembled(blocks) or [{"type": _TEXT, "content": _NOTHING}]
        if self._framed:
            made = [{"type": _CONTAINER, **self._accent, "components": made}]
        return told_apart(made)

    def taken(self, blocks: Blocks) -> int:
        """Return how much of a message blocks take, by the limit that leaves the least; all is `LIMIT`."""
        made = list(every(self._assembled(blocks)))
        texts = [each["content"] for each in made if each["type"] == _TEXT]
        written = sum(len(text.encode("utf-8", "replace")) + _BYTES_A_TEXT for text in texts)
        return max(
            sum(map(length, texts)),
            -(-(len(made) + self._framed) * LIMIT // MOST_COMPONENTS),
            -(-written * LIMIT // _MOST_BYTES),
        )

    def _assembled(self, blocks: Blocks) -> list[Component]:
        return assembled(piece for block in blocks for piece in self._pieces(block))

    def _pieces(self, block: Block) -> tuple[Piece, ...]:
        found = self._known.get(id(block))
        if found is None:
            self._known[id(block)] = found = (block, pieces(block))
        return found[1]


def _accent(subject: str) -> dict[str, int]:
    """Return the colour of a subject, the same in every process; none if it's about nothing."""
    return (
        {"accent_color": ACCENTS[crc32(subject.encode("utf-8", "replace")) % len(ACCENTS)]} if subject else {}
    )


def every(components: list[Component]) -> Iterator[Component]:
    """Yield components with all that are within them."""
    for component in components:
        yield component
        yield from every(component.get("components", []))
        if "accessory" in component:
            yield component["accessory"]
