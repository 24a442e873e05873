"""How often something may be done in a while, counted in memory: a restart forgives. Knows no clock."""

from __future__ import annotations

from collections import OrderedDict, deque
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping
    from datetime import datetime

WINDOW = timedelta(hours=1)


@dataclass
class Limits:
    """Counts uses by whoever they count for.

    Args:
        most_known: how many are remembered; whoever used it longest ago is forgotten first.
        window: how long a use counts.
    """

    most_known: int = 10_000
    window: timedelta = WINDOW
    _uses: OrderedDict[Hashable, deque[datetime]] = field(default_factory=OrderedDict)

    def take(self, limits: Mapping[Hashable, int], now: datetime) -> timedelta | None:
        """Count one use for all of them, unless one has none left.

        Args:
            limits: how many uses each has in the window.
            now: the time.

        Returns:
            None if it was counted, else how long until the next try.
        """
        waits = [
            uses[-limit] + self.window - now
            for who, limit in limits.items()
            if len(uses := self._recent(who, now)) >= limit
        ]
        if waits:
            return max(waits)
        for who in limits:
            self._recent(who, now).append(now)
            self._uses.move_to_end(who)
        while len(self._uses) > self.most_known:
            self._uses.popitem(last=False)
        return None

    def _recent(self, who: Hashable, now: datetime) -> deque[datetime]:
        uses = self._uses.setdefault(who, deque())
        # One from the future was counted before the clock was set back.
        while uses and not now - self.window < uses[0] <= now:
            uses.popleft()
        return uses
