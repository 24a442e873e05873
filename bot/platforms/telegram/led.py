"""Replies for a channel that are shown elsewhere: their first line and their buttons name it. Pure.

A button carries 64 bytes, and an action may have `bot.talk.ACTION_BYTES`, so a channel's id is written short.
"""

from __future__ import annotations

import re
import string

_DIGITS = string.digits + string.ascii_lowercase
_LED = re.compile(r"#([0-9a-z]{1,11}) (.+)", re.DOTALL)


def led_id(chat: str) -> str:
    """Write the id of a group or channel, which is below zero, in at most 11 characters."""
    number, written = -int(chat), ""
    while number:
        number, digit = divmod(number, len(_DIGITS))
        written = _DIGITS[digit] + written
    return written


def words_of(action: str) -> tuple[str, str] | None:
    """Return which chat a button's action is meant for and what to do there; None if it names none."""
    led = _LED.fullmatch(action)
    return (str(-int(led[1], len(_DIGITS))), led[2]) if led else None
