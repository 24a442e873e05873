"""Takes notes without a model; what that needs is loaded when the first are taken."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from digest.fulltext import FullPaper
    from digest.model import Paper
    from digest.notes import Notes, Progress, Taken


class ExtractiveNoteTaker:
    """A `digest.writers.NoteTaker` that needs no key and no network."""

    async def kept(self, paper: Paper, language: str) -> Taken | None:  # noqa: ARG002
        """Return nothing: what can be extracted again isn't kept."""
        return None

    async def notes(
        self,
        paper: Paper,
        full_paper: FullPaper,
        language: str,  # noqa: ARG002
        report: Callable[[Progress], None] = lambda _: None,
        may_ask: Callable[[], bool] = lambda: True,  # noqa: ARG002
    ) -> Notes:
        """Return the notes in the paper's own language, whichever was asked for: it can't translate."""
        from digest.notes import Progress, Stage
        from digest.summaries.notes.extract import extract_notes

        report(Progress(Stage.WRITING))
        return await asyncio.to_thread(extract_notes, paper, full_paper)
