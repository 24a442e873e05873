"""Tells when papers are the same work under several ids; knows nothing of queries and ranking."""

from __future__ import annotations

from collections import defaultdict
from heapq import nsmallest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# Abstracts are compared by their runs of five words (w-shingling: Broder 1997). A resubmission keeps most of
# them; two papers of one group have a few sentences in common at most.
_RUN = 5
_SAME = 0.7
_FEWEST_RUNS = 20  # below, as in “withdrawn by the authors”, likeness says nothing
_SKETCH = (
    8  # abstracts so alike all but certainly share one of their few smallest runs, strangers hardly ever
)


def find_works(
    titles: Sequence[str], authors: Sequence[set[tuple[str, ...]]], abstracts: Sequence[str]
) -> tuple[int, ...]:
    """Return each paper's work: the position of the first paper that is the same.

    Two papers are the same if they have the same title and an author in common, or nearly the same abstract:
    at least 70 % of the five-word runs that either has. The first of a work stands for all of it, which keeps
    the comparisons few.

    Args:
        titles: folded.
        authors: the names of each paper, as folded words.
        abstracts: folded, words with a space between.
    """
    works: list[int] = []
    entitled: defaultdict[str, list[int]] = defaultdict(list)
    sketched: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for position, (title, signers, abstract) in enumerate(zip(titles, authors, abstracts, strict=True)):
        runs = _runs(abstract)
        sketch = nsmallest(_SKETCH, runs)
        alike = dict.fromkeys(other for run in sketch for other in sketched[run])
        same = [other for other in entitled[title] if signers & authors[other]]
        same += [other for other in alike if _are_alike(runs, _runs(abstracts[other]))]
        works.append(min(same, default=position))
        if not same:
            entitled[title].append(position)
            for run in sketch:
                sketched[run].append(position)
    return tuple(works)


def _runs(text: str) -> set[tuple[str, ...]]:
    words = text.split()
    runs = set(zip(*(words[start:] for start in range(_RUN)), strict=False))
    return runs if len(runs) >= _FEWEST_RUNS else set()


def _are_alike(runs: set[tuple[str, ...]], others: set[tuple[str, ...]]) -> bool:
    return len(runs & others) >= _SAME * len(runs | others)
