"""Writes blocks as Markdown, for what a post holds beside its own lines. Knows CommonMark, no paper.

Pictures lie beside the post; their names are ours. Details become HTML's, which Markdown has none of.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from digest.document import (
    Code,
    Details,
    Emphasis,
    Figure,
    Group,
    Heading,
    Link,
    List,
    Math,
    Paragraph,
    Strong,
    Text,
)
from digest.document import Quote as Quoted
from digest.reading import words
from digest.render.markdown_words import begun, formula, link, signs
from digest.safety import beside, printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.document import Block, Blocks, Inlines


def render(blocks: Blocks) -> Iterator[str]:
    """Yield blocks as pieces of Markdown that are to stand apart by a blank line."""
    for block in blocks:
        yield from _block(block)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield f"{'#' * min(block.level, 6)} {begun(_line(block.content))}"
        case Paragraph():
            if line := _line(block.content).strip():
                yield begun(line)
        case List():
            yield _list(block)
        case Figure():
            yield from _figure(block)
        case Details():
            yield f"<details>\n<summary>{escape(printable(words(block.summary)))}</summary>"
            yield from render(block.blocks)
            yield "</details>"
        case Group() | Quoted():
            yield from render(block.blocks)
        case _:
            raise TypeError(f"a post has no {type(block).__name__}")


def _list(block: List) -> str:
    items = []
    loose = any(len(item) > 1 for item in block.items)
    for number, item in enumerate(block.items, start=block.start):
        mark = f"{number}. " if block.ordered else "- "
        text = "\n\n".join(render(item))
        # What belongs to an item stands under its first letter.
        items.append(mark + text.replace("\n", f"\n{' ' * len(mark)}"))
    text = ("\n\n" if loose else "\n").join(items)
    return "\n".join(line.rstrip() for line in text.split("\n"))


def _figure(figure: Figure) -> Iterator[str]:
    file = beside(figure.url)
    yield f"![{signs(figure.description)}]({file})" if file else link(signs(figure.url), figure.url)
    if caption := _line(figure.caption).strip():
        yield begun(caption)


def _line(inlines: Inlines) -> str:
    parts: list[str] = []
    for inline in inlines:
        match inline:
            case Text() | Code():
                parts.append(_spaced(inline.value))
            case Math():
                parts.append(formula(printable(inline.latex)))
            case Strong():
                parts.append(_strong(_line(inline.content)))
            case Emphasis():
                parts.append(_line(inline.content))
            case Link():
                parts.append(link(_line(inline.content), inline.url))
    return "".join(parts)


def _spaced(text: str) -> str:
    """Escape a run of text; what stands beside another run keeps its distance."""
    if not text.strip():
        return " " * bool(text)
    return " " * text[0].isspace() + signs(text) + " " * text[-1].isspace()


def _strong(text: str) -> str:
    """Mark text as strong; a blank behind the marks, none before, or Markdown doesn't see them by a colon."""
    inner = text.strip()
    return f"{' ' * (text[:1] == ' ')}**{inner}** " if inner else text
