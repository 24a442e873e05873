"""What an owner announces to all chats, and how it's kept until it went out. Pure; knows no database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Notice:
    """An announcement.

    Attributes:
        key: what its buttons carry, because a text is longer than buttons may be.
        reached: the number of the last chat whose turn it was; chats have their turn in this order, so that
            each gets it once however often it's sent.
        chats: how many it was put in the outbox for.
        done: whether every chat had its turn.
    """

    key: str
    text: str
    made_at: datetime
    reached: int = 0
    chats: int = 0
    done: bool = False


class Notices(Protocol):
    """Announcements inside one transaction; synchronous, any method may raise `StorageError`."""

    def keep(self, notice: Notice) -> None:
        """Store one, or how far it came; those before it that nobody began to send are forgotten."""

    def get(self, key: str) -> Notice | None:
        """Return the announcement of this key."""

    def begun(self, since: datetime) -> tuple[str, ...]:
        """Return the keys of those made since then that some chats had, but not all."""

    def drop(self, key: str) -> bool:
        """Forget one that wasn't begun to be sent; return whether there was one."""
