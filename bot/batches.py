"""What the database says of the chats that may be due, some hundreds at a time. Decides nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.due import asleep, due_at, waits_until

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from bot.chats import Chat
    from bot.heard import Heard
    from bot.ports import Desk

BATCH = 500
"""Chats in one transaction."""

_FREED_WITHIN = timedelta(days=14)
"""For how long papers of deliveries that were given up come again; what is refused isn't tried for ever."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Some chats, in one snapshot.

    Attributes:
        listed: the dates of the listings that came after each serial that one of them was told of.
        newest: the newest serial.
        freed: of each chat, the dates of papers whose deliveries were given up.
    """

    chats: tuple[Chat, ...]
    listed: Mapping[int, tuple[date, ...]]
    newest: int
    freed: Mapping[int, frozenset[date]]
    heard: Mapping[int, Heard]


def waiting(desk: Desk, now: datetime) -> Batch:
    """Return chats that may be due and haven't heard of the newest listing."""
    newest = desk.papers.newest()
    chats = desk.chats.due(now, newest, BATCH)
    numbers = [chat.number for chat in chats]
    return Batch(
        chats=chats,
        listed={told: desk.papers.listed_since(told)[0] for told in {chat.told for chat in chats}},
        newest=newest,
        freed=desk.deliveries.freed(numbers, now - _FREED_WITHIN),
        heard=desk.hearings.of(numbers),
    )


def awake(desk: Desk, now: datetime) -> Batch:
    """Return chats that would be due if there were a new listing."""
    newest = desk.papers.newest()
    chats = desk.chats.due(now, newest + 1, BATCH)
    return Batch(chats, {}, newest, {}, desk.hearings.of([chat.number for chat in chats]))


def is_open(chat: Chat, now: datetime) -> bool:
    """Whether a chat may be sent something now."""
    return not asleep(chat, now) and due_at(chat.preferences, now) <= now


def opens(chat: Chat, now: datetime, at_least: timedelta) -> datetime:
    """Return from when a chat that gets nothing now is to be looked at again.

    Args:
        chat: a chat.
        now: the time.
        at_least: how long to wait where nothing but trouble holds it back.
    """
    earliest = waits_until(chat, now)
    return earliest if earliest > now else now + at_least
