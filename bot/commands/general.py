"""The first words: what this bot does, and what comes next where they are said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands.call import Call, Command, Tools
from bot.commands.replies import button, buttons, reply, sentences
from bot.commands.upcoming import say_paused, say_upcoming
from bot.commands.words import shortened
from bot.phrases import buttons as labels
from bot.phrases import general as say
from bot.talk import Kind
from digest.phrases import TOPICS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.talk import Reply
    from digest.document import Block

_EXAMPLE = "/subscribe gaussian splatting"
_MOST_NAMED = 5


async def start(call: Call, tools: Tools) -> Reply:
    """Say what this bot does and what to do next; what a link added to the command doesn't matter."""
    private = call.place.kind is Kind.PRIVATE
    hello = call.phrases(say.HELLO if private else say.HELLO_HERE)
    if call.chat.subscriptions:
        rest = await _going_on(call, tools)
    else:
        rest = _beginning(call, tools, private=private)
    return reply(call.phrases, (*sentences(hello), *rest))


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
        button(phrases(labels.CHOOSE_TOPICS), "subscribe"), button(phrases(labels.HELP), "help")
    )


async def _going_on(call: Call, tools: Tools) -> Iterable[Block]:
    phrases, chat = call.phrases, call.chat
    titles = [shortened(subscription.topic.title) for subscription in chat.subscriptions]
    named = phrases.listed(titles[:_MOST_NAMED])
    here = phrases(say.TOPICS_HERE, topics=named)
    if len(titles) > _MOST_NAMED:
        here = phrases(say.TOPICS_HERE_AND_MORE, topics=named, count=phrases.number(len(titles)))
    paused = say_paused(chat, call.now, phrases)
    return (
        *sentences(here, await say_upcoming(chat, tools, call.now, phrases)),
        *buttons(
            button(phrases(labels.RESUME), "resume") if paused else None,
            button(phrases(TOPICS), "topics"),
            button(phrases(labels.HELP), "help"),
        ),
    )


COMMANDS = (Command("start", start, summary=say.START, short={"claim": "start"}),)
