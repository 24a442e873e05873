"""A service whose clock a test moves, over a town and an arXiv that may be away."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from bot.service import Service
from digest.calendar import Calendar
from digest.errors import SourceUnreachableError
from digest.model import Listing
from digest.pipeline import Harvest
from digest.ports import Kept
from digest.storage.papers import SqlitePaperStore
from tests.papers import announced

if TYPE_CHECKING:
    from bot.trouble import Trouble
    from digest.pipeline import Harvester
    from tests.servers.town import Town

START = datetime(2026, 6, 22, 4, 0, tzinfo=UTC)  # a Monday, five minutes before its listing
MINUTE = timedelta(minutes=1)


@dataclass
class Days:
    """A harvester of an arXiv that announces one paper a day and is away at times."""

    town: Town
    now: datetime = START
    away: tuple[datetime, datetime] = (START, START)
    takes: timedelta = timedelta()
    tries: int = 0
    read: set[date] = field(default_factory=set)
    unfilled: list[SourceUnreachableError] = field(default_factory=list)
    """Why the next harvests can't fill in missed days."""

    async def harvest(self) -> Harvest:
        """Read the days that weren't read, or fail."""
        self.tries += 1
        self.now += self.takes
        if self.away[0] <= self.now < self.away[1]:
            raise SourceUnreachableError("no connection")
        last = Calendar().last(self.now)
        for day in Calendar().dates(START.date(), last):
            if day not in self.read:
                self.read.add(day)
                await self.town.announce(announced(day.day), day=day)
        unfilled = self.unfilled.pop() if self.unfilled else None
        return Harvest(Listing(last, ("cs",), ()), Kept(1, 1), unfilled=unfilled)


@dataclass
class World:
    """A service over a town, whose clock a test moves."""

    town: Town
    arxiv: Days
    service: Service
    told: list[tuple[datetime, str]] = field(default_factory=list)
    by_chat: dict[str, list[tuple[datetime, str]]] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)

    @classmethod
    def over(cls, town: Town, harvester: Harvester | None = None) -> World:
        """Make one; its arXiv is scripted, or what a harvester of yours reads."""
        arxiv = Days(town)
        troubles: list[Trouble] = []
        service = Service(
            now=lambda: arxiv.now,
            calendar=Calendar(),
            archives=("cs",),
            harvester=harvester or arxiv,  # type: ignore[arg-type]  # as much of one as it calls
            papers=SqlitePaperStore(town.database),
            rounds=town.rounds,
            delays=town.delays,
            store=town.rounds.store,
            trim=lambda: town.database.trim(100),
            wake=lambda: None,
            report=troubles.append,
        )
        return cls(town, arxiv, service, troubles=troubles)

    async def live(self, until: datetime, step: timedelta = 10 * MINUTE) -> None:
        """Let time pass, tick by tick; whatever is made is sent at once."""
        while self.arxiv.now < until:
            before = await self.town._newest()
            await self.service.harvest()
            await self.service.serve()
            for chat, messages in (await self.town._messages(before)).items():
                told = [(self.arxiv.now, body) for body in messages]
                self.told += told
                self.by_chat.setdefault(chat, []).extend(told)
            await self.town.settle("sent")
            self.arxiv.now += step
