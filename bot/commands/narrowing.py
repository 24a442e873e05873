"""Putting one topic in the place of another: a part of it, all of it again, the one that was meant.

Nothing is remembered between two presses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.chats import Subscription
from bot.commands.call import Call, Command, MistakeError, Permission, Tools
from bot.commands.replies import button, buttons, reply, sentences
from bot.commands.subscribed import subscribed_reply
from bot.commands.topic_counts import SAMPLES, last_week, say_found, say_rate
from bot.commands.topic_keys import find_subscription, find_topic, topic_key
from bot.commands.topic_parts import TITLES, narrow, parts, widen
from bot.commands.words import quoted
from bot.phrases import subscribing as say
from bot.phrases.talking import BUTTON_TOO_OLD
from bot.wishes import topic_of

if TYPE_CHECKING:
    from bot.chats import Chat
    from bot.ports import Desk
    from bot.talk import Reply
    from digest.document import Actions
    from digest.model import Topic
    from digest.phrases import Phrase
    from digest.translation import Phrases

_EXAMPLE = "gaussian splatting cs.CV"


async def narrow_topic(call: Call, tools: Tools) -> Reply:
    """Offer the parts of a topic, or take one."""
    key, _, part = call.words.partition(" ")
    old, topic = _find(call, tools, key)
    if not part:
        return await _offer(call, tools, topic)
    narrowed = narrow(topic, part.strip())
    if narrowed is None:
        raise MistakeError(_no_parts(topic, call.own), try_example=False)
    return await _exchange(call, tools, old, narrowed, preset=False, first=say.NARROWED, undo="widen")


async def widen_topic(call: Call, tools: Tools) -> Reply:
    """Take a narrowing back."""
    old, topic = _find(call, tools, call.words)
    before = widen(topic, tools.presets)
    if before is None:
        raise MistakeError(call.own(BUTTON_TOO_OLD), try_example=False)
    wide, preset = before
    return await _exchange(call, tools, old, wide, preset=preset, first=say.WIDENED, undo="")


async def swap_topic(call: Call, tools: Tools) -> Reply:
    """Put the ready-made topic that was meant in the place of a query that found nothing."""
    key, _, name_key = call.words.partition(" ")
    old, _ = _find(call, tools, key)
    meant = find_topic(tools.presets.values(), name_key)
    if meant is None:
        raise MistakeError(call.own(BUTTON_TOO_OLD), try_example=False)
    return await _exchange(call, tools, old, meant, preset=True, first=say.SUBSCRIBED, undo="unsubscribe")


async def _offer(call: Call, tools: Tools, topic: Topic) -> Reply:
    """Show the parts of a topic that find less than all of it, and how much."""
    week = await last_week([topic], tools, call.now, SAMPLES)
    choices = parts(topic, week.papers(topic))
    of_parts = await last_week(tuple(choices.values()), tools, call.now)
    count = len(week.papers(topic))
    rows = [
        row
        for part, smaller in choices.items()
        if 0 < len(of_parts.papers(smaller)) < count
        for row in _choice(call.phrases, topic, part, say_rate(of_parts, smaller, call.phrases))
    ]
    if not rows:
        return reply(call.phrases, sentences(_no_parts(topic, call.phrases)))
    named, found = quoted(topic.title, call.phrases), say_found(week, topic, call.phrases)
    return reply(call.phrases, (*sentences(call.phrases(say.NARROW_TO, topic=named, found=found)), *rows))


def _choice(phrases: Phrases, topic: Topic, part: str, rate: str) -> tuple[Actions, ...]:
    in_category = phrases(say.CATEGORY_ONLY, category=part, rate=rate)
    label = phrases(say.TITLES_ONLY, rate=rate) if part == TITLES else in_category
    return buttons(button(label, f"narrow {topic_key(topic.name)} {part}"))


def _no_parts(topic: Topic, phrases: Phrases) -> str:
    return phrases(say.NO_PARTS, topic=quoted(topic.title, phrases), example=f"/subscribe {_EXAMPLE}")


def _find(call: Call, tools: Tools, key: str) -> tuple[Subscription, Topic]:
    subscription = find_subscription(call.chat, key)
    if subscription is None:
        raise MistakeError(call.own(say.TOPIC_GONE), try_example=False)
    return subscription, topic_of(subscription, tools.presets)


async def _exchange(
    call: Call, tools: Tools, old: Subscription, topic: Topic, *, preset: bool, first: Phrase, undo: str
) -> Reply:
    """Put a topic in the place of a subscription."""
    week = await last_week([topic], tools, call.now, SAMPLES)
    new = Subscription(topic, preset, call.by.person.id, call.now)
    chat = await tools.store.write(lambda desk: _replace(desk, call.chat, old, new))
    return await subscribed_reply(call, tools, chat, topic, week, first=first, undo=undo)


def _replace(desk: Desk, chat: Chat, old: Subscription, new: Subscription) -> Chat:
    # In this order: a chat's first subscription starts with the next listing, and this isn't its first.
    desk.chats.subscribe(chat.number, new)
    if new.topic.name != old.topic.name:
        desk.chats.unsubscribe(chat.number, old.topic.name)
    return desk.chats.numbered(chat.number) or chat


COMMANDS = (
    Command("narrow", narrow_topic, permission=Permission.ADMINS),
    Command("swap", swap_topic, permission=Permission.ADMINS),
    Command("widen", widen_topic, permission=Permission.ADMINS),
)
