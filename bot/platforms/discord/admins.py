"""Who may change what comes to a channel, as Discord says it; remembered for a short while."""

from __future__ import annotations

import logging
from collections import OrderedDict
from typing import TYPE_CHECKING, Any

from discord import Member

from bot.platforms.discord.errors import FAILURES
from bot.platforms.discord.places import person_of, target_of
from bot.platforms.discord.rights import manages

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.chats import Address
    from bot.platforms.discord.client import Client

_LOG = logging.getLogger(__name__)

_KEPT = 20.0
"""Seconds; who loses their rights keeps them so long at most."""
_KEPT_ONCE_USED = 900.0
"""Seconds, where a server lets somebody use a command who manages nothing: as long as its answer lives."""
_MOST = 1_000


class Admins:
    """Knows what interactions say, and asks for the rest.

    Args:
        client: returns the client that is connected.
        monotonic: seconds since whenever.
    """

    def __init__(self, client: Callable[[], Client], monotonic: Callable[[], float]) -> None:
        self._client = client
        self._monotonic = monotonic
        self._known: OrderedDict[tuple[int, str], tuple[bool, float]] = OrderedDict()

    def note(self, address: Address, person: str, *, may: bool, by_command: bool = False) -> None:
        """Note whether somebody may change what comes to a channel.

        Args:
            address: of the channel.
            person: who.
            may: whether they may.
            by_command: the server itself let them use a command that changes it.
        """
        key, now = (target_of(address), person), self._monotonic()
        before = self._known.get(key)
        if before and before[0] and before[1] > now and not may:
            return  # the server allowed it a moment ago, whatever else they may
        self._known[key] = may, now + (_KEPT_ONCE_USED if by_command else _KEPT)
        self._known.move_to_end(key)
        while len(self._known) > _MOST:
            self._known.popitem(last=False)

    async def administers(self, address: Address, person: str) -> bool:
        """Return whether a person may change what comes to a channel; False when Discord doesn't say so."""
        target = target_of(address)
        known = self._known.get((target, person))
        if known and self._monotonic() < known[1]:
            return known[0]
        number = person_of(person)
        channel: Any = self._client().get_channel(target)
        guild = getattr(channel, "guild", None)
        if number is None or guild is None:
            return False
        try:
            data = await self._client().http.get_member(guild.id, number)
        except FAILURES as error:
            _LOG.info("%s: whether %s manages it can't be known: %s", address, person, error)
            return False
        member = Member(data=data, guild=guild, state=guild._state)  # noqa: SLF001 - as the library does it
        may = manages(channel.permissions_for(member))
        self.note(address, person, may=may)
        return may
