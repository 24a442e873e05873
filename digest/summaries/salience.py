"""How much each sentence of an abstract says about what the paper does; knows English cue phrases.

Without cues, as in another language, likeness to the title and to the whole abstract decides.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_STEM = 6  # letters; “segmentation” and “segmenting” are one word here
_LONG = 25  # words; beyond this a sentence says more than one thing
_LONGEST_NAME = 30  # characters; “SpaceRipple: …” names a thing, a longer heading is a phrase
_TELLING = 4  # content words; a sentence that has fewer beyond the title's says no more than the title
_SHORT = 10  # words; below this it rarely says anything

_WORK = r"(?:paper|work|article|study|thesis|report|letter|survey|manuscript|note)"
# “We” as the subject of the sentence, not of a clause in it (“the tools we use”).
_WE = (
    r"(?:^|[,;:–—] |\b(?:and|then|therefore|thus|hence|here|paper|work|study|article|report|end) )"
    r"(?:we|i)\b"
)
_OFFERS = re.compile(
    _WE + r"(?: \w+){0,3}? (?:propose|present|introduce|develop|design|describe|devise|formulate|construct|"
    r"build|give|provide|offer|advocate|establish|contribute|release|create|derive)\b"
    rf"|\b(?:this|our) {_WORK}\b(?: \w+){{0,2}} (?:propos|present|introduc|develop|describ|provid|offer|"
    r"investigat|stud|explor|address|review|survey|consider|aim|examin|show|demonstrat|analy|focus|seek|establish|discuss)"
    r"|\bis (?:proposed|presented|introduced|developed|described)\b",
    re.IGNORECASE,
)
_STUDIES = re.compile(
    _WE
    + r"(?: \w+){0,3}? (?:show|demonstrate|study|investigate|explore|examine|analy[sz]e|prove|find|address|"
    r"consider|argue|tackle|revisit|extend|use|apply|suggest|identify|evaluate|compare|characteri[sz]e|observe|"
    r"discover|focus|aim|leverage|train|adapt|generali[sz]e|combine|learn|report|survey|review)\b"
    rf"|\b(?:this|our) {_WORK}\b|\bthe (?:aim|goal|purpose|objective) of\b",
    re.IGNORECASE,
)
_NEW = frozenset(
    "novel new first simple general framework method approach algorithm model architecture dataset "
    "benchmark technique".split()
)
_BACKGROUND = frozenset(
    "recent recently existing previous previously prior traditional traditionally conventional however "
    "unfortunately although despite remain remains been often typically usually challenge challenges "
    "challenging widely popular important limited suffer suffers".split()
)
_RESULT = frozenset(
    "experiment experiments experimental experimentally result results empirical empirically evaluate "
    "evaluated evaluation evaluations outperform outperforms outperforming achieve achieves achieved "
    "achieving improve improves improved improving improvement improvements reduce reduces reduced "
    "reducing accuracy faster better benchmarks gain gains".split()
)
_GAIN = re.compile(r"\d\s?[%×]|\dx\b")
_LEANING = re.compile(
    rf"(?:this|these|those|such|its|their|it|they)\b(?! {_WORK}\b)|the (?:proposed|resulting|former|latter|"
    r"scheme|method|approach|framework|algorithm|model|system|technique|architecture|design|idea|key)\b",
    re.IGNORECASE,
)
_BACKWARD = re.compile(rf"\b(?:this|these|those|such)\b(?! {_WORK}\b)", re.IGNORECASE)
# “We show this is …” says what the paper does only to those who were told the sentence before.
_POINTING = re.compile(
    r"(?:we|i) (?:\w+ ){1,3}?(?:this|these|those)\s(?:is|are|was|were|can|may|does|do|has|have)\b",
    re.IGNORECASE,
)
_HOPING = re.compile(r"we (?:\w+ )?(?:hope|believe)\b", re.IGNORECASE)
# A sentence about where things are holds one of these; looking for them first spares most the long pattern.
_PLACES = (
    "http",
    "github",
    "availab",
    "releas",
    "sourc",
    "public",
    "found",
    "access",
    "online",
    "page",
    "site",
    "demo",
)
_AVAILABLE = re.compile(
    r"https?://|\bgithub\b|\b(?:codes?|data|datasets?|models?|weights|demo|checkpoints?|implementation|"
    r"project page|website|software|package|videos?|benchmark|source)\b[^.]{0,80}\b(?:available|released|"
    r"open-sourced?|found at|accessible|published|online)\b|\b(?:code|project page|website|demo)s?\s*:|"
    r"\bwe (?:will )?(?:publicly )?(?:release|open-source|make)\b[^.]{0,80}\b(?:code|data\w*|models?|weights|"
    r"public\w*)\b",
    re.IGNORECASE,
)
_COMMON = frozenset(
    "a an the of in on at to for and or with by from as is are was were be been being that which this "
    "these those it its we our i they their them can could may might will would should has have had do "
    "does did not no nor but if then than so such both each any all more most some other into over "
    "under between via using use used based also however when while where how what who whose there "
    "here only very one two new paper work approach method methods model models show propose present "
    "introduce".split()
)
_WORDS = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Salience:
    """What one sentence is worth, in no unit; comparable within one abstract.

    Attributes:
        gist: as the one sentence that says what the paper does.
        detail: as one of the takeaways beside it.
        availability: it only says where code or data are.
        words: its content words, shortened to their stems.
    """

    gist: float
    detail: float
    availability: bool
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Signs:
    """What can be seen in a sentence without understanding it; counts are in words."""

    title: float  # likeness to the title, 0 to 1
    whole: float  # likeness to the abstract, 0 to 1
    length: int
    offers: bool  # the paper offers something
    studies: bool  # the paper does something else
    first: bool  # the first that says what the paper does
    first_offer: bool
    before: bool  # it stands before that one
    named: bool  # it holds the name that the title gives to the thing
    beyond: int  # content words that the title lacks
    new: int
    background: int
    results: int
    leans: bool  # its subject was named before
    backward: int  # words that point back
    hopes: bool  # it says what the authors wish
    availability: bool


def weigh(title: str, sentences: Sequence[str]) -> tuple[Salience, ...]:
    """Weigh the sentences of an abstract, in order; all texts are readable, without LaTeX."""
    bags = [Counter(_content(sentence)) for sentence in sentences]
    weighed = zip(_signs(title, sentences, bags), bags, strict=True)
    return tuple(
        Salience(_gist(sign), _detail(sign), sign.availability, frozenset(bag)) for sign, bag in weighed
    )


def _signs(title: str, sentences: Sequence[str], bags: Sequence[Counter[str]]) -> list[_Signs]:
    whole = Counter(chain.from_iterable(bag.elements() for bag in bags))
    heading = Counter(set(_content(title)))
    offers = [_OFFERS.search(sentence) is not None for sentence in sentences]
    studies = [
        _STUDIES.search(sentence) is not None and not _POINTING.match(sentence) for sentence in sentences
    ]
    cued = next((at for at in range(len(sentences)) if offers[at] or studies[at]), 0)
    name, colon, _ = title.partition(":")
    signs = []
    for at, (sentence, bag) in enumerate(zip(sentences, bags, strict=True)):
        words = _WORDS.findall(sentence.lower())
        signs.append(
            _Signs(
                title=_cosine(heading, Counter(set(bag))),
                whole=_cosine(whole, bag),
                length=len(words),
                offers=offers[at],
                studies=studies[at] and not offers[at],
                first=at == cued and (offers[at] or studies[at]),
                first_offer=offers[at] and not any(offers[:at]),
                before=at < cued,
                named=bool(colon) and len(name) <= _LONGEST_NAME and name in sentence,
                beyond=len(bag.keys() - heading.keys()),
                new=len(_NEW.intersection(words)),
                background=sum(word in _BACKGROUND for word in words),
                results=sum(word in _RESULT for word in words) + len(_GAIN.findall(sentence)),
                leans=_LEANING.match(sentence) is not None,
                backward=len(_BACKWARD.findall(sentence)),
                hopes=_HOPING.match(sentence) is not None,
                availability=_is_availability(sentence),
            )
        )
    return signs


def _gist(sign: _Signs) -> float:
    # What agrees with the summaries that people wrote: a least-squares fit on one half of SciTLDR's
    # development set, rounded. bench/summaries.py measures both halves.
    agreement = (
        0.23 * sign.title
        + 0.16 * sign.whole
        + 0.03 * sign.offers
        + 0.015 * sign.studies
        + 0.06 * sign.first
        + 0.025 * sign.first_offer
        + 0.004 * sign.new
        - 0.012 * sign.background
        - 0.002 * sign.results
        - 0.02 * max(0, _TELLING - sign.beyond)
        - 0.014 * max(0, _SHORT - sign.length)
        - 0.003 * max(0, sign.length - _LONG)
        + 0.06 * math.log(sign.length + 1)
    )
    # What reads well with nothing before it, which those summaries don't measure.
    readability = (
        0.02 * (sign.named and sign.offers)
        - 0.06 * sign.before
        - 0.02 * sign.leans
        - 0.01 * sign.backward
        - 0.1 * sign.availability
    )
    return agreement + readability


def _detail(sign: _Signs) -> float:
    return (
        0.2 * sign.title
        + 0.14 * sign.whole
        + 0.03 * (sign.offers or sign.studies)
        + 0.03 * min(sign.results, 3)
        - 0.03 * min(sign.background, 3)
        - 0.12 * sign.before
        - 0.02 * sign.leans
        - 0.2 * sign.hopes
        - 0.02 * max(0, _SHORT - sign.length)
    )


def _is_availability(sentence: str) -> bool:
    lower = sentence.lower()
    return any(place in lower for place in _PLACES) and _AVAILABLE.search(sentence) is not None


def _content(text: str) -> list[str]:
    """Return the words that carry meaning, each cut to its first letters; other scripts keep theirs whole."""
    return [word[:_STEM] for word in _WORDS.findall(text.lower()) if word not in _COMMON and len(word) > 1]


def _cosine(one: Counter[str], other: Counter[str]) -> float:
    norm = math.sqrt(sum(n * n for n in one.values()) * sum(n * n for n in other.values()))
    return sum(n * one[word] for word, n in other.items()) / norm if norm else 0.0
