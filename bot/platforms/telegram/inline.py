"""Inline mode: ``@bot 2408.16725`` or words in any chat offer papers to send there, a card each.

What is asked goes through the same door and the same commands as everything else that people say.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from telegram.error import TelegramError

from bot.access import Person
from bot.chats import Address
from bot.platforms.telegram.incoming import NAME
from bot.platforms.telegram.messages import classic, read_body
from bot.talk import Kind, Place, Said, Speaker
from digest.document import Document, Group, Heading, Paragraph
from digest.links import find_ids
from digest.reading import words

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from telegram import InlineQuery

    from bot.platforms.telegram.client import Client
    from bot.talk import Receive
    from digest.document import Block

_LOG = logging.getLogger(__name__)

_SHORTEST = 3  # characters that are looked for
_STILL_TYPING = 0.6  # seconds in which another letter may come
_KEPT = 300  # seconds for which Telegram may offer the same again
_MOST_TITLE, _MOST_DESCRIPTION = 120, 200


class Inline:
    """Answers inline queries.

    Args:
        client: connected.
        receive: what answers people.
        sleep: waits some seconds.
    """

    def __init__(self, client: Client, receive: Receive, sleep: Callable[[float], Awaitable[None]]) -> None:
        self._client = client
        self._receive = receive
        self._sleep = sleep
        self._newest: dict[int, str] = {}

    async def answer(self, query: InlineQuery) -> None:
        """Offer papers, unless somebody types on."""
        user, text = query.from_user, query.query.strip()
        if len(text) < _SHORTEST or query.offset:
            await self._offer(query.id, [])
            return
        self._newest[user.id] = query.id
        await self._sleep(_STILL_TYPING)
        if self._newest.get(user.id) != query.id:
            return
        del self._newest[user.id]
        place = Place(Address(NAME, str(user.id)), Kind.PRIVATE, user.full_name)
        speaker = Speaker(Person(NAME, str(user.id)), user.full_name, user.language_code or "")
        command = "summarize" if any(each.id for each in find_ids(text)) else "search"
        reply = await self._receive(Said(place, speaker, f"/{command} {text}"), _nothing)
        await self._offer(query.id, [] if reply is None or reply.aside else cards(reply.document))

    async def _offer(self, query: str, results: list[dict[str, Any]]) -> None:
        try:
            await self._client.call(
                "answerInlineQuery",
                inline_query_id=query,
                results=results,
                cache_time=_KEPT if results else 0,
                is_personal=True,
            )
        except TelegramError as error:  # it came too late, most likely
            _LOG.info("an inline query wasn't answered: %s", error.message)


def cards(document: Document) -> list[dict[str, Any]]:
    """Return a card for each paper of a document, without buttons: those belong to a chat with the bot."""
    return [_card(group, document.language) for group in _papers(document.blocks) if _title(group)]


def _papers(blocks: tuple[Block, ...]) -> Iterator[Group]:
    for block in blocks:
        if isinstance(block, Group):
            if block.paper:
                yield block
            else:
                yield from _papers(block.blocks)


def _title(group: Group) -> str:
    return next((words(block.content) for block in group.blocks if isinstance(block, Heading)), "")


def _card(group: Group, language: str) -> dict[str, Any]:
    blocks = tuple(
        Heading(block.content, block.level) if isinstance(block, Heading) else block for block in group.blocks
    )  # a card alone has no number
    body = read_body(classic(Document("", language, blocks))[0].body)
    lines = (words(block.content) for block in group.blocks if isinstance(block, Paragraph))
    return {
        "type": "article",
        "id": group.paper,
        "title": _title(group)[:_MOST_TITLE],
        "description": next(lines, "")[:_MOST_DESCRIPTION],
        "input_message_content": {
            "message_text": body["text"],
            "parse_mode": "HTML",
            "link_preview_options": {"is_disabled": True},
        },
    }


async def _nothing(_: str) -> None:
    """Show no step: there's no message to show it in."""
