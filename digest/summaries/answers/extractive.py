"""Answers questions without a model; what that needs is loaded with the first."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from digest.answers import PaperAnswer
    from digest.fulltext import FullPaper
    from digest.model import Paper
    from digest.notes import Progress


class ExtractiveAnswerer:
    """A `digest.writers.Answerer` that needs no key and no network."""

    async def answer(
        self,
        paper: Paper,  # noqa: ARG002
        full_paper: FullPaper,
        question: str,
        language: str,  # noqa: ARG002
        report: Callable[[Progress], None] = lambda _: None,  # noqa: ARG002
        may_ask: Callable[[], bool] = lambda: True,  # noqa: ARG002
    ) -> PaperAnswer:
        """Return the nearest sentences, in the paper's own language."""
        from digest.summaries.answers.nearest import nearest

        return await asyncio.to_thread(nearest, full_paper, question)
