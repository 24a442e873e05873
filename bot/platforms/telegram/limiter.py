"""Lets requests go when Telegram's limits allow it: people's replies first, then digests in their order."""

from __future__ import annotations

import asyncio
import bisect
from enum import IntEnum
from itertools import count
from typing import TYPE_CHECKING, Any

from telegram.ext import BaseRateLimiter

from bot.platforms.telegram.rates import Rates
from bot.platforms.telegram.transport import FloodError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine

_COUNTED = ("send", "edit", "copy", "forward", "stop")
_UNCOUNTED = frozenset({"sendChatAction"})


_UNSAID = 1.0  # seconds, where a 429 doesn't say how many
_LOOK = 0.05  # seconds after which somebody more urgent may have come


class Urgency(IntEnum):
    """What goes first."""

    REPLY = 0
    DIGEST = 1
    STEP = 2
    """A step of long work: it goes at once or not at all, and leaves enough for what comes of that."""


_PATIENCE = {Urgency.REPLY: 20.0, Urgency.DIGEST: 1.0, Urgency.STEP: 0.0}
_PATIENCE_FOR_A_CHAT = {Urgency.REPLY: 20.0, Urgency.DIGEST: 0.1, Urgency.STEP: 0.0}
# Seconds that a request waits here, for everybody's limit and for its own chat's. A digest that must wait
# longer gives its place back: few are under way at once, and other chats' would wait behind it.


class Limiter(BaseRateLimiter[Urgency]):
    """The rate limiter of a `telegram.ext.ExtBot`.

    Args:
        overall: how many messages a second to all chats together.
        monotonic: seconds since whenever.
        sleep: waits some seconds.
    """

    def __init__(
        self, overall: float, monotonic: Callable[[], float], sleep: Callable[[float], Awaitable[None]]
    ) -> None:
        self._rates = Rates(overall)
        self._monotonic = monotonic
        self._sleep = sleep
        self._order = count()
        self._waiting: list[tuple[Urgency, int, str, asyncio.Future[None]]] = []
        self._pump: asyncio.Task[None] | None = None

    async def initialize(self) -> None:
        """Do nothing: it's ready when it's made."""

    async def shutdown(self) -> None:
        """Let nobody wait any more."""
        if self._pump:
            self._pump.cancel()
        for _, _, _, turn in self._waiting:
            turn.cancel()
        self._waiting.clear()

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: Urgency | None,
    ) -> Any:
        """Make a request in its turn.

        Raises:
            FloodError: Telegram said so, or the chat's turn is too far off.
        """
        if not endpoint.startswith(_COUNTED) or endpoint in _UNCOUNTED or "chat_id" not in data:
            return await callback(*args, **kwargs)
        chat = str(data["chat_id"])
        await self._turn(chat, Urgency.REPLY if rate_limit_args is None else rate_limit_args)
        try:
            return await callback(*args, **kwargs)
        except FloodError as error:
            self._rates.halt(chat, _UNSAID if error.seconds is None else error.seconds, self._monotonic())
            raise

    async def _turn(self, chat: str, urgency: Urgency) -> None:
        now = self._monotonic()
        if too_long := self._too_long(chat, urgency, now):
            raise FloodError(too_long)
        if not self._wait(chat, urgency, now) and not (self._waiting and self._waiting[0][0] <= urgency):
            self._rates.take(chat, now)
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        bisect.insort(self._waiting, (urgency, next(self._order), chat, turn))
        if self._pump is None or self._pump.done():
            self._pump = asyncio.create_task(self._drive())
        await turn

    async def _drive(self) -> None:
        """Give those who wait their turns; at most a handful wait, as many as may be under way."""
        while self._waiting:
            now = self._monotonic()
            self._send_back(now)
            if wait := self._let_go(now):
                await self._sleep(min(wait, _LOOK))

    def _wait(self, chat: str, urgency: Urgency, now: float) -> float:
        overall = self._rates.wait_overall(now, urgent=urgency is Urgency.REPLY)
        return max(overall, self._rates.wait(chat, now))

    def _too_long(self, chat: str, urgency: Urgency, now: float) -> float:
        """Return how long a request must wait if it's longer than it's to wait here."""
        overall = self._rates.wait_overall(now)
        own = self._rates.wait(chat, now, sparing=urgency is Urgency.STEP)
        if overall > _PATIENCE[urgency] or own > _PATIENCE_FOR_A_CHAT[urgency]:
            return max(overall, own)
        return 0.0

    def _send_back(self, now: float) -> None:
        """Let nobody wait on whom Telegram imposed a longer wait meanwhile."""
        for each in [*self._waiting]:
            urgency, _, chat, turn = each
            too_long = self._too_long(chat, urgency, now)
            if too_long and not turn.done():
                self._waiting.remove(each)
                turn.set_exception(FloodError(too_long))

    def _let_go(self, now: float) -> float:
        """Let the first go that may; else return how long to wait."""
        waits = []
        for place, (urgency, _, chat, turn) in enumerate(self._waiting):
            if not turn.done() and (wait := self._wait(chat, urgency, now)):
                waits.append(wait)
                continue
            del self._waiting[place]
            if not turn.done():  # else whoever waited was cancelled
                self._rates.take(chat, now)
                turn.set_result(None)
            return 0.0
        return min(waits, default=0.0)
