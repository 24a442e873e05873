"""How long the check of one brief takes: a sentence, five takeaways and four keywords against an abstract.

The brief is made of the abstract's own sentences, so that every rule runs to its end. Reading the abstract, which
happens once for all checks of a paper, is measured apart. Prints milliseconds of one core.
"""

from __future__ import annotations

import sys
from statistics import median, quantiles
from time import perf_counter

from bench.report import report
from digest.sources.sample import sample_listing
from digest.summaries.check import Draft, Source, check_brief
from digest.summaries.extract import extract

_ROUNDS = 40
_GOAL = 2.0


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
            start = perf_counter()
            source = Source.of(paper.title, paper.abstract, paper.comment or "")
            read = perf_counter()
            check_brief(draft, source, "en")
            checking.append(1000 * (perf_counter() - read))
            reading.append(1000 * (read - start))
    middle, slow = median(checking), quantiles(checking, n=100)[98]
    report("check: reading the paper", round(median(reading), 2), "ms", "reported", ok=True)
    report("check: one brief, median", round(middle, 2), "ms", f"<= {_GOAL:g}", ok=middle <= _GOAL)
    report("check: one brief, p99", round(slow, 2), "ms", f"<= {_GOAL:g}", ok=slow <= _GOAL)
    return 0 if max(middle, slow) <= _GOAL else 1


if __name__ == "__main__":
    sys.exit(main())
