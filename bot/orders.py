"""Which edition each chat of a batch is told, before its briefs are there. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.chats import QuietDays
from bot.heard import Heard, wants_quiet_line
from bot.wishes import content, select
from digest.model import Edition

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping, Sequence

    from bot.chats import Chat
    from bot.wishes import Look, Wish
    from digest.editions import Finding
    from digest.model import PaperId, Section


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


def matched(finding: Finding) -> frozenset[PaperId]:
    """Return every paper that was found."""
    return frozenset(match.paper.id for matches in finding.matches.values() for match in matches)


def plan(
    wishes: Mapping[Wish, Sequence[Chat]],
    findings: Mapping[Wish, Finding],
    had: Mapping[int, frozenset[PaperId]],
    heard: Mapping[int, Heard],
) -> tuple[Order, ...]:
    """Decide what each chat is told; those that are told the same share an order, some are told nothing.

    Args:
        wishes: the chats that are due, by what they want.
        findings: what each wish's topics match on its dates.
        had: of the papers found, those that each chat had.
        heard: what each chat was told last.
    """
    orders: dict[Hashable, Order] = {}
    for wish, chats in wishes.items():
        for chat, sections in _selections(wish, chats, findings[wish], had):
            quiet = not any(section.entries for section in sections)
            if quiet and not _says_so(wish, heard.get(chat.number, Heard()), findings[wish]):
                continue
            edition = Edition(wish.dates, sections, findings[wish].checked)
            key = wish.look, wish.dates, edition.checked, content(sections)
            order = orders.setdefault(key, Order(key, wish.look, edition, {}))
            order.chats[chat.number] = chat.preferences.sound and not quiet
    return tuple(orders.values())


def _selections(
    wish: Wish, chats: Sequence[Chat], finding: Finding, had: Mapping[int, frozenset[PaperId]]
) -> Iterator[tuple[Chat, tuple[Section, ...]]]:
    """Yield what each chat is shown; chats that had the same papers share the work."""
    papers = matched(finding)
    found = [(topic, finding.matches[topic]) for topic in wish.topics]
    selected: dict[frozenset[PaperId], tuple[Section, ...]] = {}
    for chat in chats:
        known = had[chat.number] & papers
        if known not in selected:
            selected[known] = select(found, known, wish.papers)
        yield chat, selected[known]


def _says_so(wish: Wish, heard: Heard, finding: Finding) -> bool:
    """Whether a chat hears that nothing matched. Where all that matched was sent before, it isn't true."""
    return (
        wish.quiet_days is QuietDays.LINE
        and not any(finding.matches.values())
        and wants_quiet_line(heard, wish.dates)
    )
