"""Pictures message by message, so that one that is refused costs no other. Knows no platform."""

from __future__ import annotations

import logging
from collections import deque
from typing import TYPE_CHECKING, TypeAlias

from bot.outbox import Refused, Sent, Unknown

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from bot.outbox import Outcome
    from bot.talk import Illustration

Pictures: TypeAlias = "tuple[Illustration, ...]"
"""What one message shows."""

_LOG = logging.getLogger(__name__)


def parts(pictures: Iterable[Illustration], most: int, most_bytes: int) -> tuple[Pictures, ...]:
    """Put pictures into as few messages as keep their order; one that is too large for any is left out.

    Args:
        pictures: any number.
        most: how many a message shows.
        most_bytes: how large their files may be together.
    """
    made: list[Pictures] = []
    left = 0
    for picture in pictures:
        size = len(picture.content)
        if size > most_bytes:
            continue
        if not made or size > left or len(made[-1]) == most:
            made.append(())
            left = most_bytes
        made[-1] += (picture,)
        left -= size
    return tuple(made)


async def show(parts: Iterable[Pictures], send: Callable[[Pictures], Awaitable[Outcome]]) -> int:
    """Send pictures; a message that is refused goes out in halves, down to the picture that is at fault.

    Args:
        parts: messages, in order.
        send: sends one of them, with as much patience as it's worth.

    Returns:
        How many are there; those whose answer got lost count, as nobody should be told that they're missing.
    """
    shown = 0
    waiting = deque(parts)
    while waiting:
        part = waiting.popleft()
        outcome = await send(part)
        match outcome:
            case Sent() | Unknown():
                shown += len(part)
            case Refused() if len(part) > 1:
                half = len(part) // 2
                waiting.extendleft((part[half:], part[:half]))
            case Refused(why):
                _LOG.warning("a picture was refused: %s", why)
            case _:  # and so it would be with the others
                _LOG.warning("pictures weren't sent: %s", outcome)
                break
    return shown
