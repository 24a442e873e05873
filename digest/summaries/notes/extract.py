"""Notes without a model: sentences of the paper, each from a part that tells it, in the paper's language."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from digest.latex import readable
from digest.model import Provenance
from digest.notes import CLAIMED, Claim, Field, Notes
from digest.summaries.language import language_of
from digest.summaries.notes.parts import coverage_of
from digest.summaries.notes.roles import Part
from digest.summaries.notes.scores import RECIPES, early, worth
from digest.summaries.notes.telling import Telling, tellings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from digest.fulltext import FullPaper
    from digest.model import Paper
    from digest.notes import Claims

_MOST_STEPS = 7
_FEWEST_STEPS = 3  # where the method has that many sentences
_MOST_KEYWORDS = 6
_LONGEST_KEYWORD = 60  # characters
_KEYWORD_PASSAGES = 4  # from the first, where keywords may stand
_ALIKE = 0.6  # share of content words from which two sentences say the same
_ORDER = (
    Field.METHOD,
    Field.RESULTS,
    Field.BACKGROUND,
    Field.EARLIER,
    Field.STEPS,
    Field.SIGNIFICANCE,
    Field.PERFORMANCE,
    Field.INNOVATION,
    Field.WORKLOAD,
)
"""Whoever comes first has the first choice: no sentence is told twice."""

_KEYWORDS = re.compile(r"\W*(?:key ?words?|index terms?)\b(?: and phrases)?\s*[:—–.-]?\s*", re.IGNORECASE)
_KEYWORDS_INSIDE = re.compile(r"\b(?:Key ?[Ww]ords|Index Terms)\b\s*[:—–-]?\s*")
_BEHIND_KEYWORDS = re.compile(
    r"\s(?:How to cite|Subjects|ACM Reference|CCS|Introduction|INTRODUCTION|\S+@\S+).*$", re.DOTALL
)


def extract_notes(paper: Paper, full_paper: FullPaper) -> Notes:
    """Take notes in the paper's own words; what has no sentence is missing, and said to be."""
    told = tellings(full_paper)
    used: list[Telling] = []
    claims = {field: _claims(field, told, used) for field in _ORDER}
    if told and not used:  # a fragment: the sentence that says most is better than nothing
        used = [max(told, key=lambda one: one.weight.gist)]
        claims[Field.METHOD] = (Claim(used[0].text, used[0].place.heading),)
    notes = Notes(
        language=language_of(" ".join(one.text for one in used) or readable(paper.abstract)),
        provenance=Provenance(model="extract", read=full_paper.form.value),
        coverage=coverage_of(full_paper),
        affiliation=full_paper.affiliation,
        keywords=_keywords(full_paper),
    )
    notes = notes.with_claims(claims)
    return replace(notes, missing=tuple(_missing(notes)))


def _missing(notes: Notes) -> Iterator[Field]:
    if not notes.affiliation:
        yield Field.AFFILIATION
    if not notes.keywords:
        yield Field.KEYWORDS
    yield from (field for field in CLAIMED if not notes.claims(field))


def _claims(field: Field, told: Sequence[Telling], used: list[Telling]) -> Claims:
    chosen = _steps(told, used) if field is Field.STEPS else _best(field, told, used)
    used += chosen
    return tuple(Claim(one.text, one.place.heading) for one in chosen)


def _best(field: Field, told: Sequence[Telling], used: Sequence[Telling]) -> list[Telling]:
    """Choose from the first parts that have any, in the paper's order."""
    recipe = RECIPES[field]
    chosen: list[Telling] = []
    for parts in recipe.parts:
        ranked = sorted((one for one in told if one.part in parts), key=recipe.score, reverse=True)
        for one in ranked:
            if len(chosen) == recipe.most or recipe.score(one) <= 0:
                break
            if not _is_said(one, [*used, *chosen]):
                chosen.append(one)
        if chosen:
            break
    return sorted(chosen, key=lambda one: (one.place.number, one.order))


def _steps(told: Sequence[Telling], used: Sequence[Telling]) -> list[Telling]:
    """Choose what each section of the method begins with; of a method in few sections, more of each."""
    method = [one for one in told if one.part is Part.METHOD and not _is_said(one, used)]
    sections = [list(section) for _, section in groupby(method, key=lambda one: one.place.number)]
    share = max(1, -(-_FEWEST_STEPS // max(1, len(sections))))
    chosen: list[Telling] = []
    for section in sections:
        upright = [one for one in section if not one.leans] or section
        ranked = sorted(upright, key=lambda one: early(one) + worth(one), reverse=True)
        fresh: list[Telling] = []
        for one in ranked:
            if len(fresh) < share and not _is_said(one, [*chosen, *fresh]):
                fresh.append(one)
        chosen += sorted(fresh, key=lambda one: one.order)
    best = sorted(chosen, key=worth, reverse=True)[:_MOST_STEPS]
    return [one for one in chosen if one in best]


def _is_said(one: Telling, others: Iterable[Telling]) -> bool:
    words = one.weight.words
    return any(
        one.text == other.text
        or len(words & other.weight.words) > _ALIKE * min(len(words), len(other.weight.words))
        for other in others
    )


def _keywords(full_paper: FullPaper) -> tuple[str, ...]:
    """Return the keywords that the paper names, where it does."""
    for line in _keyword_lines(full_paper):
        words = (word.strip(" .;,•") for word in re.split(r"[;,•·]|\s[–—-]\s", line))
        found = [word for word in words if len(word) <= _LONGEST_KEYWORD and any(map(str.isalpha, word))]
        if len(found) > 1:
            return tuple(dict.fromkeys(found))[:_MOST_KEYWORDS]
    return ()


def _keyword_lines(full_paper: FullPaper) -> Iterator[str]:
    for passage in full_paper.passages[:_KEYWORD_PASSAGES]:
        texts = tuple(map(readable, passage.paragraphs))
        if _KEYWORDS.match(passage.heading):
            yield from (_BEHIND_KEYWORDS.sub("", text) for text in texts[:1])
        for text in texts:
            if found := _KEYWORDS.match(text) or _KEYWORDS_INSIDE.search(text):
                yield _BEHIND_KEYWORDS.sub("", text[found.end() :])
    for line in map(readable, full_paper.front):
        if found := _KEYWORDS.match(line):
            yield line[found.end() :]
