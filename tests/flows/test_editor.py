"""The editor makes editions of what a store holds: each paper once, what was missed marked."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from digest.briefs import Briefs
from digest.editor import Editor
from digest.model import Announcement, Kind, Paper, PaperId, Topic
from digest.summaries.extract import ExtractiveSummarizer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from digest.ports import Papers

Told = TypeVar("Told")

THURSDAY, FRIDAY = date(2026, 6, 25), date(2026, 6, 26)
EELS = Topic("eels", "Eels", "eels")
MORAYS = Topic("morays", "Morays", "morays")


class Store:
    """A store that holds a few announcements."""

    def __init__(self, *announced: Announcement) -> None:
        self._announced = announced

    async def read(self, fn: Callable[[Papers], Told]) -> Told:
        """Ask what is held."""
        return fn(self)  # type: ignore[arg-type]  # the one question that an editor asks

    def announced(self, days: Sequence[date], kinds: Sequence[Kind]) -> tuple[Announcement, ...]:
        """Tell what was announced on some dates."""
        return tuple(each for each in self._announced if each.date in days and each.kind in kinds)


def announcement(number: int, title: str, day: date, *, inferred: bool = False) -> Announcement:
    """Announce a paper."""
    paper = Paper(PaperId(f"2606.{number:05}"), 1, title, f"We study {title}.", ("Mo Ray",), ("q-bio.PE",))
    return Announcement(paper, day, Kind.NEW, inferred=inferred)


EDITOR = Editor(
    Store(  # type: ignore[arg-type]  # reads alone
        announcement(1, "morays, which are eels", THURSDAY, inferred=True),
        announcement(2, "eels", FRIDAY),
    ),
    Briefs(ExtractiveSummarizer()),
)


def test_an_edition_names_the_days_that_were_missed() -> None:
    """Dates that hold papers by their submission time are told; read ones aren't."""
    both = asyncio.run(EDITOR.edition([EELS], (THURSDAY, FRIDAY), 7, "en"))
    assert both.inferred == (THURSDAY,)
    assert asyncio.run(EDITOR.edition([EELS], (FRIDAY,), 7, "en")).inferred == ()


def test_each_topic_is_counted_by_itself() -> None:
    """An edition tells a paper under one topic; a count has it under each."""
    edition = asyncio.run(EDITOR.edition([EELS, MORAYS], (THURSDAY, FRIDAY), 7, "en"))
    assert [section.found for section in edition.sections] == [2, 0]
    assert asyncio.run(EDITOR.count([EELS, MORAYS], (THURSDAY, FRIDAY))) == (2, 1)
