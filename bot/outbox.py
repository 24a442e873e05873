"""Deliveries as values: what was asked of a platform and what became of it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from datetime import datetime

    from bot.chats import Address
    from digest.model import PaperId


@dataclass(frozen=True, slots=True)
class Message:
    """One part of a document in a platform's own form; what is kept and sent.

    Attributes:
        body: as the platform's `send` takes it, text or JSON.
        plain: the same without any markup, for a platform that refuses the body.
        papers: the papers that it tells.
    """

    body: str
    plain: str
    papers: tuple[PaperId, ...] = ()


@dataclass(frozen=True, slots=True)
class Sent:
    """The platform took it; `message` is its id there."""

    message: str


@dataclass(frozen=True, slots=True)
class Retry:
    """Not now; `after` is how many seconds the platform asked us to wait, if it said so."""

    why: str
    after: float | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """The chat has another address now."""

    to: Address


@dataclass(frozen=True, slots=True)
class Gone:
    """We may not or can't write there any more."""

    why: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The platform can't read the body; the plain form may do."""

    why: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """No answer came: it may have been sent; asking again with the same key is safe where keys are kept."""

    why: str


Outcome: TypeAlias = Sent | Retry | Moved | Gone | Refused | Unknown


class DeliveryState(StrEnum):
    """Where a delivery is. The outbox is what is pending or claimed."""

    PENDING = "pending"
    CLAIMED = "claimed"
    """Being sent; found like this after a crash it is sent again, with the same key."""
    SENT = "sent"
    EXPIRED = "expired"
    """Given up after two days; its papers are free for the chat's next digest."""
    DROPPED = "dropped"
    """The chat is gone or the platform refuses even the plain form; its papers are free again."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message for one chat.

    Attributes:
        chat: the chat's key in the database.
        address: where it goes now.
        part: its place among the messages for this chat, from 0; parts are sent in order.
        key: the same for every try, unique among deliveries; platforms that keep keys drop a repeat.
        tries: how often it was sent without a final outcome.
        made_at: when the round made it.
        plain: whether the plain form is to be sent, because the body was refused.
    """

    number: int
    chat: int
    address: Address
    message: Message
    part: int
    key: str
    tries: int
    made_at: datetime
    sound: bool
    plain: bool
