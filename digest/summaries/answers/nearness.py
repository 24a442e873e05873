"""How near texts of one paper are to a question, by the words that they share. Pure.

The score is BM25 (Robertson & Zaragoza 2009, “The Probabilistic Relevance Framework”) over stems, with the
paper's own texts as the collection.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

from digest.text import STOP_WORDS, stem, words

if TYPE_CHECKING:
    from collections.abc import Sequence

_SATURATION = 1.2  # BM25's k1
_LENGTH_NORM = 0.5  # BM25's b
_HEADING = 0.5  # what a word in a heading weighs beside one in the text
_ASKING = frozenset(map(stem, "paper author authors work tell say says explain describe much many".split()))
"""Stems of words that questions about papers have, whatever is asked."""


def nearness(question: str, headings: Sequence[str], texts: Sequence[str]) -> list[float]:
    """Return how near each text is to a question; 0 for one that shares no telling word with it.

    Args:
        question: in anybody's words.
        headings: what each text stands under.
        texts: sentences, or longer pieces.
    """
    wanted = {stem(word) for word in words(question) if word not in STOP_WORDS} - _ASKING
    if not wanted:
        return [0.0] * len(texts)
    counted = [_counts(heading, text) for heading, text in zip(headings, texts, strict=True)]
    lengths = [sum(counts.values()) for counts in counted]
    average = max(1.0, sum(lengths) / max(1, len(lengths)))
    rarity = {
        word: _rarity(sum(word in counts for counts in counted), len(counted)) for word in sorted(wanted)
    }
    return [
        sum(weight * _share(counts.get(word, 0.0), length / average) for word, weight in rarity.items())
        for counts, length in zip(counted, lengths, strict=True)
    ]


def _counts(heading: str, text: str) -> dict[str, float]:
    counts = dict.fromkeys(map(stem, words(heading)), _HEADING)
    for word, count in Counter(map(stem, words(text))).items():
        counts[word] = counts.get(word, 0.0) + count
    return counts


def _share(count: float, length: float) -> float:
    return count * (_SATURATION + 1) / (count + _SATURATION * (1 - _LENGTH_NORM + _LENGTH_NORM * length))


def _rarity(having: int, texts: int) -> float:
    """Return BM25's inverse document frequency, in the form that is never negative."""
    return math.log(1 + (texts - having + 0.5) / (having + 0.5))
