"""Messages that one member of a group sees alone: sent, and put in the place of each other."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from telegram.error import TelegramError

from bot.outbox import Sent
from bot.platforms.telegram.incoming import WHISPERED
from bot.platforms.telegram.messages import classic
from bot.platforms.telegram.requests import sending
from bot.talk import Kind, Pressed

if TYPE_CHECKING:
    from bot.platforms.telegram.client import Client
    from bot.ports import Platform
    from bot.talk import Incoming, Reply

_LOG = logging.getLogger(__name__)


async def whisper(said: Incoming, reply: Reply, client: Client, platform: Platform) -> bool:
    """Show a reply to who asked alone, where many are; return False where this can't be done.

    A panel takes the place of the message whose button was pressed only if nobody else saw that.
    """
    if said.place.kind is not Kind.GROUP or said.by.person.id.startswith("-"):
        return False  # nobody else is there, or whoever asked hides behind the chat
    messages = classic(reply.document)
    if reply.instead and isinstance(said, Pressed) and said.message.startswith(WHISPERED):
        edited = await platform.edit(said.place.address, said.message, messages[0].body)
        messages = messages[isinstance(edited, Sent) :]
    receiver: dict[str, Any] = {"receiver_user_id": int(said.by.person.id)}
    for message in messages:
        method, parameters = sending(said.place.address, message.body, sound=False, paid=False)
        try:
            await client.call(method, **parameters, ephemeral_message_parameters=receiver)
        except TelegramError as error:
            _LOG.info("a reply to one member is shown to all of the group: %s", error.message)
            return False
    return True
