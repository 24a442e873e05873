"""Which topics somebody means, by what they typed or what their button says. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.commands.call import MistakeError
from bot.commands.topic_keys import find_topic, topic_key
from bot.commands.topic_words import read_topic
from bot.commands.words import shortened
from bot.phrases import digesting as say
from bot.phrases.subscribing import TOPIC_GONE
from bot.wishes import topic_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.commands.call import Call
    from digest.model import Topic

MOST_DAYS = 14
_KEY = re.compile("[0-9a-f]{8}")
_LAST_NUMBER = re.compile(r"(?:^|.*\s)(\d{1,3})(?: ?days?| ?天)?$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to see.

    Attributes:
        topics: in order; none for a chat that has none.
        words: what names them in a button: nothing for all of the chat's topics, else a key or the query.
        subscribing: the words that subscribe to it; empty where the chat is subscribed.
    """

    topics: tuple[Topic, ...]
    words: str = ""
    subscribing: str = ""


def asked(call: Call, presets: Mapping[str, Topic], words: str) -> Asked:
    """Find out which topics are meant: a key, a chat's own topic, a preset, or any query.

    Raises:
        MistakeError: the words are none of these.
    """
    own = tuple(topic_of(subscription, presets) for subscription in call.chat.subscriptions)
    if not words:
        return Asked(own)
    if topic := find_topic(own, words):
        return Asked((topic,), topic_key(topic.name))
    if call.pressed and _KEY.fullmatch(words) and not find_topic(presets.values(), words):
        raise MistakeError(call.own(TOPIC_GONE), try_example=False)
    topic, preset = read_topic(words, presets, call.own, "digest")
    if preset:
        return Asked((topic,), topic_key(topic.name), topic.name)
    return Asked((replace(topic, title=shortened(topic.title)),), topic.name, topic.name)


def asked_with_days(call: Call, presets: Mapping[str, Topic], words: str) -> tuple[Asked, int]:
    """Find out which topics are meant, and of how many days: the last number, if it's no part of a topic.

    Raises:
        MistakeError: the words are no topic, or the number isn't one of 1 to 14.
    """
    own = (subscription.topic for subscription in call.chat.subscriptions)
    number = _LAST_NUMBER.match(words)
    if number is None or find_topic((*own, *presets.values()), words):
        return asked(call, presets, words), 1
    days = int(number[1])
    if not 1 <= days <= MOST_DAYS:
        phrases = call.own
        raise MistakeError(phrases(say.DAYS, most=phrases.number(MOST_DAYS), number=phrases.number(days)))
    return asked(call, presets, words[: number.start(1)].strip()), days
