"""Reads a long paper for its notes part by part: what each part gives that passes the check."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.errors import ModelAnswerError, ModelError
from digest.notes import Progress, Stage
from digest.summaries.attempts import NO_JSON, attempted
from digest.summaries.notes import prompt
from digest.summaries.notes.check import sound_findings
from digest.summaries.notes.draft import read_findings

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from digest.model import Paper
    from digest.records import Attempt
    from digest.summaries.check import Source
    from digest.summaries.notes.draft import Finding
    from digest.summaries.notes.parts import Excerpt
    from digest.writers import Answer, Prompt

A_FINDING = 110
"""Tokens."""

FEWEST_FINDINGS, _MOST_FINDINGS = 4, 30  # of one part
_PARTS_AT_ONCE = 3


@dataclass(frozen=True, slots=True)
class Search:
    """A search for what notes are made of.

    Args:
        ask: asks the model; may raise `ModelError`.
        name: the model's provider.
        paper: its title is read too.
        source: what the whole paper says, for the check.
        room: tokens that all findings together may take.
        attempts: where each answer is noted.
    """

    ask: Callable[[Prompt], Awaitable[Answer]]
    name: str
    paper: Paper
    source: Source
    room: int
    attempts: list[Attempt]

    async def of_parts(
        self, parts: Sequence[tuple[Excerpt, ...]], report: Callable[[Progress], None]
    ) -> tuple[Sequence[Finding], Sequence[str]]:
        """Return what the parts have for the notes, and the headings of those that gave no answer.

        Raises:
            ModelError: there's nothing to write from.
        """
        most = max(FEWEST_FINDINGS, min(_MOST_FINDINGS, self.room // (len(parts) * A_FINDING)))
        turn = asyncio.Semaphore(_PARTS_AT_ONCE)

        async def one(number: int, part: tuple[Excerpt, ...]) -> tuple[Finding, ...] | ModelError:
            async with turn:
                report(Progress(Stage.WRITING, part=number, parts=len(parts)))
                try:
                    return await self._of_part(part, most)
                except ModelError as error:
                    return error

        found = await asyncio.gather(*(one(number, part) for number, part in enumerate(parts, start=1)))
        findings = [finding for each in found if isinstance(each, tuple) for finding in each]
        if not findings:
            nothing = ModelAnswerError(f"{self.name} found nothing in the paper.", unfit=True)
            raise next((each for each in found if isinstance(each, ModelError)), nothing)
        missed = [
            excerpt.heading
            for part, each in zip(parts, found, strict=True)
            if isinstance(each, ModelError)
            for excerpt in part
        ]
        return findings, missed

    async def _of_part(self, part: tuple[Excerpt, ...], most: int) -> tuple[Finding, ...]:
        language = self.source.language
        answer = await self.ask(prompt.findings_prompt(self.paper, part, language, most))
        read = read_findings(answer.text)
        self.attempts.append(attempted(answer, () if read is not None else (NO_JSON,)))
        if read is None:
            raise ModelAnswerError(f"{self.name} didn't keep to the form.", unfit=True)
        return await asyncio.to_thread(sound_findings, read, self.source, language, most)
