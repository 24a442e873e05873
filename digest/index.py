"""Keeps a day's papers as an inverted index in memory; knows nothing of queries.

The posting lists are bitsets (Python integers: bit i is paper i), so that AND, OR and ANDNOT over all papers
are each one operation on a few dozen machine words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest import authors
from digest.duplicates import find_works
from digest.text import stem, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from digest.authors import Name
    from digest.model import Paper


@dataclass(frozen=True, slots=True)
class FieldIndex:
    """One field of all papers.

    Attributes:
        exact: folded word → the papers that have it, as a bitset.
        stems: the same by stem.
        vocabulary: the folded words in alphabetical order.
        texts: each paper's folded words, with a space before, between and after them.
        stemmed: the same in stems.
        lengths: how many words each paper has here.
    """

    exact: dict[str, int]
    stems: dict[str, int]
    vocabulary: tuple[str, ...]
    texts: tuple[str, ...]
    stemmed: tuple[str, ...]
    lengths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DayIndex:
    """The papers of a day, ready to be matched and ranked.

    Attributes:
        papers: each once, whatever the number of its announcements; bit i of a bitset is ``papers[i]``.
        fields: by name; those that hold prose.
        families: word of a family name → the papers with such an author.
        names: each paper's authors.
        categories: category in lower case → the papers in it.
        works: for each paper the position of the first that is the same work under another id, or its own.
    """

    papers: tuple[Paper, ...]
    fields: dict[str, FieldIndex]
    families: dict[str, int]
    names: tuple[tuple[Name, ...], ...]
    categories: dict[str, int]
    works: tuple[int, ...]


def index(papers: Iterable[Paper]) -> DayIndex:
    """Index papers; of those that share an id, the highest version stays, in the first's place."""
    newest: dict[str, Paper] = {}
    for paper in papers:
        known = newest.get(paper.id.value)
        if known is None or paper.version > known.version:
            newest[paper.id.value] = paper
    unique = tuple(newest.values())
    names = tuple(tuple(map(authors.name, paper.authors)) for paper in unique)
    fields = {
        "title": _index_field(paper.title for paper in unique),
        "abstract": _index_field(paper.abstract for paper in unique),
        "comment": _index_field(paper.comment or "" for paper in unique),
    }
    return DayIndex(
        papers=unique,
        fields=fields,
        families=_invert([word for name in signed for word in name.families] for signed in names),
        names=names,
        categories=_invert([category.lower() for category in paper.categories] for paper in unique),
        works=find_works(
            fields["title"].texts,
            [{name.words for name in signed} for signed in names],
            fields["abstract"].texts,
        ),
    )


def _index_field(texts: Iterable[str]) -> FieldIndex:
    split = [words(text) for text in texts]
    exact = _invert(split)
    stem_of = {word: stem(word) for word in exact}
    stems: dict[str, int] = {}
    for word, papers in exact.items():
        stems[stem_of[word]] = stems.get(stem_of[word], 0) | papers
    return FieldIndex(
        exact=exact,
        stems=stems,
        vocabulary=tuple(sorted(exact)),
        texts=tuple(f" {' '.join(found)} " for found in split),
        stemmed=tuple(f" {' '.join([stem_of[word] for word in found])} " for found in split),
        lengths=tuple(map(len, split)),
    )


def _invert(documents: Iterable[Sequence[str]]) -> dict[str, int]:
    postings: dict[str, int] = {}
    for number, document in enumerate(documents):
        paper = 1 << number
        for word in set(document):
            postings[word] = postings.get(word, 0) | paper
    return postings


def numbers(bitset: int) -> Iterator[int]:
    """Yield the positions of a bitset's ones, ascending."""
    while bitset:
        lowest = bitset & -bitset
        yield lowest.bit_length() - 1
        bitset ^= lowest


def join(positions: Iterable[int]) -> int:
    """Return the bitset that has ones at these positions."""
    bitset = 0
    for position in positions:
        bitset |= 1 << position
    return bitset
