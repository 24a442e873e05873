"""Time for tests: it moves only when somebody sleeps, or leaps."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

T = TypeVar("T")

PATIENCE = 60.0
"""Seconds of the system's clock, wherever a loop's has leapt to; whatever takes longer has failed."""


class Clock:
    """A clock that is handed to whatever would look at the time or wait."""

    def __init__(self, at: datetime = datetime(2026, 6, 26, 4, 10, tzinfo=UTC)) -> None:
        self.start = at
        self.passed = 0.0
        self.slept: list[float] = []

    def now(self) -> datetime:
        """Tell the time, aware, in UTC."""
        return self.start + timedelta(seconds=self.passed)

    def seconds(self) -> float:
        """Tell the time in seconds since the epoch."""
        return self.start.timestamp() + self.passed

    async def sleep(self, seconds: float) -> None:
        """Let time pass, and others run."""
        self.slept.append(seconds)
        self.passed += seconds
        await asyncio.sleep(0)


class Alarm:
    """A clock on which sleepers wait until somebody moves it."""

    def __init__(self, at: datetime = datetime(2026, 6, 26, 6, 0, tzinfo=UTC)) -> None:
        self.at = at
        self._sleepers: list[tuple[datetime, asyncio.Future[None]]] = []

    def now(self) -> datetime:
        """Tell the time, aware, in UTC."""
        return self.at

    async def sleep(self, seconds: float) -> None:
        """Wait until the clock was moved so far."""
        woken = asyncio.get_running_loop().create_future()
        sleeper = (self.at + timedelta(seconds=seconds), woken)
        self._sleepers.append(sleeper)
        try:
            await woken
        finally:
            self._sleepers.remove(sleeper)

    def move(self, by: timedelta) -> None:
        """Let time pass, or set the clock back; who waited long enough wakes."""
        self.at += by
        for at, woken in self._sleepers:
            if at <= self.at and not woken.done():
                woken.set_result(None)

    def move_to_next(self) -> None:
        """Let time pass until the first sleeper wakes."""
        self.move(max(min((at for at, _ in self._sleepers), default=self.at) - self.at, timedelta()))


class LeapingLoop(asyncio.SelectorEventLoop):
    """An event loop whose time can leap: what asyncio gives up after some seconds needn't be waited for."""

    leapt = 0.0

    def time(self) -> float:
        """Return seconds since whenever, leaps among them."""
        return super().time() + self.leapt


def run_leaping(main: Coroutine[Any, Any, T]) -> T:
    """Run something in a loop whose time can leap."""
    with asyncio.Runner(loop_factory=LeapingLoop) as runner:
        return runner.run(main)


def leap(seconds: float) -> None:
    """Let so many seconds pass in the running loop, at once."""
    loop = asyncio.get_running_loop()
    if not isinstance(loop, LeapingLoop):
        raise TypeError("this loop's time can't leap; begin with run_leaping")
    loop.leapt += seconds


async def until(true: Callable[[], object]) -> None:
    """Wait until something holds that no event tells of.

    Raises:
        AssertionError: it doesn't, for very long.
    """
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "it never came"
        await asyncio.sleep(0.005)
