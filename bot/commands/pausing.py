"""The commands `pause` and `resume`. What a chat misses meanwhile comes afterwards, at once."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.chats import State
from bot.commands.call import Command, MistakeError, Permission
from bot.commands.coming import next_words
from bot.commands.moments import moment
from bot.commands.replies import button, buttons, reply, sentences
from bot.due import asleep
from bot.phrases import pausing as say

if TYPE_CHECKING:
    from bot.chats import Chat
    from bot.commands.call import Call, Tools
    from bot.talk import Reply
    from digest.document import Block, Button
    from digest.translation import Phrases

_ON = "on"
_WITHOUT_END = {_ON, "forever", "until i resume", "一直"}
_DAYS = re.compile(r"(\d{1,3})\s*(?:(d|days?|天|日)|(w|weeks?|周|星期))?", re.IGNORECASE)
_DATE = re.compile(r"(?:until|till|to|到|至)?\s*(\d{4}-\d{2}-\d{2})", re.IGNORECASE)
_LONGEST = timedelta(days=366)
_WEEK = 7
_SHOWN = 60  # characters of what somebody wrote that are shown to them


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


def paused_words(chat: Chat, now: datetime, phrases: Phrases, *, already: bool) -> str:
    """Say until when a chat is paused; empty if it isn't."""
    if chat.state is not State.PAUSED or not asleep(chat, now):
        return ""
    if chat.until is None:
        return phrases(say.PAUSED_ALREADY if already else say.PAUSED)
    until = moment(chat.until, chat.preferences.zone, phrases)
    return phrases(say.PAUSED_ALREADY_UNTIL if already else say.PAUSED_UNTIL, moment=until)


async def pause(call: Call, tools: Tools) -> Reply:
    """Send no digest for a while."""
    phrases = call.phrases
    if not call.words:
        return reply(phrases, _ask(call), instead=True)
    try:
        until = read_pause(call.words, call.now, call.chat.preferences.zone)
    except ValueError:
        words = call.words if len(call.words) <= _SHOWN else f"{call.words[:_SHOWN]}…"
        raise MistakeError(call.own(say.WRONG_PAUSE, words=call.own.quoted(words))) from None
    await tools.store.write(lambda desk: desk.chats.pause(call.chat.number, until))
    told = paused_words(replace(call.chat, state=State.PAUSED, until=until), call.now, phrases, already=False)
    return reply(phrases, (*sentences(told), *buttons(_resume(phrases))), instead=True)


async def resume(call: Call, tools: Tools) -> Reply:
    """Send digests again."""
    slept = asleep(call.chat, call.now)
    await tools.store.write(lambda desk: desk.chats.resume(call.chat.number))
    chat = await tools.store.read(lambda desk: desk.chats.get(call.chat.address)) or call.chat
    first = call.phrases(say.RESUMED if slept else say.NOT_PAUSED)
    if not chat.subscriptions:
        first = call.phrases.sentences([first, call.phrases(say.NO_TOPICS)])
    next_line = await next_words(chat, call.phrases, call.now, tools)
    return reply(call.phrases, sentences(first, next_line), instead=True)


def _ask(call: Call) -> tuple[Block, ...]:
    phrases = call.phrases
    paused = paused_words(call.chat, call.now, phrases, already=True)
    in_a_month = (call.now + timedelta(days=30)).date().isoformat()
    return (
        *sentences(paused, phrases(say.HOW_LONG), phrases(say.ANOTHER_PAUSE, day=in_a_month)),
        *buttons(
            button(phrases.count(say.DAYS, 1), "pause 1"),
            button(phrases.count(say.WEEKS, 1), "pause 7"),
            button(phrases(say.UNTIL_RESUMED), f"pause {_ON}"),
        ),
        *buttons(_resume(phrases) if paused else None),
    )


def _resume(phrases: Phrases) -> Button | None:
    return button(phrases(say.RESUME_BUTTON), "resume")


COMMANDS = (
    Command(
        "pause",
        pause,
        summary=say.PAUSE,
        usage="[days | until date]",
        example="7",
        permission=Permission.ADMINS,
    ),
    Command("resume", resume, summary=say.RESUME, permission=Permission.ADMINS),
)
