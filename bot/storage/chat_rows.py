"""Choices, topics and times as they stand in columns, and back. Knows no SQL.

What a newer version wrote and this one can't read counts as not chosen, and stays as it was.
"""

from __future__ import annotations

import functools
import json
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.chats import Choices, Detail, Layout, QuietDays, SendAt, Subscription
from digest.model import Topic

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

NEVER = "9999-12-31T23:59:59+00:00"
"""When a chat without subscriptions is due."""

SOON = "0001-01-01T00:00:00+00:00"
"""When a chat is due that the next round has to look at."""

_WEEKDAYS = frozenset(range(7))


def write_time(at: datetime) -> str:
    """Write an instant as a text that sorts, in whole seconds.

    Raises:
        ValueError: it is naive.
    """
    if at.utcoffset() is None:
        raise ValueError(f"{at} is naive; an aware datetime is needed")
    return at.astimezone(UTC).isoformat(timespec="seconds")


def read_time(text: str | None) -> datetime | None:
    """Read what `write_time` wrote."""
    return datetime.fromisoformat(text) if text else None


def write_choices(choices: Choices, before: str = "{}") -> str:
    """Write what a level chose.

    Args:
        choices: all of the level's.
        before: what stands there; keys and values of it that can't be read stay.
    """
    unread = {key: value for key, value in _load(before).items() if _read(key, value) is None}
    chosen = {key: _write(value) for key in Choices.__slots__ if (value := getattr(choices, key)) is not None}
    return json.dumps({**unread, **chosen}, ensure_ascii=False, sort_keys=True)


@functools.lru_cache(maxsize=1024)  # most chats chose nothing, or what many others did
def read_choices(text: str) -> Choices:
    """Read what a level chose, as far as this version knows it."""
    return Choices(
        **{key: value for key, raw in _load(text).items() if (value := _read(key, raw)) is not None}
    )


def read_subscription(row: Mapping[str, Any]) -> Subscription:
    """Make a subscription of its row."""
    topic = Topic(
        name=row["name"],
        title=row["title"],
        query=row["query"],
        archives=tuple(json.loads(row["archives"])),
        about=row["about"],
    )
    return Subscription(topic, bool(row["preset"]), row["by"], datetime.fromisoformat(row["at"]))


def write_subscription(subscription: Subscription) -> dict[str, object]:
    """Make a row of a subscription."""
    topic = subscription.topic
    return {
        "name": topic.name,
        "title": topic.title,
        "query": topic.query,
        "archives": json.dumps(topic.archives),
        "about": topic.about,
        "preset": subscription.preset,
        "by": subscription.by,
        "at": write_time(subscription.at),
    }


def _load(text: str) -> dict[str, Any]:
    found = json.loads(text)
    return found if isinstance(found, dict) else {}


def _read(key: str, value: object) -> Any:
    """Return what a value means; None when this version doesn't know the key or the value."""
    try:
        return _READERS[key](value) if key in _READERS else None
    except (TypeError, ValueError, ZoneInfoNotFoundError):
        return None


def _write(value: object) -> object:
    match value:
        case frozenset():
            return sorted(value)
        case time():
            return value.isoformat(timespec="minutes")
        case SendAt():
            return value.value
        case _:
            return value


def _text(value: object) -> str:
    if isinstance(value, str) and value:
        return value
    raise TypeError


def _send_at(value: object) -> time | SendAt:
    if value == SendAt.LISTED.value:
        return SendAt.LISTED
    at = time.fromisoformat(_text(value))
    if at.tzinfo:  # the zone is a choice of its own
        raise ValueError
    return at


def _zone(value: object) -> str:
    return ZoneInfo(_text(value)).key


def _weekdays(value: object) -> frozenset[int]:
    days = frozenset(value) if isinstance(value, list) else frozenset()
    if days and days <= _WEEKDAYS:
        return days
    raise ValueError


def _papers(value: object) -> int:
    if type(value) is int and value > 0:
        return value
    raise TypeError


def _switch(value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise TypeError


_READERS: Mapping[str, Callable[[object], Any]] = {
    "language": _text,
    "brief_language": _text,
    "send_at": _send_at,
    "zone": _zone,
    "weekdays": _weekdays,
    "papers": _papers,
    "detail": lambda value: Detail(_text(value)),
    "figures": _switch,
    "quiet_days": lambda value: QuietDays(_text(value)),
    "sound": _switch,
    "layout": lambda value: Layout(_text(value)),
}
