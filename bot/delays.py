"""Tells chats that their digest is late because arXiv can't be reached: one line, once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.batches import awake, is_open, opens
from bot.heard import Heard, wants_late_line
from bot.parcels import late_document, parcel

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from bot.batches import Batch
    from bot.chats import Layout
    from bot.deliveries import Parcel
    from bot.ports import Desk, Platform, Store
    from digest.calendar import Calendar

_LOOK_AGAIN = timedelta(minutes=15)
"""So long a chat's digest may wait, at most, once arXiv answers again."""


@dataclass(frozen=True)
class Delays:
    """Tells chats of a delay.

    Args:
        store: chats and deliveries.
        platforms: by name.
        calendar: when listings are expected.
    """

    store: Store
    platforms: Mapping[str, Platform]
    calendar: Calendar

    async def tell(self, now: datetime, late: date) -> int:
        """Tell whoever would get a digest about now and doesn't know; return how many were told.

        Args:
            now: the time.
            late: the announcement date of the listing that can't be read.
        """
        told = 0
        while (batch := await self.store.read(lambda desk: awake(desk, now))).chats:
            waits = {chat.number: opens(chat, now, self.calendar, _LOOK_AGAIN) for chat in batch.chats}
            note = _Note(self._parcels(batch, now, late), late, waits, now)
            await self.store.write(note.take)
            told += sum(len(each.chats) for each in note.parcels)
        return told

    def _parcels(self, batch: Batch, now: datetime, late: date) -> Sequence[Parcel]:
        expected = self.calendar.expected(late)
        groups: dict[tuple[str, Layout, str], dict[int, bool]] = {}
        for chat in batch.chats:
            platform, wants = chat.address.platform, chat.preferences
            heard = batch.heard.get(chat.number, Heard())
            if platform in self.platforms and is_open(chat, now, expected) and wants_late_line(heard, late):
                silently = groups.setdefault((platform, wants.layout, wants.language), {})
                silently[chat.number] = False
        return [
            parcel(
                platform,
                layout,
                f"{late}: late",
                self.platforms[platform].render(late_document(language), layout),
                chats,
            )
            for (platform, layout, language), chats in groups.items()
        ]


@dataclass(frozen=True, slots=True)
class _Note:
    parcels: Sequence[Parcel]
    late: date
    waits: Mapping[int, datetime]
    now: datetime

    def take(self, desk: Desk) -> None:
        """Write all of it down, in one transaction."""
        desk.deliveries.keep(self.parcels, self.now)
        desk.chats.wait(self.waits)
        desk.hearings.tell_late({chat: self.late for parcel in self.parcels for chat in parcel.chats})
