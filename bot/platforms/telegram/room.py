"""How much of a message blocks take, by all of Telegram's limits at once. Pure.

Whoever cuts a document asks for every length that a part may have. What a block takes is reckoned once, so
that a digest of fifty papers takes milliseconds.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bot.platforms.telegram.markup import markup, unformatted, utf16
from bot.platforms.telegram.open_figures import without_open_figures
from bot.platforms.telegram.rich import rich_blocks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.platforms.telegram.rich import Rich
    from digest.document import Block, Blocks

LIMIT = 4096
"""UTF-16 units of a message, markup not counted: https://core.telegram.org/bots/api#sendmessage"""

_MOST_ENTITIES = 100  # of bold, links and so on that Telegram keeps in a message
# Of a rich message: https://core.telegram.org/bots/api#rich-message-limits
_MOST_BLOCKS = 500  # those within others and the items of lists included
_MOST_CHARACTERS = 32_768  # sources of formulas included
_MOST_MEDIA = 50
_MOST: tuple[int, ...] = (LIMIT, _MOST_ENTITIES, _MOST_BLOCKS, _MOST_CHARACTERS, _MOST_MEDIA)

_APART = 2  # line breaks between two blocks, at most
_TAG = re.compile(r"<[a-z]")
_TEXTS = ("text", "summary", "caption", "expression")


class Room:
    """The room of one message after the other.

    Args:
        rich: whether they're rich; each has its classic form too, so the limits of both hold.
    """

    def __init__(self, *, rich: bool) -> None:
        self._rich = rich
        self._known: dict[int, tuple[Block, tuple[int, ...]]] = {}  # blocks are held, so ids stay theirs

    def taken(self, blocks: Blocks) -> int:
        """Return how much of a message blocks take, by the limit that leaves the least; all is `LIMIT`."""
        used: list[int] = [sum(column) for column in zip(*map(self._of, blocks), strict=True)]
        if not used:
            return 0
        used[0] -= _APART
        limits = _MOST[: len(used)]
        return max(-(-count * LIMIT // most) for count, most in zip(used, limits, strict=True))

    def _of(self, block: Block) -> tuple[int, ...]:
        found = self._known.get(id(block))
        if found is None:
            taken = (
                _classic((block,)) + _of_rich(block)
                if self._rich
                else _classic(without_open_figures((block,)))
            )
            self._known[id(block)] = found = (block, taken)
        return found[1]


def _classic(blocks: Blocks) -> tuple[int, int]:
    return utf16(unformatted(blocks)) + _APART, len(_TAG.findall(markup(blocks)))


def _of_rich(block: Block) -> tuple[int, int, int]:
    inner = list(_all(rich_blocks((block,))))
    return len(inner), sum(map(_characters, inner)), sum("photo" in each for each in inner)


def _all(blocks: list[Rich]) -> Iterator[Rich]:
    """Yield blocks and items with all that are within them."""
    for block in blocks:
        yield block
        yield from _all(block.get("blocks", []))
        yield from _all(block.get("items", []))


def _characters(block: Rich) -> int:
    return _length([*(block.get(name, "") for name in _TEXTS), *block.get("buttons", [])])


def _length(text: Any) -> int:
    """Measure rich text, or what is made of it."""
    match text:
        case str():
            return utf16(text)
        case list():
            return sum(map(_length, text))
        case dict():
            return sum(_length(text.get(name, "")) for name in _TEXTS)
        case _:
            raise TypeError(f"{type(text).__name__} isn't rich text")
