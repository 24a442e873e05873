"""Documents as blocks of rich messages: https://core.telegram.org/bots/api#inputrichblock. Pure.

Text is data and stays plain strings, so there's nothing to escape. No block and no piece of text is empty:
one would have the whole message refused. Formulas are formulas where they stand open; folded away they'd
crash Telegram Desktop (tdesktop#30808), and in titles and links they couldn't be searched for or pressed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias

from bot.platforms.telegram.keyboard import rows
from bot.platforms.telegram.markup import calm
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
    Role,
    Strong,
    Text,
)
from digest.reading import buttons, plain, words
from digest.safety import printable, web_link

if TYPE_CHECKING:
    from digest.document import Block, Blocks, Inline, Inlines

Rich: TypeAlias = dict[str, Any]
RichText: TypeAlias = "str | list[str | Rich] | Rich"

LONGEST_FORMULA = 1000
"""Characters of a formula's source that Telegram takes."""

# Telegram takes 16 levels of blocks and formatting together. A container stands on the eighth at the deepest,
# so that the paragraphs in its items are on the tenth, and six are left for formatting.
_DEEPEST_CONTAINER = 8
_DEEPEST_FORMAT = 6
_LARGEST = 3  # size of a document's own title: 1 is for pages, this is a chat
_SMALLEST = 6
_NO_SUMMARY = "…"  # continues the details of the message before
_STYLES = {Role.SMALL: "italic", Role.NOTICE: "bold"}


@dataclass(frozen=True, slots=True)
class _At:
    """Where in the tree: how deep, whether formulas may stand there, whether inside a group."""

    level: int = 1
    open: bool = True
    grouped: bool = False

    def inside(self, *, levels: int = 1) -> _At:
        return replace(self, level=self.level + levels)


def rich_blocks(blocks: Blocks) -> list[Rich]:
    """Write blocks as those of a rich message; the buttons of groups stand beside them, others are left out.

    Raises:
        ValueError: an action is longer than a button carries.
    """
    return _blocks(blocks, _At())


def paragraph(text: RichText) -> Rich:
    """Write text as a paragraph."""
    return {"type": "paragraph", "text": text}


def _blocks(blocks: Blocks, at: _At) -> list[Rich]:
    return [made for block in blocks for made in _block(block, at)]


def _block(block: Block, at: _At) -> list[Rich]:
    match block:
        case Group():
            return _blocks(block.blocks, replace(at, grouped=True))
        case Actions():
            return [{"type": "buttons", "buttons": row} for row in rows(block)] if at.grouped else []
        case List() | Details() | Quote():
            return _container(block, at) if at.level <= _DEEPEST_CONTAINER else _read_out(block, at)
        case Divider():
            return [{"type": "divider"}]
        case Preformatted():
            return _preformatted(block)
        case _:
            return _line(block, at)


def _container(block: List | Details | Quote, at: _At) -> list[Rich]:
    match block:
        case List():
            items = [_item(block, place, at) for place in range(len(block.items))]
            said = [item for item in items if item["blocks"]]
            return [{"type": "list", "items": said}] if said else []
        case Details():
            summary = _text(block.summary, replace(at, open=False))
            content = _blocks(block.blocks, replace(at.inside(), open=False))
            if not content:
                return [paragraph({"type": "bold", "text": summary})] if summary else []
            return [{"type": "details", "summary": summary or _NO_SUMMARY, "blocks": content}]
        case Quote():
            content = _blocks(block.blocks, at.inside())
            return [{"type": "blockquote", "blocks": content}] if content else []


def _item(block: List, place: int, at: _At) -> Rich:
    content = _blocks(block.items[place], at.inside(levels=2))
    return {"blocks": content} | ({"value": block.start + place, "type": "1"} if block.ordered else {})


def _read_out(block: Block, at: _At) -> list[Rich]:
    """Write what stands too deep as lines of text, with its buttons after it."""
    lines = (calm(line) for line in plain((block,)).split("\n"))
    pressed = Actions(buttons((block,)))
    return [*(paragraph(line) for line in lines if line.strip()), *_block(pressed, at)]


def _line(block: Heading | Paragraph | Figure | MathBlock, at: _At) -> list[Rich]:
    match block:
        case Heading():
            text = _text(block.content, replace(at, open=False))
            if text and block.number is not None:
                text = _joined([f"{block.number}. ", text])
            size = min(max(block.level, 1) - 1 + _LARGEST, _SMALLEST)
            return [{"type": "heading", "text": text, "size": size}] if text else []
        case Paragraph():
            text = _text(block.content, at)
            if text and block.role is Role.FOOTER:
                return [{"type": "footer", "text": text}]
            style = _STYLES.get(block.role)
            return [paragraph({"type": style, "text": text} if style else text)] if text else []
        case Figure():
            return _figure(block, at)
        case MathBlock():
            if source := _formula(block, at):
                return [{"type": "mathematical_expression", "expression": source}]
            code = calm(block.plain)
            return [paragraph({"type": "code", "text": code})] if code.strip() else []


def _preformatted(block: Preformatted) -> list[Rich]:
    lines = "\n".join(printable(line) for line in block.plain.split("\n"))
    language = {"language": printable(block.language)} if block.language else {}
    return [{"type": "pre", "text": lines} | language] if lines.strip() else []


def _figure(figure: Figure, at: _At) -> list[Rich]:
    caption = _text(figure.caption, at)
    if not web_link(figure.url):
        return [paragraph(caption)] if caption else []
    photo: Rich = {"type": "photo", "photo": {"type": "photo", "media": figure.url}}
    below = caption or calm(figure.description).strip()
    return [photo | ({"caption": {"text": below}} if below else {})]


def _text(content: Inlines, at: _At) -> RichText:
    """Write inlines as rich text; empty if they say nothing."""
    return _inlines(content, at, _DEEPEST_FORMAT) if printable(words(content)).strip() else ""


def _inlines(content: Inlines, at: _At, room: int) -> RichText:
    if room <= 1:
        return calm(words(content))
    return _joined([_inline(inline, at, room) for inline in content])


def _inline(inline: Inline, at: _At, room: int) -> RichText:
    text: RichText = calm(words((inline,)))
    match inline:
        case _ if not printable(words((inline,))).strip():
            pass  # there's nothing to format
        case Code():
            text = {"type": "code", "text": text}
        case Math():
            if source := _formula(inline, at):
                text = {"type": "mathematical_expression", "expression": source}
        case Strong():
            text = {"type": "bold", "text": _inlines(inline.content, at, room - 1)}
        case Emphasis():
            text = {"type": "italic", "text": _inlines(inline.content, at, room - 1)}
        case Link():
            text = _inlines(inline.content, replace(at, open=False), room - 1)
            if web_link(inline.url):
                text = {"type": "url", "text": text, "url": inline.url}
        case Text():
            pass
    return text


def _formula(formula: Math | MathBlock, at: _At) -> str:
    """Return a formula's source if it may be shown as one; a comment in it would take the rest along."""
    source = printable(formula.latex).strip()
    commented = "%" in source.replace(r"\%", "")
    return source if at.open and len(source) <= LONGEST_FORMULA and not commented else ""


def _joined(pieces: list[RichText]) -> RichText:
    """Put pieces of text in a row, neighbouring strings as one."""
    line: list[str | Rich] = []
    for piece in pieces:
        for part in piece if isinstance(piece, list) else [piece]:
            if isinstance(part, str) and line and isinstance(line[-1], str):
                line[-1] += part
            elif part:
                line.append(part)
    return line[0] if len(line) == 1 else line
