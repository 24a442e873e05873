"""Words that a reply asks for, where the bot can't read what people write: a button opens a form. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.commands.replies import buttons
from bot.phrases import discord as say
from bot.platforms.discord.buttons import MARK, action_of
from digest.document import Actions, Button
from digest.translation import phrases_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.talk import Reply
    from digest.document import Blocks

WRITE = "write"
"""What the actions of such buttons begin with; the command that the words complete follows."""

FORMS = (WRITE, "ask")
"""The first words of actions that open a form at once: a button that asks about a paper does so too."""

_LABEL, _TEXT, _SHORT = 18, 4, 1  # types and a style
_LONGEST = 500  # characters of what is written


def with_form(made: Reply, language: str) -> Reply:
    """Return a reply with a button for the words that it asks for, unless it has one.

    Args:
        made: it asks for words.
        language: of who asked.
    """
    if any(each.action == made.asks for each in _buttons_of(made.document.blocks)):
        return made
    label = phrases_for(language)(say.WRITE_IT)
    row = buttons(Button(label, f"{WRITE} {made.asks}"))
    return replace(made, document=replace(made.document, blocks=(*made.document.blocks, *row)))


def _buttons_of(blocks: Blocks) -> Iterator[Button]:
    for block in blocks:
        if isinstance(block, Actions):
            yield from block.buttons


def form(pressed: Any, language: str) -> dict[str, Any]:
    """Return the form that a button opens, as the API has it.

    Args:
        pressed: the data of the press.
        language: of who pressed.
    """
    action = action_of(pressed["custom_id"]) or ""
    label = phrases_for(language)(say.YOUR_WORDS)
    field = {"type": _TEXT, "custom_id": "words", "style": _SHORT, "required": True, "max_length": _LONGEST}
    return {
        "custom_id": f"{MARK}{_without(action)}",
        "title": label,
        "components": [{"type": _LABEL, "label": label, "component": field}],
    }


def _without(action: str) -> str:
    """Return the command that a form completes, with the channel for which it is."""
    prefix, _, command = action.rpartition(f"{WRITE} ")
    return f"{prefix}{command}"
