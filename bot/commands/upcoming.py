"""When a chat's next digest is to be expected, or why none is, in words. The one place that says so."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.chats import State
from bot.commands.moments import local, moment
from bot.due import asleep, next_for
from bot.phrases import moments as say

if TYPE_CHECKING:
    from datetime import date, datetime

    from bot.chats import Chat
    from bot.commands.call import Tools
    from digest.phrases import Phrase
    from digest.ports import Harvested, Papers
    from digest.translation import Phrases

_RIGHT_THEN = timedelta(minutes=15)  # after a pause; times are told to the quarter


async def say_upcoming(
    chat: Chat, tools: Tools, now: datetime, phrases: Phrases, as_a: Phrase = say.NEXT_DIGEST
) -> str:
    """Say when the next digest comes: “Next digest: Mon 29 June, about 07:00.”; empty if there are no topics.

    A pause comes first, and of one with an end also the digest that follows it, unless it comes right then.

    Args:
        chat: as it's stored now.
        tools: what commands use.
        now: the time.
        phrases: in the reader's language.
        as_a: what is said of it, with ``{when}``.
    """
    if not chat.subscriptions:
        return ""
    paused = say_paused(chat, now, phrases)
    if paused and chat.until is None:
        return paused
    untold, read = await tools.papers.read(lambda papers: _lists(papers, chat))
    at = next_for(chat, now, tools.calendar, untold, read)
    if paused and chat.until and at < chat.until + _RIGHT_THEN:
        return paused
    if at <= now:
        return phrases(as_a, when=phrases(say.IN_MINUTES if untold else say.ONCE_LISTED))
    there = local(at, chat.preferences.zone)
    when = phrases(say.DAY_AND_TIME, day=phrases.day(there.date()), time=f"{there:%H:%M}")
    return phrases.sentences([paused, phrases(as_a, when=when)])


def say_paused(chat: Chat, now: datetime, phrases: Phrases) -> str:
    """Say until when a chat is paused; empty if it isn't."""
    if chat.state is not State.PAUSED or not asleep(chat, now):
        return ""
    if chat.until is None:
        return phrases(say.PAUSED)
    return phrases(say.PAUSED_UNTIL, moment=moment(chat.until, chat.preferences.zone, phrases))


def _lists(papers: Papers, chat: Chat) -> tuple[tuple[Harvested, ...], date | None]:
    return papers.listed_since(chat.told), max(papers.dates(1), default=None)
