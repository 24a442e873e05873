"""Deliveries as values: what was asked of a platform, what became of it and what follows from that. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from bot.trouble import Audience, Cause, Trouble

if TYPE_CHECKING:
    from datetime import datetime

    from bot.chats import Address
    from digest.model import PaperId
    from digest.phrases import Phrase


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
    """The platform took it.

    Attributes:
        message: its id there.
        lacking: the permission without which it isn't where it belongs; None if it is.
    """

    message: str
    lacking: Phrase | None = None


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
        message: what is sent; which papers it tells isn't read again for that.
        part: its place among the messages for this chat, from 0; parts are sent in order.
        key: the same for every try, unique among deliveries; platforms that keep keys drop a repeat.
        tries: how often it was sent without a final outcome.
        made_at: when the round made it.
        plain: whether the plain form is to be sent, because the body was refused.
        after: the platform's id of the last part before it that was sent; empty if there's none.
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
    after: str = ""


LIFETIME = timedelta(days=2)
"""How long a delivery is tried; what it tells is news no longer then."""

FORGET_AFTER = timedelta(days=90)
"""How long settled deliveries are kept; no catch-up goes back further."""

LONGEST_WAIT = 3600.0
"""Seconds between two tries, unless the platform asks for more."""

_FIRST_WAIT = 2.0
_MOST_DOUBLINGS = 20  # far beyond the longest wait, and no overflow
_MOST_MOVES = 5  # tries after which a chat that moves again is followed at leisure: it may go in a circle


@dataclass(frozen=True, slots=True)
class Settlement:
    """What follows from the outcome of one try; applying it twice changes nothing more.

    Attributes:
        delivery: the delivery's key in the database.
        due_at: when it's tried again, if its state is pending.
        plain: whether the next try is with the plain form.
        sent_as: the platform's id of the message, if it was sent.
        why: the trouble in the platform's words.
        follow: the chat's new address.
        lost: whether the chat is gone, and whatever else waits for it dropped.
        trouble: what a person is told.
    """

    delivery: int
    chat: int
    state: DeliveryState
    due_at: datetime
    tries: int
    plain: bool
    sent_as: str | None = None
    why: str | None = None
    follow: Address | None = None
    lost: bool = False
    trouble: Trouble | None = None

    @property
    def final(self) -> bool:
        """Whether the delivery is settled for good."""
        return self.state is not DeliveryState.PENDING


def settle(delivery: Delivery, outcome: Outcome, now: datetime, jitter: float) -> Settlement:
    """Decide what follows from a try.

    Whatever isn't final is tried again while the delivery is younger than `LIFETIME`; the last try is made
    when it's just as old, or later if nobody could try before.

    Args:
        delivery: as it was claimed.
        outcome: what the platform made of it.
        now: when the outcome came.
        jitter: random, in [0, 1), so that many deliveries don't come back at the same moment.
    """
    if isinstance(outcome, Sent):  # nearly always
        return Settlement(
            delivery.number,
            delivery.chat,
            DeliveryState.SENT,
            now,
            delivery.tries + 1,
            delivery.plain,
            sent_as=outcome.message,
            trouble=_misplaced(delivery, outcome.lacking) if outcome.lacking else None,
        )
    tried = Settlement(
        delivery.number, delivery.chat, DeliveryState.PENDING, now, delivery.tries + 1, delivery.plain
    )
    backoff = wait_before(delivery.tries, jitter)
    match outcome:
        case Gone(why):
            trouble = _trouble(delivery, Cause.GONE, Audience.SUBSCRIBER, why)
            settlement = replace(tried, state=DeliveryState.DROPPED, why=why, lost=True, trouble=trouble)
        case Refused(why) if delivery.plain:
            trouble = _trouble(delivery, Cause.REFUSED, Audience.OWNER, why)
            settlement = replace(tried, state=DeliveryState.DROPPED, why=why, trouble=trouble)
        case Refused(why):
            settlement = _again(delivery, replace(tried, plain=True, why=why), 0.0)
        case Moved(to):
            wait = 0.0 if delivery.tries < _MOST_MOVES else backoff
            settlement = _again(delivery, replace(tried, follow=to, why=f"moved to {to.chat}"), wait)
        case Retry(why, float() | int() as after):
            # Asking sooner than the platform wants is no use: a wait beyond the last try ends it now.
            settlement = _again(delivery, replace(tried, why=why), max(float(after), 0.0), exactly=True)
        case Retry(why) | Unknown(why):
            settlement = _again(delivery, replace(tried, why=why), backoff)
    return settlement


def wait_before(tries: int, jitter: float) -> float:
    """Return how many seconds to wait before another try: twice as long each time, and up to half less."""
    wait = min(_FIRST_WAIT * 2.0 ** min(tries, _MOST_DOUBLINGS), LONGEST_WAIT)
    return wait * (1 + jitter) / 2


def _again(delivery: Delivery, tried: Settlement, wait: float, *, exactly: bool = False) -> Settlement:
    now, last = tried.due_at, delivery.made_at + LIFETIME
    left = (last - now).total_seconds()
    if left <= 0 or (exactly and wait > left):
        trouble = _trouble(delivery, Cause.EXPIRED, Audience.OWNER, tried.why or "")
        return replace(tried, state=DeliveryState.EXPIRED, plain=delivery.plain, trouble=trouble)
    return replace(tried, due_at=min(now + timedelta(seconds=min(wait, left)), last))


def _misplaced(delivery: Delivery, lacking: Phrase) -> Trouble:
    trouble = _trouble(delivery, Cause.PERMISSION, Audience.SUBSCRIBER, lacking.text)
    return replace(trouble, lacking=lacking)


def _trouble(delivery: Delivery, cause: Cause, audience: Audience, why: str) -> Trouble:
    return Trouble(cause, audience, delivery.address.platform, delivery.chat, why)
