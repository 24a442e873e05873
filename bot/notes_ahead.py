"""Has papers read whole for digests, best before these are due. Knows no chat and no store.

A digest that is due waits a while for what isn't read yet. But it's worth more than its notes: what isn't
there after some minutes is told in brief, and goes on being made for whoever opens it.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, TypeAlias

from bot.foresight import AHEAD
from digest.errors import PaperroundError
from digest.withdrawals import is_withdrawn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from digest.model import Paper, PaperId
    from digest.notebook import Notebook
    from digest.notes import Taken

_LOG = logging.getLogger(__name__)

WAIT = timedelta(minutes=10)
"""How long a digest waits for its notes at most, from when one of its papers was first due."""

AGAIN = timedelta(minutes=1)
"""After how long a digest that waits is to be looked at again."""

_FORGOTTEN = AHEAD + timedelta(hours=2)
_Key: TypeAlias = "tuple[PaperId, int, str]"


@dataclass(frozen=True, slots=True)
class _Wanted:
    since: datetime
    making: asyncio.Task[Taken | None]
    due: datetime | None = None
    """When a digest first asked for it."""

    def waits(self, now: datetime) -> bool:
        """Whether a digest that is due waits for it."""
        return not self.making.done() and self.due is not None and now - self.due < WAIT


@dataclass
class NotesAhead:
    """The notes of papers for digests.

    Args:
        notebook: where notes come from.
        at_once: how many papers are in hand at the same time; arXiv gives a file every three seconds.
    """

    notebook: Notebook
    at_once: int = 2
    _wanted: dict[_Key, _Wanted] = field(default_factory=dict)
    _turn: asyncio.Semaphore = field(init=False)

    def __post_init__(self) -> None:
        self._turn = asyncio.Semaphore(self.at_once)

    def begin(
        self, papers: Iterable[Paper], language: str, may_ask: Callable[[PaperId], bool], now: datetime
    ) -> None:
        """Have papers read for a digest that isn't due yet; takes and raises what `of` does."""
        self._forget(now)
        for paper in papers:
            if not is_withdrawn(paper):
                self._begun(paper, language, may_ask, now)

    def of(
        self, papers: Iterable[Paper], language: str, may_ask: Callable[[PaperId], bool], now: datetime
    ) -> Mapping[PaperId, Taken | None] | None:
        """Return the notes of papers, None for those that can't be had in time; begin what isn't begun.

        Args:
            papers: at the versions that are told; those that were withdrawn are left out.
            language: the BCP 47 tag asked for.
            may_ask: is asked before a paper's notes cost something.
            now: the time.

        Returns:
            None while it's worth waiting for more.

        Raises:
            RuntimeError: no event loop runs.
        """
        self._forget(now)
        wanted = {
            paper.id: self._due(paper, language, may_ask, now) for paper in papers if not is_withdrawn(paper)
        }
        if any(one.waits(now) for one in wanted.values()):
            return None
        return {paper: _made(one.making) for paper, one in wanted.items()}

    async def stop(self) -> None:
        """Begin nothing more, and give up what is in hand."""
        making = [one.making for one in self._wanted.values()]
        for task in making:
            task.cancel()
        await asyncio.gather(*making, return_exceptions=True)

    def _due(self, paper: Paper, language: str, may_ask: Callable[[PaperId], bool], now: datetime) -> _Wanted:
        """Return what was begun; what failed hours ago is tried once more."""
        key = paper.id, paper.version, language
        one = self._begun(paper, language, may_ask, now)
        if one.due is None:
            if one.making.done() and _made(one.making) is None:
                del self._wanted[key]
                one = self._begun(paper, language, may_ask, now)
            self._wanted[key] = one = replace(one, due=now)
        return one

    def _begun(
        self, paper: Paper, language: str, may_ask: Callable[[PaperId], bool], now: datetime
    ) -> _Wanted:
        key = paper.id, paper.version, language
        if key not in self._wanted:
            making = asyncio.get_running_loop().create_task(self._make(paper, language, may_ask))
            self._wanted[key] = _Wanted(now, making)
        return self._wanted[key]

    async def _make(self, paper: Paper, language: str, may_ask: Callable[[PaperId], bool]) -> Taken | None:
        async with self._turn:
            try:
                return await self.notebook.of(paper, language, may_ask=lambda: may_ask(paper.id))
            except PaperroundError as error:
                _LOG.info("no notes of %s for digests: %s", paper.id, error)
            except Exception:  # noqa: BLE001 - a paper that breaks its reader costs no digest
                _LOG.exception("no notes of %s for digests", paper.id)
            return None

    def _forget(self, now: datetime) -> None:
        for key, one in [*self._wanted.items()]:
            if one.making.done() and now - one.since > _FORGOTTEN:
                del self._wanted[key]


def _made(making: asyncio.Task[Taken | None]) -> Taken | None:
    return making.result() if making.done() and not making.cancelled() else None
