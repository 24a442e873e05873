"""Gets briefs from a summarizer that may fail, hang or talk rubbish: each paper once, a few at a time.

Whatever happens, an answer comes: a brief, or none. Knows no paper store and no document.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from digest.model import Brief

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from digest.model import Paper, PaperId
    from digest.ports import Summarizer

_LOG = logging.getLogger(__name__)

_Key: TypeAlias = "tuple[PaperId, int, str]"

_LONGEST_SENTENCE = 1_000  # characters; more isn't a sentence
_MOST_TAKEAWAYS = 7


@dataclass
class Briefs:
    """The briefs of papers, kept while this object is.

    Args:
        summarizer: who writes them.
        at_once: how many are written at the same time.
        patience: seconds after which one is given up.
        most_failures: how many may fail in a row before one call of `of` asks for no more.
        kept: how many briefs are remembered, the newest.
    """

    summarizer: Summarizer
    at_once: int = 8
    patience: float = 60.0
    most_failures: int = 16
    kept: int = 2_000
    _made: dict[_Key, Brief] = field(default_factory=dict)
    _under_way: dict[_Key, asyncio.Future[Brief | None]] = field(default_factory=dict)

    async def of(self, papers: Iterable[Paper], language: str) -> Mapping[PaperId, Brief | None]:
        """Return a brief of each paper, None where none could be had.

        Args:
            papers: each is asked for once, however often it is named here or by others meanwhile.
            language: the BCP 47 tag asked for.
        """
        wanted = {paper.id: paper for paper in papers}
        call = _Call(asyncio.Semaphore(self.at_once), self.most_failures)
        briefs = await asyncio.gather(*(self._one(paper, language, call) for paper in wanted.values()))
        return dict(zip(wanted, briefs, strict=True))

    async def _one(self, paper: Paper, language: str, call: _Call) -> Brief | None:
        key = (paper.id, paper.version, language)
        async with call.turn:
            if key in self._made:
                return self._made[key]
            if key in self._under_way:
                return await asyncio.shield(self._under_way[key])
            if call.left <= 0:
                return None
            answer = self._under_way[key] = asyncio.get_running_loop().create_future()
            brief = None
            try:
                brief = await self._ask(paper, language)
            finally:
                del self._under_way[key]
                answer.set_result(brief)
            call.left = call.left - 1 if brief is None else self.most_failures
            if brief is not None:
                self._keep(key, brief)
            return brief

    async def _ask(self, paper: Paper, language: str) -> Brief | None:
        try:
            async with asyncio.timeout(self.patience):
                brief: Any = await self.summarizer.brief(paper, language)
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

    def _keep(self, key: _Key, brief: Brief) -> None:
        self._made[key] = brief
        if len(self._made) > self.kept:
            del self._made[next(iter(self._made))]


@dataclass
class _Call:
    turn: asyncio.Semaphore
    left: int


def is_sound(brief: Any) -> bool:
    """Tell whether something is a brief that can be shown: its sentence and takeaways say something."""
    if not isinstance(brief, Brief):
        return False
    takeaways: Any = brief.takeaways  # its types are what an adapter promised, no more
    return (
        _says_something(brief.sentence)
        and isinstance(takeaways, tuple)
        and len(takeaways) <= _MOST_TAKEAWAYS
        and all(map(_says_something, takeaways))
        and _says_something(brief.language)
        and _says_something(brief.provenance.model)
    )


def _says_something(text: Any) -> bool:
    return isinstance(text, str) and len(text) <= _LONGEST_SENTENCE and any(map(str.isalpha, text))
