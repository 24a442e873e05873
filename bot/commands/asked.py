"""Which topics somebody means, by what they typed or what their button says. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.commands.call import MistakeError
from bot.commands.topic_keys import topic_key
from bot.phrases import digesting as say
from bot.wishes import topic_of
from digest.errors import QueryError
from digest.model import Topic
from digest.query import parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.commands.call import Call

MOST_DAYS = 14
_SHOWN = 60  # characters of somebody's words that are repeated
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
    if topic := _known(own, words):
        return Asked((topic,), topic_key(topic.name))
    if topic := _known(presets.values(), words):
        return Asked((topic,), topic_key(topic.name), topic.name)
    if call.pressed and _KEY.fullmatch(words):
        raise MistakeError(call.own(say.TOPIC_GONE), try_example=False)
    try:
        parse(words)
    except QueryError as error:
        raise MistakeError(_mistake(call, words, error.offset)) from error
    return Asked((Topic(words, shortened(words), words),), words, words)


def asked_with_days(call: Call, presets: Mapping[str, Topic], words: str) -> tuple[Asked, int]:
    """Find out which topics are meant, and of how many days: the last number, if it's no part of a topic.

    Raises:
        MistakeError: the words are no topic, or the number isn't one of 1 to 14.
    """
    own = (subscription.topic for subscription in call.chat.subscriptions)
    number = _LAST_NUMBER.match(words)
    if number is None or _known((*own, *presets.values()), words):
        return asked(call, presets, words), 1
    days = int(number[1])
    if not 1 <= days <= MOST_DAYS:
        phrases = call.own
        raise MistakeError(phrases(say.DAYS, most=phrases.number(MOST_DAYS), number=phrases.number(days)))
    return asked(call, presets, words[: number.start(1)].strip()), days


def shortened(words: str) -> str:
    """Return somebody's words, the end of long ones left out."""
    return words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1].rstrip()}…"


def _known(topics: Iterable[Topic], words: str) -> Topic | None:
    name = " ".join(words.split()).casefold()
    for topic in topics:
        if name in {topic.name.casefold(), topic.title.casefold(), topic_key(topic.name)}:
            return topic
    return None


def _mistake(call: Call, words: str, offset: int) -> str:
    quoted = call.own.quoted(shortened(words))
    place = words[offset:].strip()
    if place == words:
        return call.own(say.NOT_A_TOPIC, words=quoted)
    if place:
        return call.own(say.NOT_A_TOPIC_FROM, words=quoted, place=call.own.quoted(shortened(place)))
    return call.own(say.HALF_A_TOPIC, words=quoted)
