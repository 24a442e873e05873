"""The first words: what this bot does, and what comes next where they are said."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.chats import State
from bot.commands.call import Call, Command, Tools
from bot.commands.replies import button, buttons, reply, sentences
from bot.commands.upcoming import say_upcoming
from bot.due import asleep
from bot.phrases import general as say
from bot.talk import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from bot.talk import Reply
    from digest.document import Block
    from digest.phrases import Phrase

_EXAMPLE = "/subscribe gaussian splatting"
_MOST_NAMED = 5


async def start(call: Call, tools: Tools) -> Reply:
    """Say what this bot does and what to do next; what a link added to the command doesn't matter."""
    private = call.place.kind is Kind.PRIVATE
    hello = call.phrases(say.HELLO if private else say.HELLO_HERE)
    if not call.chat.subscriptions:
        return reply(call.phrases, (*sentences(hello), *_beginning(call, tools, private=private)))
    upcoming = await say_upcoming(call.chat, tools, call.now, call.phrases)
    return reply(call.phrases, (*sentences(hello), *_going_on(call, upcoming)))


def _beginning(call: Call, tools: Tools, *, private: bool) -> Iterable[Block]:
    phrases = call.phrases
    if private:
        who = say.CHOOSE_FIRST
    elif tools.policy.group_changes == "everybody":
        who = say.EVERYBODY_CHOOSES
    else:
        who = say.ADMINS_CHOOSE
    yield from sentences(phrases(who, example=_EXAMPLE))
    yield from buttons(
        button(phrases(say.CHOOSE_TOPICS), "subscribe"), button(phrases(say.HELP_BUTTON), "help")
    )


def _going_on(call: Call, upcoming: str) -> Iterable[Block]:
    phrases, chat = call.phrases, call.chat
    titles = [subscription.topic.title for subscription in chat.subscriptions]
    named = phrases.listed(titles[:_MOST_NAMED])
    more = len(titles) > _MOST_NAMED
    yield from sentences(
        phrases(say.TOPICS_HERE_AND_MORE, topics=named, count=phrases.number(len(titles)))
        if more
        else phrases(say.TOPICS_HERE, topics=named)
    )
    paused = chat.state is State.PAUSED and asleep(chat, call.now)
    if not paused:
        yield from sentences(upcoming)
    elif chat.until is None:
        yield from sentences(phrases(say.PAUSED_HERE))
    else:
        yield from sentences(_at(say.PAUSED_HERE_UNTIL, chat.until, call))
    yield from buttons(
        button(phrases(say.RESUME_NOW), "resume") if paused else None,
        button(phrases(say.MY_TOPICS), "topics"),
        button(phrases(say.HELP_BUTTON), "help"),
    )


def _at(phrase: Phrase, at: datetime, call: Call) -> str:
    local = at.astimezone(ZoneInfo(call.chat.preferences.zone))
    return call.phrases(phrase, day=call.phrases.day(local.date()), time=f"{local:%H:%M}")


COMMANDS = (Command("start", start, summary=say.START, short={"claim": "start"}),)
