"""When a chat's next digest is to be expected, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.chats import State
from bot.commands.coming import look_ahead
from bot.commands.moments import local
from bot.phrases import subscribing as say

if TYPE_CHECKING:
    from datetime import datetime

    from bot.chats import Chat
    from bot.commands.call import Tools
    from digest.phrases import Phrase
    from digest.translation import Phrases


async def say_upcoming(
    chat: Chat, tools: Tools, now: datetime, phrases: Phrases, as_a: Phrase = say.NEXT_DIGEST
) -> str:
    """Say when the next digest comes: “Next digest: Mon 29 June, about 07:00.”.

    Args:
        chat: as it's stored now.
        tools: what commands use.
        now: the time.
        phrases: in the reader's language.
        as_a: what is said of it, with ``{when}``.
    """
    if chat.state is State.PAUSED and chat.until is None:
        return phrases(say.PAUSED)
    at, read = await look_ahead(chat, now, tools)
    if at <= now:
        return phrases(as_a, when=phrases(say.IN_MINUTES if read else say.ONCE_LISTED))
    there = local(at, chat.preferences.zone)
    when = phrases(say.DAY_AND_TIME, day=phrases.day(there.date()), time=f"{there:%H:%M}")
    return phrases(as_a, when=when)
