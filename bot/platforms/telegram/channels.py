"""``/channel @name …``: commands for a channel from a private chat, by whoever administers it.

So nobody has to write commands where a channel's readers see them. What comes back is shown to who asked, and
its buttons go on meaning the channel.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from telegram.error import TelegramError

from bot.chats import Address
from bot.commands.replies import reply, sentences
from bot.phrases import telegram as say
from bot.platforms.telegram.incoming import NAME
from bot.talk import ACTION_BYTES, Kind, Place, Pressed, Said
from digest.document import Actions, Details, Group, List, Quote
from digest.translation import phrases_for

if TYPE_CHECKING:
    from bot.platforms.telegram.admins import Admins
    from bot.platforms.telegram.client import Client
    from bot.talk import Incoming, Progress, Receive, Reply
    from digest.document import Block, Blocks

_COMMAND = re.compile(r"/?channel(?:\s+(@\w+|-?\d+|https://t\.me/\w+))?(?:\s+/?(.*))?", re.DOTALL)
_JOINER = "\u2060"  # stands after each @ that the bot writes, and is copied with it
_KINDS = {"channel": Kind.CHANNEL, "supergroup": Kind.GROUP, "group": Kind.GROUP}
_DEFAULT = "topics"


@dataclass(frozen=True)
class Channels:
    """Stands before what answers people, and leads words to the channel that they are for.

    Args:
        client: connected.
        admins: knows who administers what.
        answer: what answers people.
    """

    client: Client
    admins: Admins
    answer: Receive

    async def receive(self, said: Incoming, progress: Progress) -> Reply | None:
        """Answer, for a channel where one is named."""
        text = said.text if isinstance(said, Said) else said.action if isinstance(said, Pressed) else ""
        command = _COMMAND.fullmatch(text.replace(_JOINER, "").strip())
        if command is None or said.place.kind is not Kind.PRIVATE or not isinstance(said, Said | Pressed):
            return await self.answer(said, progress)
        name, words = command[1] or "", command[2] or _DEFAULT
        phrases = phrases_for(said.by.language)
        if not name:
            return reply(phrases, sentences(phrases(say.NAME_A_CHANNEL)), aside=True)
        place = await self._find(name.replace("https://t.me/", "@"))
        if place is None:
            return reply(phrases, sentences(phrases(say.NO_CHANNEL, name=name)), aside=True)
        if not await self.admins.administers(place.address, said.by.person.id):
            return reply(phrases, sentences(phrases(say.NOT_ITS_ADMIN, name=name)), aside=True)
        led: Incoming = (
            replace(said, place=place, text=f"/{words}")
            if isinstance(said, Said)
            else replace(said, place=place, action=words)
        )
        found = await self.answer(led, progress)
        return found and _meant_for(found, place.address)

    async def _find(self, name: str) -> Place | None:
        """Look up a channel or group where the bot is."""
        try:
            chat = await self.client.call("getChat", chat_id=name if name.startswith("@") else int(name))
        except TelegramError:
            return None
        kind = _KINDS.get(chat["type"])
        return Place(Address(NAME, str(chat["id"])), kind, chat.get("title", "")) if kind else None


def _meant_for(found: Reply, address: Address) -> Reply:
    """Let a reply's buttons mean the channel; those that grow too long are left out."""
    document = found.document
    return replace(
        found, document=replace(document, blocks=_led(document.blocks, f"channel {address.chat} "))
    )


def _led(blocks: Blocks, prefix: str) -> Blocks:
    return tuple(_block(block, prefix) for block in blocks)


def _block(block: Block, prefix: str) -> Block:
    match block:
        case Actions():
            led = (
                replace(button, action=prefix + button.action) if button.action else button
                for button in block.buttons
            )
            return Actions(tuple(each for each in led if len(each.action.encode()) <= ACTION_BYTES))
        case Group() | Details() | Quote():
            return replace(block, blocks=_led(block.blocks, prefix))
        case List():
            return replace(block, items=tuple(_led(item, prefix) for item in block.items))
        case _:
            return block
