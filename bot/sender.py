"""Sends one message and always has an outcome, whatever the platform does. Knows no outbox.

A send that hangs must not hold others, and an adapter's bug must not end the dispatcher.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from bot.outbox import Moved, Refused, Retry, Unknown

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.chats import Address
    from bot.outbox import Message, Outcome
    from bot.ports import Platform

SEND_SECONDS = 30.0
"""How long a platform may take to answer."""

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

    async def send(self, address: Address, body: str, *, plain: bool, key: str, sound: bool) -> Outcome:
        """Send one message; no answer in time, and a platform's bug, are unknown outcomes."""
        sending = asyncio.ensure_future(self._platform.send(address, body, plain=plain, key=key, sound=sound))
        timer = asyncio.ensure_future(self._sleep(SEND_SECONDS))
        try:
            await asyncio.wait({sending, timer}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            timer.cancel()
            if not sending.done():
                sending.add_done_callback(_look_away)
                sending.cancel()
        if not sending.done():
            return Unknown(f"no answer within {SEND_SECONDS:g} s")
        if sending.cancelled():
            return Unknown("cancelled")
        if error := sending.exception():
            _log.error("%s: sending failed unexpectedly", self._platform.name, exc_info=error)
            return Unknown(f"{type(error).__name__}: {error}")
        return sending.result()


def _look_away(sending: asyncio.Future[Outcome]) -> None:
    """Take the late result of a send that nobody waits for any more."""
    if not sending.cancelled():
        sending.exception()
