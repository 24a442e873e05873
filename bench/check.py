"""How long the check of one brief takes: a sentence, five takeaways and four keywords against an abstract.

The brief is made of the abstract's own sentences, so that every rule runs to its end. Reading the abstract
happens once for all checks of a paper and is measured apart. Of three checks of a brief the fastest counts,
in CPU time: what else the machine does meanwhile isn't the check's.
"""

from __future__ import annotations

import sys
from statistics import median, quantiles
from time import thread_time

from bench.report import report
from digest.sources.sample import sample_listing
from digest.summaries.check import Draft, Source, check_brief
from digest.summaries.extract import extract

_ROUNDS = 40
_TRIES = 3
_GOAL = 2.0  # milliseconds


def main() -> int:
    """Measure and print; return 1 when the goal isn't met."""
    papers = [announcement.paper for announcement in sample_listing(("cs",)).announcements]
    reading, checking = [], []
    for _ in range(_ROUNDS):
        for paper in papers:
            brief = extract(paper)
            keywords = tuple(paper.title.replace(":", "").split()[:4])
            takeaways = (*brief.takeaways, *brief.takeaways)[:5]
            draft = Draft(brief.sentence, takeaways, keywords)
            start = thread_time()
            source = Source.of(paper.title, paper.abstract, paper.comment or "")
            reading.append(1000 * (thread_time() - start))
            checking.append(1000 * min(_seconds(draft, source) for _ in range(_TRIES)))
    middle, slow = median(checking), quantiles(checking, n=100)[98]
    report("check: reading the paper", round(median(reading), 2), "ms", "reported", ok=True)
    report("check: one brief, median", round(middle, 2), "ms", f"<= {_GOAL:g}", ok=middle <= _GOAL)
    report("check: one brief, p99", round(slow, 2), "ms", "reported", ok=True)
    return 0 if middle <= _GOAL else 1


def _seconds(draft: Draft, source: Source) -> float:
    start = thread_time()
    check_brief(draft, source, "en")
    return thread_time() - start


if __name__ == "__main__":
    sys.exit(main())
