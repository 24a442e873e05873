"""How much of a rich message blocks take: https://core.telegram.org/bots/api#rich-message-limits. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.platforms.telegram.markup import utf16

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.platforms.telegram.rich import Rich

MOST_CHARACTERS = 32_768
"""Of text, sources of formulas included."""
MOST_BLOCKS = 500
"""Those within others and the items of lists included."""
MOST_MEDIA = 50

_TEXTS = ("text", "summary", "caption", "expression")


def taken(blocks: list[Rich], whole: int) -> int:
    """Return how much of a message's room these blocks take, if all of it is `whole`."""
    inner = list(_all(blocks))
    used = (
        (len(inner), MOST_BLOCKS),
        (sum(map(_characters, inner)), MOST_CHARACTERS),
        (sum("photo" in block for block in inner), MOST_MEDIA),
    )
    return max(-(-count * whole // most) for count, most in used)


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
