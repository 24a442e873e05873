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


# The first that fits; words of one part may well stand in a heading of another.
_HEADINGS = tuple(
    (part, re.compile(rf"\b(?:{words})\b", re.IGNORECASE))
    for part, words in (
        (
            Part.ASIDE,
            r"acknowledge?ments?|funding|grant|competing|conflicts? of interest|(?:author )?contributions? of authors|"
            r"author contributions?|(?:data|code|software) (?:and \w+ )?availability|ethic\w*|broader impact|"
            r"additional information|declarations?|disclosures?|supplement(?:al|ary)[\w ]*|references|bibliography|"
            r"key ?words|index terms|ccs concepts|categories and subject|orcid|reproducibility checklist",
        ),
        (Part.ABSTRACT, r"abstract"),
        (Part.APPENDIX, r"appendix|appendices"),
        (
            Part.EARLIER,
            r"(?:related|prior|previous|earlier|existing) (?:\w+ )?(?:works?|methods?|research|approaches|studies|"
            r"literature)|literature (?:review|survey)|state[- ]of[- ]the[- ]art|comparison (?:with|to) (?:\w+ )?works?",
        ),
        (
            Part.CONCLUSION,
            r"conclu\w+|future (?:work|directions)|clinical perspectives|closing remarks|summary",
        ),
        (
            Part.DISCUSSION,
            r"discussions?|limitations?|threats to validity|lessons|implications|outlook|open (?:problems|questions)",
        ),
        (
            Part.RESULTS,
            r"results?|experiments?|experimental (?:results|evaluation|study)|evaluations?|findings|ablations?|"
            r"benchmarks?|case stud\w+|comparisons?|performance|empirical \w+|validation",
        ),
        (
            Part.METHOD,
            r"methods?|methodolog\w+|materials|approach\w*|our \w+|proposed|models?|architectures?|frameworks?|"
            r"algorithms?|systems?|designs?|implementations?|overview|procedure|training|formulation|construction|"
            r"setup|set-up|theory|preliminaries",
        ),
        (Part.INTRODUCTION, r"introduction|motivation|backgrounds?|overview"),
    )
)
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
    if told in _SETTLED:
        return told
    if above is not None:
        return (told or above) if above is Part.ABSTRACT else above
    is_late = bool({Part.CONCLUSION, Part.DISCUSSION} & seen)
    if _LETTERED.match(passage.number) and is_late:
        return Part.APPENDIX
    if told is not None:  # methods may well come last, but not twice
        return Part.APPENDIX if told is Part.METHOD and is_late and Part.METHOD in seen else told
    if not passage.heading:
        return Part.ASIDE if seen else Part.INTRODUCTION
    if is_late:
        return Part.APPENDIX
    return Part.RESULTS if Part.RESULTS in seen else Part.METHOD


def _told(heading: str) -> Part | None:
    if _DESIGN.search(heading):
        return Part.METHOD
    return next((part for part, words in _HEADINGS if words.search(heading)), None)
