"""Replies for a channel that are shown elsewhere: their first line and their buttons name it. Pure.

A button's id has 100 characters, and an action may have `bot.talk.ACTION_BYTES`, so the channel is written
short.
"""

from __future__ import annotations

import re
import string

_DIGITS = string.digits + string.ascii_lowercase
_LED = re.compile(r"#([0-9a-z]{1,13}) (.+)", re.DOTALL)


def led_by(channel: int) -> str:
    """Return what the actions begin with that are meant for a channel or a thread, 15 characters at most."""
    number, written = channel, ""
    while number:
        number, digit = divmod(number, len(_DIGITS))
        written = _DIGITS[digit] + written
    return f"#{written or '0'} "


def words_of(action: str) -> tuple[int | None, str]:
    """Return which channel a button's action is meant for, if it names one, and what to do there."""
    led = _LED.fullmatch(action)
    return (int(led[1], len(_DIGITS)), led[2]) if led else (None, action)
