"""Papers that aren't tried again with a model for some hours, because it gave no usable answer. Pure."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from digest.errors import ModelAnswerError
    from digest.records import BriefKey

RESTS = timedelta(hours=6)
"""For how long."""

_MOST = 10_000


@dataclass
class Resting:
    """Remembers which, and why."""

    _known: OrderedDict[BriefKey, tuple[datetime, ModelAnswerError]] = field(default_factory=OrderedDict)

    def add(self, key: BriefKey, why: ModelAnswerError, now: datetime) -> None:
        """Let a paper rest from now on."""
        self._known[key] = now + RESTS, why
        if len(self._known) > _MOST:
            self._known.popitem(last=False)

    def why(self, key: BriefKey, now: datetime) -> ModelAnswerError | None:
        """Return why a paper rests; None if it doesn't."""
        until, why = self._known.get(key, (now, None))
        return why if now < until else None
