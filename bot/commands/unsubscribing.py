"""Removing a topic: by one tap, or by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands.call import Call, Command, MistakeError, Permission, Tools
from bot.commands.replies import button, buttons, reply, sentences
from bot.commands.topic_keys import find_topic, topic_key
from bot.commands.topic_words import nearest
from bot.commands.words import collapse, quoted, shortened
from bot.phrases import buttons as labels
from bot.phrases import moments, usages
from bot.phrases import subscribing as say
from bot.wishes import topic_of
from digest.document import Code, Paragraph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.chats import Subscription
    from bot.talk import Reply
    from digest.document import Actions, Block
    from digest.model import Topic

_NEAR = 0.6  # how alike a name must be to one that was perhaps meant, from 0 to 1
_LABEL = 40  # characters


async def unsubscribe(call: Call, tools: Tools) -> Reply:
    """Remove the topic that the words say, or ask which one."""
    topics = [topic_of(each, tools.presets) for each in call.chat.subscriptions]
    if not topics:
        return _none(call)
    words = collapse(call.words)
    if not words:
        return reply(call.phrases, (*sentences(call.phrases(say.WHICH_TOPIC)), *_choices(topics)))
    found = _called(words, call.chat.subscriptions, topics)
    if found is None:
        return _unknown(call, words, topics)
    removed = await tools.store.write(lambda desk: desk.chats.unsubscribe(call.chat.number, found.topic.name))
    if removed is None:
        raise MistakeError(call.own(say.TOPIC_GONE), try_example=False)
    return _done(call, removed, topic_of(removed, tools.presets), others=len(topics) > 1)


def _called(
    words: str, subscriptions: Sequence[Subscription], topics: Sequence[Topic]
) -> Subscription | None:
    """Return the subscription whose name, title, key or query this is, in any case."""
    meant = find_topic(topics, words)
    for subscription, topic in zip(subscriptions, topics, strict=True):
        if topic is meant or words.casefold() == collapse(topic.query).casefold():
            return subscription
    return None


def _done(call: Call, removed: Subscription, topic: Topic, *, others: bool) -> Reply:
    phrases = call.phrases
    back = f"subscribe {topic.name if removed.preset else collapse(topic.query)}"
    again = button(phrases(say.SUBSCRIBE_AGAIN), back)
    blocks: list[Block] = [*sentences(phrases(say.UNSUBSCRIBED, topic=quoted(topic.title, phrases)))]
    if again is None:
        blocks += (*sentences(phrases(say.AGAIN_BY_HAND)), Paragraph((Code(f"/{back}"),)))
    another = button(phrases(say.REMOVE_ANOTHER), "unsubscribe") if others else None
    return reply(phrases, (*blocks, *buttons(again, another)), instead=call.pressed)


def _unknown(call: Call, words: str, topics: Sequence[Topic]) -> Reply:
    """Say that there's no such topic, name the nearest, and offer those there are."""
    if call.pressed:
        raise MistakeError(call.own(say.TOPIC_GONE), try_example=False)
    by_words = {text.casefold(): topic for topic in topics for text in (topic.name, topic.title)}
    near = nearest(words.casefold(), by_words, _NEAR)
    meant = quoted(words, call.own)
    told = call.own(say.NO_SUCH_TOPIC, words=meant)
    if near:
        told = call.own(say.NO_SUCH_TOPIC_NEAR, words=meant, near=quoted(near.title, call.own))
    ordered = sorted(topics, key=lambda topic: topic is not near)
    return reply(call.own, (*sentences(told), *_choices(ordered)), aside=True)


def _none(call: Call) -> Reply:
    choose = buttons(button(call.own(labels.CHOOSE_TOPICS), "subscribe"))
    return reply(call.own, (*sentences(call.own(moments.NO_TOPICS)), *choose), aside=True)


def _choices(topics: Sequence[Topic]) -> tuple[Actions, ...]:
    made = (
        button(shortened(topic.title, _LABEL), f"unsubscribe {topic_key(topic.name)}") for topic in topics
    )
    return tuple(row for each in made for row in buttons(each))


COMMANDS = (
    Command(
        "unsubscribe",
        unsubscribe,
        summary=say.UNSUBSCRIBE,
        usage=usages.TOPIC,
        example="gaussian splatting",
        short={"unsub": "unsubscribe"},
        permission=Permission.ADMINS,
    ),
)
