"""How many briefs a day models may write because of one chat; counted in memory, so a restart forgives.

A brief that is there already costs nothing and isn't counted. One that several chats are waiting for is on
the account of the first that has anything left.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from datetime import datetime

    from digest.model import PaperId


@dataclass(frozen=True)
class Allowances:
    """Counts briefs by chat.

    Args:
        per_chat: how many each has in 24 hours.
        now: the time.
    """

    per_chat: int
    now: Callable[[], datetime]
    _limits: Limits = field(default_factory=lambda: Limits(100_000, timedelta(days=1)))

    def of(self, chat: int) -> Callable[[PaperId], bool]:
        """Return what `digest.briefs.Briefs` asks before a brief for one chat costs something."""
        return lambda _: self._take(chat)

    def of_any(self, chats: Mapping[PaperId, Collection[int]]) -> Callable[[PaperId], bool]:
        """Return the same for papers that several chats each are to get."""
        return lambda paper: any(self._take(chat) for chat in chats.get(paper, ()))

    def _take(self, chat: int) -> bool:
        return self._limits.take({chat: self.per_chat}, self.now()) is None
