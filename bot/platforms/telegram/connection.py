"""What there is between a start of the platform and its stop: asks Telegram, and ends in order."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from telegram.error import TelegramError

from bot.outbox import Sent
from bot.platforms.telegram.errors import is_same, outcome_of

if TYPE_CHECKING:
    from bot.chats import Address
    from bot.outbox import Outcome
    from bot.platforms.telegram.admins import Admins
    from bot.platforms.telegram.client import Client
    from bot.platforms.telegram.incoming import Myself
    from bot.platforms.telegram.intake import Intake
    from bot.platforms.telegram.limiter import Urgency
    from bot.sender import Sender

_TO_FINISH = 1.0  # seconds for what is being answered when it's stopped


@dataclass(frozen=True)
class Connection:
    """One connection.

    Args:
        polls: whether Telegram is asked for updates, and isn't told of a webhook.
    """

    client: Client
    myself: Myself
    admins: Admins
    intake: Intake
    sender: Sender
    listening: asyncio.Task[None]
    introducing: asyncio.Task[None]
    polls: bool

    async def ask(
        self, address: Address, urgency: Urgency, method: str, parameters: dict[str, Any]
    ) -> Outcome:
        """Call a method for a chat; never raises."""
        try:
            result = await self.client.call(method, urgency=urgency, **parameters)
        except TelegramError as error:
            if is_same(error):
                return Sent(str(parameters.get("message_id", "")))
            return outcome_of(error, address)
        # A draft and an edit of what one member sees result in no message.
        return Sent(str(result["message_id"]) if isinstance(result, dict) else "")

    async def finish(self) -> None:
        """Take nothing more, and finish what is being answered."""
        listening = {self.listening, self.introducing}
        for task in listening:
            task.cancel()
        await asyncio.wait(listening)
        await self.intake.finish(_TO_FINISH)
        await self._confirm()

    async def close(self) -> None:
        """Disconnect."""
        self.sender.close()
        await self.client.shutdown()

    async def _confirm(self) -> None:
        """Tell Telegram what was handled, so that it doesn't come again."""
        if not self.polls or not self.intake.offset:
            return
        with contextlib.suppress(TelegramError):  # then it does
            await self.client.call("getUpdates", offset=self.intake.offset, timeout=0, limit=1, wait=0.5)
