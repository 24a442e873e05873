"""Who answers questions: the first model that can, in the order of settings; at last sentences of the paper.

Questions and answers are nobody else's business, so nothing of them is kept here.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Protocol

from digest.errors import ModelAnswerError, ModelBudgetError, ModelBusyError, ModelError
from digest.summaries.answers.nearest import nearest
from digest.summaries.notes.parts import excerpts_of
from digest.summaries.tongues import tongue

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from digest.answers import PaperAnswer
    from digest.fulltext import FullPaper
    from digest.model import Paper
    from digest.notes import Progress
    from digest.summaries.chain import Breaker

_LOG = logging.getLogger(__name__)


class WritesAnswers(Protocol):
    """Who answers with one model."""

    async def write(
        self,
        paper: Paper,
        full_paper: FullPaper,
        question: str,
        language: str,
        report: Callable[[Progress], None],
    ) -> PaperAnswer:
        """Answer; may raise `ModelError`."""


@dataclass(frozen=True, slots=True)
class AnswerLink:
    """One writer of a chain.

    Attributes:
        provider: as settings name it.
        breaker: the provider's, whatever it's asked for.
    """

    provider: str
    writer: WritesAnswers
    breaker: Breaker


@dataclass(frozen=True)
class AnswerChain:
    """A `digest.writers.Answerer`.

    Args:
        links: in the order in which they're asked.
        at_once: how many questions of papers are under way at the same time, whoever asks.
        patience: seconds that models have for one answer, with waiting.
        tell: is told why a provider couldn't be asked.
    """

    links: Sequence[AnswerLink]
    at_once: asyncio.Semaphore
    patience: float
    tell: Callable[[str, ModelError], Awaitable[None]]

    async def answer(
        self,
        paper: Paper,
        full_paper: FullPaper,
        question: str,
        language: str,
        report: Callable[[Progress], None] = lambda _: None,
        may_ask: Callable[[], bool] = lambda: True,
    ) -> PaperAnswer:
        """Return the best answer that can be had now."""
        unfit = False
        if excerpts_of(full_paper):
            allowed = cache(may_ask)
            until = asyncio.get_running_loop().time() + self.patience
            job = _Job(paper, full_paper, question, tongue(language), report, until)
            for place, link in enumerate(self.links):
                if answer := await self._in_turn(link, job, allowed):
                    return replace(answer, stand_in=place > 0, unfit=self.links[0].provider in job.unfit)
            unfit = bool(job.unfit)
        found = await asyncio.to_thread(nearest, full_paper, question)
        return replace(found, stand_in=True, unfit=unfit)

    async def _in_turn(self, link: AnswerLink, job: _Job, allowed: Callable[[], bool]) -> PaperAnswer | None:
        if link.breaker.rests():
            return None
        try:
            async with asyncio.timeout_at(job.until), self.at_once:
                # The provider may have failed while this one waited. Nobody is charged for what isn't asked.
                if link.breaker.rests() or not allowed() or not link.breaker.admit():
                    return None
                answer = await link.writer.write(
                    job.paper, job.full_paper, job.question, job.language, job.report
                )
        except TimeoutError:
            late = f"{link.provider} took longer for an answer about a paper than {self.patience:g} s."
            await self._failed(link, job, ModelBusyError(late))
        except ModelError as error:
            await self._failed(link, job, error)
        except Exception:  # noqa: BLE001 - whatever an adapter lets through costs no answer
            _LOG.exception("a question about %s with %s failed", job.paper.id, link.provider)
            bug = ModelAnswerError(f"{link.provider} can't be used: a bug in paperround.")
            await self._failed(link, job, bug)
        else:
            link.breaker.succeeded()
            return answer
        return None

    async def _failed(self, link: AnswerLink, job: _Job, error: ModelError) -> None:
        _LOG.info("no answer about %s by %s: %s", job.paper.id, link.provider, error)
        if error.unfit:
            job.unfit.add(link.provider)
        if not isinstance(error, ModelBudgetError):  # our own, and no word about the provider
            link.breaker.failed(error)
        await self.tell(link.provider, error)


@dataclass(frozen=True, slots=True)
class _Job:
    """A question, who is told how far its answer is, and until when there's time (on the loop's clock).

    Attributes:
        unfit: the providers whose answers didn't pass the check.
    """

    paper: Paper
    full_paper: FullPaper
    question: str
    language: str
    report: Callable[[Progress], None]
    until: float
    unfit: set[str] = field(default_factory=set)
