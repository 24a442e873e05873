"""Answers questions with one language model: ask, check, ask once more with what didn't pass.

the paper says it        → an answer that passed, with the paper's own sentences
the paper doesn't say    → that
neither passed twice     → an error, and somebody else answers
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from digest.answers import Outcome, PaperAnswer
from digest.errors import ModelAnswerError, ModelError
from digest.latex import readable
from digest.model import Provenance
from digest.notes import Progress, Stage
from digest.summaries.answers import prompt
from digest.summaries.answers.check import CheckedAnswer, check_answer
from digest.summaries.answers.draft import read_answer
from digest.summaries.answers.quoting import Quotable
from digest.summaries.answers.reading import Read, read_for
from digest.summaries.attempts import NO_JSON
from digest.summaries.check import Source
from digest.summaries.language import language_of
from digest.summaries.notes.parts import coverage_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from digest.fulltext import FullPaper
    from digest.model import Paper
    from digest.writers import Answer, LanguageModel, Prompt

_LEAST_ROOM = 1_500  # tokens of the paper in a question, however small the model


@dataclass(frozen=True, slots=True)
class _Job:
    """A question that is to be answered.

    Attributes:
        read: what of the paper the model is given.
        source: the same with the title, for the check.
        quotable: the same, to look quotations up in.
    """

    paper: Paper
    full_paper: FullPaper
    question: str
    language: str
    read: Read
    source: Source
    quotable: Quotable


@dataclass(frozen=True, slots=True)
class AnswerWriter:
    """Answers questions.

    Args:
        model: who is asked.
        context: how many tokens a question and its answer may have together.
    """

    model: LanguageModel
    context: int

    async def write(
        self,
        paper: Paper,
        full_paper: FullPaper,
        question: str,
        language: str,
        report: Callable[[Progress], None],
    ) -> PaperAnswer:
        """Answer a question in one or two calls.

        Args:
            paper: the title of it is read too.
            full_paper: what was read of its file.
            question: somebody's.
            language: as `digest.summaries.tongues.tongue` writes it.
            report: is told how far it is.

        Raises:
            ModelError: no answer came, or none that may be shown.
        """
        job = await asyncio.to_thread(self._prepare, paper, full_paper, question, language)
        report(Progress(Stage.WRITING))
        first = prompt.answer_prompt(paper, job.read.excerpts, question, language)
        answer, checked = await self._try(job, first, report)
        if checked is None or checked.violations:
            complaints = [one.explain() for one in checked.violations] if checked else [NO_JSON]
            again = prompt.repair_prompt(
                paper, job.read.excerpts, question, answer.text, complaints, language
            )
            try:
                answer, checked = await self._try(job, again, report)
            except ModelError as error:
                error.unfit = True  # the first answer was
                raise
        if checked is None:
            raise ModelAnswerError(f"{self.model.name} didn't keep to the form.", unfit=True)
        if checked.violations:
            raise ModelAnswerError(f"{self.model.name} gave no answer that passed the check.", unfit=True)
        return self._told(job, checked, answer)

    def _prepare(self, paper: Paper, full_paper: FullPaper, question: str, language: str) -> _Job:
        room = max(_LEAST_ROOM, self.context - self._most_tokens - prompt.OVERHEAD)
        read = read_for(question, full_paper, room)
        if not read.excerpts:
            raise ModelAnswerError("The paper has no text to answer from.")
        source = Source.of(
            readable(paper.title), *(f"{excerpt.heading}\n{excerpt.text}" for excerpt in read.excerpts)
        )
        return _Job(paper, full_paper, question, language, read, source, Quotable.of(read.excerpts))

    async def _try(
        self, job: _Job, question: Prompt, report: Callable[[Progress], None]
    ) -> tuple[Answer, CheckedAnswer | None]:
        answer = await self.model.ask(replace(question, most_tokens=self._most_tokens))
        report(Progress(Stage.CHECKING))
        return answer, await asyncio.to_thread(_checked, job, answer)

    @property
    def _most_tokens(self) -> int:
        return min(prompt.MOST_TOKENS, self.context // 4)

    def _told(self, job: _Job, checked: CheckedAnswer, answer: Answer) -> PaperAnswer:
        quoted = " ".join(quotation.text for quotation in checked.quotations)
        return PaperAnswer(
            outcome=Outcome.ANSWERED if checked.draft.answered else Outcome.UNSAID,
            language=job.language,
            provenance=Provenance(answer.model, job.full_paper.form.value, self.model.name),
            coverage=coverage_of(job.full_paper, job.read.unread),
            misses=job.full_paper.misses,
            text=checked.draft.text,
            quotations=checked.quotations,
            quoted_language=language_of(quoted),
        )


def _checked(job: _Job, answer: Answer) -> CheckedAnswer | None:
    draft = read_answer(answer.text)
    return check_answer(draft, job.source, job.quotable, job.language) if draft else None
