"""Documents as plain text: read from top to bottom, as they are read aloud, and measured. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.document import (
    Actions,
    Code,
    Details,
    Divider,
    Emphasis,
    Figure,
    Group,
    Heading,
    Link,
    List,
    Math,
    MathBlock,
    Paragraph,
    Preformatted,
    Quote,
    Strong,
    Text,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from digest.document import Block, Blocks, Button, Inline, Inlines


def words(inlines: Inlines) -> str:
    """Return the text of inlines, formulas as Unicode, links without their URLs."""
    return "".join(_inline(inline) for inline in inlines)


def papers(blocks: Blocks) -> tuple[str, ...]:
    """Return the ids of the papers that blocks tell, each once, in the order in which they come."""
    return tuple(dict.fromkeys(_papers(blocks)))


def buttons(blocks: Blocks) -> tuple[Button, ...]:
    """Return the buttons of blocks, in the order in which they come."""
    return tuple(_buttons(blocks))


def plain(blocks: Blocks) -> str:
    """Return blocks as plain text: a line for each, a blank line around groups and above headings.

    Nothing stands for buttons.
    """
    text = ""
    grouped = False
    for block in blocks:
        if piece := _block(block):
            apart = grouped or isinstance(block, Group | Heading)
            text += ("\n\n" if apart else "\n") * bool(text) + piece
            grouped = isinstance(block, Group)
    return text


def measure(blocks: Blocks, length: Callable[[str], int]) -> int:
    """Return how long blocks are as plain text, in the units that `length` counts: characters, UTF-16 units.

    A platform that counts its own markup, URLs or components measures what it would send instead.
    """
    return length(plain(blocks))


def marker(block: List, index: int) -> str:
    """Return what stands before the item at `index`: a number or a dash."""
    return f"{block.start + index}. " if block.ordered else "– "


def _papers(blocks: Blocks) -> Iterator[str]:
    for block in blocks:
        match block:
            case Group():
                if block.paper:
                    yield block.paper
                yield from _papers(block.blocks)
            case Details() | Quote():
                yield from _papers(block.blocks)
            case List():
                for item in block.items:
                    yield from _papers(item)
            case Heading() | Paragraph() | Figure() | MathBlock() | Preformatted() | Actions() | Divider():
                pass


def _buttons(blocks: Blocks) -> Iterator[Button]:
    for block in blocks:
        match block:
            case Actions():
                yield from block.buttons
            case Group() | Details() | Quote():
                yield from _buttons(block.blocks)
            case List():
                for item in block.items:
                    yield from _buttons(item)
            case Heading() | Paragraph() | Figure() | MathBlock() | Preformatted() | Divider():
                pass


def _inline(inline: Inline) -> str:
    match inline:
        case Text() | Code():
            return inline.value
        case Math():
            return inline.plain
        case Strong() | Emphasis() | Link():
            return words(inline.content)


def _block(block: Block) -> str:
    text = ""
    match block:
        case Heading():
            text = f"{block.number}. " * (block.number is not None) + words(block.content)
        case Paragraph():
            text = words(block.content)
        case List():
            text = "\n".join(marker(block, index) + plain(item) for index, item in enumerate(block.items))
        case Details():
            text = "\n".join(filter(None, (words(block.summary), plain(block.blocks))))
        case Quote() | Group():
            text = plain(block.blocks)
        case Figure():
            text = words(block.caption)
        case MathBlock() | Preformatted():
            text = block.plain
        case Divider():
            text = "* * *"
        case Actions():
            pass
    return text
