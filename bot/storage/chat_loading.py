"""Chats made of their rows, the levels above them and subscriptions, by two queries for any number."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bot.chats import Address, Chat, State, effective
from bot.storage.chat_rows import read_choices, read_subscription, read_time

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import sqlite_utils

    from bot.chats import Preferences, Subscription

# Each chat's own row and those above it, the outermost first; no platform has more than four levels.
_LEVELS = """
    WITH RECURSIVE line (leaf, number, depth) AS (
        SELECT value, value, 0 FROM json_each(:numbers)
        UNION ALL
        SELECT line.leaf, chats.parent, line.depth + 1 FROM line JOIN chats USING (number)
        WHERE chats.parent IS NOT NULL AND line.depth < 8
    )
    SELECT line.leaf, line.depth, chats.* FROM line JOIN chats USING (number) ORDER BY leaf, depth DESC
"""
_SUBSCRIPTIONS = """
    SELECT * FROM subscriptions WHERE chat IN (SELECT value FROM json_each(:numbers)) ORDER BY number
"""


def load(db: sqlite_utils.Database, defaults: Preferences, numbers: Sequence[int]) -> tuple[Chat, ...]:
    """Return the chats with these numbers, in their order, with the preferences of all levels."""
    wanted = {"numbers": json.dumps(numbers)}
    levels: dict[int, list[dict[str, Any]]] = {number: [] for number in numbers}
    for row in db.query(_LEVELS, wanted):
        levels[row["leaf"]].append(row)
    subscriptions: dict[int, list[Subscription]] = {number: [] for number in numbers}
    for row in db.query(_SUBSCRIPTIONS, wanted):
        subscriptions[row["chat"]].append(read_subscription(row))
    return tuple(_chat(defaults, levels[number], subscriptions[number]) for number in numbers)


def _chat(
    defaults: Preferences, levels: Sequence[dict[str, Any]], subscriptions: Iterable[Subscription]
) -> Chat:
    *above, row = levels
    return Chat(
        number=row["number"],
        address=_address(row),
        parent=_address(above[-1]) if above else None,
        title=row["title"],
        preferences=effective(defaults, *(read_choices(level["choices"]) for level in levels)),
        subscriptions=tuple(subscriptions),
        state=State(row["state"]),
        until=read_time(row["until"]),
        since=read_time(row["since"]),
        told=row["told"],
        claimed_by=row["claimed_by"],
    )


def _address(row: dict[str, Any]) -> Address:
    return Address(row["platform"], row["chat"], row["thread"])
