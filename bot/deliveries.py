"""What the bot keeps of the outbox, as a protocol and its values.

Every object lives inside one transaction: synchronous, and any method may raise `StorageError`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date, datetime

    from bot.outbox import Delivery, DeliveryState, Message, Settlement
    from bot.trouble import Trouble
    from digest.model import PaperId


@dataclass(frozen=True, slots=True)
class Parcel:
    """An edition as it goes out: to which chats, in which messages.

    Attributes:
        key: hash of content, language, detail, platform and layout; equal parcels are kept once.
        summary: what it tells, for people who look into the database, such as the dates and topics.
        messages: in order.
        chats: the keys of the chats that get it, each with whether it makes a sound.
    """

    key: str
    summary: str
    messages: tuple[Message, ...]
    chats: Mapping[int, bool]


@dataclass(frozen=True, slots=True)
class Latest:
    """The newest delivery of a chat.

    Attributes:
        at: when it was settled, or made if it isn't.
        tries: how often it was sent without a final outcome.
        why: the last trouble with it, in the platform's words; empty if there was none.
        waiting: how many of the chat's deliveries aren't settled, this one among them.
    """

    state: DeliveryState
    at: datetime
    tries: int
    why: str
    waiting: int


@dataclass(frozen=True, slots=True)
class Telling:
    """What became of a delivery that tells a paper.

    Attributes:
        at: when it was settled, or made if it isn't yet.
        why: the last trouble, in the platform's words; empty if there was none.
    """

    state: DeliveryState
    at: datetime
    why: str


class Deliveries(Protocol):
    """The outbox inside one transaction; synchronous, any method may raise `StorageError`."""

    def keep(self, parcels: Sequence[Parcel], at: datetime) -> None:
        """Store parcels and a pending delivery for every message and chat."""

    def had(self, chats: Collection[int], papers: Collection[PaperId]) -> Mapping[int, frozenset[PaperId]]:
        """Return which of the papers each chat had: its deliveries' that aren't expired or dropped."""

    def tellings(self, chat: int, paper: PaperId) -> tuple[Telling, ...]:
        """Return what became of the deliveries that told a chat a paper, or were to, oldest first."""

    def freed(self, chats: Collection[int], since: datetime) -> Mapping[int, frozenset[date]]:
        """Return the announcement dates of papers that a delivery made since then was to tell and never did.

        A paper that another delivery of the chat told, or is about to, doesn't count. Chats without any are
        missing from the answer.
        """

    def claim(self, platform: str, now: datetime, limit: int) -> tuple[Delivery, ...]:
        """Claim deliveries that are due: the first unsettled part of each chat, the oldest first."""

    def settle(self, settlements: Sequence[Settlement], at: datetime) -> tuple[Trouble, ...]:
        """Write down what became of claimed deliveries; let the next part of their chats be claimed.

        One that isn't claimed any more stays as it is, so that settling again is safe. What waits for a lost
        chat is dropped; the caller tells `Chats` that it's lost, and what is to be followed.

        Returns:
            The troubles that nobody was told of today.
        """

    def is_news(self, trouble: Trouble, at: datetime) -> bool:
        """Note a trouble; tell whether it's the day's first of its cause, which somebody is to hear of.

        Of one that lasts, the first as long as it's remembered.
        """

    def release(self, platform: str) -> int:
        """Make what a crash left claimed pending again, under the same keys; return how many."""

    def rewind(self, platform: str, now: datetime) -> int:
        """Make due what was made later than `now`: the clock was set back; return how many."""

    def next_due(self, platform: str) -> datetime | None:
        """Return when the next delivery can be claimed; None if nothing waits."""

    def latest(self, chat: int) -> Latest | None:
        """Return the newest delivery of a chat; None if there's none, or none any more."""

    def forget(self, chat: int) -> None:
        """Forget what a chat was sent and what waits for it, with the messages that nobody else was sent."""

    def unsettled(self) -> Mapping[str, int]:
        """Return how many deliveries each platform's outbox holds."""

    def tidy(self, before: datetime, limit: int) -> int:
        """Forget what was settled before, at most `limit` of each kind of row; 0 means that all is done.

        `had` can't know of papers that were forgotten: `before` must be further back than a catch-up goes.
        """
