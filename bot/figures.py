"""How much there is of everything, for owners; as values. Pure; knows no database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from bot.chats import State
    from digest.records import Spent


@dataclass(frozen=True, slots=True)
class Figures:
    """What is kept, in numbers.

    Attributes:
        chats: by platform, how many are in each state.
        subscriptions: of all chats together.
        wanted: the topics that most chats subscribed, by their titles, the most wanted first.
        papers: how many are known.
        days: on how many days something was read.
        sent: messages since the time asked for.
        failed: messages since then that were given up.
        waiting: messages that are still to be sent.
        size: of the database, in bytes.
        spent: what each model cost on each day since the time asked for, oldest first.
    """

    chats: Mapping[str, Mapping[State, int]]
    subscriptions: int
    wanted: Sequence[tuple[str, int]]
    papers: int
    days: int
    sent: int
    failed: int
    waiting: int
    size: int
    spent: Sequence[Spent] = ()


class Counts(Protocol):
    """Counts inside one transaction; synchronous, any method may raise `StorageError`."""

    def rows(self) -> int:
        """Return about how many rows there are to count, at once."""

    def figures(self, since: datetime) -> Figures:
        """Count everything, messages and what models cost since a time."""
