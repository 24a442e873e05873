"""Updates in hand: one chat's in order, different chats' at once, each confirmed after it was handled.

Telegram keeps an update until a higher number is asked for. What a crash or a stop cuts off comes again. Long
work would hold back what follows, so an update counts as handled after a while, or once many came after it.
Knows no Telegram.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from bot.turns import Turns

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Hashable

    from bot.turns import Turn

_LOG = logging.getLogger(__name__)

MOST = 50
"""How many updates may come after one that isn't confirmed; Telegram gives 100 from that one on, no more."""

LONGEST = 30.0
"""Seconds after which an update that is still being handled is confirmed."""

_PACE, _LEISURE = 0.02, 0.1
# Seconds after which to ask again while something is in hand, which Telegram tells again at once: most is
# done in no time, and what isn't takes long.
_SOON = 1.0  # seconds in which most is done

_REMEMBERED = 1_000


class Intake:
    """Handles updates.

    Args:
        monotonic: seconds since whenever.
    """

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._begun: dict[int, float] = {}  # unconfirmed updates that are being handled, and since when
        self._seen: set[int] = set()  # what came and would be told again
        self._last = 0
        self._turns = Turns()
        self._tasks: set[asyncio.Task[None]] = set()
        self._done = asyncio.Event()

    @property
    def offset(self) -> int:
        """The lowest number that isn't confirmed; 0 if nothing came yet."""
        now = self._monotonic()
        for number, since in [*self._begun.items()]:
            if now - since > LONGEST or self._last - number >= MOST:
                del self._begun[number]
        return min(self._begun, default=self._last + 1 if self._last else 0)

    @property
    def busy(self) -> bool:
        """Whether an update that isn't confirmed is being handled."""
        return bool(self._begun)

    def knows(self, number: int) -> bool:
        """Return whether an update came before."""
        return number in self._seen

    def take(
        self, number: int, lane: Hashable, handle: Callable[[Turn], Awaitable[None]]
    ) -> asyncio.Task[None]:
        """Begin to handle an update that didn't come before.

        Args:
            number: the update's.
            lane: what is in the same one is handled in order.
            handle: does it, and may pass its turn on; what it raises is logged.

        Returns:
            What ends when it was handled.
        """
        self._seen.add(number)
        self._last = number  # after a quiet week Telegram begins anew, lower perhaps
        self._begun[number] = self._monotonic()
        self._tidy()
        task = asyncio.create_task(self._handle(number, self._turns.of(lane), handle))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    @property
    def pace(self) -> float:
        """In how many seconds to ask again if nothing is handled before; 0 where nothing is in hand."""
        if not self._begun:
            return 0.0
        return _PACE if self._monotonic() - max(self._begun.values()) < _SOON else _LEISURE

    async def rest(self) -> None:
        """Wait until an update was handled, or it's time to ask again."""
        self._done.clear()
        if pace := self.pace:
            waiting = asyncio.create_task(self._done.wait())
            await asyncio.wait({waiting}, timeout=pace)
            waiting.cancel()

    async def finish(self, seconds: float) -> None:
        """Let what is in hand end, so long at most; the rest is cut off and comes again."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks)

    def _tidy(self) -> None:
        """Forget what was confirmed long ago: it never comes again."""
        if len(self._seen) > 2 * _REMEMBERED:
            self._seen = {number for number in self._seen if number >= self.offset - _REMEMBERED}

    async def _handle(self, number: int, turn: Turn, handle: Callable[[Turn], Awaitable[None]]) -> None:
        try:
            async with turn:
                await handle(turn)
        except Exception:  # noqa: BLE001 - one update mustn't hold up the others
            _LOG.exception("an update of Telegram's wasn't handled")
        self._begun.pop(number, None)  # not where it was cut off: that comes again
        self._done.set()
