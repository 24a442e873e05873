"""Gets briefs from a summarizer that may fail, hang or talk rubbish: each paper once, a few at a time.

Whatever happens, an answer comes: a brief, or none. Knows no paper store and no document.
"""

from __future__ import annotations

import asyncio
import logging
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from digest.model import Brief

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from digest.model import Paper, PaperId
    from digest.writers import Summarizer

_LOG = logging.getLogger(__name__)

_Key: TypeAlias = "tuple[PaperId, int, str]"

_LONGEST_SENTENCE = 1_000  # characters; more isn't a sentence
_MOST_TAKEAWAYS = 7
_MOST_KEYWORDS = 6


@dataclass
class Briefs:
    """The briefs of papers, kept while this object is.

    Args:
        summarizer: who writes them.
        at_once: how many are written at the same time for one call of `of`.
        patience: seconds after which one is given up.
        most_failures: how many may fail in a row before one call of `of` asks for no more.
        kept: how many briefs are remembered, the newest.
        stand_ins_kept: seconds for which a stand-in is; then who should have written it may be able to.
        clock: seconds that only grow.
        reused: is told of each brief that was remembered.
    """

    summarizer: Summarizer
    at_once: int = 8
    patience: float = 60.0
    most_failures: int = 16
    kept: int = 2_000
    stand_ins_kept: float = 60.0
    clock: Callable[[], float] = time.monotonic
    reused: Callable[[Brief], None] = lambda _: None
    _made: dict[_Key, tuple[Brief, float]] = field(default_factory=dict)
    _under_way: dict[_Key, asyncio.Task[Brief | None]] = field(default_factory=dict)

    async def of(
        self, papers: Iterable[Paper], language: str, may_ask: Callable[[PaperId], bool] = lambda _: True
    ) -> Mapping[PaperId, Brief | None]:
        """Return a brief of each paper, None where none could be had.

        Args:
            papers: each is asked for once, however often it is named here or by others meanwhile.
            language: the BCP 47 tag asked for.
            may_ask: is asked before a paper's brief costs something.
        """
        wanted = {paper.id: paper for paper in papers}
        call = _Call(asyncio.Semaphore(self.at_once), self.most_failures, may_ask)
        briefs = await asyncio.gather(*(self._one(paper, language, call) for paper in wanted.values()))
        return dict(zip(wanted, briefs, strict=True))

    async def stop(self) -> None:
        """Give up what is being written; whoever waits for it is cancelled."""
        tasks = tuple(self._under_way.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _one(self, paper: Paper, language: str, call: _Call) -> Brief | None:
        key = (paper.id, paper.version, language)
        if brief := self._remembered(key):
            return brief
        async with call.turn:
            if brief := self._remembered(key):
                return brief
            if key in self._under_way:
                return await asyncio.shield(self._under_way[key])
            if call.left <= 0:
                return None
            # A task of its own: who asked first may leave, and others wait for the same.
            task = self._under_way[key] = asyncio.ensure_future(self._make(key, paper, call.may_ask))
            task.add_done_callback(lambda _: self._under_way.pop(key))
            brief = await asyncio.shield(task)
            call.left = call.left - 1 if brief is None else self.most_failures
            return brief

    async def _make(self, key: _Key, paper: Paper, may_ask: Callable[[PaperId], bool]) -> Brief | None:
        brief = await self._ask(paper, key[-1], lambda: may_ask(paper.id))
        if brief is not None:
            until = self.clock() + (self.stand_ins_kept if brief.stand_in else float("inf"))
            self._made[key] = brief, until
            if len(self._made) > self.kept:
                del self._made[next(iter(self._made))]
        return brief

    async def _ask(self, paper: Paper, language: str, may_ask: Callable[[], bool]) -> Brief | None:
        try:
            async with asyncio.timeout(self.patience):
                brief: Any = await self.summarizer.brief(paper, language, may_ask)
        except TimeoutError:
            _LOG.warning("no brief of %s: no answer in %s s", paper.id, self.patience)
            return None
        except Exception as error:  # noqa: BLE001 - whatever an adapter lets through costs one brief, no digest
            _LOG.warning("no brief of %s: %s: %s", paper.id, type(error).__name__, error)
            return None
        if not is_sound(brief):
            _LOG.warning("no brief of %s: what came isn't one", paper.id)
            return None
        return brief  # type: ignore[no-any-return]  # is_sound has just made sure

    def _remembered(self, key: _Key) -> Brief | None:
        brief, until = self._made.get(key, (None, 0.0))
        if brief is None or until < self.clock():
            return None
        self.reused(brief)
        return brief


@dataclass
class _Call:
    turn: asyncio.Semaphore
    left: int
    may_ask: Callable[[PaperId], bool]


def is_sound(brief: Any) -> bool:
    """Tell whether something is a brief that can be shown: its sentence and takeaways say something."""
    if not isinstance(brief, Brief):
        return False
    takeaways: Any = brief.takeaways  # its types are what an adapter promised, no more
    keywords: Any = brief.keywords
    return (
        _says_something(brief.sentence)
        and _is_list(takeaways, _MOST_TAKEAWAYS)
        and _is_list(keywords, _MOST_KEYWORDS)
        and _says_something(brief.language)
        and _says_something(brief.provenance.model)
    )


def _is_list(texts: Any, most: int) -> bool:
    return isinstance(texts, tuple) and len(texts) <= most and all(map(_says_something, texts))


def _says_something(text: Any) -> bool:
    return isinstance(text, str) and len(text) <= _LONGEST_SENTENCE and any(map(str.isalpha, text))
