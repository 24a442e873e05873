"""The commands `pause` and `resume`. What a chat misses meanwhile comes afterwards, at once."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.chats import State
from bot.commands.call import Command, MistakeError, Permission
from bot.commands.replies import button, buttons, reply, sentences
from bot.commands.upcoming import say_paused, say_upcoming
from bot.commands.words import quoted
from bot.due import asleep
from bot.phrases import buttons as labels
from bot.phrases import moments, usages
from bot.phrases import pausing as say

if TYPE_CHECKING:
    from bot.chats import Chat
    from bot.commands.call import Call, Tools
    from bot.ports import Desk
    from bot.talk import Reply
    from digest.document import Block, Button
    from digest.translation import Phrases

_ON = "on"
_WITHOUT_END = {_ON, "forever", "until i resume", "一直"}
_DAYS = re.compile(r"(\d{1,3})\s*(?:(d|days?|天|日)|(w|weeks?|周|星期))?", re.IGNORECASE)
_DATE = re.compile(r"(?:until|till|to|到|至)?\s*(\d{4}-\d{2}-\d{2})", re.IGNORECASE)
_LONGEST = timedelta(days=366)
_WEEK = 7


def read_pause(words: str, now: datetime, zone: str) -> datetime | None:
    """Return until when a pause lasts, None for one without end.

    Args:
        words: such as ``3``, ``2 weeks``, ``until 2026-07-10`` or ``on``.
        now: the time.
        zone: where a date begins.

    Raises:
        ValueError: they tell no time that is to come within a year.
    """
    said = " ".join(words.casefold().split())
    if said in _WITHOUT_END:
        return None
    if match := _DAYS.fullmatch(said):
        until = now + timedelta(days=int(match[1]) * (_WEEK if match[3] else 1))
    elif match := _DATE.fullmatch(said):
        until = datetime.combine(date.fromisoformat(match[1]), time(), ZoneInfo(zone))
    else:
        raise ValueError(words)
    if not now < until <= now + _LONGEST:
        raise ValueError(words)
    return until


async def pause(call: Call, tools: Tools) -> Reply:
    """Send no digest for a while."""
    phrases = call.phrases
    if not call.words:
        return reply(phrases, _ask(call), instead=True)
    try:
        until = read_pause(call.words, call.now, call.chat.preferences.zone)
    except ValueError:
        wrong = call.own(say.WRONG_PAUSE, words=quoted(call.words, call.own), day=_in_a_month(call))
        raise MistakeError(wrong) from None
    await tools.store.write(lambda desk: desk.chats.pause(call.chat.number, until))
    paused = say_paused(replace(call.chat, state=State.PAUSED, until=until), call.now, phrases)
    told = phrases.sentences([paused, phrases(say.MISSED_COMES)])
    return reply(phrases, (*sentences(told), *buttons(_resume(phrases))), instead=True)


async def resume(call: Call, tools: Tools) -> Reply:
    """Send digests again."""
    slept = asleep(call.chat, call.now)
    chat = await tools.store.write(lambda desk: _resumed(desk, call.chat)) if slept else call.chat
    first = call.phrases(say.RESUMED if slept else say.NOT_PAUSED)
    if chat.subscriptions:
        upcoming = await say_upcoming(chat, tools, call.now, call.phrases)
        return reply(call.phrases, sentences(first, upcoming), instead=True)
    choose = buttons(button(call.phrases(labels.CHOOSE_TOPICS), "subscribe"))
    told = sentences(first, call.phrases(moments.NO_TOPICS))
    return reply(call.phrases, (*told, *choose), instead=True)


def _resumed(desk: Desk, chat: Chat) -> Chat:
    desk.chats.resume(chat.number)
    return desk.chats.numbered(chat.number) or chat


def _ask(call: Call) -> tuple[Block, ...]:
    phrases = call.phrases
    paused = say_paused(call.chat, call.now, phrases)
    another = phrases(say.ANOTHER_PAUSE, day=_in_a_month(call))
    return (
        *sentences(paused, phrases(say.HOW_LONG), another),
        *buttons(
            button(phrases.count(say.DAYS, 1), "pause 1"),
            button(phrases.count(say.WEEKS, 1), "pause 7"),
            button(phrases(say.UNTIL_RESUMED), f"pause {_ON}"),
        ),
        *buttons(_resume(phrases) if paused else None),
    )


def _in_a_month(call: Call) -> str:
    """Return a date as it may be typed, for examples."""
    return (call.now + timedelta(days=30)).date().isoformat()


def _resume(phrases: Phrases) -> Button | None:
    return button(phrases(labels.RESUME), "resume")


COMMANDS = (
    Command(
        "pause",
        pause,
        summary=say.PAUSE,
        usage=usages.PAUSE,
        example="7",
        permission=Permission.ADMINS,
    ),
    Command("resume", resume, summary=say.RESUME, permission=Permission.ADMINS),
)
