"""How well a sentence tells a field of the notes, by its place and its words. Pure; knows English."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.notes import Field
from digest.summaries.notes.roles import Part

if TYPE_CHECKING:
    from collections.abc import Callable

    from digest.summaries.notes.telling import Telling


def _any_of(*words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)


_OURS = _any_of("we", "our", "ours", r"this (?:paper|work|study|article)", "here")
_OFFER = _any_of(
    r"novel\w*|new|first|contribut\w+|unlike|in contrast to|propos\w+|introduc\w+|present\w*|develop\w*",
    r"in this (?:paper|work|study|article)",
)
_EARLIER = _any_of(
    r"existing|previous(?:ly)?|prior|earlier|traditional(?:ly)?|conventional(?:ly)?|current(?:ly)?",
    r"recent(?:ly)?",
    r"other (?:\w+ )?(?:tools|works?)|approaches|methods|studies|researchers|literature",
)
_LACK = _any_of(
    r"however|lack\w*|limit\w*|problems?|challeng\w+|fail\w*|suffer\w*|difficult\w*|expensive|unfortunately",
    r"drawbacks?|gap|few|cannot|unable|costly|time-consuming|manual(?:ly)?|unrealistic|struggl\w+",
    r"although|despite|nevertheless|while",
)
_OUTCOME = _any_of(
    r"results?|outperform\w*|achiev\w*|improv\w*|reduc\w*|increas\w*|better|higher|lower|faster|best",
    r"significant\w*|accuracy|precision|recall|f1-scores?|scores?|found|show(?:s|ed)?|demonstrat\w*",
    r"reveal\w*",
    r"identified|effective|efficien\w*|similar|consistent|correlat\w*",
)
_WORTH = _any_of(
    r"enabl\w*|allow\w*|useful|potential|practition\w+|applicab\w*|help\w*|support\w*|important|facilitat\w*",
    r"benefit\w*|implicat\w*|insights?|promising|provid\w*|conclu\w+|could be|can be used|assists?",
)
_AMOUNT = re.compile(
    r"\b\d[\d,.]*\s?(?:[kKMB]\b|million|billion|thousand)?\s*(?:[a-z]+[ -]){0,2}"
    r"(?:papers?|images?|documents?|participants?|users?|samples?|sentences?|examples?|data ?sets?|projects?"
    r"|hours?|days?|weeks?|months?|GPUs?|cores?|nodes?|edges?|genes?|genomes?|species|patients?|subjects?"
    r"|companies|cases?|classes|videos?|tasks?|tokens?|lines of code|students?|experiments?|pages?|records?"
    r"|queries|entities|measurements?|compounds?|links?|challenges|mentions|families|words|runs)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(  # not one of a name (“F1”, “33RE”), a list (“(1)”) or a year
    r"(?<![\w(#.-])(?!(?:19|20)\d\d\b)\d[\d,]*(?:\.\d+)?(?:\s?(?:%|×|x\b|times\b|fold\b))?(?![\w)-])"
)
_NEVER = 10.0  # more than any sentence is worth


def early(one: Telling) -> float:
    """Return more for the first sentences of a section, which say what it's about."""
    return 0.4 / (1 + one.order)


def worth(one: Telling) -> float:
    """Return what a sentence is worth beside others."""
    return one.weight.detail - 0.1 * one.leans


def _gist(one: Telling) -> float:
    return one.weight.gist - 0.1 * one.leans


def _has(words: re.Pattern[str], one: Telling, most: int = 1) -> int:
    return min(most, len(words.findall(one.text)))


def _lacks(words: re.Pattern[str], one: Telling) -> float:
    return 0.0 if words.search(one.text) else _NEVER


def _background(one: Telling) -> float:
    is_ours = _has(_OURS, one) or _has(_OFFER, one)
    is_first = "introduction" in one.place.heading.lower()
    return 0.1 + 0.2 * is_first + early(one) + 0.3 * one.weight.detail - 0.3 * one.leans - 0.4 * is_ours


def _earlier(one: Telling) -> float:
    told = 0.12 * _has(_EARLIER, one, 2) + 0.12 * _has(_LACK, one, 2)
    return told - 0.2 - 0.15 * one.leans - 0.25 * _has(_OURS, one)


def _method(one: Telling) -> float:
    return _gist(one) + 0.05 * _has(_OFFER, one) + 0.35 * _has(_OURS, one) - 0.3


def _results(one: Telling) -> float:
    told = 0.15 * _has(_OUTCOME, one, 3) + 0.15 * _has(_NUMBER, one)
    return worth(one) + told - min(_lacks(_OUTCOME, one), _lacks(_NUMBER, one))


def _performance(one: Telling) -> float:
    told = 0.2 * _has(_OUTCOME, one, 3) + 0.1 * _has(_NUMBER, one, 3)
    return worth(one) + told - _lacks(_OUTCOME, one) - _lacks(_NUMBER, one)


def _significance(one: Telling) -> float:
    return _gist(one) + 0.1 * _has(_WORTH, one, 3)


def _innovation(one: Telling) -> float:
    return _gist(one) + 0.12 * _has(_OFFER, one, 3) + 0.4 * _has(_OURS, one) - 0.4 - _lacks(_OFFER, one)


def _workload(one: Telling) -> float:
    return worth(one) + _has(_AMOUNT, one, 3) + 0.5 * _has(_OURS, one) - _lacks(_AMOUNT, one)


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a field is filled.

    Attributes:
        parts: those that are looked through together, the best first; the next only if these have nothing.
        most: how many sentences are taken.
        score: how well one tells the field; what is worth nothing isn't taken.
    """

    parts: tuple[tuple[Part, ...], ...]
    most: int
    score: Callable[[Telling], float]


RECIPES = {
    Field.METHOD: Recipe(
        ((Part.ABSTRACT,), (Part.INTRODUCTION, Part.CONCLUSION), (Part.METHOD,)), 2, _method
    ),
    Field.RESULTS: Recipe(
        ((Part.ABSTRACT, Part.CONCLUSION), (Part.RESULTS,), (Part.DISCUSSION, Part.INTRODUCTION)), 3, _results
    ),
    Field.BACKGROUND: Recipe(((Part.INTRODUCTION,), (Part.ABSTRACT,)), 2, _background),
    Field.EARLIER: Recipe(
        ((Part.EARLIER,), (Part.INTRODUCTION,), (Part.ABSTRACT, Part.DISCUSSION)), 2, _earlier
    ),
    Field.SIGNIFICANCE: Recipe(
        ((Part.CONCLUSION,), (Part.DISCUSSION,), (Part.ABSTRACT, Part.INTRODUCTION)), 1, _significance
    ),
    Field.PERFORMANCE: Recipe(
        ((Part.RESULTS,), (Part.CONCLUSION, Part.ABSTRACT, Part.DISCUSSION)), 2, _performance
    ),
    Field.INNOVATION: Recipe(
        ((Part.INTRODUCTION, Part.CONCLUSION, Part.ABSTRACT), (Part.DISCUSSION,), (Part.METHOD,)),
        2,
        _innovation,
    ),
    Field.WORKLOAD: Recipe(
        ((Part.METHOD, Part.RESULTS), (Part.INTRODUCTION, Part.ABSTRACT, Part.CONCLUSION), (Part.APPENDIX,)),
        2,
        _workload,
    ),
}
