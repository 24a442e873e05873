"""Which paper somebody was told last, and the words of theirs that may be about it. Kept in memory alone."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from digest.reading import papers

if TYPE_CHECKING:
    from datetime import datetime

    from bot.access import Person
    from bot.chats import Address
    from bot.talk import Reply

PATIENCE = timedelta(hours=1)
"""How long words may be about the paper that was told last: notes take a while to read."""

_MOST = 1_000


@dataclass(frozen=True, slots=True)
class Told:
    """A paper that somebody was told.

    Attributes:
        paper: its id; empty if the last reply with papers told several, or there was none.
        words: what they wrote after it that was no command; empty for nothing.
    """

    paper: str = ""
    words: str = ""


NOTHING_TOLD = Told()


@dataclass
class LastTold:
    """What each person was told last in each chat, if it's one paper."""

    _told: dict[tuple[Address, Person], tuple[Told, datetime]] = field(default_factory=dict)

    def note(self, address: Address, person: Person, reply: Reply, now: datetime) -> None:
        """Note what a reply tells; one without papers changes nothing but the words that it keeps."""
        told = dict.fromkeys(papers(reply.document.blocks))
        before = self.last(address, person, now)
        if told:
            after = Told(next(iter(told))) if len(told) == 1 else NOTHING_TOLD
        else:
            after = replace(before, words=reply.keeps) if reply.keeps else before
        self._told.pop((address, person), None)
        if after.paper:
            self._told[address, person] = after, now
        while len(self._told) > _MOST:
            del self._told[next(iter(self._told))]

    def last(self, address: Address, person: Person, now: datetime) -> Told:
        """Return what they were told last."""
        told, at = self._told.get((address, person), (NOTHING_TOLD, now))
        return told if abs(now - at) <= PATIENCE else NOTHING_TOLD
