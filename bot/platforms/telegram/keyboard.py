"""Buttons of a document as an inline keyboard. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from bot.talk import ACTION_BYTES
from digest.document import Actions, Details, Group, List, Quote
from digest.safety import printable, web_link

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.document import Blocks, Button

Keyboard: TypeAlias = list[list[dict[str, str]]]
"""Rows of buttons as the Bot API has them."""

_WIDE = 30  # characters of labels that a phone shows in one row
_IN_A_ROW = 5
_MOST = 100  # buttons that Telegram takes


def keyboard(blocks: Blocks) -> Keyboard:
    """Return the rows of all buttons in blocks; those of neighbouring groups share rows, as they are alike.

    Raises:
        ValueError: an action is longer than a button carries.
    """
    rows: Keyboard = []
    alike: list[dict[str, str]] = []
    for grouped, actions in _actions(blocks, grouped=False):
        made = [button for each in actions.buttons if (button := _button(each))]
        if grouped:
            alike += made
            continue
        rows += _packed(alike)
        alike = []
        rows += _packed(made)
    return _at_most([*rows, *_packed(alike)])


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


def _button(button: Button) -> dict[str, str] | None:
    label = printable(button.label)
    if button.url:
        return {"text": label, "url": button.url} if web_link(button.url) else None
    if len(button.action.encode()) > ACTION_BYTES:
        raise ValueError(f"the action “{button.action}” is longer than {ACTION_BYTES} bytes")
    return {"text": label, "callback_data": button.action}


def _packed(buttons: list[dict[str, str]]) -> Keyboard:
    rows: Keyboard = []
    width = 0
    for button in buttons:
        wide = len(button["text"]) + 2
        if rows and len(rows[-1]) < _IN_A_ROW and width + wide <= _WIDE:
            rows[-1].append(button)
            width += wide
        else:
            rows.append([button])
            width = wide
    return rows


def _at_most(rows: Keyboard) -> Keyboard:
    kept: Keyboard = []
    for row in rows:
        if sum(map(len, kept)) + len(row) > _MOST:
            break
        kept.append(row)
    return kept
