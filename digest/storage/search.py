"""Full-text search as SQL: a query of the topic language put into the words of FTS5, and the papers it finds.

Every word is quoted, so nothing that people type is syntax of FTS5. Plain words are looked for in title,
abstract and authors, in any form; a category counts where it narrows the whole query. Comments aren't in the
index.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.ports import MOST_RANKED
from digest.query import All, Any
from digest.terms import TEXTS, Author, Category, How, Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import sqlite_utils

    from digest.query import Node, Query

_SHORTEST_BEGINNING = 4  # letters; shorter ones begin so many words that they say nothing and take a second
_APART = 2  # words between the parts of a name, such as middle names
_TOKEN = re.compile(r"[^\W_]+")

# A title's words count most, then an author's. The index over categories spares reading whole papers.
_FIND = """
    WITH hits AS MATERIALIZED (
        SELECT rowid AS number, bm25(papers_fts, 8, 1, 4) AS score FROM papers_fts
        WHERE papers_fts MATCH :text AND {conditions} ORDER BY rowid DESC LIMIT :most + 1
    )
    SELECT (SELECT count(*) FROM hits),
           (SELECT json_group_array(number) FROM
               (SELECT number FROM hits ORDER BY score, number DESC LIMIT :limit OFFSET :offset))
"""
_FIND_IN_CATEGORIES = """
    WITH hits AS MATERIALIZED (
        SELECT number FROM papers INDEXED BY papers_by_categories
        WHERE {conditions} ORDER BY number DESC LIMIT :most + 1
    )
    SELECT (SELECT count(*) FROM hits),
           (SELECT json_group_array(number) FROM
               (SELECT number FROM hits ORDER BY number DESC LIMIT :limit OFFSET :offset))
"""
_IN_CATEGORIES = """
    EXISTS (SELECT 1 FROM papers INDEXED BY papers_by_categories
            WHERE papers.number = papers_fts.rowid AND {conditions})
"""


def find(db: sqlite_utils.Database, query: Query, offset: int, limit: int) -> tuple[int, Sequence[int]]:
    """Return how many papers a query finds and the numbers of some of them, the best first.

    Args:
        db: the database.
        query: what to look for.
        offset: how many of the best are passed over.
        limit: how many are returned at most.

    Returns:
        The count, up to one more than `MOST_RANKED`: more than these, the newest, would take too long.
    """
    sought = _sought(query.root)
    values: dict[str, object] = {"most": MOST_RANKED, "limit": limit, "offset": offset}
    conditions = list(_conditions(sought, values))
    if sought.text:
        values["text"] = f"({sought.text}) NOT ({sought.unwanted})" if sought.unwanted else sought.text
        narrowed = _IN_CATEGORIES.format(conditions=" AND ".join(conditions)) if conditions else "1"
        sql = _FIND.format(conditions=narrowed)
    elif conditions and not sought.impossible:
        if sought.unwanted:
            values["unwanted"] = sought.unwanted
            conditions.append("number NOT IN (SELECT rowid FROM papers_fts WHERE papers_fts MATCH :unwanted)")
        sql = _FIND_IN_CATEGORIES.format(conditions=" AND ".join(conditions))
    else:
        return 0, ()
    count, numbers = db.conn.execute(sql, values).fetchone()
    return count, json.loads(numbers)


@dataclass(frozen=True, slots=True)
class _Sought:
    """A query as SQL can answer it.

    Attributes:
        text: an expression of FTS5; empty if only categories are asked for.
        unwanted: an expression that mustn't hold; empty if there's none.
        within: choices of categories; a paper is in one of each.
        without: categories that a paper isn't in.
        impossible: whether it asks for something that isn't in the index.
    """

    text: str
    unwanted: str
    within: tuple[tuple[Category, ...], ...]
    without: tuple[Category, ...]
    impossible: bool


def _sought(root: Node) -> _Sought:
    wanted = root.wanted if isinstance(root, All) else (root,)
    unwanted = root.unwanted if isinstance(root, All) else ()
    texts = [_text(node) for node in wanted if not _categories(node)]
    impossible = "" in texts
    return _Sought(
        text="" if impossible else " AND ".join(texts),
        unwanted=" OR ".join(filter(None, (_text(node) for node in unwanted if not _categories(node)))),
        within=tuple(_categories(node) for node in wanted if _categories(node)),
        without=tuple(category for node in unwanted for category in _categories(node)),
        impossible=impossible,
    )


def _categories(node: Node) -> tuple[Category, ...]:
    """Return the categories that a node leaves the choice of; empty if it's about anything else."""
    match node:
        case Category():
            return (node,)
        case Any(choices=choices) if all(isinstance(choice, Category) for choice in choices):
            return tuple(choice for choice in choices if isinstance(choice, Category))
        case _:
            return ()


def _conditions(sought: _Sought, values: dict[str, object]) -> Iterable[str]:
    """Yield the conditions on a paper's categories, putting what they're filled with into `values`."""

    def like(category: Category) -> str:
        name = f"category{len(values)}"
        values[name] = f'%"{category.name}' + ("%" if category.begins else '"%')
        if not category.archive:
            return f"categories LIKE :{name}"
        values[f"{name}s"] = f'%"{category.name}.%'
        return f"(categories LIKE :{name} OR categories LIKE :{name}s)"

    for choices in sought.within:
        yield f"({' OR '.join(map(like, choices))})"
    for category in sought.without:
        yield f"NOT ({like(category)})"


def _text(node: Node) -> str:
    """Return a node as an expression of FTS5; empty if nothing in the index can meet it."""
    match node:
        case Words():
            return _words(node)
        case Author():
            return _author(node)
        case Category():
            return ""
        case Any(choices=choices):
            said = {_plain(choice) for choice in choices}
            # Plain words are looked for among authors too, so the author that they may be says nothing new.
            others = [
                choice for choice in choices if not (isinstance(choice, Author) and choice.wrote in said)
            ]
            return _joined(" OR ", filter(None, map(_text, others)))
        case All(wanted=wanted, unwanted=unwanted):
            # A category inside a group narrows nothing here: FTS5 doesn't know them.
            texts = [_text(child) for child in wanted if not _categories(child)]
            if "" in texts or not texts:
                return ""
            without = _joined(" OR ", filter(None, map(_text, unwanted)))
            text = _joined(" AND ", texts)
            return f"({text} NOT {without})" if without else text


def _joined(operator: str, texts: Iterable[str]) -> str:
    parts = tuple(texts)
    return f"({operator.join(parts)})" if parts else ""


def _plain(node: Node) -> str:
    """Return plain words as they were written; empty for anything else."""
    match node:
        case Words(fields=fields, wrote=wrote) if fields == TEXTS:
            return wrote
        case All(wanted=wanted, unwanted=()):
            said = [_plain(child) for child in wanted]
            return " ".join(said) if all(said) else ""
        case _:
            return ""


def _words(term: Words) -> str:
    columns = [field for field in term.fields if field in {"title", "abstract"}]
    if not columns:
        return ""
    where = "" if term.fields == TEXTS else f"{{{' '.join(columns)}}} : "
    return where + _quoted(term.wrote, begins=term.how is How.PREFIX)


def _author(term: Author) -> str:
    """Return a name's words near each other in any order; an initial says too little to be looked for."""
    parts = _TOKEN.findall(term.wrote)
    parts = [part for part in parts if len(part) > 1] or parts
    quoted = [_quoted(part, begins=False) for part in parts[:-1]]
    quoted += [_quoted(part, begins=term.begins) for part in parts[-1:]]
    return f"{{authors}} : NEAR({' '.join(quoted)}, {_APART})"


def _quoted(text: str, *, begins: bool) -> str:
    """Quote words, so that FTS5 takes them for nothing else: https://www.sqlite.org/fts5.html#fts5_strings."""
    bare = text.removesuffix("*").replace("\0", " ").replace('"', '""')
    return f'"{bare}"' + (" *" if begins and len(bare) >= _SHORTEST_BEGINNING else "")
