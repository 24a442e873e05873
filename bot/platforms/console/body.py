"""A console message: text as it's shown, then its rows of buttons, each on a marked line. Pure.

Buttons are kept apart from the text because what shows them decides how: ``run`` writes the command that one
stands for, a chat numbers it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypeAlias

from digest.document import (
    Actions,
    Button,
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
from digest.safety import printable, web_link

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from digest.document import Blocks

Row: TypeAlias = tuple[Button, ...]

_MARK = "\x1f"  # `printable` takes it out of every text, so that no paper can make a button


def rows(blocks: Blocks) -> tuple[Row, ...]:
    """Return the buttons of a document, its rows one after another.

    Buttons that stand alone, such as one for each paper, share a row: none is beside its paper any more.
    """
    joined: list[Row] = []
    alone = False
    for row in _rows(blocks):
        if alone and len(row) == 1:
            joined[-1] += row
        else:
            joined.append(row)
        alone = len(row) == 1
    return tuple(joined)


def join(text: str, buttons: Iterable[Row]) -> str:
    """Return a message's body."""
    return f"{text.rstrip()}\n" * bool(text) + "".join(
        f"{_MARK}{json.dumps([(button.label, button.action, button.url) for button in row])}\n"
        for row in buttons
    )


def part(body: str) -> tuple[str, tuple[Row, ...]]:
    """Return a body's text and buttons; their labels can be shown as they are."""
    text, *lines = body.split(_MARK)
    return text, tuple(
        tuple(Button(printable(label), action, web_link(url)) for label, action, url in json.loads(line))
        for line in lines
    )


def in_words(body: str) -> str:
    """Return a body for where nothing can be pressed: each button as the command or the URL behind it."""
    text, buttons = part(body)
    lines = [f"{button.label}: {button.url or f'/{button.action}'}" for row in buttons for button in row]
    return "\n".join([text.rstrip("\n"), *([""] if text and lines else []), *lines]) + "\n"


def _rows(blocks: Blocks) -> Iterator[Row]:
    for block in blocks:
        match block:
            case Actions():
                yield block.buttons
            case Group() | Details() | Quote():
                yield from _rows(block.blocks)
            case List():
                for item in block.items:
                    yield from _rows(item)
            case Heading() | Paragraph() | Figure() | MathBlock() | Preformatted() | Divider():
                pass
