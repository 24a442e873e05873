"""What becomes of rich messages that Telegram doesn't take: the classic form goes out in the same breath.

So nobody gets a message twice or not at all. Only a refusal counts: what wasn't answered may have been sent.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, TypeVar

from telegram.error import InvalidToken, TelegramError

from bot.chats import Address
from bot.outbox import Refused
from bot.platforms.telegram.errors import is_same, outcome_of
from bot.platforms.telegram.messages import classic_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

T = TypeVar("T")

_ANYWHERE = Address("telegram", "")

_LOG = logging.getLogger(__name__)


class RichOrClassic:
    """Sends and edits bodies in the form that Telegram takes.

    Attributes:
        missing: whether this Bot API has no rich messages; it isn't asked for them again then.
    """

    def __init__(self) -> None:
        self.missing = False

    async def do(self, body: str, request: Callable[[str], Awaitable[T]]) -> T:
        """Make a request with a body; if it's rich and refused, with its classic form.

        Args:
            body: as it's kept.
            request: sends a body, or puts it in the place of a message.

        Raises:
            TelegramError: what the request raised, unless that was a refusal of a rich body.
            ValueError: it isn't a body.
        """
        classic = classic_of(body)
        if not classic:
            return await request(body)
        if self.missing:
            return await request(classic)
        try:
            return await request(body)
        except TelegramError as error:
            if is_same(error) or not isinstance(outcome_of(error, _ANYWHERE), Refused):
                raise
            self._refused(error)
        return await request(classic)

    def _refused(self, error: TelegramError) -> None:
        if isinstance(error, InvalidToken):  # what the library makes of a method that isn't there
            self.missing = True
            _LOG.warning("telegram: this Bot API has no rich messages; all go in the classic layout")
        else:
            _LOG.warning("telegram: a rich message was refused and goes in the classic layout: %s", error)
