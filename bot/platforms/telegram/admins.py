"""Who administers which chat, as Telegram says it; remembered for a short while."""

from __future__ import annotations

import logging
from collections import OrderedDict
from typing import TYPE_CHECKING

from telegram.constants import ChatMemberStatus
from telegram.error import TelegramError

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.chats import Address
    from bot.platforms.telegram.client import Client

_LOG = logging.getLogger(__name__)

_KEPT = 20.0  # seconds; who loses their rights keeps them so long at most
_MOST = 1_000
_ADMINS = (ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR)


class Admins:
    """Asks for members.

    Args:
        client: connected.
        monotonic: seconds since whenever.
    """

    def __init__(self, client: Client, monotonic: Callable[[], float]) -> None:
        self._client = client
        self._monotonic = monotonic
        self._known: OrderedDict[tuple[str, str], tuple[bool, float]] = OrderedDict()

    async def administers(self, address: Address, person: str) -> bool:
        """Return whether a person administers a chat; False when Telegram doesn't say so."""
        if person == address.chat:
            return True  # a hidden admin, or whoever posts in a channel: the chat itself speaks
        if person.startswith("-"):
            return False  # some other channel, in whose name somebody writes
        key, now = (address.chat, person), self._monotonic()
        if key in self._known and now - self._known[key][1] < _KEPT:
            return self._known[key][0]
        try:
            member = await self._client.call("getChatMember", chat_id=int(address.chat), user_id=int(person))
        except (TelegramError, ValueError) as error:
            _LOG.info("%s: whether %s administers it can't be known: %s", address.chat, person, error)
            return False
        admin = member.get("status") in list(_ADMINS)
        self._known[key] = admin, now
        self._known.move_to_end(key)
        while len(self._known) > _MOST:
            self._known.popitem(last=False)
        return bool(admin)
