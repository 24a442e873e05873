"""When a chat's next digest comes, as a line; looks up what it hasn't heard of yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands.moments import local, next_at
from bot.parcels import next_line

if TYPE_CHECKING:
    from datetime import datetime

    from bot.chats import Chat
    from bot.commands.call import Tools
    from digest.translation import Phrases


async def next_words(chat: Chat, phrases: Phrases, now: datetime, tools: Tools) -> str:
    """Return the line that tells when a chat's next digest comes; empty if none does."""
    newest = await tools.papers.read(lambda papers: papers.newest())
    at = next_at(chat, now, newest, tools.calendar)
    return next_line(local(at, chat.preferences.zone), phrases) if at else ""
