"""What the bot keeps of chats and people, as protocols.

Every object lives inside one transaction: synchronous, and any method may raise `StorageError`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date, datetime

    from bot.access import Code, Person, Role
    from bot.chats import Address, Chat, Choices, Preferences, Subscription
    from bot.heard import Heard
    from digest.model import PaperId


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
        """Note that somebody spoke in a chat; return whether it was out of reach, and is resumed by that.

        Chats that were lost with it, as `lose_all` does, are resumed with it.
        """

    def follow(self, chat: int, to: Address) -> None:
        """Give a chat another address.

        A chat that is there already becomes one with it: its subscriptions, its deliveries, its saved
        papers, the choices that the first left open and the chats that inherit from it come along. Of what
        either had yet to hear, nothing is lost. A chat out of reach can be reached again.
        """

    def lose(self, chat: int, at: datetime) -> None:
        """Note that a chat can't be reached since `at`, or since earlier."""

    def lose_all(self, chat: int, at: datetime) -> None:
        """Note the same of a chat and of everything that inherits its choices."""

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


class Hearings(Protocol):
    """What chats were told last, inside one transaction; synchronous, any method may raise `StorageError`."""

    def of(self, chats: Collection[int]) -> Mapping[int, Heard]:
        """Return what each chat was told last; those that never heard anything are missing."""

    def tell(self, chats: Mapping[int, date]) -> None:
        """Note the newest announcement date that chats were told of, or had nothing of."""

    def tell_late(self, chats: Mapping[int, date]) -> None:
        """Note the announcement date that chats were told comes late."""


class Saved(Protocol):
    """Papers that people saved, inside one transaction; synchronous, any method may raise `StorageError`.

    A list belongs to a chat: in private it's a person's own, in a group everybody's who writes there. It goes
    where the chat goes, and with it.
    """

    def add(self, chat: int, papers: Collection[PaperId], at: datetime) -> tuple[PaperId, ...]:
        """Save papers; return those that weren't there."""

    def remove(self, chat: int, paper: PaperId) -> bool:
        """Take a paper off the list; return whether it was there."""

    def of(self, chat: int) -> tuple[PaperId, ...]:
        """Return the papers of a chat, in the order in which they were saved."""
