"""Times as chats are told them, in their own zone. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.chats import State
from bot.due import due_at, next_digest
from bot.phrases import moments as say

if TYPE_CHECKING:
    from datetime import datetime

    from bot.chats import Chat
    from bot.wishes import Local
    from digest.calendar import Calendar
    from digest.translation import Phrases


def local(at: datetime, zone: str) -> Local:
    """Return a time as the clocks of a zone show it."""
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def moment(at: datetime, zone: str, phrases: Phrases) -> str:
    """Return a moment as people say it: “Mon 29 June, 07:00”."""
    there = local(at, zone)
    return phrases(say.MOMENT, day=phrases.day(there.date()), time=f"{there:%H:%M}")


def next_at(chat: Chat, now: datetime, newest: int, calendar: Calendar) -> datetime | None:
    """Return when a chat's next digest is to be expected; None if none comes.

    Args:
        chat: as it is stored.
        now: the time.
        newest: the serial of the newest listing; what the chat hasn't heard of yet comes at once.
        calendar: when listings are expected.
    """
    if not chat.subscriptions or chat.state is State.UNREACHABLE:
        return None
    if chat.state is State.PAUSED and chat.until is None:
        return None
    wants = chat.preferences
    expected = due_at(wants, now) if newest > chat.told else next_digest(wants, now, calendar)
    return expected if chat.until is None or chat.until <= expected else due_at(wants, chat.until)
