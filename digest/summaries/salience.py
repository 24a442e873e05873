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
_SHORT = 10  # words; below this it rarely says anything

_WORK = r"(?:paper|work|article|study|thesis|report|letter|survey|manuscript|note)"
_OFFERS = re.compile(
    r"\b(?:we|i)\b(?: \w+){0,3}? (?:propose|present|introduce|develop|design|describe|devise|formulate|construct|"
    r"build|provide|offer|advocate|establish|contribute|release|create|derive)\b"
    rf"|\b(?:this|our) {_WORK}\b(?: \w+){{0,2}} (?:propos|present|introduc|develop|describ|provid|offer|investigat|"
    r"stud|explor|address|review|survey|consider|aim|examin|show|demonstrat|analy|focus|seek|establish|discuss)"
    r"|\bis (?:proposed|presented|introduced|developed|described)\b",
    re.IGNORECASE,
)
_STUDIES = re.compile(
    r"\b(?:we|i)\b(?: \w+){0,3}? (?:show|demonstrate|study|investigate|explore|examine|analy[sz]e|prove|find|address|"
    r"consider|argue|tackle|revisit|extend|use|apply|suggest|identify|evaluate|compare|characteri[sz]e|observe|"
    r"discover|focus|aim|leverage|train|adapt|generali[sz]e|combine|learn|report|survey|review)\b"
    rf"|\b(?:this|our) {_WORK}\b|\bthe (?:aim|goal|purpose|objective) of\b",
    re.IGNORECASE,
)
_NEW = re.compile(
    r"\b(?:novel|new|first|simple|general|framework|method|approach|algorithm|model|architecture|dataset|"
    r"benchmark|technique)\b",
    re.IGNORECASE,
)
_BACKGROUND = re.compile(
    r"\b(?:recent(?:ly)?|existing|previous|prior|traditional(?:ly)?|conventional|however|unfortunately|although|"
    r"despite|remains?|has been|have been|often|typically|usually|challeng\w+|widely|popular|important|limited|"
    r"suffer)\b",
    re.IGNORECASE,
)
_RESULT = re.compile(
    r"\b(?:experiments?|experimental|results?|empirical(?:ly)?|evaluat\w+|outperform\w*|state-of-the-art|"
    r"achiev\w+|improv\w+|reduc\w+|accuracy|faster|better|benchmarks?)\b|\d+(?:\.\d+)?(?:%|×|x\b)",
    re.IGNORECASE,
)
_LEANING = re.compile(
    r"^(?:(?:this|these|those|such|its|their|the (?:proposed|resulting|former|latter))\b"
    rf"(?! {_WORK}\b)|(?:it|they)\b|(?:specifically|in particular|moreover|furthermore|additionally|in addition|"
    r"finally|second(?:ly)?|third(?:ly)?|then|also|further|next|for example|for instance|concretely|more "
    r"(?:specifically|precisely)|lastly)\b)",
    re.IGNORECASE,
)
_AVAILABLE = re.compile(
    r"https?://|\bgithub\b|\b(?:code|codes|data|dataset|datasets|models?|weights|demo|checkpoints?|implementation|"
    r"project page|website|software|package|videos?|benchmark|source)\b[^.]{0,80}\b(?:available|released|open-sourced?|"
    r"found|accessible|published|online)\b|\bwe (?:will )?(?:release|open-source|make)\b[^.]{0,80}\b(?:code|data\w*|"
    r"models?|weights|public\w*)\b|\b(?:code|project page|website|demo)s?\s*:",
    re.IGNORECASE,
)
_COMMON = frozenset(
    "a an the of in on at to for and or with by from as is are was were be been being that which this these those "
    "it its we our i they their them can could may might will would should has have had do does did not no nor "
    "but if then than so such both each any all more most some other into over under between via using use used "
    "based also however when while where how what who whose there here only very one two new paper work approach "
    "method methods model models show propose present introduce".split()
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


def weigh(title: str, sentences: Sequence[str]) -> tuple[Salience, ...]:
    """Weigh the sentences of an abstract, in order; all texts are readable, without LaTeX."""
    bags = [Counter(_content(sentence)) for sentence in sentences]
    whole = Counter(chain.from_iterable(bag.elements() for bag in bags))
    heading = Counter(dict.fromkeys(_content(title), 1))
    cued = next((at for at, text in enumerate(sentences) if _OFFERS.search(text) or _STUDIES.search(text)), None)
    return tuple(
        _weigh(sentence, bag, _cosine(heading, Counter(dict.fromkeys(bag, 1))), _cosine(whole, bag), at == cued)
        for at, (sentence, bag) in enumerate(zip(sentences, bags, strict=True))
    )


def _weigh(sentence: str, bag: Counter[str], title: float, whole: float, first_cue: bool) -> Salience:
    # The weights are those of a least-squares fit to how well sentences of one half of SciTLDR's development
    # set agree with the summaries that people wrote, rounded to two figures; bench/summaries.py measures them.
    length = len(_WORDS.findall(sentence))
    offers = _OFFERS.search(sentence) is not None
    studies = not offers and _STUDIES.search(sentence) is not None
    leaning = _LEANING.search(sentence) is not None
    availability = _AVAILABLE.search(sentence) is not None
    background = len(_BACKGROUND.findall(sentence))
    results = len(_RESULT.findall(sentence))
    new = len({word.lower() for word in _NEW.findall(sentence)})
    topic = 0.2 * title + 0.14 * whole - 0.004 * max(0, _SHORT - length)
    gist = (
        topic
        + 0.04 * offers
        + 0.02 * studies
        + 0.06 * first_cue
        + 0.01 * new
        - 0.012 * background
        - 0.006 * results
        - 0.02 * leaning
        - 0.05 * availability
        - 0.0025 * max(0, length - _LONG)
        + 0.06 * math.log(length + 1)
    )
    detail = topic + 0.03 * (offers or studies) + 0.03 * min(results, 3) - 0.03 * background - 0.02 * leaning
    return Salience(gist, detail, availability, frozenset(bag))


def _content(text: str) -> list[str]:
    """Return the words that carry meaning, each cut to its first letters; other scripts keep theirs whole."""
    return [word[:_STEM] for word in _WORDS.findall(text.lower()) if word not in _COMMON and len(word) > 1]


def _cosine(one: Counter[str], other: Counter[str]) -> float:
    norm = math.sqrt(sum(n * n for n in one.values()) * sum(n * n for n in other.values()))
    return sum(n * one[word] for word, n in other.items()) / norm if norm else 0.0
