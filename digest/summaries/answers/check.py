"""Decides whether a model's answer may be shown: the rules of notes, and what it quotes stands there. Pure.

A question can't make a model say what isn't in the paper: numbers, names and words are held against the
paper and against what is quoted beside them, never against the question.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.summaries.answers.bearing import is_borne_out, names_from_elsewhere
from digest.summaries.answers.draft import LONGEST_ANSWER
from digest.summaries.check import Rule, Source, Violation, violations_of
from digest.summaries.checks.grounding import ungrounded
from digest.summaries.checks.phrasebook import keys_of
from digest.summaries.checks.scripts import language_and_scripts

if TYPE_CHECKING:
    from digest.answers import Quotation
    from digest.summaries.answers.draft import AnswerDraft
    from digest.summaries.answers.quoting import Quotable

# In tables the unit stands in the header alone; that the number has it was held against the whole paper.
_ANY_UNIT = "(%)"


@dataclass(frozen=True, slots=True)
class CheckedAnswer:
    """What became of a draft.

    Attributes:
        draft: as the model wrote it.
        quotations: the paper's own sentences for what it quotes, each once.
        violations: none where the answer may be shown, or where the paper is said not to answer.
    """

    draft: AnswerDraft
    quotations: tuple[Quotation, ...] = ()
    violations: tuple[Violation, ...] = ()


def check_answer(draft: AnswerDraft, source: Source, quotable: Quotable, language: str) -> CheckedAnswer:
    """Hold an answer to the rules.

    Args:
        draft: as the model wrote it.
        source: all that the model was given of the paper.
        quotable: the same, to look quotations up in.
        language: the BCP 47 tag asked for.
    """
    if not draft.answered:
        return CheckedAnswer(draft)
    quotations: list[Quotation] = []
    broken: list[Violation] = []
    for place, quote in enumerate(draft.quotes, start=1):
        found = quotable.find(quote.text, quote.section)
        if found is None:
            broken.append(Violation(f"quotes {place}", Rule.QUOTE, quote.text))
        elif found not in quotations:
            quotations.append(found)
    if quotations:
        broken = []  # what is borne out by one sentence may do without another
    elif not broken:
        broken.append(Violation("quotes", Rule.COUNT, "0 where 1 is the fewest"))
    broken += violations_of(draft.text, "answer", source, language, LONGEST_ANSWER, may_be_a_word=True)
    broken += _without_quote(draft.text, quotations, language)
    broken += (
        Violation("answer", Rule.NAME, name) for name in names_from_elsewhere(draft.text, source, language)
    )
    beside = [f"{quotation.section} {quotation.text}" for quotation in quotations]
    if quotations and not is_borne_out(draft.text, beside, source, language):
        broken.append(Violation("answer", Rule.UNBORNE, draft.text))
    return CheckedAnswer(draft, tuple(quotations), tuple(broken))


def _without_quote(text: str, quotations: list[Quotation], language: str) -> list[Violation]:
    """Return the numbers of an answer that stand in none of its quotations."""
    quoted = Source.of(*(quotation.text for quotation in quotations), _ANY_UNIT)
    keys = keys_of(text.lower().replace("’", "'"))
    found = ungrounded(text, keys, quoted, language_and_scripts(language)[0])
    return [
        Violation("answer without its quotes", rule, words) for rule, words in found if rule is Rule.NUMBER
    ]
