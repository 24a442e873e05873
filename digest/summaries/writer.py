"""Writes a brief with one language model: asks, checks, and asks once more with what didn't pass.

Whatever the model says, nothing but what passed the check is in the brief; what is missing is said there.
Title, authors, links and code are never asked for.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from digest.errors import ModelError
from digest.model import Provenance
from digest.records import Attempt, Written
from digest.summaries.attempts import NO_JSON, attempted
from digest.summaries.check import Checked, Draft, Source, check_brief
from digest.summaries.mending import best_of, is_worth_asking_again, mended
from digest.summaries.prompt import brief_prompt, repair_prompt, texts_read

if TYPE_CHECKING:
    from digest.model import Brief, Paper
    from digest.writers import Answer, LanguageModel

_LOG = logging.getLogger(__name__)

_NOTHING = Draft("", (), ())


@dataclass(frozen=True, slots=True)
class _Try:
    """An answer; `checked` is None for one that isn't even what was asked for."""

    answer: Answer
    checked: Checked | None

    @property
    def complaints(self) -> tuple[str, ...]:
        if self.checked is None:
            return (NO_JSON,)
        return tuple(violation.explain() for violation in self.checked.violations)

    @property
    def attempt(self) -> Attempt:
        return attempted(self.answer, self.complaints)


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes briefs.

    Args:
        model: who is asked.
    """

    model: LanguageModel

    async def write(self, paper: Paper, language: str) -> Written:
        """Write the brief of a paper, in one or two calls.

        Args:
            paper: what is read of it is its title, abstract and comment.
            language: as `digest.summaries.tongues.tongue` writes it.

        Raises:
            ModelError: no answer came, or one that can't be read and none to mend it.
        """
        source = Source.of(*texts_read(paper), paper.title, paper.abstract, paper.comment or "")
        first = _read(await self.model.ask(brief_prompt(paper, language)), source, language)
        if first.checked and not is_worth_asking_again(first.checked):
            return Written(self._brief(paper, language, first, first.checked), (first.attempt,))
        prompt = repair_prompt(paper, language, first.answer.text, first.complaints)
        try:
            second = _read(await self.model.ask(prompt), source, language)
        except ModelError as error:
            if first.checked is None:
                raise
            _LOG.info("the brief of %s couldn't be mended: %s", paper.id, error)
            return Written(self._brief(paper, language, first, first.checked), (first.attempt,))
        if first.checked and second.checked:
            checked = best_of(first.checked, second.checked, source, language)
        else:
            checked = second.checked or first.checked or Checked(_NOTHING, ())
        brief = self._brief(paper, language, second if second.checked else first, checked)
        return Written(brief, (first.attempt, second.attempt))

    def _brief(self, paper: Paper, language: str, last: _Try, checked: Checked) -> Brief:
        return mended(paper, language, checked, Provenance(last.answer.model, "abstract", self.model.name))


def _read(answer: Answer, source: Source, language: str) -> _Try:
    # Servers that don't enforce a schema put words or a fence around it.
    start, end = answer.text.find("{"), answer.text.rfind("}") + 1
    try:
        fields = msgspec.json.decode(answer.text[start:end])
    except (msgspec.MsgspecError, UnicodeError):  # a lone surrogate can't be encoded
        return _Try(answer, None)
    if not isinstance(fields, dict):
        return _Try(answer, None)
    draft = Draft(
        _text(fields.get("sentence")), _texts(fields.get("takeaways")), _texts(fields.get("keywords"))
    )
    if draft == _NOTHING:
        return _Try(answer, None)
    return _Try(answer, check_brief(draft, source, language))


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _texts(value: object) -> tuple[str, ...]:
    return tuple(map(_text, value)) if isinstance(value, list) else ()
