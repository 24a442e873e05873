"""Which digests are begun before they're due: those with notes, which take long. Pure."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.chats import Detail
from bot.due import asleep, due, next_list

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.chats import Chat
    from digest.calendar import Calendar
    from digest.ports import Harvested

AHEAD = timedelta(hours=12)
"""How long before a digest is due its papers are read at the earliest: then the list is in for nearly all."""


def foreseen(
    chat: Chat, now: datetime, opens: datetime, calendar: Calendar, harvested: Sequence[Harvested]
) -> tuple[Harvested, ...]:
    """Return what a chat will be told of so soon that its notes are to be taken now; nothing for none.

    Args:
        chat: isn't due.
        now: the time.
        opens: from when it may be, as `bot.batches.opens` says.
        calendar: when listings are expected.
        harvested: what it has yet to hear of, oldest first.
    """
    if chat.preferences.detail is not Detail.NOTES or asleep(chat, now) or opens - now > AHEAD:
        return ()
    return due(chat, opens, calendar, harvested)


def looked_at(chat: Chat, now: datetime, opens: datetime, calendar: Calendar) -> datetime:
    """Return from when a chat that isn't due is looked at again: once it may be, or its notes may be begun.

    Args:
        chat: isn't due.
        now: the time.
        opens: from when it may be, as `bot.batches.opens` says.
        calendar: when listings are expected; with each there's more to read.
    """
    if chat.preferences.detail is not Detail.NOTES:
        return opens
    return min(opens, next_list(now, calendar))
