"""Takes notes with one language model: at once if the paper fits a question, else part by part, then joined.

    read the parts         each gives findings, and only what passes the check counts
    write                  from the paper, or from the findings; never from nothing
    check, ask once more   with what didn't pass; what fails again is left out, and said to be. If that's
                           most of it, there are no notes.

Title, authors, affiliation, links and code are never asked for.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from digest.errors import ModelAnswerError, ModelError
from digest.model import Provenance
from digest.notes import CLAIMED, Field, Notes, Progress, Stage
from digest.records import WrittenNotes
from digest.summaries.attempts import NO_JSON, attempted
from digest.summaries.notes import prompt
from digest.summaries.notes.check import CheckedNotes, Sources, check_notes, claims_of, is_foreign
from digest.summaries.notes.draft import NotesDraft, read_notes
from digest.summaries.notes.findings import A_FINDING, FEWEST_FINDINGS, Search
from digest.summaries.notes.parts import MOST_PARTS, coverage_of, read_in_parts

if TYPE_CHECKING:
    from collections.abc import Callable

    from digest.fulltext import FullPaper
    from digest.model import Paper
    from digest.records import Attempt
    from digest.summaries.notes.parts import Reading
    from digest.writers import Answer, LanguageModel, Prompt

_LOG = logging.getLogger(__name__)

_LEAST_ROOM = 1_500  # tokens of the paper in a question, however small the model


@dataclass(frozen=True, slots=True)
class _Job:
    """Notes that are to be written.

    Attributes:
        translated: the title is to be translated.
        sources: what the paper says, for the check.
    """

    paper: Paper
    full_paper: FullPaper
    language: str
    translated: bool
    reading: Reading
    sources: Sources


@dataclass(frozen=True, slots=True)
class _Try:
    """An answer; `checked` is None for one that isn't even what was asked for."""

    answer: Answer
    checked: CheckedNotes | None

    @property
    def complaints(self) -> tuple[str, ...]:
        if self.checked is None:
            return (NO_JSON,)
        return tuple(violation.explain() for violation in self.checked.violations)


@dataclass(frozen=True, slots=True)
class NoteWriter:
    """Takes notes.

    Args:
        model: who is asked.
        context: how many tokens a question and its answer may have together.
    """

    model: LanguageModel
    context: int

    async def write(
        self, paper: Paper, full_paper: FullPaper, language: str, report: Callable[[Progress], None]
    ) -> WrittenNotes:
        """Take notes of a paper, in one or two calls and one more for each part of a long one.

        Args:
            paper: the title and abstract of it are read too.
            full_paper: what was read of its file.
            language: as `digest.summaries.tongues.tongue` writes it.
            report: is told how far it is.

        Raises:
            ModelError: no answer came, or none that anything could be taken from.
        """
        job = await asyncio.to_thread(self._prepare, paper, full_paper, language)
        attempts: list[Attempt] = []
        if len(job.reading.parts) == 1:
            report(Progress(Stage.WRITING))
            shown = prompt.paper_text(paper, job.reading.parts[0])
            question = prompt.notes_prompt(paper, job.reading.parts[0], language, translated=job.translated)
            unread = job.reading.unread
        else:
            findings, missed = await self._search(job, attempts).of_parts(job.reading.parts, report)
            report(Progress(Stage.WRITING))
            shown = prompt.findings_text(paper, findings)
            question = prompt.join_prompt(paper, findings, language, translated=job.translated)
            unread = tuple(dict.fromkeys((*missed, *job.reading.unread)))
        last, checked = await self._written(job, question, shown, attempts, report)
        notes = await asyncio.to_thread(_notes, job, checked, last, unread, self.model.name)
        return WrittenNotes(notes, tuple(attempts))

    def _prepare(self, paper: Paper, full_paper: FullPaper, language: str) -> _Job:
        room = _room_of(self.context)
        # What the parts give has to fit one question again.
        reading = read_in_parts(
            full_paper, room, min(MOST_PARTS, max(1, room // (FEWEST_FINDINGS * A_FINDING)))
        )
        if not reading.parts:
            raise ModelAnswerError("The paper has no text to take notes of.")
        sources = Sources.of(paper, reading.excerpts)
        return _Job(paper, full_paper, language, is_foreign(paper, language), reading, sources)

    def _search(self, job: _Job, attempts: list[Attempt]) -> Search:
        whole = job.sources.whole
        return Search(self._ask, self.model.name, job.paper, whole, _room_of(self.context), attempts)

    async def _written(
        self,
        job: _Job,
        question: Prompt,
        shown: str,
        attempts: list[Attempt],
        report: Callable[[Progress], None],
    ) -> tuple[Answer, CheckedNotes]:
        first = await self._try(job, question, attempts, report)
        if first.checked and first.checked.is_whole:
            return first.answer, first.checked
        again = prompt.repair_prompt(
            shown, first.answer.text, first.complaints, job.language, translated=job.translated
        )
        try:
            second = await self._try(job, again, attempts, report)
        except ModelError as error:
            if first.checked is None:
                error.unfit = True  # the first answer was
                raise
            _LOG.info("the notes of %s couldn't be mended: %s", job.paper.id, error)
            return first.answer, first.checked
        if first.checked and second.checked:
            return second.answer, await asyncio.to_thread(_best_of, job, first.checked, second.checked)
        checked = second.checked or first.checked
        if checked is None:
            raise ModelAnswerError(f"{self.model.name} didn't keep to the form.", unfit=True)
        return (second if second.checked else first).answer, checked

    async def _try(
        self, job: _Job, question: Prompt, attempts: list[Attempt], report: Callable[[Progress], None]
    ) -> _Try:
        answer = await self._ask(question)
        report(Progress(Stage.CHECKING))
        tried = await asyncio.to_thread(_checked, job, answer)
        attempts.append(attempted(answer, tried.complaints))
        return tried

    async def _ask(self, question: Prompt) -> Answer:
        return await self.model.ask(replace(question, most_tokens=prompt.most_tokens(self.context)))


def _room_of(context: int) -> int:
    """Return how many tokens of a paper a question has room for."""
    return max(_LEAST_ROOM, context - prompt.most_tokens(context) - prompt.OVERHEAD - prompt.REPAIR_OVERHEAD)


def _checked(job: _Job, answer: Answer) -> _Try:
    draft = read_notes(answer.text)
    if draft is None:
        return _Try(answer, None)
    return _Try(answer, check_notes(draft, job.sources, job.language, translated=job.translated))


def _best_of(job: _Job, first: CheckedNotes, second: CheckedNotes) -> CheckedNotes:
    """Return the better of two attempts, field by field; the second where both say something."""
    one, other = first.draft, second.draft
    claims = {field: other.said(field) or one.said(field) for field in CLAIMED}
    keywords = other.keywords if len(other.keywords) >= len(one.keywords) else one.keywords
    together = NotesDraft(other.title or one.title, keywords, {k: v for k, v in claims.items() if v})
    # What each said may repeat what the other did.
    checked = check_notes(together, job.sources, job.language, translated=job.translated)
    refused = {*first.refused, *second.refused, *checked.refused}
    return CheckedNotes(checked.draft, (*second.violations, *checked.violations), tuple(refused))


def _notes(job: _Job, checked: CheckedNotes, last: Answer, unread: tuple[str, ...], provider: str) -> Notes:
    draft = checked.draft
    if not draft.claims or 2 * len(draft.claims) < sum(field in CLAIMED for field in checked.refused):
        # The paper's own sentences tell a reader more of it than a field or two.
        raise ModelAnswerError(
            f"{provider} wrote too little about {job.paper.id} that passed the check.", unfit=True
        )
    notes = Notes(
        language=job.language,
        provenance=Provenance(last.model, job.full_paper.form.value, provider),
        coverage=coverage_of(job.full_paper, unread),
        translated_title=draft.title,
        affiliation=job.full_paper.affiliation,
        keywords=draft.keywords,
        missing=tuple(_missing(job, draft)),
        refused=tuple(field for field in Field if field in checked.refused),
    )
    return notes.with_claims(
        {field: claims_of(draft.said(field), job.sources, job.language) for field in draft.claims}
    )


def _missing(job: _Job, draft: NotesDraft) -> list[Field]:
    empty = {
        Field.TRANSLATED_TITLE: job.translated and not draft.title,
        Field.AFFILIATION: not job.full_paper.affiliation,
        Field.KEYWORDS: not draft.keywords,
    }
    return [field for field in Field if empty.get(field, field in CLAIMED and not draft.said(field))]
