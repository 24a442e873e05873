"""The parts that a topic can be narrowed to, and the way back from one. Pure.

A narrowed topic carries in its query what it was before, so that nothing needs to be remembered for “Undo”.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from digest.errors import QueryError
from digest.query import parse
from digest.taxonomy import is_archive_or_category
from digest.terms import Words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from digest.model import Paper, Topic

TITLES = "ti"
"""The part of a topic that has its words in the title; every other part is a category."""

_CATEGORIES = 3
_IN_TITLES = re.compile(r"ti:\((?P<query>.+)\)")
_IN_CATEGORY = re.compile(r"(?P<query>.+) AND cat:(?P<part>\S+)")


def parts(topic: Topic, found: Sequence[Paper]) -> dict[str, Topic]:
    """Return what a topic can be narrowed to: titles alone, the primary categories that it finds most.

    Args:
        topic: a topic.
        found: the papers that met it lately.
    """
    primary = Counter(paper.categories[0] for paper in found)
    choices = (TITLES, *(category for category, _ in primary.most_common(_CATEGORIES)))
    return {part: narrowed for part in choices if (narrowed := narrow(topic, part))}


def narrow(topic: Topic, part: str) -> Topic | None:
    """Return one part of a topic; None if there's no such part.

    What was typed is called by its query, a ready-made topic by its title and the part.
    """
    query = _in_titles(topic.query) if part == TITLES else _in_category(topic.query, part)
    if not query:
        return None
    title = query if topic.title == topic.query else f"{topic.title}, {part}"
    return replace(topic, name=title, title=title, query=query)


def widen(topic: Topic, presets: Mapping[str, Topic]) -> tuple[Topic, bool] | None:
    """Return what a narrowed topic was before, and whether it's one of config.toml; None if it wasn't."""
    if found := _IN_TITLES.fullmatch(topic.query):
        part, queries = TITLES, [found["query"]]
    elif found := _IN_CATEGORY.fullmatch(topic.query):
        part, queries = found["part"], [found["query"], found["query"][1:-1]]  # with and without parentheses
    else:
        return None
    for query in queries:
        title = query if topic.title == topic.query else topic.title.removesuffix(f", {part}")
        before = replace(topic, name=title, title=title, query=query)
        if narrow(before, part) == topic:
            same = (each for each in presets.values() if (each.title, each.query) == (title, query))
            preset = next(same, None)
            return (preset, True) if preset else (before, False)
    return None


def _in_titles(query: str) -> str:
    """Return a query of plain words and phrases for titles alone; nothing for any other query."""
    narrowed = f"ti:({query})"
    # What ANDNOT leaves out would be looked for in titles alone too, and so less be left out.
    if "ANDNOT" in query or _only_titles(query):
        return ""
    return narrowed if _only_titles(narrowed) else ""


def _in_category(query: str, category: str) -> str:
    if not is_archive_or_category(category):
        return ""
    # AND binds before OR, and nothing else needs the parentheses.
    narrowed = f"({query}) AND cat:{category}" if "OR" in query else f"{query} AND cat:{category}"
    return narrowed if _terms(narrowed) else ""


def _only_titles(query: str) -> bool:
    terms = _terms(query)
    return bool(terms) and all(isinstance(term, Words) and term.fields == ("title",) for term in terms)


def _terms(query: str) -> tuple[object, ...]:
    """Return what a query looks for; nothing if it's too long to be one, or too deep."""
    try:
        return parse(query).terms
    except QueryError:
        return ()
