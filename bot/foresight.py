"""Which digests are begun before they're due: those whose papers are read whole, which takes long. Pure."""

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
    """Return what a chat will be told of so soon that it's to be read now; nothing for none.

    Args:
        chat: isn't due.
        now: the time.
        opens: from when it may be, as `bot.batches.opens` says.
        calendar: when listings are expected.
        harvested: what it has yet to hear of, oldest first.
    """
    if not _reads(chat) or asleep(chat, now) or opens - now > AHEAD:
        return ()
    return due(chat, opens, calendar, harvested)


def looked_at(chat: Chat, now: datetime, opens: datetime, calendar: Calendar) -> datetime:
    """Return from when a chat that isn't due is looked at again: once it may be, or has more to be read.

    Args:
        chat: isn't due.
        now: the time.
        opens: from when it may be, as `bot.batches.opens` says.
        calendar: when listings are expected; with each there's more to read.
    """
    if not _reads(chat):
        return opens
    return min(opens, next_list(now, calendar))


def _reads(chat: Chat) -> bool:
    """Whether papers are read whole for a chat's digests."""
    return chat.preferences.detail is Detail.NOTES or chat.preferences.figures
