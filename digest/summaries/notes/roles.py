"""What a section of a paper is for, told by its heading and where it stands. Pure; knows English headings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.fulltext import FullPaper, Passage


class Part(StrEnum):
    """The parts of a paper."""

    ABSTRACT = "abstract"
    INTRODUCTION = "introduction"
    EARLIER = "earlier"
    METHOD = "method"
    RESULTS = "results"
    DISCUSSION = "discussion"
    CONCLUSION = "conclusion"
    APPENDIX = "appendix"
    ASIDE = "aside"  # thanks, funding, keywords: nothing about the research


# The first that fits, in this order: words of one part may well stand in a heading of another.
_WORDS = {
    Part.ASIDE: (
        r"acknowledge?ments?|funding|grant|competing|conflicts? of interest|author contributions?",
        r"(?:data|code|software) (?:and \w+ )?availability|ethic\w*|broader impact|additional information",
        r"declarations?|disclosures?|supplement(?:al|ary)[\w ]*|references|bibliography|key ?words",
        r"index terms|ccs concepts|categories and subject|orcid|reproducibility checklist",
    ),
    Part.ABSTRACT: (r"abstract",),
    Part.APPENDIX: (r"appendix|appendices",),
    Part.EARLIER: (
        r"(?:related|prior|previous|earlier|existing) (?:\w+ )?(?:works?|methods?|research|approaches)",
        r"literature|state[- ]of[- ]the[- ]art",
    ),
    Part.CONCLUSION: (r"conclu\w+|future (?:work|directions)|clinical perspectives|closing remarks|summary",),
    Part.DISCUSSION: (
        r"discussions?|limitations?|threats to validity|lessons|implications|outlook",
        r"open (?:problems|questions)",
    ),
    Part.RESULTS: (
        r"results?|experiments?|experimental|evaluations?|findings|ablations?|benchmarks?|case stud\w+",
        r"comparisons?|performance|empirical|validation",
    ),
    Part.METHOD: (
        r"methods?|methodolog\w+|materials|approach\w*|our|proposed|models?|architectures?|frameworks?",
        r"algorithms?|systems?|designs?|implementations?|procedure|training|formulation|construction|setup",
        r"set-up|theory|preliminaries",
    ),
    Part.INTRODUCTION: (r"introduction|motivation|backgrounds?|overview",),
}
_HEADINGS = {part: re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE) for part, words in _WORDS.items()}
_SETTLED = (Part.ASIDE, Part.ABSTRACT, Part.APPENDIX, Part.EARLIER)
"""Parts that their heading alone tells, even below another."""

_DESIGN = re.compile(r"\b(?:experiment\w*|study|evaluation) (?:design|set-?up|protocol)\b", re.IGNORECASE)
_LETTERED = re.compile(r"[A-Z](?:\.\d+)*\.?$")


@dataclass(frozen=True, slots=True)
class Placed:
    """A passage and what it's for.

    Attributes:
        number: its place among all passages, from 1; how models name it.
        heading: its own, with that of the section above where it has one.
    """

    number: int
    passage: Passage
    part: Part
    heading: str


def placed(paper: FullPaper) -> tuple[Placed, ...]:
    """Say of each passage what it's for, in order.

    A section with a heading that says nothing, as most methods have, is the method until results come, and
    results until the conclusion does. What is below a section is for what that is for.
    """
    return tuple(_placed(paper))


def _placed(paper: FullPaper) -> Iterator[Placed]:
    above: list[tuple[int, str, Part]] = []  # level, heading and part of the sections that are open
    seen: set[Part] = set()
    for number, passage in enumerate(paper.passages, start=1):
        while above and above[-1][0] >= passage.level:
            above.pop()
        part = _part(passage, above[-1][2] if above else None, seen)
        heading = passage.heading or (above[-1][1] if above else "")
        above.append((passage.level, heading, part))
        seen.add(part)
        yield Placed(number, passage, part, heading)


def _part(passage: Passage, above: Part | None, seen: set[Part]) -> Part:
    told = _told(passage.heading)
    if told in _SETTLED or above is Part.ABSTRACT:
        return told or Part.ABSTRACT
    if above is not None:
        return above
    is_late = not seen.isdisjoint({Part.CONCLUSION, Part.DISCUSSION})
    if told is not None and not (is_late and _LETTERED.match(passage.number)):
        # Methods may well come last, but not twice.
        return Part.APPENDIX if is_late and told is Part.METHOD and Part.METHOD in seen else told
    if not passage.heading:
        return Part.ASIDE if seen else Part.INTRODUCTION
    if is_late:
        return Part.APPENDIX
    return Part.RESULTS if Part.RESULTS in seen else Part.METHOD


def _told(heading: str) -> Part | None:
    if _DESIGN.search(heading):
        return Part.METHOD
    return next((part for part, words in _HEADINGS.items() if words.search(heading)), None)
