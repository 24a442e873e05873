"""Short keys of topics' names, for buttons: their actions can't carry a long query. Pure."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.chats import Chat, Subscription
    from digest.model import Topic

_BYTES = 4  # a chat has a few dozen topics at most; two of them hardly ever share a key


def topic_key(name: str) -> str:
    """Return the key of a topic's name: eight hexadecimal digits."""
    return hashlib.blake2s(name.encode(), digest_size=_BYTES).hexdigest()


def find_subscription(chat: Chat, key: str) -> Subscription | None:
    """Return the subscription of a chat whose topic's name has this key; None if it's gone."""
    return next((each for each in chat.subscriptions if topic_key(each.topic.name) == key), None)


def find_by_key(topics: Mapping[str, Topic], key: str) -> Topic | None:
    """Return the topic whose name has this key; None if there's none."""
    return next((topic for name, topic in topics.items() if topic_key(name) == key), None)
