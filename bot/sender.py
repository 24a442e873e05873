"""Sends one message and always has an outcome, whatever the platform does. Knows no outbox.

A send that hangs must not hold others, and an adapter's bug must not end the dispatcher.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any

from bot.outbox import Moved, Refused, Retry, Unknown

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Sequence

    from bot.chats import Address
    from bot.outbox import Message, Outcome
    from bot.ports import Platform, ShowsPictures
    from bot.talk import Illustration

SEND_SECONDS = 30.0
"""How long a platform may take to answer at most; half of it is sure."""

_LOOKS = 2  # of the watch in that time; a timer for each message would cost more than sending it

_PATIENCE = 10.0  # the longest that a person's reply waits for a platform that asks for it
_REPLY_TRIES = 3

_log = logging.getLogger(__name__)


class Sender:
    """Sends to one platform."""

    def __init__(
        self, platform: Platform, sleep: Callable[[float], Awaitable[None]], random: Callable[[], float]
    ) -> None:
        self._platform = platform
        self._sleep = sleep
        self._random = random
        self._open: dict[asyncio.Task[Any], int] = {}  # who sends, and the looks at which they still did
        self._watching: asyncio.Task[None] | None = None

    async def reply(self, address: Address, message: Message, *, sound: bool = True) -> Outcome:
        """Send a person's answer at once, past every digest, and return what became of it in the end.

        It takes no slot and isn't kept; a platform that asks for a short wait or the plain form gets it.
        """
        key = f"r{int(self._random() * 2**64):x}"
        plain = False
        outcome: Outcome = Unknown("not sent")
        for _ in range(_REPLY_TRIES):
            body = message.plain if plain else message.body
            outcome = await self.send(address, body, plain=plain, key=key, sound=sound)
            match outcome:
                case Refused() if not plain:
                    plain = True
                case Moved(to):
                    address = to
                case Retry(after=float() | int() as after) if after <= _PATIENCE:
                    await self._sleep(after)
                case _:
                    break
        return outcome

    async def pictures(
        self, address: Address, platform: ShowsPictures, pictures: Sequence[Illustration]
    ) -> Outcome:
        """Send pictures in a person's answer, and return what became of them in the end."""
        outcome: Outcome = Unknown("not sent")
        for _ in range(_REPLY_TRIES):
            outcome = await self._watched(platform.send_pictures(address, pictures))
            match outcome:
                case Moved(to):
                    address = to
                case Retry(after=float() | int() as after) if after <= _PATIENCE:
                    await self._sleep(after)
                case _:
                    break
        return outcome

    async def send(
        self, address: Address, body: str, *, plain: bool, key: str, sound: bool, after: str = ""
    ) -> Outcome:
        """Send one message; no answer in time, and a platform's bug, are unknown outcomes."""
        return await self._watched(
            self._platform.send(address, body, plain=plain, key=key, sound=sound, after=after)
        )

    async def _watched(self, sending: Coroutine[Any, Any, Outcome]) -> Outcome:
        task = asyncio.current_task()
        if task is None:
            sending.close()
            raise RuntimeError("a message is sent by a task")
        self._open[task] = 0
        if not self._watching:
            self._watching = asyncio.create_task(self._watch())
        try:
            return await sending
        except asyncio.CancelledError:
            if self._open[task] >= _LOOKS and not task.uncancel():
                return Unknown(f"no answer within {SEND_SECONDS:g} s")
            if task.cancelling():
                raise
            return Unknown("cancelled")
        except Exception as error:  # noqa: BLE001 - an adapter may let anything through
            _log.exception("%s: sending failed unexpectedly", self._platform.name)
            return Unknown(f"{type(error).__name__}: {error}")
        finally:
            del self._open[task]

    def close(self) -> None:
        """End the watch; the next send begins it anew."""
        if self._watching:
            self._watching.cancel()
            self._watching = None

    async def _watch(self) -> None:
        """Cut off every send that is still there at the second look."""
        while self._open:
            await self._sleep(SEND_SECONDS / _LOOKS)
            for task, seen in self._open.items():
                self._open[task] = seen + 1
                if seen + 1 == _LOOKS:
                    task.cancel()
        self._watching = None
