"""How well the one extracted sentence agrees with what people wrote, on SciTLDR's development set.

The measure is ROUGE-1: the F1 of unigrams over ``[a-z0-9]+`` in lower case, the best of a paper's targets,
the mean over papers, times 100. Prints the whole set and two halves (by a hash of the paper's id): the
weights were fitted on the first alone.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections import Counter
from pathlib import Path
from statistics import fmean

from bench.report import report
from digest.model import Paper, PaperId
from digest.summaries.extract import extract

_DATA = Path(__file__).parents[2] / "shared/data/summarisation/scitldr_A_dev.jsonl"
_GOAL = 37.5


def main() -> int:
    """Measure and print; return 1 when the goal isn't met."""
    if not _DATA.exists():
        print(f"skipped: {_DATA} is absent")
        return 0
    scores: dict[str, list[float]] = {"first half": [], "second half": []}
    for line in _DATA.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        sentence = extract(_paper(record)).sentence
        digest = hashlib.sha256(record["paper_id"].encode()).digest()
        half = "second half" if digest[-1] % 2 else "first half"
        scores[half].append(100 * max(unigram_f1(sentence, target) for target in record["target"]))
    for half, values in scores.items():
        report(f"summaries: {half}", round(fmean(values), 2), "ROUGE-1", "reported", ok=True)
    whole = fmean([value for values in scores.values() for value in values])
    report("summaries", round(whole, 2), "ROUGE-1", f">= {_GOAL}", ok=whole >= _GOAL)
    return 0 if whole >= _GOAL else 1


def unigram_f1(text: str, target: str) -> float:
    """Return the F1 of the words two texts share, from 0 to 1, each counted as often as both have it."""
    ours, theirs = (Counter(re.findall("[a-z0-9]+", each.lower())) for each in (text, target))
    shared = (ours & theirs).total()
    return 2 * shared / (ours.total() + theirs.total()) if shared else 0.0


def _paper(record: dict[str, object]) -> Paper:
    source = record["source"]
    abstract = " ".join(source) if isinstance(source, list) else str(source)
    title = str(record.get("title") or "")
    return Paper(PaperId("2401.00001"), 1, title, abstract, (), ("cs.LG",))


if __name__ == "__main__":
    sys.exit(main())
