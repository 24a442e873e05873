"""Which sentences tell how many there are of what a question asks for. Pure; knows English alone.

“How many nodes does the graph have?” asks for a number beside “nodes”: words that are shared say less.
"""

from __future__ import annotations

import re
from itertools import dropwhile, islice, takewhile

from digest.text import STOP_WORDS, stem, words

_HOW_MANY = re.compile(r"\bhow many\s+(?P<things>[^?.!,;]+)", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?<![\w.])(?:\d[\d.,]*\d|\d)(?:[kmb]\b|\s?(?:thousand|million|billion)\b)?(?![\w.]*\])"
    r"|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?|millions?)\b",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[,;:.)]\s")
_REACH = 3  # words from a number to what is counted: “69 undergraduate students”
_SEEN = 60  # characters of a sentence after a number, in which these words stand
_THINGS = 2  # words of a question that may name it: “training images”
_WEIGHT = 2.0
_ABSTRACT_WEIGHT = 1.2  # beside that: a paper tells its whole there, and its parts later


def asked_for(question: str) -> frozenset[str]:
    """Return the stems of what a question wants the number of; none where it asks something else."""
    found = _HOW_MANY.search(question)
    if found is None:
        return frozenset()
    after = dropwhile(_is_filler, words(found["things"]))
    return frozenset(map(stem, islice(takewhile(lambda word: not _is_filler(word), after), _THINGS)))


def _is_filler(word: str) -> bool:
    return word in STOP_WORDS


def weight(things: frozenset[str], section: str, text: str) -> float:
    """Return by how much a sentence is nearer because it counts the things; 1 where it doesn't."""
    if not things or not any(
        things & set(map(stem, words(_CLAUSE_END.split(text[number.end() :][:_SEEN])[0])[:_REACH]))
        for number in _NUMBER.finditer(text)
    ):
        return 1.0
    return _WEIGHT * (_ABSTRACT_WEIGHT if section.casefold().strip(" .:") == "abstract" else 1.0)
