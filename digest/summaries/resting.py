"""Papers that aren't tried again with a model for some hours, because it gave no usable answer. Pure."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from digest.records import BriefKey

RESTS = timedelta(hours=6)
"""For how long."""

_MOST = 10_000


@dataclass(frozen=True, slots=True)
class Rest:
    """Until when a paper rests, and whether what the model wrote didn't pass the check."""

    until: datetime
    unfit: bool


@dataclass
class Resting:
    """Remembers which."""

    _known: OrderedDict[BriefKey, Rest] = field(default_factory=OrderedDict)

    def add(self, key: BriefKey, now: datetime, *, unfit: bool) -> None:
        """Let a paper rest from now on."""
        self._known[key] = Rest(now + RESTS, unfit)
        if len(self._known) > _MOST:
            self._known.popitem(last=False)

    def find(self, key: BriefKey, now: datetime) -> Rest | None:
        """Return a paper's rest; None if it doesn't."""
        rest = self._known.get(key)
        return rest if rest and now < rest.until else None
