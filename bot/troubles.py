"""Tells people of troubles that they can do something about; knows who that is, not what caused them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeAlias

from bot.chats import Address
from bot.outbox import Sent
from bot.phrases import rounds as say
from bot.trouble import Audience, Cause
from digest.document import Document, Paragraph, Text
from digest.translation import phrases_for

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.chats import Chat
    from bot.outbox import Outcome
    from bot.ports import Desk, Store
    from bot.trouble import Trouble

Show: TypeAlias = Callable[[Address, Document], Awaitable["Outcome"]]
"""Shows a document to a person, on the platform of their address."""

_LOG = logging.getLogger(__name__)

_SAYINGS = {
    Cause.EXPIRED: say.SENT_TOO_LATE,
    Cause.REFUSED: say.MESSAGE_REFUSED,
    Cause.GONE: say.CHAT_GONE,
    Cause.STORAGE: say.DATABASE_FAILS,
    Cause.ARXIV: say.ARXIV_AWAY,
    Cause.STOPPED: say.PLATFORM_STOPPED,
    Cause.MODEL: say.FALLBACK_WRITES,
    Cause.QUOTA: say.FALLBACK_WRITES,
    Cause.BUDGET: say.BUDGET_USED_UP,
    Cause.ARCHIVE: say.ARCHIVE_WAITS,
    Cause.PERMISSION: say.NOT_IN_A_THREAD,
}
_MOST_WAITING = 1_000


class Troubles:
    """Tells of each trouble, one after the other; what nobody can be told stays in the log.

    Args:
        store: knows chats and owners.
        language: of what owners are told; of a chat's people, its own.
    """

    def __init__(self, store: Store, language: str) -> None:
        self.store = store
        self._language = language
        self._waiting: asyncio.Queue[Trouble] = asyncio.Queue(_MOST_WAITING)

    def report(self, trouble: Trouble) -> None:
        """Take a trouble and return at once."""
        _LOG.warning("%s, %s: %s", trouble.cause, trouble.about, trouble.why)
        if not self._waiting.full():
            self._waiting.put_nowait(trouble)

    async def run(self, replies: Mapping[str, Show]) -> None:
        """Tell until it's cancelled.

        Args:
            replies: how to show something to a person, by platform.
        """
        while True:
            trouble = await self._waiting.get()
            chat, people = await self.store.read(lambda desk: _whom(desk, trouble))  # noqa: B023
            for address, language in people:
                text = self._sentence(trouble, chat, language)
                outcome = await _tell(
                    replies, address, Document("", language or self._language, (Paragraph((Text(text),)),))
                )
                _LOG.info("%s was told of %s: %s", address.platform, trouble.cause, outcome)
                if trouble.audience is Audience.SUBSCRIBER and isinstance(outcome, Sent):
                    break  # one is enough; the others are asked only if nobody before can be told

    def _sentence(self, trouble: Trouble, chat: Chat | None, language: str) -> str:
        phrases = phrases_for(language or self._language)
        place = phrases.quoted(chat.title or chat.address.chat) if chat else trouble.platform.capitalize()
        why = phrases.quoted(phrases(trouble.lacking)) if trouble.lacking else trouble.why
        return phrases(_SAYINGS[trouble.cause], place=place, why=why)


async def _tell(
    replies: Mapping[str, Show],
    address: Address,
    document: Document,
) -> Outcome | None:
    reply = replies.get(address.platform)
    return await reply(address, document) if reply else None


def _whom(desk: Desk, trouble: Trouble) -> tuple[Chat | None, Sequence[tuple[Address, str]]]:
    """Return whom to tell and in which language, empty for the owners' own.

    Of a chat: who subscribed it, then who brought the bot there, then the owners; one of them is enough.
    Somebody's own chat that is gone matters to nobody else.
    """
    chat = None if trouble.chat is None else desk.chats.numbered(trouble.chat)
    owners = [(Address(owner.platform, owner.id), "") for owner in desk.people.owners()]
    if trouble.audience is not Audience.SUBSCRIBER or chat is None:
        return chat, owners
    by = [*(subscription.by for subscription in chat.subscriptions), chat.claimed_by]
    there = [Address(chat.address.platform, person) for person in dict.fromkeys(by) if person]
    if trouble.cause is Cause.GONE and chat.address in there:
        return chat, ()
    language = chat.preferences.language
    return chat, [*((each, language) for each in there), *(each for each in owners if each[0] not in there)]
