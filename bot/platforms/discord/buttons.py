"""Buttons of a document as Discord's: https://discord.com/developers/docs/components/reference#button. Pure.

What a button does is its custom id, a mark and the action, so that it outlives every restart. No two of a
message may have the same; a number after the action tells them apart, and means nothing.
"""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING, Any, TypeAlias

from bot.platforms.discord.escaping import length
from digest import breaks
from digest.safety import printable, web_link

if TYPE_CHECKING:
    from collections.abc import Iterable

    from digest.document import Button

Component: TypeAlias = dict[str, Any]
"""A component as Discord's API has it."""

MARK = "pr:"
"""What the custom id of every button begins with."""

IN_A_ROW = 5
_LONGEST_ID = 100  # characters
_NUMBER = 3  # characters of the number that may follow: a message has at most 40 components
_LONGEST_LABEL = 80
_LONGEST_URL = 512
_NUMBERED = re.compile(r"~\d+\Z")

_ROW, _BUTTON = 1, 2  # types
_SECONDARY, _LINK = 2, 5  # styles; no colour says what a button does


def made(buttons: Iterable[Button]) -> list[Component]:
    """Return buttons as components; one that says nothing or leads nowhere is left out.

    Raises:
        ValueError: an action is longer than a button carries.
    """
    return [component for button in buttons if (component := _button(button))]


def rows(buttons: list[Component]) -> list[Component]:
    """Return rows of at most five buttons."""
    return [
        {"type": _ROW, "components": buttons[start : start + IN_A_ROW]}
        for start in range(0, len(buttons), IN_A_ROW)
    ]


def action_of(custom_id: str) -> str | None:
    """Return the action that a custom id stands for; None if it's none of ours."""
    if not custom_id.startswith(MARK):
        return None
    return _NUMBERED.sub("", custom_id.removeprefix(MARK))


def told_apart(components: list[Component]) -> list[Component]:
    """Return components in which no custom id comes twice."""
    taken: set[str] = set()
    return [_told_apart(component, taken) for component in components]


def shortened(text: str, most: int) -> str:
    """Return text within a length, cut between words if it has to be."""
    if length(text) <= most:
        return text
    for places in (breaks.words(text), breaks.graphemes(text)):
        if end := max((at for at in places if length(text[:at].rstrip()) < most), default=0):
            return f"{text[:end].rstrip()}…"
    return "…"


def _button(button: Button) -> Component | None:
    label = shortened(printable(button.label).strip(), _LONGEST_LABEL)
    if not label:
        return None
    if button.url:
        if not web_link(button.url) or len(button.url) > _LONGEST_URL:
            return None
        return {"type": _BUTTON, "style": _LINK, "label": label, "url": button.url}
    if length(MARK + button.action) + _NUMBER > _LONGEST_ID:
        raise ValueError(f"the action “{button.action}” is longer than a button carries")
    # An action that ends like a numbered one gets a number too, and so keeps its own when that is dropped.
    number = "~0" if _NUMBERED.search(button.action) else ""
    return {
        "type": _BUTTON,
        "style": _SECONDARY,
        "label": label,
        "custom_id": f"{MARK}{button.action}{number}",
    }


def _told_apart(component: Component, taken: set[str]) -> Component:
    own = component.get("custom_id")
    if own in taken:
        plain = _NUMBERED.sub("", own)
        own = next(each for number in count(1) if (each := f"{plain}~{number}") not in taken)
        component = component | {"custom_id": own}
    if own:
        taken.add(own)
    if "accessory" in component:
        component = component | {"accessory": _told_apart(component["accessory"], taken)}
    if "components" in component:
        component = component | {
            "components": [_told_apart(inner, taken) for inner in component["components"]]
        }
    return component
