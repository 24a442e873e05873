"""What the bot asked whom, for a few minutes: the next text completes a command. Kept in memory alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.access import Person
    from bot.chats import Address

PATIENCE = timedelta(minutes=10)
"""How long a question waits for its answer; a later text means something else."""

_MOST = 1_000


@dataclass
class Questions:
    """The questions that nobody answered yet, one for each person and chat."""

    _asked: dict[tuple[Address, Person], tuple[str, datetime]] = field(default_factory=dict)

    def ask(self, address: Address, person: Person, command: str, now: datetime) -> None:
        """Remember a question; an earlier one is forgotten.

        Args:
            address: where it was asked.
            person: who was asked.
            command: what the answer completes, without a slash.
            now: the time.
        """
        self._asked.pop((address, person), None)
        self._asked[address, person] = command, now
        while len(self._asked) > _MOST:
            del self._asked[next(iter(self._asked))]

    def answered(self, address: Address, person: Person, now: datetime) -> str:
        """Take back the command that the person's next words complete; empty if nothing was asked.

        Any command of theirs drops the question too, so a stray answer can't come hours later.
        """
        command, at = self._asked.pop((address, person), ("", now))
        return command if abs(now - at) <= PATIENCE else ""

    def asking(self, address: Address, person: Person, now: Callable[[], datetime]) -> Callable[[str], None]:
        """Return what asks as `ask` does, the first time: for one answer, which may ask before it's there.

        What somebody was asked after that by another answer holds.
        """
        asked = False

        def ask(command: str) -> None:
            nonlocal asked
            if not asked:
                asked = True
                self.ask(address, person, command, now())

        return ask
