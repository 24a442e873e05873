"""Notes without a model: sentences of the paper, each from the part that tells it, in the paper's language."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from digest.latex import readable
from digest.model import Provenance
from digest.notes import CLAIMED, Claim, Field, Notes, Progress, Stage
from digest.summaries.language import language_of
from digest.summaries.notes.parts import coverage_of
from digest.summaries.notes.roles import Part
from digest.summaries.notes.telling import Telling, tellings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from digest.fulltext import FullPaper
    from digest.model import Paper
    from digest.notes import Claims, Taken

_MOST_STEPS = 7
_MOST_KEYWORDS = 6
_ALIKE = 0.6  # share of content words from which two sentences say the same

_OFFER = re.compile(
    r"\b(?:novel|new|first|contributions?|contribute|unlike|in contrast to|propose|introduce|present|develop)\w*\b",
    re.IGNORECASE,
)
_LACK = re.compile(
    r"\b(?:however|existing|previous(?:ly)?|prior|earlier|traditional(?:ly)?|conventional(?:ly)?|current(?:ly)?|lack|limit\w*|"
    r"problems?|challeng\w+|fail\w*|suffer\w*|difficult\w*|expensive|only|unfortunately|not|drawbacks?|gap|little|few)\b",
    re.IGNORECASE,
)
_OUTCOME = re.compile(
    r"\b(?:results?|outperform\w*|achiev\w*|improv\w*|reduc\w*|increas\w*|better|higher|lower|faster|best|significant\w*|"
    r"accuracy|precision|recall|score|found|show(?:s|ed)?|demonstrat\w*|reveal\w*|effective|efficien\w*)\b",
    re.IGNORECASE,
)
_WORTH = re.compile(
    r"\b(?:enabl\w*|allow\w*|useful|potential|practition\w+|applicab\w*|help\w*|support\w*|important|facilitat\w*|benefit\w*|"
    r"implicat\w*|insights?|promising|provid\w*|conclu\w+)\b",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"\b\d[\d,.]*\s?(?:[kKMB]\b|million|billion|thousand)?\s*(?:\w+[ -]){0,2}(?:papers?|images?|documents?|participants?|"
    r"users?|samples?|sentences?|examples?|datasets?|data sets?|projects?|systems?|hours?|days?|weeks?|months?|GPUs?|cores?|"
    r"nodes?|edges?|genes?|genomes?|species|patients?|subjects?|companies|cases?|classes|videos?|tasks?|tokens?|lines|"
    r"students?|experiments?|pages?|annotat\w+|records?|queries|entities|measurements?|compounds?|reflections?|links?|"
    r"lamps?|challenges)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d")
_KEYWORDS = re.compile(r"^\W*(?:key ?words?|index terms?)\b(?: and phrases)?\s*[:—–.-]?\s*", re.IGNORECASE)


class ExtractiveNoteTaker:
    """A `digest.ports.NoteTaker` that needs no key and no network."""

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
        report(Progress(Stage.WRITING))
        return await asyncio.to_thread(extract_notes, paper, full_paper)


def extract_notes(paper: Paper, full_paper: FullPaper) -> Notes:
    """Take notes in the paper's own words; what has no sentence is missing, and said to be."""
    told = tellings(full_paper)
    used: list[Telling] = []
    claims = {field: _claims(field, told, used) for field in _ORDER}
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


def _gist(one: Telling) -> float:
    return one.weight.gist - 0.1 * one.leans


def _worth(one: Telling) -> float:
    return one.weight.detail - 0.1 * one.leans


def _found(words: re.Pattern[str], one: Telling, most: int = 3) -> int:
    return min(most, len(words.findall(one.text)))


def _early(one: Telling) -> float:
    return 0.4 / (1 + one.order)


# What tells a field: the parts in the order in which they're looked through, how many sentences, and how they're
# weighed. A sentence below nothing isn't taken.
_RULES: dict[Field, tuple[tuple[tuple[Part, ...], ...], int, Callable[[Telling], float]]] = {
    Field.METHOD: (
        ((Part.ABSTRACT,), (Part.INTRODUCTION, Part.CONCLUSION), (Part.METHOD,)),
        2,
        lambda one: _gist(one) + 0.05 * _found(_OFFER, one, 1),
    ),
    Field.RESULTS: (
        ((Part.ABSTRACT, Part.CONCLUSION), (Part.RESULTS,), (Part.DISCUSSION,)),
        3,
        lambda one: _worth(one) + 0.15 * _found(_OUTCOME, one) - 0.3 * (not _OUTCOME.search(one.text)),
    ),
    Field.BACKGROUND: (
        ((Part.INTRODUCTION,), (Part.ABSTRACT,)),
        2,
        lambda one: _early(one) + 0.3 * one.weight.detail - 0.3 * one.leans - 0.2 * _found(_OFFER, one, 1) + 0.2,
    ),
    Field.EARLIER: (
        ((Part.EARLIER,), (Part.INTRODUCTION,), (Part.DISCUSSION, Part.ABSTRACT)),
        2,
        lambda one: 0.12 * _found(_LACK, one) - 0.15 * (not _LACK.search(one.text)) - 0.15 * one.leans,
    ),
    Field.PERFORMANCE: (
        ((Part.RESULTS,), (Part.CONCLUSION, Part.ABSTRACT, Part.DISCUSSION)),
        2,
        lambda one: (
            _worth(one) + 0.2 * _found(_OUTCOME, one) + 0.1 * _found(_NUMBER, one)
            - 2 * (not (_OUTCOME.search(one.text) and _NUMBER.search(one.text)))
        ),
    ),
    Field.SIGNIFICANCE: (
        ((Part.CONCLUSION,), (Part.DISCUSSION,), (Part.ABSTRACT, Part.INTRODUCTION)),
        1,
        lambda one: _gist(one) + 0.1 * _found(_WORTH, one),
    ),
    Field.INNOVATION: (
        ((Part.INTRODUCTION, Part.CONCLUSION), (Part.ABSTRACT, Part.DISCUSSION), (Part.METHOD,)),
        2,
        lambda one: _gist(one) + 0.15 * _found(_OFFER, one) - 2 * (not _OFFER.search(one.text)),
    ),
    Field.WORKLOAD: (
        ((Part.METHOD, Part.RESULTS), (Part.INTRODUCTION, Part.ABSTRACT, Part.CONCLUSION), (Part.APPENDIX,)),
        2,
        lambda one: _found(_AMOUNT, one) + _worth(one) - 2 * (not _AMOUNT.search(one.text)),
    ),
}  # fmt: skip
_ORDER = (Field.METHOD, Field.RESULTS, Field.BACKGROUND, Field.EARLIER, Field.STEPS, *(
    Field.SIGNIFICANCE, Field.PERFORMANCE, Field.INNOVATION, Field.WORKLOAD
))  # fmt: skip
"""Whoever comes first has the first choice: no sentence is told twice."""


def _claims(field: Field, told: Sequence[Telling], used: list[Telling]) -> Claims:
    chosen = _steps(told, used) if field is Field.STEPS else _best(field, told, used)
    used += chosen
    return tuple(Claim(one.text, one.place.heading) for one in chosen)


def _best(field: Field, told: Sequence[Telling], used: Sequence[Telling]) -> list[Telling]:
    """Choose from the first parts that have enough, in the paper's order."""
    tried, most, score = _RULES[field]
    chosen: list[Telling] = []
    for parts in tried:
        ranked = sorted((one for one in told if one.part in parts), key=score, reverse=True)
        for one in ranked:
            if len(chosen) == most or score(one) <= 0:
                break
            if not _is_said(one, [*used, *chosen]):
                chosen.append(one)
        if chosen:
            break
    return sorted(chosen, key=lambda one: (one.place.number, one.order))


def _steps(told: Sequence[Telling], used: Sequence[Telling]) -> list[Telling]:
    """Choose what each section of the method begins with; of a method in one section, what stands out."""
    method = [one for one in told if one.part is Part.METHOD and not _is_said(one, used)]
    sections = [list(section) for _, section in groupby(method, key=lambda one: one.place.number)]
    share = max(1, -(-3 // len(sections))) if sections else 0  # at least three in all
    chosen: list[Telling] = []
    for section in sections:
        upright = [one for one in section if not one.leans] or section
        ranked = sorted(upright, key=lambda one: _early(one) + _worth(one), reverse=True)
        fresh = [one for one in ranked if not _is_said(one, chosen)]
        chosen += sorted(fresh[:share], key=lambda one: one.order)
    if len(chosen) <= _MOST_STEPS:
        return chosen
    best = sorted(chosen, key=_worth, reverse=True)[:_MOST_STEPS]
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
        words = [word.strip(" .;,•") for word in re.split(r"[;,•·]|\s[–—-]\s", readable(line))]
        found = tuple(word for word in words if word and len(word) <= 60 and any(map(str.isalpha, word)))
        if len(found) > 1:
            return found[:_MOST_KEYWORDS]
    return ()


def _keyword_lines(full_paper: FullPaper) -> Iterator[str]:
    for passage in full_paper.passages[:4]:
        if _KEYWORDS.match(passage.heading):
            yield from passage.paragraphs[:1]
        for paragraph in passage.paragraphs:
            if found := _KEYWORDS.match(paragraph):
                yield paragraph[found.end() :]
    for line in full_paper.front:
        if found := _KEYWORDS.match(line):
            yield line[found.end() :]
