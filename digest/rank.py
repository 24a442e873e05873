"""Orders the papers that meet a topic, each once and with its reasons; knows nothing of limits and readers.

The score is BM25 (Robertson & Zaragoza 2009, “The Probabilistic Relevance Framework”) over title and abstract
as one weighted text (their BM25F), for the query's words and, at half their weight, those of the topic's
description. Words that stand side by side in the query count once more where a paper has them side by side
(Metzler & Croft 2005). Word statistics are those of the day. ``bench/relevance.py`` measures what comes out.
"""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from digest.index import numbers
from digest.match import evidence, explain, match, match_node
from digest.model import Match
from digest.query import All, Any, Node, Query, parse
from digest.terms import How, Words
from digest.text import STOP_WORDS, stem, words
from digest.withdrawals import is_withdrawn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.index import DayIndex, FieldIndex
    from digest.model import Paper, PaperId, Topic

_FIELDS = ("title", "abstract")
_TITLE_WEIGHT = 3
_SATURATION = 2.0  # BM25's k1
_LENGTH_NORM = 0.5  # BM25's b
_PAIR_WEIGHT = 0.5
_ABOUT_WEIGHT = 0.5


def rank(topic: Topic, day: DayIndex) -> tuple[Match, ...]:
    """Return every paper that meets a topic, best first; papers of equal score in the order of their ids.

    Those that were withdrawn come after all others, whose place they would take. Of papers that are the same
    work under two ids, the better one stays.

    Raises:
        QueryError: the topic's query isn't one.
    """
    query = parse(topic.query)
    found = match(query, day, topic.archives)
    said = evidence(query, day, found)
    return tuple(
        Match(paper=day.papers[number], score=score, reasons=explain(said, day, number))
        for number, score in _order(query, topic, day, found).items()
    )


def best(topic: Topic, day: DayIndex, most: int) -> tuple[Paper, ...]:
    """Return the papers that `rank` puts first, without their reasons, which take longer.

    Raises:
        QueryError: the topic's query isn't one.
    """
    query = parse(topic.query)
    order = _order(query, topic, day, match(query, day, topic.archives))
    return tuple(day.papers[number] for number in islice(order, most))


def _order(query: Query, topic: Topic, day: DayIndex, found: int) -> dict[int, float]:
    """Return the positions of the papers in a bitset with their scores, the best first, each work once."""
    scores = _score(_weigh(query.root, topic.about), day, found)
    order = sorted(scores, key=lambda number: place(day.papers[number], scores[number]))
    first = {day.works[number]: number for number in reversed(order)}
    return {number: scores[number] for number in order if first[day.works[number]] == number}


def place(paper: Paper, score: float) -> tuple[bool, float, PaperId]:
    """Return what papers with scores are sorted by, the best first, those that were withdrawn last."""
    return is_withdrawn(paper), -score, paper.id


def _weigh(root: Node, about: str) -> dict[Words, float]:
    """Return what a paper scores by, each unit (a word, a word's beginning or a pair) with its weight."""
    weights: dict[Words, float] = {}
    description = [word for word in words(about) if word not in STOP_WORDS]
    runs = [(run, 1.0) for run in _runs(root)]
    runs.append(([_unit(How.STEM, stem(word)) for word in description], _ABOUT_WEIGHT))
    for run, weight in runs:
        for unit in run:
            word = replace(unit, behind="")
            weights[word] = max(weight, weights.get(word, 0.0))
        for first, second in pairwise(run):
            if first.how is second.how is How.STEM:
                between = map(stem, words(second.behind))
                pair = _unit(How.STEM, *first.words, *between, *second.words)
                weights[pair] = max(weight * _PAIR_WEIGHT, weights.get(pair, 0.0))
    return weights


def _runs(node: Node) -> Iterator[list[Words]]:
    """Yield the words that a paper is wanted for, those that the query has side by side together."""
    match node:
        case Words():
            yield _split(node)
        case Any(choices=choices):
            for choice in choices:
                yield from _runs(choice)
        case All(wanted=wanted):
            run: list[Words] = []
            for child in wanted:
                if isinstance(child, Words):
                    run += _split(child)
                else:
                    yield run
                    run = []
                    yield from _runs(child)
            yield run
        case _:
            return


def _split(term: Words) -> list[Words]:
    if term.how is How.PREFIX:
        *firsts, last = term.words
        return [*(_unit(How.STEM, stem(word)) for word in firsts), _unit(How.PREFIX, last)]
    stems = term.words if term.how is How.STEM else map(stem, term.words)
    first, *others = (_unit(How.STEM, word) for word in stems)
    return [replace(first, behind=term.behind), *others]


def _unit(how: How, *parts: str) -> Words:
    return Words(_FIELDS, parts, how, wrote="")


def _score(weights: dict[Words, float], day: DayIndex, found: int) -> dict[int, float]:
    """Return the BM25 score of each paper in a bitset, by its position."""
    title, abstract = (day.fields[name] for name in _FIELDS)
    lengths = [_TITLE_WEIGHT * a + b for a, b in zip(title.lengths, abstract.lengths, strict=True)]
    average = max(1.0, sum(lengths) / max(1, len(lengths)))
    scores = dict.fromkeys(numbers(found), 0.0)
    for unit, weight in weights.items():
        having = match_node(unit, day)
        rarity = weight * _rarity(having.bit_count(), len(day.papers))
        for number in numbers(having & found):
            count = _TITLE_WEIGHT * _count(unit, title, number) + _count(unit, abstract, number)
            norm = _SATURATION * (1 - _LENGTH_NORM + _LENGTH_NORM * lengths[number] / average)
            scores[number] += rarity * count * (_SATURATION + 1) / (count + norm)
    return scores


def _rarity(having: int, papers: int) -> float:
    """Return BM25's inverse document frequency, in the form that is never negative."""
    return math.log(1 + (papers - having + 0.5) / (having + 0.5))


def _count(unit: Words, field: FieldIndex, number: int) -> int:
    """Count a unit in a paper's field; a word that is repeated at once (“very very”) counts once."""
    if unit.how is How.PREFIX:
        return field.texts[number].count(f" {unit.words[0]}")
    return field.stemmed[number].count(f" {' '.join(unit.words)} ")
