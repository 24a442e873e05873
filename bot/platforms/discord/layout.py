"""Blocks as Discord's components: https://discord.com/developers/docs/components/reference. Pure.

Lines that follow one another are one text. A paper's text has its button beside it; what stands in a list or
a quote and isn't text, such as a picture, breaks the text there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from bot.platforms.discord.buttons import made, rows, shortened
from bot.platforms.discord.escaping import JOINER
from bot.platforms.discord.markup import formula, heading, line, paragraph, preformatted, summary
from digest.document import (
    Actions,
    Details,
    Divider,
    Figure,
    Group,
    Heading,
    List,
    MathBlock,
    Paragraph,
    Preformatted,
    Quote,
)
from digest.reading import marker
from digest.safety import printable, web_link

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.platforms.discord.buttons import Component
    from digest.document import Block, Blocks

_SECTION, _TEXT, _GALLERY, _SEPARATOR = 9, 10, 12, 14  # types
_NEAR, _FAR = 1, 2  # spacings of separators
_LONGEST_DESCRIPTION = 1024
_LONGEST_MEDIA_URL = 2048
_ROOM = "  "  # before the further lines of an item
_NESTED_DIVIDER = r"\* * *"  # where there's no room for a line across


@dataclass(frozen=True, slots=True)
class Line:
    """A line of Markdown.

    Attributes:
        listed: it stands in a list.
        opens: it's the first of that list.
    """

    text: str
    listed: bool = False
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """Buttons."""

    buttons: tuple[Component, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """What belongs together, such as a paper; put together once, as it's measured in many messages."""

    components: tuple[Component, ...]


@dataclass(frozen=True, slots=True)
class Other:
    """A component that has no text."""

    component: Component


Piece: TypeAlias = Line | Row | Entry | Other


@dataclass(frozen=True, slots=True)
class _At:
    """Whether blocks stand within something, and whether that's a quote: Discord has none in another."""

    within: bool = False
    quoted: bool = False
    listed: bool = False


def pieces(block: Block) -> tuple[Piece, ...]:
    """Return the pieces that a block of a document is made of.

    Raises:
        ValueError: an action is longer than a button carries.
    """
    if isinstance(block, Group):
        inner = tuple(_blocks(block.blocks, _At(within=True)))
        return (Entry(tuple(_entry(inner))),) if inner else ()
    return tuple(_block(block, _At()))


def assembled(all_pieces: Iterable[Piece]) -> list[Component]:
    """Put pieces together; entries stand apart from one another and from what follows them."""
    components: list[Component] = []
    lines: list[str] = []
    before: Piece | None = None
    for piece in _apart(all_pieces):
        if isinstance(before, Entry) or (isinstance(piece, Entry) and isinstance(before, Row | Other)):
            components.append(_separator(_NEAR))
        if isinstance(piece, Line):
            lines.append(piece.text)
        else:
            components += _text(lines)
            lines = []
            components += _components(piece)
        before = piece
    return components + _text(lines)


def _apart(all_pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield pieces with something between two lists, or the second would go on with the first's numbers.

    What follows a picture in an item is a text of its own, which isn't in that item any more.
    """
    before: Piece | None = None
    room = 0
    for piece in all_pieces:
        if isinstance(piece, Line):
            own = len(piece.text) - len(piece.text.lstrip(" "))
            if not isinstance(before, Line):
                room = own
            elif (before.listed and piece.opens) or own < room:
                yield Line(JOINER)
            room = min(room, own)
            yield replace(piece, text=piece.text[room:]) if room else piece
        else:
            yield piece
        before = piece


def _components(piece: Row | Entry | Other) -> Iterable[Component]:
    match piece:
        case Row():
            return rows(list(piece.buttons))
        case Other():
            return [piece.component]
        case Entry():
            return piece.components


def _entry(inner: tuple[Piece, ...]) -> list[Component]:
    buttons = [button for piece in inner if isinstance(piece, Row) for button in piece.buttons]
    if len(buttons) != 1 or not isinstance(inner[0], Line):
        return assembled(inner)
    texts = assembled(piece for piece in inner if not isinstance(piece, Row))
    return [{"type": _SECTION, "components": texts[:1], "accessory": buttons[0]}, *texts[1:]]


def _text(lines: list[str]) -> list[Component]:
    return [{"type": _TEXT, "content": "\n".join(lines)}] if lines else []


def _separator(spacing: int) -> Component:
    return {"type": _SEPARATOR, "divider": True, "spacing": spacing}


def _blocks(blocks: Blocks, at: _At) -> Iterator[Piece]:
    for block in blocks:
        yield from _block(block, at)


def _block(block: Block, at: _At) -> Iterator[Piece]:
    match block:
        case Group():
            yield from _blocks(block.blocks, replace(at, within=True))
        case List():
            yield from _list(block, replace(at, within=True))
        case Quote():
            inner = _blocks(block.blocks, replace(at, within=True, quoted=True))
            yield from inner if at.quoted else map(_quoted, inner)
        case Details():
            yield from _said(summary(block.summary, within=at.within))
            yield from _blocks(block.blocks, replace(at, within=True))
        case Actions():
            if buttons := made(block.buttons):
                yield Row(tuple(buttons))
        case Figure():
            yield from _figure(block)
        case _:
            yield from _line(block, at)


def _line(block: Heading | Paragraph | MathBlock | Preformatted | Divider, at: _At) -> Iterator[Piece]:
    match block:
        case Heading():
            yield from _said(heading(block, within=at.within))
        case Paragraph():
            yield from _said(paragraph(block))
        case MathBlock():
            yield from _said(formula(block))
        case Preformatted():
            yield from _said(preformatted(block, within=at.listed or at.quoted))
        case Divider():
            yield Line(_NESTED_DIVIDER) if at.within else Other(_separator(_FAR))


def _figure(figure: Figure) -> Iterator[Piece]:
    if web_link(figure.url) and len(figure.url) <= _LONGEST_MEDIA_URL:
        picture: Component = {"media": {"url": figure.url}}
        if description := shortened(printable(figure.description).strip(), _LONGEST_DESCRIPTION):
            picture["description"] = description
        yield Other({"type": _GALLERY, "items": [picture]})
    yield from _said(line(figure.caption))


def _said(text: str) -> Iterator[Line]:
    if text:
        yield Line(text)


def _quoted(piece: Piece) -> Piece:
    return replace(piece, text=f"> {piece.text}") if isinstance(piece, Line) else piece


def _list(block: List, at: _At) -> Iterator[Piece]:
    """Yield each item's pieces, a mark before its first line and room before the others."""
    opens = True
    for place, item in enumerate(block.items):
        mark = marker(block, place) if block.ordered else "- "
        for piece in _apart(_blocks(item, replace(at, listed=True))):
            if isinstance(piece, Line):
                yield Line(f"{mark}{piece.text}", listed=True, opens=opens)
                mark, opens = _ROOM, False
            else:
                yield piece
