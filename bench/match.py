"""Measures matching 1,000 papers against 5,000 topics in memory, indexing the papers included.

The papers and topics are made up from a fixed seed: abstracts of 180 words by Zipf's law out of 15,000, one
in six with a formula. The topics, all different: 40 % one to three plain words, 20 % a quoted phrase in the
abstract, 15 % an OR group with ANDNOT, 10 % words in a category, 10 % authors, 5 % wildcards.

The first figure is the morning of a bot that runs: topics were parsed and words stemmed the day before,
when other papers of the same vocabulary came. The second is the first day after a start, with empty caches:
parsing and all of the stemming included; its goal is our own. The memory is the whole process's peak.
"""

from __future__ import annotations

import random
import resource
import statistics
import sys
import time
from itertools import accumulate

from bench.report import report
from digest.index import index
from digest.match import match
from digest.model import Paper, PaperId
from digest.query import parse
from digest.text import stem

_PAPERS, _TOPICS, _RUNS = 1_000, 5_000, 5
_SECONDS, _SECONDS_COLD, _MEGABYTES = 2.0, 2.5, 200.0
_SYLLABLES = [c + v for c in "bcdfghklmnprstvz" for v in "aeiou"]
_ENDINGS = ["", "", "s", "ing", "ation", "al", "ed", "ly"]
_CATEGORIES = ["cs.CV", "cs.CL", "cs.LG", "stat.ML", "math.OC", "quant-ph", "astro-ph.GA", "hep-th"]


def _make_words(rng: random.Random, count: int) -> list[str]:
    made: dict[str, None] = {}
    while len(made) < count:
        made["".join(rng.choices(_SYLLABLES, k=rng.randint(2, 4))) + rng.choice(_ENDINGS)] = None
    return list(made)


def _make_papers(rng: random.Random, vocabulary: list[str], zipf: list[float]) -> list[Paper]:
    surnames = _make_words(rng, 2_000)
    papers = []
    for number in range(_PAPERS):
        abstract = rng.choices(vocabulary, cum_weights=zipf, k=180)
        if number % 6 == 0:
            abstract[20] = r"$\mathcal{O}(n^2)$"
        authors = (f"{rng.choice(surnames)} {rng.choice(surnames)}".title() for _ in range(5))
        papers.append(
            Paper(
                id=PaperId(f"2606.{number + 1:05}"),
                version=1,
                title=" ".join(rng.choices(vocabulary, cum_weights=zipf, k=10)),
                abstract=" ".join(abstract),
                authors=tuple(authors),
                categories=tuple(rng.sample(_CATEGORIES, 2)),
                comment="12 pages, 4 figures",
            )
        )
    return papers


def _make_topics(
    rng: random.Random, papers: list[Paper], vocabulary: list[str], zipf: list[float]
) -> list[str]:
    def word() -> str:
        return rng.choices(vocabulary, cum_weights=zipf)[0]

    def phrase() -> str:
        found = rng.choice(papers).title.split()
        start = rng.randrange(len(found) - 1)
        return " ".join(found[start : start + 2])

    kinds = {
        lambda: " ".join(word() for _ in range(rng.randint(1, 3))): 40,
        lambda: f'abs:"{phrase()}"': 20,
        lambda: f"abs:({word()} OR {word()}) ANDNOT ti:{word()}": 15,
        lambda: f"{word()} {word()} cat:{rng.choice(_CATEGORIES)}": 10,
        lambda: f"au:{rng.choice(rng.choice(papers).authors).replace(' ', '_')}": 10,
        lambda: f"ti:{word()[:4]}* AND {word()}": 5,
    }
    topics: dict[str, None] = {}
    while len(topics) < _TOPICS:
        topics[rng.choices(list(kinds), list(kinds.values()))[0]()] = None
    return list(topics)


def _time_day(papers: list[Paper], topics: list[str]) -> float:
    start = time.process_time()
    day = index(papers)
    indexed = time.process_time()
    queries = [parse(topic) for topic in topics]
    parsed = time.process_time()
    found = sum(match(query, day).bit_count() for query in queries)
    end = time.process_time()
    parts = f"index {indexed - start:.2f} s, parse {parsed - indexed:.2f} s, match {end - parsed:.2f} s"
    print(f"{parts}, {found} matches", file=sys.stderr)
    return end - start


def main() -> None:
    """Measure and report."""
    rng = random.Random(20260626)  # noqa: S311 - made-up data, no secrets
    vocabulary = _make_words(rng, 15_000)
    zipf = list(accumulate(1 / rank for rank in range(1, len(vocabulary) + 1)))
    yesterday, today = (_make_papers(rng, vocabulary, zipf) for _ in range(2))
    topics = _make_topics(rng, today, vocabulary, zipf)
    cold, warm = [], []
    for _ in range(_RUNS):
        parse.cache_clear()
        stem.cache_clear()
        cold.append(_time_day(yesterday, topics))
        warm.append(_time_day(today, topics))
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    size = "1,000 papers, 5,000 topics"
    for name, runs, goal in (("match", warm, _SECONDS), ("match after a start", cold, _SECONDS_COLD)):
        seconds = statistics.median(runs)
        report(f"{name}: {size}", round(seconds, 3), "s", f"<= {goal}", ok=seconds <= goal)
    report(
        f"match: {size}, memory", round(megabytes, 1), "MB", f"<= {_MEGABYTES}", ok=megabytes <= _MEGABYTES
    )


if __name__ == "__main__":
    main()
