"""Which edition each chat of a batch is told, before its briefs are there. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.chats import QuietDays
from bot.heard import Heard, wants_quiet_line
from bot.wishes import content, select
from digest.model import Edition

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from bot.chats import Chat
    from bot.wishes import Look, Wish
    from digest.editions import Finding
    from digest.model import Paper, PaperId

_REMEMBERED = 5_000  # selections, of some papers each


@dataclass(frozen=True, slots=True)
class Order:
    """An edition without its briefs, and who gets it.

    Attributes:
        key: equal exactly where the editions and their looks are.
        chats: each with whether it makes a sound.
    """

    key: Hashable
    look: Look
    edition: Edition
    chats: dict[int, bool]

    @property
    def papers(self) -> tuple[Paper, ...]:
        """The papers that it shows, in order."""
        return tuple(entry.paper for section in self.edition.sections for entry in section.entries)


def matched(finding: Finding) -> frozenset[PaperId]:
    """Return every paper that was found."""
    return frozenset(match.paper.id for matches in finding.matches.values() for match in matches)


class Planner:
    """Decides what chats are told, during one round; equal decisions are made once."""

    def __init__(self) -> None:
        self._selected: dict[tuple[Wish, frozenset[PaperId]], tuple[Hashable, Edition]] = {}

    def plan(
        self,
        wishes: Mapping[Wish, Sequence[Chat]],
        findings: Mapping[Wish, Finding],
        had: Mapping[int, frozenset[PaperId]],
        heard: Mapping[int, Heard],
    ) -> tuple[Order, ...]:
        """Decide what each chat is told; those that are told the same share an order, some get none.

        Args:
            wishes: the chats that are due, by what they want.
            findings: what each wish's topics match on its dates.
            had: of the papers found, those that each chat had.
            heard: what each chat was told last.
        """
        orders: dict[Hashable, Order] = {}
        for wish, chats in wishes.items():
            finding = findings[wish]
            papers = matched(finding)
            for chat in chats:
                key, edition = self._select(wish, had[chat.number] & papers, finding)
                quiet = not any(section.entries for section in edition.sections)
                if quiet and not _says_so(wish, heard.get(chat.number, Heard()), finding):
                    continue
                order = orders.get(key)
                if order is None:
                    order = orders[key] = Order(key, wish.look, edition, {})
                order.chats[chat.number] = chat.preferences.sound and not quiet
        return tuple(orders.values())

    def _select(self, wish: Wish, known: frozenset[PaperId], finding: Finding) -> tuple[Hashable, Edition]:
        if (wish, known) not in self._selected:
            found = [(topic, finding.matches[topic]) for topic in wish.topics]
            sections = select(found, known, wish.papers)
            key = wish.look, wish.dates, finding.checked, content(sections)
            if len(self._selected) >= _REMEMBERED:
                del self._selected[next(iter(self._selected))]
            self._selected[wish, known] = key, Edition(wish.dates, sections, finding.checked)
        return self._selected[wish, known]


def _says_so(wish: Wish, heard: Heard, finding: Finding) -> bool:
    """Whether a chat hears that nothing matched. Where all that matched was sent before, it isn't true."""
    return (
        wish.quiet_days is QuietDays.LINE
        and not any(finding.matches.values())
        and wants_quiet_line(heard, wish.dates)
    )
