"""Times as chats are told them, in their own zone. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.phrases import moments as say

if TYPE_CHECKING:
    from datetime import datetime

    from bot.wishes import Local
    from digest.translation import Phrases


def local(at: datetime, zone: str) -> Local:
    """Return a time as the clocks of a zone show it."""
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def moment(at: datetime, zone: str, phrases: Phrases) -> str:
    """Return a moment as people say it: “Mon 29 June, 07:00”."""
    there = local(at, zone)
    return phrases(say.MOMENT, day=phrases.day(there.date()), time=f"{there:%H:%M}")
