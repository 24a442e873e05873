"""What the database says of the chats that may be due, some hundreds at a time. Decides nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.due import asleep, due_at, waits_until

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from bot.chats import Chat
    from bot.heard import Heard
    from bot.ports import Desk
    from digest.calendar import Calendar
    from digest.ports import Harvested

BATCH = 500
"""Chats in one transaction."""

_FREED_WITHIN = timedelta(days=14)
"""For how long papers of deliveries that were given up come again; what is refused isn't tried for ever."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Some chats, in one snapshot.

    Attributes:
        harvested: what came after each serial that one of them was told of.
        read: the newest date that was read; None before the first.
        freed: of each chat, the dates of papers whose deliveries were given up.
    """

    chats: tuple[Chat, ...]
    harvested: Mapping[int, tuple[Harvested, ...]]
    read: date | None
    freed: Mapping[int, frozenset[date]]
    heard: Mapping[int, Heard]


def waiting(desk: Desk, now: datetime) -> Batch:
    """Return chats that may be due and haven't heard of the newest listing."""
    newest = desk.papers.newest()
    chats = desk.chats.due(now, newest, BATCH)
    numbers = [chat.number for chat in chats]
    return Batch(
        chats=chats,
        harvested={told: desk.papers.listed_since(told) for told in {chat.told for chat in chats}},
        read=max(desk.papers.dates(1), default=None),
        freed=desk.deliveries.freed(numbers, now - _FREED_WITHIN),
        heard=desk.hearings.of(numbers),
    )


def awake(desk: Desk, now: datetime) -> Batch:
    """Return chats that would be due if there were a new listing."""
    newest = desk.papers.newest()
    chats = desk.chats.due(now, newest + 1, BATCH)
    return Batch(chats, {}, None, {}, desk.hearings.of([chat.number for chat in chats]))


def is_open(chat: Chat, now: datetime, expected: datetime) -> bool:
    """Whether a chat may be told now of a listing that was expected then."""
    return not asleep(chat, now) and due_at(chat.preferences, now, expected) <= now


def opens(
    chat: Chat,
    now: datetime,
    calendar: Calendar,
    at_least: timedelta,
    harvested: Sequence[Harvested] = (),
) -> datetime:
    """Return from when a chat that gets nothing now is to be looked at again.

    Args:
        chat: a chat.
        now: the time.
        calendar: when listings are expected.
        at_least: how long to wait where nothing but trouble holds it back.
        harvested: what it has yet to hear of.
    """
    earliest = waits_until(chat, now, calendar, harvested)
    return earliest if earliest > now else now + at_least
