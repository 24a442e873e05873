"""Finds the papers of a day that meet a query, and says why; knows nothing of their order."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from digest.authors import is_person
from digest.index import join, numbers
from digest.model import Reason
from digest.query import All, Any, Node, Query
from digest.terms import Author, Category, How, Term, Words
from digest.text import stem, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from digest.authors import Name
    from digest.index import DayIndex, FieldIndex

# The most telling first.
_FIELD_ORDER = ("title", "abstract", "authors", "comment", "categories")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A reason to match.

    Attributes:
        reason: where, and by which words of the query.
        stems: of these words, with a space between; empty unless they stand in prose.
        papers: those that it holds for, as a bitset.
        run: the conjunction in which it is one plain word among others; None for what was quoted.
        behind: the common words right before it in the query.
    """

    reason: Reason
    stems: str
    papers: int
    run: All | None
    behind: str = ""


def match(query: Query, day: DayIndex, archives: Iterable[str] = ()) -> int:
    """Return the papers that meet a query, as a bitset over ``day.papers``.

    Takes time linear in the length of the query and the day's text, whatever the query.

    Args:
        query: what to look for.
        day: where.
        archives: only papers listed in one of these archives (``cs``) or categories (``cs.CV``); empty: all.
    """
    found = match_node(query.root, day)
    if names := {archive.lower() for archive in archives}:
        found &= _union(
            papers
            for category, papers in day.categories.items()
            if category in names or category.partition(".")[0] in names
        )
    return found


def match_node(node: Node, day: DayIndex) -> int:
    """Return the papers that meet a part of a query, as a bitset."""
    match node:
        case All(wanted=wanted, unwanted=unwanted):
            found = match_node(wanted[0], day)
            for other in wanted[1:]:
                found &= match_node(other, day)
            for other in unwanted:
                found &= ~match_node(other, day)
            return found
        case Any(choices=choices):
            return _union(match_node(choice, day) for choice in choices)
        case Words(fields=fields):
            return _union(_match_words(node, day.fields[field]) for field in fields)
        case Author():
            return _match_author(node, day)
        case Category():
            return _union(papers for name, papers in day.categories.items() if node.holds(name))


def _union(bitsets: Iterable[int]) -> int:
    found = 0
    for bitset in bitsets:
        found |= bitset
    return found


def _match_words(term: Words, field: FieldIndex) -> int:
    postings = field.stems if term.how is How.STEM else field.exact
    *firsts, last = term.words
    begins = term.how is How.PREFIX
    found = _beginning(last, field) if begins else postings.get(last, 0)
    for word in firsts:
        found &= postings.get(word, 0)
    if not firsts:
        return found
    texts = field.stemmed if term.how is How.STEM else field.texts
    phrase = f" {' '.join(term.words)}" + ("" if begins else " ")
    return join(number for number in numbers(found) if phrase in texts[number])


def _beginning(start: str, field: FieldIndex) -> int:
    found = 0
    for position in range(bisect_left(field.vocabulary, start), len(field.vocabulary)):
        word = field.vocabulary[position]
        if not word.startswith(start):
            break
        found |= field.exact[word]
    return found


def _match_author(term: Author, day: DayIndex) -> int:
    """Look only at papers that have a word of the family name, as everybody's initials would be many."""
    candidates = 0
    for person in term.readings:
        last = person.family[-1]
        if term.begins and not person.given:
            candidates |= _union(papers for word, papers in day.families.items() if word.startswith(last))
        else:
            candidates |= day.families.get(last, 0)
    return join(number for number in numbers(candidates) if _is_by(term, day.names[number]))


def _is_by(term: Author, names: tuple[Name, ...]) -> bool:
    return any(is_person(name, person, begins=term.begins) for person in term.readings for name in names)


def evidence(query: Query, day: DayIndex, found: int) -> tuple[Evidence, ...]:
    """Say why papers meet a query, by title first, then abstract, authors, comment and categories.

    Every paper of `found` has at least one reason. Words that stand in several fields count in the first of
    them; what the query says behind ANDNOT gives no reason, nor does a branch that a paper meets in part.

    Args:
        query: the query.
        day: the index.
        found: the papers that meet the query, as `match` returns them.
    """
    said: dict[tuple[str, str, All | None], dict[str, int]] = {}
    for term, run, field, papers in _support(query.root, day, found):
        behind = term.behind if isinstance(term, Words) else ""
        fields = said.setdefault((term.wrote, behind, run), {})
        fields[field] = fields.get(field, 0) | papers
    reasons: list[tuple[int, Evidence]] = []
    for (wrote, behind, run), fields in said.items():
        left = found
        for rank, field in enumerate(_FIELD_ORDER):
            if papers := fields.get(field, 0) & left:
                stems = " ".join(map(stem, words(wrote))) if field in day.fields else ""
                reasons.append((rank, Evidence(Reason(field, wrote), stems, papers, run, behind)))
                left &= ~papers
    return tuple(reason for _, reason in sorted(reasons, key=lambda pair: pair[0]))


def explain(said: Iterable[Evidence], day: DayIndex, number: int) -> tuple[Reason, ...]:
    """Return the reasons why one paper meets the query, those left out that others say as well.

    Plain words that query and paper have side by side are one reason. “diffusion” says nothing beside
    “diffusion models”, nor does what the abstract has beside the same words of the title.

    Args:
        said: what `evidence` returned.
        day: the index.
        number: the paper's position in it.
    """
    told: list[Evidence] = []
    for each in said:
        if each.papers >> number & 1:
            joined = _joined(told[-1], each, day, number) if told else None
            told[-1 if joined else len(told) :] = [joined or each]
    return tuple(
        each.reason
        for at, each in enumerate(told)
        if not any(_says(other, each, before=place < at) for place, other in enumerate(told) if place != at)
    )


def _joined(one: Evidence, next_one: Evidence, day: DayIndex, number: int) -> Evidence | None:
    """Return two plain words as one reason where the paper has them side by side."""
    field, run = one.reason.field, one.run
    if run is None or run is not next_one.run or field != next_one.reason.field:
        return None
    stems = " ".join([one.stems, *map(stem, words(next_one.behind)), next_one.stems])
    if f" {stems} " not in day.fields[field].stemmed[number]:
        return None
    wrote = " ".join([one.reason.words, *next_one.behind.split(), next_one.reason.words])
    return replace(one, reason=Reason(field, wrote), stems=stems)


def _says(one: Evidence, other: Evidence, *, before: bool) -> bool:
    """Whether one reason, which stands before another or not, says all that the other does."""
    if not other.stems or not (before or one.reason.field == other.reason.field):
        return False
    wide, other_wide = (each.reason.words.endswith("*") for each in (one, other))
    if wide > other_wide or f" {other.stems}{' ' * (not other_wide)}" not in f" {one.stems} ":
        return False
    return before or one.stems != other.stems or wide < other_wide


def _support(
    node: Node, day: DayIndex, found: int, run: All | None = None
) -> Iterator[tuple[Term, All | None, str, int]]:
    """Yield (term, its run, field, papers) of every term by which papers in `found` meet a node."""
    match node:
        case All(wanted=wanted):
            for child in wanted:
                yield from _support(child, day, found, node)
        case Any(choices=choices):
            for child in choices:
                yield from _support(child, day, found & match_node(child, day))
        case Words(fields=fields, how=how):
            for field in fields:
                papers = found & _match_words(node, day.fields[field])
                yield node, run if how is How.STEM else None, field, papers
        case Author():
            yield node, None, "authors", found
        case Category():
            yield node, None, "categories", found
