"""Chats as values: where they are, what they want, whom they hear about. Pure; knows no platform's rules."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import timedelta
from enum import Enum, StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime, time

    from digest.model import Topic


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """Where messages go: a chat of a platform and, in some, a thread or forum topic of it.

    Attributes:
        platform: ``telegram``, ``discord``, ``console`` …
        chat: the platform's id of it, as text; a server or group that only carries settings has one too.
        thread: the platform's id of a thread in it; empty for the chat itself.
    """

    platform: str
    chat: str
    thread: str = ""

    def __str__(self) -> str:
        """Return it as logs name it: “console ada”."""
        return " ".join(filter(None, (self.platform, self.chat, self.thread)))


class Detail(StrEnum):
    """How much a digest says of a paper."""

    TITLES = "titles"
    BRIEF = "brief"
    NOTES = "notes"


class QuietDays(StrEnum):
    """What a chat hears when nothing matched."""

    LINE = "line"
    NOTHING = "nothing"


class Layout(StrEnum):
    """Which of a platform's layouts a chat reads."""

    CLASSIC = "classic"
    RICH = "rich"


class SendAt(Enum):
    """When a digest is sent, where it isn't a fixed time."""

    LISTED = "listed"
    """As soon as the listing is in, between 07:00 and 22:00 local."""


class State(StrEnum):
    """Whether a chat gets digests."""

    ACTIVE = "active"
    PAUSED = "paused"
    """Somebody paused it, for good or until a time."""
    UNREACHABLE = "unreachable"
    """The platform says that it's gone or that we may not write; kept 90 days, resumed when it speaks."""


KEPT = timedelta(days=90)
"""How long a chat that can't be reached is kept."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a chat wants, every level of settings taken together.

    Attributes:
        language: of labels and buttons, a BCP 47 tag.
        brief_language: of briefs and notes, a BCP 47 tag.
        send_at: a local time, which waits for the listing, or `SendAt.LISTED`.
        zone: an IANA time zone.
        weekdays: on which digests come, Monday is 0; what they skip comes with the next.
        papers: the most papers in one digest.
        figures: whether a figure follows each paper of a digest.
        sound: whether digests make a sound.
    """

    language: str
    brief_language: str
    send_at: time | SendAt
    zone: str
    weekdays: frozenset[int]
    papers: int
    detail: Detail
    figures: bool
    quiet_days: QuietDays
    sound: bool
    layout: Layout


@dataclass(frozen=True, slots=True)
class Choices:
    """What one level (server or group, channel or topic) chose; None inherits from the level above."""

    language: str | None = None
    brief_language: str | None = None
    send_at: time | SendAt | None = None
    zone: str | None = None
    weekdays: frozenset[int] | None = None
    papers: int | None = None
    detail: Detail | None = None
    figures: bool | None = None
    quiet_days: QuietDays | None = None
    sound: bool | None = None
    layout: Layout | None = None


@dataclass(frozen=True, slots=True)
class Subscription:
    """A topic that a chat hears about.

    Attributes:
        topic: its query as it was when it was subscribed; a preset's is looked up anew each time.
        preset: whether the topic is one of config.toml's, by its name.
        by: the platform's id of the person who subscribed it.
    """

    topic: Topic
    preset: bool
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat with everything that decides what it gets, and when.

    Attributes:
        number: its key in the database.
        parent: the server, group or channel whose choices it inherits.
        title: as the platform shows it.
        until: when a pause ends; None for a pause without end, and where there is none.
        since: since when it is unreachable.
        told: the serial of the newest listing that it heard about, or had nothing of.
        claimed_by: who brought the bot there; trouble is told to them.
    """

    number: int
    address: Address
    parent: Address | None
    title: str
    preferences: Preferences
    subscriptions: tuple[Subscription, ...]
    state: State
    until: datetime | None
    since: datetime | None
    told: int
    claimed_by: str


def effective(defaults: Preferences, *levels: Choices) -> Preferences:
    """Return what holds for a chat: the defaults, overridden by each level's choices.

    Args:
        defaults: of config.toml.
        levels: the outermost first: server or group, then channel or topic.
    """
    for level in levels:
        chosen = {
            field.name: value for field in fields(level) if (value := getattr(level, field.name)) is not None
        }
        defaults = replace(defaults, **chosen)
    return defaults


def inherited(own: Choices, other: Choices) -> Choices:
    """Return a level's own choices, completed by another's."""
    missing = {
        field.name: getattr(other, field.name) for field in fields(own) if getattr(own, field.name) is None
    }
    return replace(own, **missing)
