"""What the bot keeps of chats, people and the outbox, as protocols.

Every object lives inside one transaction: synchronous, and any method may raise `StorageError`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date, datetime

    from bot.access import Code, Person, Role
    from bot.chats import Address, Chat, Choices, Preferences, Subscription
    from bot.heard import Heard
    from bot.outbox import Delivery, DeliveryState, Message, Settlement, Trouble
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


class Chats(Protocol):
    """Chats inside one transaction; synchronous, any method may raise `StorageError`."""

    def due(self, now: datetime, newest: int, limit: int) -> tuple[Chat, ...]:
        """Return chats that may be sent something now and weren't told of listing `newest` yet.

        The caller decides with `bot.due.due`; this only finds candidates, by `due_at` and `told`. It says of
        each what became of it, with `told` or with `wait`, or gets it again.
        """

    def get(self, address: Address) -> Chat | None:
        """Return a chat with its subscriptions and the preferences of all levels."""

    def numbered(self, chat: int) -> Chat | None:
        """Return the chat that has this key."""

    def reading(self, platforms: Collection[str], now: datetime, after: int, limit: int) -> tuple[Chat, ...]:
        """Return the chats of these platforms that get digests, by their keys, from the one `after`.

        One that subscribed nothing, that is paused or that can't be reached gets none.
        """

    def count_reading(self, platforms: Collection[str], now: datetime) -> int:
        """Return how many chats of these platforms get digests."""

    def told(self, chats: Mapping[int, datetime], serial: int) -> None:
        """Note that chats heard of everything up to a serial, and from when each may be due again."""

    def wait(self, chats: Mapping[int, datetime]) -> None:
        """Note from when candidates that aren't due may be, as `bot.due.waits_until` says."""

    def newest_told(self) -> int:
        """Return the highest serial that a chat with subscriptions was told of; 0 if there's none."""

    def wait_no_longer(self) -> None:
        """Have every chat looked at in the next round: at the start, when the defaults may have changed."""

    def add(self, address: Address, *, title: str, parent: Address | None, by: str) -> Chat:
        """Store a chat, or its new title and parent; who brought the bot there first stays.

        Args:
            address: of the chat, or of a server or group that only carries settings.
            title: as the platform shows it; empty leaves the one before.
            parent: whose choices it inherits, stored too if it isn't yet; None leaves the one before.
            by: the platform's id of who brought the bot there, or empty.
        """

    def chosen(self, chat: int) -> Choices:
        """Return what this chat's own level chose."""

    def inherited(self, chat: int) -> Preferences:
        """Return what would hold for a chat whose own level chose nothing."""

    def choose(self, chat: int, choices: Choices) -> None:
        """Replace what a level chose, for itself and for whatever inherits it."""

    def subscribe(self, chat: int, subscription: Subscription) -> bool:
        """Subscribe a topic, replacing one of this name; return whether the name is new.

        A chat's first subscription starts with the next listing.
        """

    def unsubscribe(self, chat: int, name: str) -> Subscription | None:
        """Remove a subscription and return it, None if there is none of this name."""

    def pause(self, chat: int, until: datetime | None) -> None:
        """Send nothing until then, or until somebody resumes it; what it misses comes afterwards, at once."""

    def resume(self, chat: int) -> None:
        """Send again, after a pause or when the chat can be reached again."""

    def heard(self, address: Address) -> bool:
        """Note that somebody spoke in a chat; return whether it was out of reach, and is resumed by that."""

    def follow(self, chat: int, to: Address) -> None:
        """Give a chat another address.

        A chat that is there already becomes one with it: its subscriptions, its deliveries, the choices that
        the first left open and the chats that inherit from it come along. Of what either had yet to hear,
        nothing is lost. A chat out of reach can be reached again.
        """

    def lose(self, chat: int, at: datetime) -> None:
        """Note that a chat can't be reached since `at`, or since earlier."""

    def forget(self, now: datetime) -> int:
        """Delete the chats that couldn't be reached for longer than `bot.chats.KEPT`; return how many."""

    def delete(self, chat: int) -> None:
        """Delete all that is known of a chat; what inherited its choices inherits those above it."""


class People(Protocol):
    """Who may use the bot, inside one transaction; synchronous, any method may raise `StorageError`."""

    def role(self, person: Person) -> Role:
        """Return what a person is; whom nobody let in is a stranger."""

    def owners(self) -> tuple[Person, ...]:
        """Return the owners, in the order in which they became it."""

    def claim(self, code: Code) -> bool:
        """Keep a claim code beside the newest few; return False if there is an owner already.

        The first that is used makes the others worthless.
        """

    def offer(self, code: Code) -> None:
        """Keep an invite code."""

    def codes(self) -> tuple[Code, ...]:
        """Return the codes that nobody used, the oldest first."""

    def redeem(self, text: str, person: Person, now: datetime) -> Role | None:
        """Let in who sent a code, which is used up then; return what they are now, None for no code."""

    def withdraw(self) -> int:
        """Make every invite that nobody used worthless; return how many there were."""

    def remove(self, person: Person) -> bool:
        """Forget a person; return whether they were known."""

    def detach(self, person: Person) -> None:
        """Take a person's id from topics and from chats that they brought the bot to; end their invites."""


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


class Hearings(Protocol):
    """What chats were told last, inside one transaction; synchronous, any method may raise `StorageError`."""

    def of(self, chats: Collection[int]) -> Mapping[int, Heard]:
        """Return what each chat was told last; those that never heard anything are missing."""

    def tell(self, chats: Mapping[int, date]) -> None:
        """Note the newest announcement date that chats were told of, or had nothing of."""

    def tell_late(self, chats: Mapping[int, date]) -> None:
        """Note the announcement date that chats were told comes late."""
