"""Decides what of a model's draft may be shown: each field against every rule, pure and without a model.

A field that breaks a rule is dropped whole, never mended: what is kept is what the model wrote.
"""

from __future__ import annotations

from dataclasses import dataclass

from digest.summaries.checks.source import Source
from digest.summaries.checks.violation import Rule, Violation

__all__ = ["Checked", "Draft", "Rule", "Source", "Violation", "check_brief", "violations_of"]

LONGEST_SENTENCE, LONGEST_TAKEAWAY, LONGEST_KEYWORD = 200, 160, 60  # characters
FEWEST_TAKEAWAYS, MOST_TAKEAWAYS = 3, 7
FEWEST_KEYWORDS, MOST_KEYWORDS = 3, 6


@dataclass(frozen=True, slots=True)
class Draft:
    """What a model wrote for a brief, typed but unchecked."""

    sentence: str
    takeaways: tuple[str, ...]
    keywords: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of a draft.

    Attributes:
        draft: only what passed; a sentence that didn't is empty, an item that didn't is gone.
        violations: in the order of the fields; none when nothing is missing.
    """

    draft: Draft
    violations: tuple[Violation, ...]


def check_brief(draft: Draft, source: Source, language: str) -> Checked:
    """Hold each field of a draft to the rules.

    Args:
        draft: as the model wrote it.
        source: all that the model was given of the paper.
        language: the BCP 47 tag asked for.
    """
    broken = violations_of(draft.sentence, "sentence", source, language, LONGEST_SENTENCE)
    return Checked(Draft("" if broken else draft.sentence, draft.takeaways, draft.keywords), broken)


def violations_of(
    text: str,
    field: str,
    source: Source,  # noqa: ARG001
    language: str,  # noqa: ARG001
    longest: int,
) -> tuple[Violation, ...]:
    """Hold one text to the rules that need no other text.

    Args:
        text: one field as the model wrote it.
        field: its name in the violations.
        source: all that the model was given of the paper.
        language: the BCP 47 tag asked for.
        longest: how many characters it may have.
    """
    if not any(map(str.isalpha, text)):
        return (Violation(field, Rule.EMPTY, text),)
    if len(text) > longest:
        found = f"{len(text)} characters, {longest} are the most"
        return (Violation(field, Rule.LENGTH, found),)
    return ()
