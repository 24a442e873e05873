"""The command `channel`, where nothing leads its words to a channel: says how and where that is done.

Telegram leads them there from private chats, before commands are looked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands.call import Command
from bot.commands.replies import reply, sentences
from bot.phrases import telegram as say
from bot.phrases import usages

if TYPE_CHECKING:
    from bot.commands.call import Call, Tools
    from bot.talk import Reply


async def channel(call: Call, _: Tools) -> Reply:
    """Say how to speak for a channel."""
    return reply(call.own, sentences(call.own(say.NAME_A_CHANNEL)), aside=True)


COMMANDS = (
    Command(
        "channel",
        channel,
        summary=say.CHANNEL,
        usage=usages.NAME_AND_COMMAND,
        example="@my_channel subscribe cs.CV",
    ),
)
