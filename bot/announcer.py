"""Puts an owner's announcement in the outbox for every chat once, whatever happens. Knows no command.

Chats have their turn by their numbers, some hundreds in a transaction that also notes how far it came.
Whoever goes on, after another press or a crash, goes on from there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.outbox import LIFETIME
from bot.parcels import parcel
from bot.phrases import owning as say
from digest.document import Document, Paragraph, Text
from digest.translation import phrases_for

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence
    from datetime import datetime

    from bot.chats import Chat
    from bot.deliveries import Parcel
    from bot.notices import Notice
    from bot.ports import Desk, Platform, Store

_AT_A_TIME = 500  # chats in one transaction, so that others get their turn


@dataclass(frozen=True)
class Announcer:
    """Sends announcements.

    Args:
        store: chats, announcements and the outbox.
        platforms: those that are set up, by name.
        wake: has the outbox looked at.
    """

    store: Store
    platforms: Mapping[str, Platform]
    wake: Callable[[], None]

    async def send(
        self, key: str, now: datetime, step: Callable[[Notice], Awaitable[None]]
    ) -> tuple[Notice | None, bool]:
        """Put an announcement in the outbox for every chat that gets digests.

        Args:
            key: the announcement's.
            now: the time.
            step: told each time how far it came, until it's done.

        Returns:
            The announcement as it is then, None if there's none, and whether it was done before.
        """
        notice = await self.store.read(lambda desk: desk.notices.get(key))
        before = notice is not None and notice.done
        while notice and not notice.done:
            notice = await self._send_some(notice, now)
            if notice and not notice.done:
                await step(notice)
        return notice, before

    async def finish(self, now: datetime) -> None:
        """Go on with what was begun and not ended, unless nobody would take it for news any more."""
        for key in await self.store.read(lambda desk: desk.notices.begun(now - LIFETIME)):
            await self.send(key, now, _silently)

    async def _send_some(self, notice: Notice, now: datetime) -> Notice | None:
        """Let the next chats have their turn; return how far it came, by whoever brought it there."""
        chats = await self.store.read(
            lambda desk: desk.chats.reading([*self.platforms], now, notice.reached, _AT_A_TIME)
        )
        parcels = self._parcels(notice, chats)
        done = len(chats) < _AT_A_TIME
        reached = chats[-1].number if chats else notice.reached
        after = replace(notice, reached=reached, chats=notice.chats + len(chats), done=done)

        def take(desk: Desk) -> Notice | None:
            if (stored := desk.notices.get(notice.key)) == notice:
                desk.deliveries.keep(parcels, now)
                desk.notices.keep(after)
                return after
            return stored  # somebody else was quicker, or it was dropped

        stored = await self.store.write(take)
        self.wake()
        return stored

    def _parcels(self, notice: Notice, chats: Sequence[Chat]) -> Sequence[Parcel]:
        """Write the text for chats, once for those that read it alike."""
        alike: dict[tuple[str, str, object], list[Chat]] = {}
        for chat in chats:
            wants = chat.preferences
            alike.setdefault((chat.address.platform, wants.language, wants.layout), []).append(chat)
        parcels = []
        for (platform, language, _), readers in alike.items():
            phrases = phrases_for(language)
            blocks = (Paragraph((Text(phrases(say.NOTICE_FROM)),)), Paragraph((Text(notice.text),)))
            layout = readers[0].preferences.layout
            messages = self.platforms[platform].render(Document("", phrases.language, blocks), layout)
            sounds = {chat.number: chat.preferences.sound for chat in readers}
            parcels.append(parcel(platform, layout, f"announcement {notice.key}", messages, sounds))
        return parcels


async def _silently(_: Notice) -> None:
    pass
