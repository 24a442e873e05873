"""Measures how many of the relevant papers the ranking puts into a day's top ten.

Real topics with the papers that curated lists name for them, over the real days on which those were listed
(../shared/data/relevance). Recall per topic over all of its days, then the mean over topics; once from the
topic's statement alone, once with its keywords as the description. Deterministic, so it runs once.
"""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from pathlib import Path

from bench.report import report
from digest.index import DayIndex, index
from digest.model import Paper, PaperId, Topic
from digest.rank import rank
from digest.text import words

_DATA = Path(__file__).parents[2] / "shared" / "data" / "relevance"
_TOP = 10
_GOALS = {"statement": 0.84, "keywords": 0.86}  # plain BM25 on the same data


def _read_days() -> list[DayIndex]:
    days: defaultdict[str, list[Paper]] = defaultdict(list)
    with gzip.open(_DATA / "pool_dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            paper = Paper(
                id=PaperId(row["id"]),
                version=1,
                title=row["title"],
                abstract=row["summary"],
                authors=tuple(row["authors"]),
                categories=tuple(row["categories"]),
                comment=row["comment"],
            )
            days[row["first_listed"]].append(paper)
    return [index(papers) for papers in days.values()]


def _write_topic(name: str, statement: str, keywords: list[str]) -> Topic:
    """Write a topic that every paper with any of its words meets, so that the order alone is measured."""
    phrases = [f'"{phrase}"' for phrase in (statement, *keywords)]
    query = " OR ".join(dict.fromkeys([phrases[0], *words(statement), *phrases[1:]]))
    return Topic(name=name, title=name, query=query, about=", ".join(keywords))


def _measure_recall(topic: Topic, relevant: set[str], days: list[DayIndex]) -> float:
    hits = wanted = 0
    for day in days:
        here = relevant & {paper.id.value for paper in day.papers}
        if here:
            top = {match.paper.id.value for match in rank(topic, day)[:_TOP]}
            hits += len(here & top)
            wanted += len(here)
    return hits / wanted


def main() -> None:
    """Measure and report, or say that the data isn't there."""
    if not _DATA.is_dir():
        print(json.dumps({"bench": "relevance", "skipped": f"no data at {_DATA}"}))
        return
    days = _read_days()
    topics = json.loads((_DATA / "topics_dev.json").read_text(encoding="utf-8"))
    for kind, goal in _GOALS.items():
        recalls = [
            _measure_recall(
                _write_topic(row["id"], row["statement"], row["keywords"] if kind == "keywords" else []),
                set(row["relevant"]),
                days,
            )
            for row in topics
        ]
        value = sum(recalls) / len(recalls)
        report(f"relevance from the {kind}", round(value, 4), "recall at 10", f">= {goal}", ok=value >= goal)


if __name__ == "__main__":
    main()
