"""When a chat's next digest comes; looks up what it hasn't heard of yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.chats import State
from bot.commands.moments import local
from bot.due import about, next_for
from bot.parcels import next_line

if TYPE_CHECKING:
    from datetime import date, datetime

    from bot.chats import Chat
    from bot.commands.call import Tools
    from digest.ports import Harvested, Papers
    from digest.translation import Phrases


async def look_ahead(chat: Chat, now: datetime, tools: Tools) -> tuple[datetime, bool]:
    """Return when a chat's next digest comes, as `bot.due.next_for` says, and whether its list was read.

    Args:
        chat: as it's stored now; if it's paused, then not without end.
        now: the time.
        tools: what commands use.
    """
    untold, read = await tools.papers.read(lambda papers: _lists(papers, chat))
    return next_for(chat, now, tools.calendar, untold, read), bool(untold)


async def next_words(chat: Chat, phrases: Phrases, now: datetime, tools: Tools) -> str:
    """Return the line that tells when a chat's next digest comes; empty if none does."""
    paused = chat.state is State.PAUSED and chat.until is None
    if not chat.subscriptions or paused or chat.state is State.UNREACHABLE:
        return ""
    at, _ = await look_ahead(chat, now, tools)
    return next_line(local(about(at, now), chat.preferences.zone), phrases)


def _lists(papers: Papers, chat: Chat) -> tuple[tuple[Harvested, ...], date | None]:
    return papers.listed_since(chat.told), max(papers.dates(1), default=None)
