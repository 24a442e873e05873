"""Steps of long work as drafts: Telegram shows one in a private chat until the next message comes, with Stop.

It takes a draft away after 30 seconds too, so what lasts is shown again before:
https://core.telegram.org/bots/api#sendmessagedraft. Knows no words and no command.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.outbox import Gone, Refused, Retry, Sent, Unknown
from bot.platforms.telegram.errors import lacks_method
from bot.platforms.telegram.incoming import STOPPED
from bot.platforms.telegram.limiter import Urgency
from bot.platforms.telegram.requests import drafting
from bot.talk import Kind

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.chats import Address
    from bot.outbox import Outcome
    from bot.talk import Incoming

KEPT = 20.0
"""Seconds after which a draft is shown again."""

_SOON = 5.0  # seconds after which one is that didn't get through, if nobody says when it will
_PACE = 0.5  # seconds that are between two of them at least
_PATIENCE = 3.0  # seconds for Telegram to answer: the result waits for a step that is on its way
_NUMBERS = 2**31 - 1

_LOG = logging.getLogger(__name__)


@dataclass
class Drafts:
    """The drafts of one bot.

    Args:
        ask: calls a method for a chat.
        sleep: waits some seconds.
        random: from 0 to 1.
    """

    ask: Callable[[Address, Urgency, str, dict[str, Any]], Awaitable[Outcome]]
    sleep: Callable[[float], Awaitable[None]]
    random: Callable[[], float]
    missing: bool = False
    """Whether this Bot API has no drafts; it isn't asked for them again then."""
    under_way: dict[int, Draft] = field(default_factory=dict)
    """What may be stopped, by its number."""

    def begin(self, said: Incoming) -> Draft | None:
        """Return a draft for what is done because of something said; None where there are none."""
        if self.missing or said.place.kind is not Kind.PRIVATE:
            return None
        draft = Draft(self, said, 1 + int(self.random() * _NUMBERS))
        self.under_way[draft.number] = draft
        return draft

    def stopped(self, update: dict[str, Any]) -> Incoming | None:
        """Return what had begun the work that an update stops; None where that's done, or nothing is."""
        number = update[STOPPED]["draft_id"] if STOPPED in update else 0
        draft = self.under_way.get(number)
        if draft is None:
            return None
        draft.close()
        return draft.said

    async def send(self, address: Address, number: int, body: str) -> Outcome:
        """Show a body as a draft, at once or not at all."""
        try:
            async with asyncio.timeout(_PATIENCE):
                outcome = await self.ask(address, Urgency.STEP, *drafting(address, number, body))
        except TimeoutError:
            return Unknown(f"no answer within {_PATIENCE:g} s")
        if isinstance(outcome, Refused | Gone):
            self.missing = self.missing or lacks_method(outcome)
            _LOG.warning("Telegram refused a draft, so steps come as messages: %s", outcome.why)
        return outcome


class Draft:
    """The steps of one exchange, one after the other in the same place.

    Args:
        drafts: what it's one of.
        said: what is being answered.
        number: not 0, and no other draft's.
    """

    def __init__(self, drafts: Drafts, said: Incoming, number: int) -> None:
        self.said = said
        self.number = number
        self._drafts = drafts
        self._turn = asyncio.Lock()  # one request after the other, as each would show what it says last
        self._over = False
        self._keeping: asyncio.Task[None] | None = None

    async def show(self, body: str) -> bool:
        """Show a step, and keep showing it; return whether this chat takes drafts."""
        async with self._turn:
            self._rest()
            outcome = await self._send(body)
            if isinstance(outcome, Refused | Gone):
                return False
            if not self._over:
                self._keeping = asyncio.create_task(self._keep(body, outcome))
            return True

    async def end(self) -> None:
        """Show nothing more; what is on its way arrives before."""
        self._over = True
        try:
            async with self._turn:
                pass
        finally:
            self.close()

    def close(self) -> None:
        """Show nothing more from now on."""
        self._over = True
        self._rest()
        self._drafts.under_way.pop(self.number, None)

    async def _keep(self, body: str, outcome: Outcome) -> None:
        while not isinstance(outcome, Refused | Gone):
            await self._drafts.sleep(_pause(outcome))
            async with self._turn:
                outcome = await self._send(body)

    async def _send(self, body: str) -> Outcome:
        if self._over:
            return Sent("")
        return await self._drafts.send(self.said.place.address, self.number, body)

    def _rest(self) -> None:
        if self._keeping:
            self._keeping.cancel()
            self._keeping = None


def _pause(outcome: Outcome) -> float:
    """Return after how many seconds a draft is to be shown again."""
    match outcome:
        case Sent():
            return KEPT
        case Retry(after=float() | int() as after):
            return min(max(after, _PACE), KEPT)
        case _:
            return _SOON
