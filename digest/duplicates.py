"""Tells when papers are the same work under several ids; knows nothing of queries and ranking."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache, lru_cache
from typing import TYPE_CHECKING, TypeAlias
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Sequence

Run: TypeAlias = int
"""The checksum of a run of words; short to keep and quick to compare."""

# Abstracts are compared by their runs of five words (w-shingling: Broder 1997). A resubmission keeps most of
# them; two papers of one group have a few sentences in common at most.
_RUN = 5
_SAME = 0.7
_FEWEST_RUNS = 20  # below, as in “withdrawn by the authors”, likeness says nothing
# Of the eight runs with the smallest checksums, abstracts so alike share about six, and all but certainly
# three; strangers hardly ever share one. Whole abstracts are compared only then.
_SKETCH, _SHARED = 8, 3


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
    sketched: defaultdict[Run, list[int]] = defaultdict(list)
    runs_of = cache(lambda position: _runs(abstracts[position]))
    for position, (title, signers, abstract) in enumerate(zip(titles, authors, abstracts, strict=True)):
        runs = _runs(abstract)
        sketch = sorted(runs)[:_SKETCH]
        shared = Counter(other for run in sketch for other in sketched[run])
        same = [other for other in entitled[title] if signers & authors[other]]
        same += [
            other for other, count in shared.items() if count >= _SHARED and _are_alike(runs, runs_of(other))
        ]
        works.append(min(same, default=position))
        if not same:
            entitled[title].append(position)
            for run in sketch:
                sketched[run].append(position)
    return tuple(works)


def _runs(text: str) -> frozenset[Run]:
    words = [_checksum(word) for word in text.split()]
    # Python's hash of a text changes from run to run, that of a tuple of numbers doesn't.
    runs = frozenset(map(hash, zip(*(words[start:] for start in range(_RUN)), strict=False)))
    return runs if len(runs) >= _FEWEST_RUNS else frozenset()


@lru_cache(maxsize=1 << 15)
def _checksum(word: str) -> int:
    return crc32(word.encode())


def _are_alike(runs: frozenset[Run], others: frozenset[Run]) -> bool:
    common = len(runs & others)
    return common >= _SAME * (len(runs) + len(others) - common)
