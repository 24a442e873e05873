"""Decides what of a model's notes may be shown: the rules of briefs, the whole paper as the source. Pure.

A claim that breaks a rule is dropped whole. What it's from is the section that it names, if that section
holds its numbers and names; else the one that does; else it's from nowhere in particular.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.latex import readable
from digest.notes import CLAIMED, Claim, Field
from digest.summaries.check import Rule, Source, Violation, violations_of
from digest.summaries.checks.grounding import ungrounded
from digest.summaries.checks.phrasebook import keys_of
from digest.summaries.checks.repetition import repeats, said_share
from digest.summaries.checks.scripts import language_and_scripts
from digest.summaries.language import language_of
from digest.summaries.notes.draft import (
    FEWEST_KEYWORDS,
    LONGEST_CLAIM,
    LONGEST_KEYWORD,
    LONGEST_TITLE,
    MOST_CLAIMS,
    MOST_KEYWORDS,
    NEEDED,
    Finding,
    NotesDraft,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from digest.model import Paper
    from digest.notes import Claims
    from digest.summaries.notes.draft import Said
    from digest.summaries.notes.parts import Excerpt

_REPEATED = 0.8  # share of a step that the method in short says already, from which it says nothing new
_NOTHING = Source.of("")


@dataclass(frozen=True, slots=True)
class Sources:
    """What a paper says, as a whole and section by section.

    Attributes:
        whole: all that was read, with title, abstract and comment.
        title: the title alone.
        headings: of the sections, by number.
    """

    whole: Source
    title: Source
    headings: Mapping[int, str]
    _sections: Mapping[int, Source]

    @classmethod
    def of(cls, paper: Paper, excerpts: Iterable[Excerpt]) -> Sources:
        """Read a paper once, so that much can be compared with it; takes a tenth of a second."""
        texts: dict[int, list[str]] = {}
        headings = {}
        for excerpt in excerpts:
            texts.setdefault(excerpt.number, []).append(f"{excerpt.heading}\n{excerpt.text}")
            headings[excerpt.number] = excerpt.heading
        read = [text for pieces in texts.values() for text in pieces]
        return cls(
            Source.of(readable(paper.title), readable(paper.abstract), paper.comment or "", *read),
            Source.of(readable(paper.title)),
            headings,
            {number: Source.of(*pieces) for number, pieces in texts.items()},
        )

    def section(self, said: Said, language: str) -> str:
        """Return the heading of the section that a claim is from; empty if none holds what it says."""
        primary = language_and_scripts(language)[0]
        keys = keys_of(said.text.lower().replace("’", "'"))
        named = self._sections.get(said.section)
        if named is not None and not any(ungrounded(said.text, keys, named, primary)):
            return self.headings[said.section]
        if not any(ungrounded(said.text, keys, _NOTHING, primary)):  # nothing in it could be looked for
            return ""
        for number, section in self._sections.items():
            if not any(ungrounded(said.text, keys, section, primary)):
                return self.headings[number]
        return ""


@dataclass(frozen=True, slots=True)
class CheckedNotes:
    """What became of a draft.

    Attributes:
        draft: only what passed.
        violations: in the order of the fields.
        refused: the fields of which the model wrote something, and nothing passed.
    """

    draft: NotesDraft
    violations: tuple[Violation, ...]
    refused: tuple[Field, ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing was dropped that a reader would miss, nor left out that every paper has."""
        return not any(
            not one.field.startswith("keywords") or one.rule is Rule.COUNT for one in self.violations
        )


def is_foreign(paper: Paper, language: str) -> bool:
    """Whether the title is in another language than the notes, and so has to be translated."""
    return language_of(readable(paper.title)) != language_and_scripts(language)[0]


def check_notes(draft: NotesDraft, sources: Sources, language: str, *, translated: bool) -> CheckedNotes:
    """Hold each field of a draft to the rules.

    Args:
        draft: as the model wrote it.
        sources: what it was given.
        language: the BCP 47 tag asked for.
        translated: a translation of the title is asked for.
    """
    title, broken = _title(draft.title, sources, language) if translated else ("", [])
    keywords, found = _keywords(draft.keywords, sources.whole, language)
    broken += found
    claims: dict[Field, tuple[Said, ...]] = {}
    said: list[str] = []
    for field in CLAIMED:
        method = [one.text for one in claims.get(Field.METHOD, ())] if field is Field.STEPS else []
        kept, found = _claims(field, draft.said(field), sources.whole, language, said, method)
        broken += found
        said += [one.text for one in kept]
        if kept:
            claims[field] = kept[: MOST_CLAIMS[field]]
        elif field in NEEDED and not draft.said(field):
            broken.append(Violation(field.value, Rule.EMPTY, ""))
    kept_draft = NotesDraft(title, keywords, claims)
    return CheckedNotes(kept_draft, tuple(broken), tuple(_refused(draft, kept_draft)))


def sound_findings(
    findings: Sequence[Finding], source: Source, language: str, most: int
) -> tuple[Finding, ...]:
    """Return the findings that pass, each once."""
    passed = [
        one
        for one in findings[:most]
        if not violations_of(one.said.text, one.field.value, source, language, LONGEST_CLAIM)
    ]
    again = set(repeats([one.said.text for one in passed]))
    return tuple(one for at, one in enumerate(passed) if at not in again)


def claims_of(said: Sequence[Said], sources: Sources, language: str) -> Claims:
    """Return claims with the headings that they're from."""
    return tuple(Claim(one.text, sources.section(one, language)) for one in said)


def _title(text: str, sources: Sources, language: str) -> tuple[str, list[Violation]]:
    broken = list(
        violations_of(
            text, Field.TRANSLATED_TITLE.value, sources.title, language, LONGEST_TITLE, may_be_a_word=True
        )
    )
    return "" if broken else text, broken


def _keywords(words: Sequence[str], source: Source, language: str) -> tuple[tuple[str, ...], list[Violation]]:
    broken: list[Violation] = []
    kept: list[str] = []
    for place, word in enumerate(words, start=1):
        found = violations_of(word, f"keywords {place}", source, language, LONGEST_KEYWORD)
        broken += found
        if not found and word.lower() not in {other.lower() for other in kept}:
            kept.append(word)
    if len(kept) < FEWEST_KEYWORDS:
        found_words = f"{len(kept)} where {FEWEST_KEYWORDS} are the fewest"
        broken.append(Violation("keywords", Rule.COUNT, found_words))
    return tuple(kept[:MOST_KEYWORDS]), broken


def _claims(
    field: Field,
    claims: Sequence[Said],
    source: Source,
    language: str,
    said: Sequence[str],
    method: Sequence[str],
) -> tuple[tuple[Said, ...], list[Violation]]:
    """Hold the claims of a field to the rules, and to not saying what was said before.

    Args:
        field: theirs.
        claims: as the model wrote them.
        source: what they have to be from.
        language: the BCP 47 tag asked for.
        said: the claims of the fields before.
        method: the method in short, where these are its steps.
    """
    broken: list[Violation] = []
    kept: list[Said] = []
    for place, claim in enumerate(claims, start=1):
        name = f"{field.value} {place}"
        found = violations_of(claim.text, name, source, language, LONGEST_CLAIM)
        if not found and _is_said(claim.text, [*said, *(one.text for one in kept)], method):
            found = (Violation(name, Rule.REPETITION, claim.text),)
        broken += found
        if not found:
            kept.append(claim)
    return tuple(kept), broken


def _is_said(text: str, before: Sequence[str], method: Sequence[str]) -> bool:
    last = len(before)
    return last in set(repeats([*before, text])) or said_share(text, method) >= _REPEATED


def _refused(draft: NotesDraft, kept: NotesDraft) -> Iterable[Field]:
    if draft.title and not kept.title:
        yield Field.TRANSLATED_TITLE
    if draft.keywords and not kept.keywords:
        yield Field.KEYWORDS
    yield from (field for field in CLAIMED if draft.said(field) and not kept.said(field))
