"""Documents of a few sentences and buttons, which most answers are. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.chats import Layout
from bot.talk import ACTION_BYTES, Reply
from digest.document import Actions, Button, Document, Paragraph, Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from digest.document import Block
    from digest.translation import Phrases


def button(label: str, action: str) -> Button | None:
    """Make a button, or None if its action is longer than buttons carry.

    What is to be done must then be said in words.
    """
    return Button(label, action) if len(action.encode()) <= ACTION_BYTES else None


def buttons(*made: Button | None) -> tuple[Actions, ...]:
    """Put buttons in a row; without any there's no row."""
    row = tuple(each for each in made if each)
    return (Actions(row),) if row else ()


def sentences(*texts: str) -> tuple[Paragraph, ...]:
    """Make a paragraph of each text that isn't empty."""
    return tuple(Paragraph((Text(text),)) for text in texts if text)


def reply(phrases: Phrases, blocks: Iterable[Block], *, instead: bool = False, aside: bool = False) -> Reply:
    """Make a reply of a few blocks, which everybody can read whatever layout the chat chose."""
    document = Document("", phrases.language, tuple(blocks))
    return Reply(document, instead=instead, aside=aside, layout=Layout.CLASSIC)
