"""What time it is: the real one, or a simulated one that runs faster. Knows nothing that happens in it."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from digest.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

_SIMULATED = re.compile(r"(?P<start>[^@]+)@(?P<speed>\d{1,6}(?:\.\d+)?)", re.ASCII)


@dataclass(frozen=True)
class Clock:
    """A clock that starts somewhere and runs at some speed.

    Args:
        start: what it shows when it's made.
        speed: how many of its seconds pass in a real one.
        monotonic: real seconds since whenever.
        pause: waits that many real seconds.
    """

    start: datetime
    speed: float
    monotonic: Callable[[], float]
    pause: Callable[[float], Awaitable[None]]
    _since: float = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_since", self.monotonic())

    def now(self) -> datetime:
        """Return the time, aware, in UTC."""
        return self.start + timedelta(seconds=(self.monotonic() - self._since) * self.speed)

    async def sleep(self, seconds: float) -> None:
        """Wait until so many of this clock's seconds have passed."""
        await self.pause(seconds / self.speed)


class RealClock:
    """The system's clock, which somebody may set while we run.

    Args:
        pause: waits that many seconds.
    """

    speed = 1.0

    def __init__(self, pause: Callable[[float], Awaitable[None]]) -> None:
        self.sleep = pause

    def now(self) -> datetime:
        """Return the time, aware, in UTC."""
        return datetime.now(UTC)


def read_clock(text: str, pause: Callable[[float], Awaitable[None]]) -> Clock | RealClock:
    """Make the clock that ``PAPERROUND_CLOCK`` asks for; the real one if it's empty.

    Args:
        text: ``START@SPEED``, such as ``2025-05-20T00:00Z@600``.
        pause: waits that many real seconds.

    Raises:
        SettingsError: it isn't such a text.
    """
    if not text:
        return RealClock(pause)
    found = _SIMULATED.fullmatch(text.strip())
    try:
        start = datetime.fromisoformat(found["start"]) if found else None
    except ValueError:
        start = None
    if found is None or start is None or start.tzinfo is None or not float(found["speed"]):
        raise SettingsError(
            f"PAPERROUND_CLOCK = “{text}” isn't a time and a speed; try 2025-05-20T00:00Z@600."
        )
    return Clock(start.astimezone(UTC), float(found["speed"]), time.monotonic, pause)
