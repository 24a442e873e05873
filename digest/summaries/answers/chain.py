"""Who answers questions: the first model that can, in the order of settings; at last sentences of the paper.

Questions and answers are nobody else's business, so nothing of them is kept here.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Protocol

from digest.answers import PaperAnswer
from digest.summaries.answers.nearest import nearest
from digest.summaries.commission import Commission
from digest.summaries.notes.parts import excerpts_of
from digest.summaries.tongues import tongue

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from digest.errors import ModelError
    from digest.fulltext import FullPaper
    from digest.model import Paper
    from digest.notes import Progress
    from digest.summaries.commission import Breaker


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
        commission = Commission("an answer", paper.id, self.at_once, self.patience, may_ask, self.tell)
        unfit: set[str] = set()  # the providers whose answers didn't pass the check
        for place, link in enumerate(self.links if excerpts_of(full_paper) else ()):
            answer = await commission.ask(
                link.provider,
                link.breaker,
                partial(link.writer.write, paper, full_paper, question, tongue(language), report),
            )
            if isinstance(answer, PaperAnswer):
                return replace(answer, stand_in=place > 0, unfit=self.links[0].provider in unfit)
            if answer is not None and answer.unfit:
                unfit.add(link.provider)
        found = await asyncio.to_thread(nearest, full_paper, question)
        return replace(found, stand_in=True, unfit=bool(unfit))
