"""Has papers read whole for the figures of digests, none of which waits for it. Knows no chat and no store.

A digest shows the figures of what was read by then; what wasn't is read for the next chats that ask.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, TypeAlias

from digest.errors import PaperroundError
from digest.teasers import teaser_of
from digest.withdrawals import is_withdrawn

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from digest.fulltext import Picture
    from digest.model import Paper, PaperId
    from digest.notebook import Notebook

_LOG = logging.getLogger(__name__)

MOST_WAITING = 200
"""How many papers may wait to be read, at three seconds each; what comes beyond has no figure today."""

_AGAIN = timedelta(hours=6)
"""After how long a paper that couldn't be read is tried again."""

_REMEMBERED = 2_000  # figures, of half a kilobyte each

_Key: TypeAlias = "tuple[PaperId, int]"


@dataclass(frozen=True, slots=True)
class _Reading:
    since: datetime
    task: asyncio.Task[None]


async def figures_known(notebook: Notebook, papers: Iterable[Paper], site: str) -> Mapping[PaperId, Picture]:
    """Return a figure of each paper that was read and has one; nothing is read for it.

    Args:
        notebook: who had papers read.
        papers: at the versions that are told; those that were withdrawn are left out.
        site: as in `FiguresAhead`.
    """
    figures: dict[PaperId, Picture] = {}
    for paper in papers:
        known = None if is_withdrawn(paper) else await notebook.known(paper)
        if known and (figure := teaser_of(known, site)):
            figures[paper.id] = figure
    return figures


@dataclass
class FiguresAhead:
    """The figures of papers for digests.

    Args:
        notebook: who has papers read.
        site: the address of the site that figures may be at, without a slash at its end.
        at_once: how many papers are read at the same time; arXiv gives a file every three seconds.
    """

    notebook: Notebook
    site: str
    at_once: int = 1
    _readings: dict[_Key, _Reading] = field(default_factory=dict)
    _found: dict[_Key, Picture | None] = field(default_factory=dict)
    """Of what was read; many editions of a round hold the same papers."""
    _turn: asyncio.Semaphore = field(init=False)

    def __post_init__(self) -> None:
        self._turn = asyncio.Semaphore(self.at_once)

    async def of(self, papers: Iterable[Paper], now: datetime) -> Mapping[PaperId, Picture]:
        """Return a figure of each paper that was read and has one; have the others read meanwhile.

        Args:
            papers: at the versions that are told; those that were withdrawn are left out.
            now: the time.
        """
        self._forget(now)
        figures: dict[PaperId, Picture] = {}
        for paper in papers:
            if is_withdrawn(paper):
                continue
            key = paper.id, paper.version
            if key not in self._found and (known := await self.notebook.known(paper)):
                self._remember(key, teaser_of(known, self.site))
            if key not in self._found:
                self._begin(paper, now)
            elif figure := self._found[key]:
                figures[paper.id] = figure
        return figures

    async def stop(self) -> None:
        """Begin nothing more, and give up what is in hand."""
        tasks = [reading.task for reading in self._readings.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _remember(self, key: _Key, figure: Picture | None) -> None:
        self._found[key] = figure
        if len(self._found) > _REMEMBERED:
            del self._found[next(iter(self._found))]

    def _begin(self, paper: Paper, now: datetime) -> None:
        key = paper.id, paper.version
        waiting = sum(not reading.task.done() for reading in self._readings.values())
        if key not in self._readings and waiting < MOST_WAITING:
            self._readings[key] = _Reading(now, asyncio.create_task(self._read(paper)))

    async def _read(self, paper: Paper) -> None:
        async with self._turn:
            try:
                await self.notebook.read(paper)
            except PaperroundError as error:
                _LOG.info("no figure of %s for digests: %s", paper.id, error)
            except Exception:  # noqa: BLE001 - a paper that breaks its reader costs no digest
                _LOG.exception("no figure of %s for digests", paper.id)

    def _forget(self, now: datetime) -> None:
        for key, reading in [*self._readings.items()]:
            if reading.task.done() and now - reading.since > _AGAIN:
                del self._readings[key]
