"""An owner's figures: counted now where that is quick, else every few minutes. Knows no command.

Half a million messages take a tenth of a second to count, which is long for who waits and for those behind.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from bot.figures import Figures
    from bot.ports import Desk, Platform, Store

EVERY = timedelta(minutes=10)
"""How often a large database is counted."""

_WEEK = timedelta(days=7)
_QUICK = 20_000  # rows that take some milliseconds


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted.

    Attributes:
        figures: messages are those of the last seven days.
        readers: how many chats get digests.
        at: when.
    """

    figures: Figures
    readers: int
    at: datetime


@dataclass
class Counting:
    """Counts, and remembers the last result.

    Args:
        store: for what is quick.
        slowly: for what isn't, so that others needn't wait.
        platforms: those that are set up, by name.
        now: the time.
    """

    store: Store
    slowly: Store
    platforms: Mapping[str, Platform]
    now: Callable[[], datetime]
    _last: Counted | None = None

    async def figures(self) -> Counted:
        """Return the figures as they are, or in a large database as they were some minutes ago."""
        return await self.store.read(self._quickly) or self._last or await self._count()

    async def refresh(self) -> None:
        """Count if that isn't quick; to be called from time to time."""
        if await self.store.read(self._quickly) is None:
            await self._count()

    async def _count(self) -> Counted:
        self._last = await self.slowly.read(self._all)
        return self._last

    def _quickly(self, desk: Desk) -> Counted | None:
        return self._all(desk) if desk.counts.rows() <= _QUICK else None

    def _all(self, desk: Desk) -> Counted:
        now = self.now()
        readers = desk.chats.count_reading([*self.platforms], now)
        return Counted(desk.counts.figures(now - _WEEK), readers, now)
