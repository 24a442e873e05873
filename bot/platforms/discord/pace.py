"""Lets requests go at the pace that Discord allows a bot: people's answers first, then digests in order.

50 requests a second over all: https://docs.discord.com/developers/topics/rate-limits#global-rate-limit.
What is allowed in one channel, discord.py's HTTP client keeps by what Discord's answers say.
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING

from bot.platforms.discord.errors import FloodError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

ALLOWED = 47.0
"""Requests a second; a burst more never makes fifty, whichever second is looked at."""

_BURST = 2  # whoever wakes a few hundredths too late catches up
_PATIENCE = 2.0  # seconds that a digest waits here; others' would wait behind it
_PATIENCE_OF_A_PERSON = 20.0


class Pace:
    """Gives requests their turns.

    Args:
        rate: how many a second.
        monotonic: seconds since whenever.
        sleep: waits some seconds.
    """

    def __init__(
        self, rate: float, monotonic: Callable[[], float], sleep: Callable[[float], Awaitable[None]]
    ) -> None:
        self._each = 1.0 / rate
        self._monotonic = monotonic
        self._sleep = sleep
        self._free_at = 0.0  # when everything that went would be worked off
        self._halted_until = 0.0
        self._waiting: tuple[deque[asyncio.Future[None]], deque[asyncio.Future[None]]] = deque(), deque()
        self._pump: asyncio.Task[None] | None = None

    async def turn(self, *, urgent: bool) -> None:
        """Wait until a request may be made.

        Raises:
            FloodError: that takes too long.
        """
        halted = self._halted_until - self._monotonic()
        if halted > (_PATIENCE_OF_A_PERSON if urgent else _PATIENCE):
            raise FloodError(halted, everywhere=True)
        if not any(self._waiting) and not self._wait():
            self._take()
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting[0 if urgent else 1].append(turn)
        if self._pump is None or self._pump.done():
            self._pump = asyncio.create_task(self._drive())
        await turn

    def halt(self, seconds: float) -> None:
        """Let nobody go for so long, because Discord said so; a shorter wait never ends a longer one."""
        self._halted_until = max(self._halted_until, self._monotonic() + seconds)
        if seconds > _PATIENCE:
            for turn in self._waiting[1]:
                if not turn.done():
                    turn.set_exception(FloodError(seconds, everywhere=True))

    def close(self) -> None:
        """Let nobody wait any more."""
        if self._pump:
            self._pump.cancel()
        for line in self._waiting:
            for turn in line:
                turn.cancel()
            line.clear()

    async def _drive(self) -> None:
        while line := self._waiting[0] or self._waiting[1]:
            if wait := self._wait():
                await self._sleep(wait)
                continue
            turn = line.popleft()
            if not turn.done():  # else whoever waited was cancelled
                self._take()
                turn.set_result(None)

    def _wait(self) -> float:
        now = self._monotonic()
        worked_off = self._free_at - (_BURST - 1) * self._each
        return max(worked_off - now, self._halted_until - now, 0.0)

    def _take(self) -> None:
        self._free_at = max(self._free_at, self._monotonic()) + self._each
