"""Decides what of a model's draft may be shown: each field against every rule, pure and without a model.

A field that breaks a rule is dropped whole, never mended: what is kept is what the model wrote.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.summaries.checks.boilerplate import boilerplate_in
from digest.summaries.checks.grounding import ungrounded
from digest.summaries.checks.languages import wrong_language
from digest.summaries.checks.markup import markup_in
from digest.summaries.checks.orders import orders_in
from digest.summaries.checks.phrasebook import keys_of
from digest.summaries.checks.praise import praise_in
from digest.summaries.checks.quotations import unquoted
from digest.summaries.checks.repetition import repeated_in, repeats
from digest.summaries.checks.scripts import language_and_scripts
from digest.summaries.checks.source import Source
from digest.summaries.checks.violation import Rule, Violation
from digest.summaries.checks.wholeness import cut_in, is_word

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Checked", "Draft", "Rule", "Source", "Violation", "check_brief", "violations_of"]

LONGEST_SENTENCE, LONGEST_TAKEAWAY, LONGEST_KEYWORD = 200, 160, 60  # characters
_EACH = frozenset({Rule.NUMBER, Rule.NAME})  # of other rules the first words are enough
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
    broken = list(violations_of(draft.sentence, "sentence", source, language, LONGEST_SENTENCE))
    sentence = "" if broken else draft.sentence
    takeaways = _items(draft.takeaways, "takeaways", source, language, LONGEST_TAKEAWAY, sentence)
    keywords = _items(draft.keywords, "keywords", source, language, LONGEST_KEYWORD)
    kept = Draft(sentence, takeaways.kept[:MOST_TAKEAWAYS], keywords.kept[:MOST_KEYWORDS])
    broken += takeaways.violations
    broken += _count("takeaways", len(takeaways.kept), FEWEST_TAKEAWAYS, MOST_TAKEAWAYS)
    broken += keywords.violations
    broken += _count("keywords", len(keywords.kept), FEWEST_KEYWORDS, MOST_KEYWORDS)
    return Checked(kept, tuple(broken))


def violations_of(
    text: str, field: str, source: Source, language: str, longest: int, *, may_be_a_word: bool = False
) -> tuple[Violation, ...]:
    """Hold one text to the rules that need no other text.

    Args:
        text: one field as the model wrote it.
        field: its name in the violations; what begins with ``keywords`` is a term, not a sentence.
        source: all that the model was given of the paper.
        language: the BCP 47 tag asked for.
        longest: how many characters it may have.
        may_be_a_word: whether less than a sentence does; it does for a term.
    """
    is_term = field.startswith("keywords")
    if not any(map(str.isalpha, text)):
        return (Violation(field, Rule.EMPTY, text),)
    found: dict[tuple[Rule, str], str] = {}
    for rule, words in _faults(text, source, language, longest, is_term=is_term):
        found.setdefault((rule, words if rule in _EACH else ""), words)
    if is_word(text) and not (is_term or may_be_a_word):
        found[Rule.STUB, ""] = text
    return tuple(Violation(field, rule, words) for (rule, _), words in found.items())


def _faults(
    text: str, source: Source, language: str, longest: int, *, is_term: bool
) -> Iterator[tuple[Rule, str]]:
    if len(text) > longest:
        yield Rule.LENGTH, f"{len(text)} characters where {longest} are the most"
    yield from markup_in(text)
    keys = keys_of(text.lower().replace("’", "'"))
    yield from boilerplate_in(text, keys, source)
    yield from ((Rule.ORDERS, words) for words in orders_in(unquoted(text), keys))
    yield from ((Rule.PRAISE, words) for words in praise_in(text, keys, source))
    yield from ((Rule.LANGUAGE, words) for words in wrong_language(text, source, language, is_term=is_term))
    yield from ((Rule.REPETITION, words) for words in repeated_in(text))
    yield from ((Rule.TRUNCATED, words) for words in cut_in(text, source))
    yield from ungrounded(text, keys, source, language_and_scripts(language)[0])


@dataclass(frozen=True, slots=True)
class _Items:
    kept: tuple[str, ...]
    violations: tuple[Violation, ...]


def _items(
    items: tuple[str, ...], field: str, source: Source, language: str, longest: int, sentence: str = ""
) -> _Items:
    """Hold each item of a list to the rules, and to not saying what one before it says."""
    broken: list[Violation] = []
    sound: list[tuple[int, str]] = []
    for place, item in enumerate(items, start=1):
        found = violations_of(item, f"{field} {place}", source, language, longest)
        broken += found
        if not found:
            sound.append((place, item))
    said = [sentence] if sentence else []
    again = {at - len(said) for at in repeats([*said, *(item for _, item in sound)])}
    for at in again:
        place, item = sound[at]
        broken.append(Violation(f"{field} {place}", Rule.REPETITION, item))
    kept = tuple(item for at, (_, item) in enumerate(sound) if at not in again)
    return _Items(kept, tuple(broken))


def _count(field: str, found: int, fewest: int, most: int) -> tuple[Violation, ...]:
    if fewest <= found <= most:
        return ()
    limit = f"{most} are the most" if found > most else f"{fewest} are the fewest"
    return (Violation(field, Rule.COUNT, f"{found} where {limit}"),)
