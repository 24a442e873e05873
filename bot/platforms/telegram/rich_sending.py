"""What becomes of rich messages that Telegram doesn't take: the classic form goes out in the same breath.

So nobody gets a message twice or not at all. Only a refusal counts: what wasn't answered may have been sent.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from bot.outbox import Refused
from bot.platforms.telegram.errors import lacks_method
from bot.platforms.telegram.messages import classic_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.outbox import Outcome

_LOG = logging.getLogger(__name__)


class RichOrClassic:
    """Makes requests with the form of a message that Telegram takes.

    Attributes:
        missing: whether this Bot API has no rich messages; it isn't asked for them again then.
    """

    def __init__(self) -> None:
        self.missing = False

    async def do(self, body: str, request: Callable[[str], Awaitable[Outcome]]) -> Outcome:
        """Make a request with a body; if that's rich and refused, with its classic form.

        Args:
            body: as it's kept.
            request: sends a body, or puts it in the place of a message; ValueError if it isn't a body.
        """
        try:
            return await self._do(body, request)
        except ValueError as error:
            return Refused(f"not a message of Telegram's: {error}")

    async def _do(self, body: str, request: Callable[[str], Awaitable[Outcome]]) -> Outcome:
        classic = classic_of(body)
        if not classic:
            return await request(body)
        if not self.missing:
            outcome = await request(body)
            if not isinstance(outcome, Refused):
                return outcome
            self._note(outcome)
        return await request(classic)

    def _note(self, refused: Refused) -> None:
        self.missing = lacks_method(refused)
        if self.missing:
            _LOG.warning("this Bot API has no rich messages: they go out in the classic layout")
        else:
            _LOG.warning(
                "Telegram refused a rich message, which goes out in the classic layout: %s", refused.why
            )
