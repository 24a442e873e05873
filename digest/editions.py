"""Chooses what an edition holds from what was found. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from digest.model import Entry, Kind, Section

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from digest.model import Brief, Match, PaperId, Topic

Found: TypeAlias = "tuple[Topic, tuple[Match, ...]]"
"""A topic and every paper that meets it, best first."""

ANNOUNCED_AS = (Kind.NEW, Kind.CROSS)
"""The kinds that a digest tells; a new version of a known paper isn't news."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What some topics match on some dates.

    Attributes:
        matches: of each topic, best first; none where its query isn't one.
        checked: how many papers were looked through.
    """

    matches: dict[Topic, tuple[Match, ...]]
    checked: int


def once(found: Sequence[Found]) -> tuple[Found, ...]:
    """Leave each paper under the first topic that it meets."""
    seen: set[PaperId] = set()
    kept = []
    for topic, matches in found:
        fresh = tuple(match for match in matches if match.paper.id not in seen)
        seen.update(match.paper.id for match in fresh)
        kept.append((topic, fresh))
    return tuple(kept)


def chosen(found: Sequence[Found], limit: int) -> tuple[Match, ...]:
    """Return the matches that are shown: the best of each topic, at most `limit` a topic."""
    return tuple(match for _, matches in found for match in matches[:limit])


def sections(
    found: Sequence[Found], limit: int, briefs: Mapping[PaperId, Brief | None]
) -> tuple[Section, ...]:
    """Make a section of each topic; what the limit leaves out is counted in `Section.found`."""
    return tuple(
        Section(
            topic=topic,
            entries=tuple(Entry(match, briefs.get(match.paper.id)) for match in matches[:limit]),
            found=len(matches),
        )
        for topic, matches in found
    )


def share(counts: Sequence[int], limit: int) -> tuple[int, ...]:
    """Share one limit among topics: one paper each in turn, in their order, while they have any.

    So each topic is shown as much as any other that has more, and the first ones take what doesn't divide.

    Args:
        counts: how many papers each topic has.
        limit: the most in all.
    """
    shares = [0] * len(counts)
    left = min(limit, sum(counts))
    while left:
        for place, count in enumerate(counts):
            if left and shares[place] < count:
                shares[place] += 1
                left -= 1
    return tuple(shares)
