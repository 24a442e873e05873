"""The command `stop`: pausing, unsubscribing from all, deleting; never in one tap."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from bot.commands.call import Command, Permission
from bot.commands.replies import button, buttons, reply, sentences
from bot.commands.words import named
from bot.phrases import buttons as labels
from bot.phrases import moments
from bot.phrases import pausing as say
from bot.talk import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.chats import Subscription
    from bot.commands.call import Call, Tools
    from bot.ports import Desk
    from bot.talk import Reply

_ALL, _NONE = "all", "nothing"


async def stop(call: Call, tools: Tools) -> Reply:
    """Ask what shall stop, ask again, and unsubscribe from all."""
    phrases, words = call.phrases, call.words.casefold()
    if words == _NONE:
        return reply(phrases, sentences(phrases(say.NOTHING_STOPPED)), instead=True)
    if not words.startswith(_ALL):
        return _ask_what(call)
    confirmed = words.removeprefix(_ALL).strip()

    def unsubscribe(desk: Desk) -> tuple[Subscription, ...]:
        """Unsubscribe if these are the topics that the person was asked about."""
        chat = desk.chats.numbered(call.chat.number)
        held = chat.subscriptions if chat else ()
        if confirmed == _key(held):
            for subscription in held:
                desk.chats.unsubscribe(call.chat.number, subscription.topic.name)
        return held

    held = await tools.store.write(unsubscribe) if confirmed else call.chat.subscriptions
    if not held:
        return reply(phrases, sentences(phrases(moments.NO_TOPICS)), instead=True)
    topics = named([subscription.topic.title for subscription in held], phrases)
    if confirmed == _key(held):
        told = phrases.count(say.UNSUBSCRIBED, len(held), topics=topics)
        return reply(phrases, sentences(told), instead=True)
    question = phrases.count(say.ASK_UNSUBSCRIBE, len(held), topics=topics)
    changed = phrases(say.TOPICS_CHANGED) if confirmed else ""
    choice = buttons(
        button(phrases(say.UNSUBSCRIBE_ALL), f"stop {_ALL} {_key(held)}"),
        button(phrases(say.NOTHING), f"stop {_NONE}"),
    )
    return reply(phrases, (*sentences(changed, question), *choice), instead=True)


def _ask_what(call: Call) -> Reply:
    phrases = call.phrases
    delete = labels.DELETE_MY_DATA if call.place.kind is Kind.PRIVATE else say.DELETE_OF_CHAT
    choice = (
        *buttons(
            button(phrases(say.PAUSE_BUTTON), "pause"),
            button(phrases(say.UNSUBSCRIBE_ALL), f"stop {_ALL}") if call.chat.subscriptions else None,
        ),
        *buttons(button(phrases(delete), "deletedata"), button(phrases(say.NOTHING), f"stop {_NONE}")),
    )
    return reply(phrases, (*sentences(phrases(say.WHAT_STOPS)), *choice), instead=True)


def _key(subscriptions: Iterable[Subscription]) -> str:
    """Return a key of these topics, so that an old button doesn't end others."""
    names = "\n".join(sorted(subscription.topic.name for subscription in subscriptions))
    return hashlib.blake2s(names.encode(), digest_size=4).hexdigest()


COMMANDS = (Command("stop", stop, summary=say.STOP, permission=Permission.ADMINS, menu=True),)
