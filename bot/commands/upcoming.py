"""When a chat's next digest is to be expected, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.chats import State
from bot.due import due_at, next_digest
from bot.phrases import subscribing as say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from bot.chats import Chat
    from bot.commands.call import Tools
    from bot.ports import Desk
    from digest.calendar import Calendar
    from digest.phrases import Phrase
    from digest.translation import Phrases


async def say_upcoming(
    chat: Chat, tools: Tools, now: datetime, phrases: Phrases, as_a: Phrase = say.NEXT_DIGEST
) -> str:
    """Say when the next digest comes: “Next digest: Mon 29 June, about 07:00.”.

    Args:
        chat: as it's stored now.
        tools: what commands use.
        now: the time.
        phrases: in the reader's language.
        as_a: what is said of it, with ``{when}``.
    """
    untold, read = await tools.store.read(lambda desk: _lists(desk, chat))
    earliest = now
    if chat.state is State.PAUSED:
        if chat.until is None:
            return phrases(say.PAUSED)
        earliest = max(now, chat.until)
    at = _expected(chat, earliest, untold, read, tools.calendar)
    if at <= now:
        return phrases(as_a, when=phrases(say.IN_MINUTES if untold else say.ONCE_LISTED))
    local = at.astimezone(ZoneInfo(chat.preferences.zone))
    when = phrases(say.DAY_AND_TIME, day=phrases.day(local.date()), time=f"{local:%H:%M}")
    return phrases(as_a, when=when)


def _lists(desk: Desk, chat: Chat) -> tuple[tuple[date, ...], tuple[date, ...]]:
    """Return the dates that a chat has yet to hear of, and the last that was read."""
    return desk.papers.listed_since(chat.told)[0], desk.papers.dates(1)


def _expected(
    chat: Chat, earliest: datetime, untold: Sequence[date], read: Sequence[date], calendar: Calendar
) -> datetime:
    """Return when a digest is to be expected, if nothing but its making or arXiv's list holds it back.

    A list that is out but wasn't read yet comes before the next one.
    """
    awaited = not read or read[-1] < calendar.last(earliest)
    if untold or awaited:
        return due_at(chat.preferences, earliest)
    return next_digest(chat.preferences, earliest, calendar)
