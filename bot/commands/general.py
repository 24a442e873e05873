"""The first words, and a text that is no command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands.call import Call, Command, Tools
from bot.commands.replies import reply, sentences
from bot.phrases import general as say

if TYPE_CHECKING:
    from bot.talk import Reply


async def start(call: Call, _: Tools) -> Reply:
    """Say what this bot does."""
    return reply(call.phrases, sentences(call.phrases(say.HELLO)))


COMMANDS = (Command("start", start, summary=say.START, short={"claim": "start"}),)
