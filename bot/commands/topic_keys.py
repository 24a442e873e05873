"""Which topic is meant: by the words that people type, or the short key that buttons carry. Pure.

A button's action can't carry a long query, so it has a key of the topic's name.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from bot.commands.words import collapse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.chats import Chat, Subscription
    from digest.model import Topic

_BYTES = 4  # a chat has a few dozen topics at most; two of them hardly ever share a key


def topic_key(name: str) -> str:
    """Return the key of a topic's name: eight hexadecimal digits."""
    return hashlib.blake2s(name.encode(), digest_size=_BYTES).hexdigest()


def find_topic(topics: Iterable[Topic], words: str) -> Topic | None:
    """Return the topic that has this name, title or key, in any case; None if there's none."""
    wanted = collapse(words).casefold()
    return next(
        (
            each
            for each in topics
            if wanted in {each.name.casefold(), each.title.casefold(), topic_key(each.name)}
        ),
        None,
    )


def find_subscription(chat: Chat, key: str) -> Subscription | None:
    """Return the subscription of a chat whose topic's name has this key; None if it's gone."""
    return next((each for each in chat.subscriptions if topic_key(each.topic.name) == key), None)
