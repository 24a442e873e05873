"""Buttons of a document as an inline keyboard. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias
from unicodedata import east_asian_width

from digest.document import Actions, Details, Group, List, Quote
from digest.safety import printable, web_link

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.document import Blocks, Button

Keyboard: TypeAlias = list[list[dict[str, str]]]
"""Rows of buttons as the Bot API has them."""

_WIDE = 36  # characters of labels that a phone shows in one row; Chinese ones are twice as wide
_IN_A_ROW = 5
DATA_BYTES = 64
"""The most that a button carries."""
_MOST = 100  # buttons that Telegram takes


def keyboard(blocks: Blocks) -> Keyboard:
    """Return the rows of all buttons in blocks; those of neighbouring groups share rows, as they are alike.

    Raises:
        ValueError: an action is longer than a button carries.
    """
    keys: Keyboard = []
    alike: list[dict[str, str]] = []
    for grouped, actions in _actions(blocks, grouped=False):
        made = _made(actions)
        if grouped:
            alike += made
            continue
        keys += _packed(alike)
        alike = []
        keys += _packed(made)
    return _at_most([*keys, *_packed(alike)])


def keyboard_outside_groups(blocks: Blocks) -> Keyboard:
    """Return the rows of the buttons that belong to no group, for who shows the others beside their group."""
    made = (rows(actions) for grouped, actions in _actions(blocks, grouped=False) if not grouped)
    return _at_most([row for each in made for row in each])


def rows(actions: Actions) -> Keyboard:
    """Return buttons in rows as wide as a phone."""
    return _packed(_made(actions))


def _actions(blocks: Blocks, *, grouped: bool) -> Iterator[tuple[bool, Actions]]:
    for block in blocks:
        match block:
            case Actions():
                yield grouped, block
            case Group():
                yield from _actions(block.blocks, grouped=True)
            case Details() | Quote():
                yield from _actions(block.blocks, grouped=grouped)
            case List():
                for item in block.items:
                    yield from _actions(item, grouped=grouped)
            case _:
                pass


def _made(actions: Actions) -> list[dict[str, str]]:
    return [made for button in actions.buttons if (made := _button(button))]


def _button(button: Button) -> dict[str, str] | None:
    label = printable(button.label).strip()
    if not label:  # it would have the whole message refused
        return None
    if button.url:
        return {"text": label, "url": button.url} if web_link(button.url) else None
    if len(button.action.encode()) > DATA_BYTES:
        raise ValueError(f"the action “{button.action}” is longer than {DATA_BYTES} bytes")
    return {"text": label, "callback_data": button.action}


def _packed(buttons: list[dict[str, str]]) -> Keyboard:
    packed: Keyboard = []
    width = 0
    for button in buttons:
        wide = sum(1 + (east_asian_width(each) in "FW") for each in button["text"]) + 2
        if packed and len(packed[-1]) < _IN_A_ROW and width + wide <= _WIDE:
            packed[-1].append(button)
            width += wide
        else:
            packed.append([button])
            width = wide
    return packed


def _at_most(keys: Keyboard) -> Keyboard:
    kept: Keyboard = []
    for row in keys:
        if sum(map(len, kept)) + len(row) > _MOST:
            break
        kept.append(row)
    return kept
