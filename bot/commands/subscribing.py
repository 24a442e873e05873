"""Subscribing: a topic by its name or as a query, and the panel of those that are ready-made."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.chats import Subscription
from bot.commands.call import Call, Command, MistakeError, Permission, Tools
from bot.commands.replies import button, reply, sentences
from bot.commands.subscribed import subscribed_reply
from bot.commands.topic_counts import SAMPLES, last_week
from bot.commands.topic_keys import find_subscription, find_topic, topic_key
from bot.commands.topic_words import read_topic
from bot.commands.upcoming import say_upcoming
from bot.commands.words import quoted, shortened
from bot.phrases import subscribing as say
from bot.phrases import usages
from bot.phrases.talking import BUTTON_TOO_OLD
from bot.wishes import topic_of
from digest.document import Actions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.chats import Chat
    from bot.ports import Desk
    from bot.talk import Reply
    from digest.document import Block, Button
    from digest.model import Topic
    from digest.translation import Phrases

MOST_TOPICS = 30
"""Of a chat."""

_IN_A_ROW = 2
_EXAMPLE = "gaussian splatting"


async def subscribe(call: Call, tools: Tools) -> Reply:
    """Subscribe what the words say, or ask for it."""
    if not call.words:
        return _asking(call, preset_panel(call.chat, tools.presets, call.phrases))
    topic, preset = read_topic(call.words, tools.presets, call.own, "subscribe")
    # Papers are looked through while the disk writes.
    adding = _add(call, tools, topic, preset=preset)
    (chat, there), week = await asyncio.gather(adding, last_week([topic], tools, call.now, SAMPLES))
    if there and topic_of(there, tools.presets) != topic:
        topic = topic_of(there, tools.presets)
        week = await last_week([topic], tools, call.now, SAMPLES)
    first = say.SUBSCRIBED_ALREADY if there else say.SUBSCRIBED
    undo = "" if there else "unsubscribe"
    return await subscribed_reply(call, tools, chat, topic, week, first=first, undo=undo)


async def turn(call: Call, tools: Tools) -> Reply:
    """Switch a ready-made topic on or off, and show the panel as it is then."""
    state, _, key = call.words.partition(" ")
    topic = find_topic(tools.presets.values(), key)
    if topic is None or state not in {"on", "off"}:
        raise MistakeError(call.own(BUTTON_TOO_OLD), try_example=False)
    if state == "on":
        chat, _ = await _add(call, tools, topic, preset=True)
        done, upcoming = say.SUBSCRIBED, await say_upcoming(chat, tools, call.now, call.phrases)
    else:
        chat = await tools.store.write(lambda desk: _remove(desk, call.chat, topic.name))
        done, upcoming = say.UNSUBSCRIBED, ""
    happened = call.phrases(done, topic=quoted(topic.title, call.phrases))
    told = sentences(call.phrases.sentences([happened, upcoming]))
    return _asking(call, (*told, *preset_panel(chat, tools.presets, call.phrases)))


def preset_panel(chat: Chat, presets: Mapping[str, Topic], phrases: Phrases) -> tuple[Block, ...]:
    """Show the ready-made topics as switches."""
    names = {each.topic.name for each in chat.subscriptions if each.preset}
    switches = [_switch(topic, phrases, on=name in names) for name, topic in presets.items()]
    made = [each for each in switches if each]
    rows = [Actions(tuple(made[at : at + _IN_A_ROW])) for at in range(0, len(made), _IN_A_ROW)]
    return (*sentences(phrases(say.READY_MADE)), *rows) if rows else ()


def _switch(topic: Topic, phrases: Phrases, *, on: bool) -> Button | None:
    state = phrases(say.ON if on else say.OFF, topic=shortened(topic.title))
    return button(state, f"turn {'off' if on else 'on'} {topic_key(topic.name)}")


def _asking(call: Call, blocks: Iterable[Block]) -> Reply:
    """Show blocks and ask for words."""
    words = call.phrases(say.OR_WRITE, query=call.phrases.quoted(_EXAMPLE), category="cs.CV")
    shown = reply(call.phrases, (*blocks, *sentences(words)), instead=call.pressed)
    return replace(shown, asks="subscribe")


async def _add(call: Call, tools: Tools, topic: Topic, *, preset: bool) -> tuple[Chat, Subscription | None]:
    """Subscribe a topic; return the chat as it is then, and the subscription that was there already.

    Raises:
        MistakeError: the chat has as many as it may.
    """
    subscription = Subscription(topic, preset, call.by.person.id, call.now)
    chat, there = await tools.store.write(lambda desk: _subscribe(desk, call.chat, subscription))
    if not there and find_subscription(chat, topic_key(topic.name)) is None:
        most = call.own.number(MOST_TOPICS)
        raise MistakeError(call.own(say.TOO_MANY_TOPICS, most=most), try_example=False)
    return chat, there


def _subscribe(desk: Desk, chat: Chat, subscription: Subscription) -> tuple[Chat, Subscription | None]:
    """Subscribe within a transaction, unless it's there already or there's no room for it."""
    chat = desk.chats.numbered(chat.number) or chat
    name = subscription.topic.name.casefold()
    there = next((each for each in chat.subscriptions if each.topic.name.casefold() == name), None)
    if there or len(chat.subscriptions) >= MOST_TOPICS:
        return chat, there
    desk.chats.subscribe(chat.number, subscription)
    return desk.chats.numbered(chat.number) or chat, None


def _remove(desk: Desk, chat: Chat, name: str) -> Chat:
    desk.chats.unsubscribe(chat.number, name)
    return desk.chats.numbered(chat.number) or chat


COMMANDS = (
    Command(
        "subscribe",
        subscribe,
        summary=say.SUBSCRIBE,
        usage=usages.TOPIC,
        example=_EXAMPLE,
        short={"sub": "subscribe"},
        permission=Permission.ADMINS,
        menu=True,
    ),
    Command("turn", turn, permission=Permission.ADMINS),
)
