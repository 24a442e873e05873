"""The topic language: what a query means, as frozen values; knows nothing of indexes and ranking.

It is arXiv's own query grammar (https://info.arxiv.org/help/api/user-manual.html#query_details) with two
additions, plain words and bare categories:

    ti:splatting ANDNOT abs:video         prefixes ti au abs co cat all; AND, OR, ANDNOT in capitals
    abs:(diffusion OR "flow matching")    a prefix binds the next word, phrase or group
    au:hinton  au:del_maestro  au:"Del Maestro, A"    family name, last_f, “Last, First” or “First Last”
    cat:cs.*  diffus*                     * at the end of a word
    text to speech cs.SD                  all of the words, in that category

AND (or nothing) and ANDNOT bind before OR, and group from the left. Unquoted words are compared by their
stems, and common ones such as “of” are passed over; quoted words must stand whole and side by side. Accents,
case, LaTeX and punctuation never count. Plain words are looked for in title, abstract and comment; two or
three of them alone may also be an author's name. ``all:`` takes in authors and categories too.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from digest.authors import people
from digest.errors import QueryError
from digest.grammar import read
from digest.terms import TEXTS, Author, How, Term, Words, Written, read_term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lark import Token, Tree

_NAME_LENGTHS = (2, 3)


@dataclass(frozen=True, slots=True)
class All:
    """Every one of `wanted` (at least one), none of `unwanted`."""

    wanted: tuple[Node, ...]
    unwanted: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Any:
    """At least one of several."""

    choices: tuple[Node, ...]


Node = Term | All | Any


@dataclass(frozen=True, slots=True)
class Query:
    """A query that parsed.

    Attributes:
        text: as it was written.
        root: what it means.
    """

    text: str
    root: Node

    @property
    def terms(self) -> tuple[Term, ...]:
        """The terms that a paper can match by, in the order written; never those behind ANDNOT."""
        return tuple(_positive(self.root))


def _positive(node: Node) -> Iterator[Term]:
    match node:
        case All(wanted=nodes) | Any(choices=nodes):
            for child in nodes:
                yield from _positive(child)
        case _:
            yield node


@lru_cache(maxsize=8_192)  # the topics of a large server
def parse(text: str) -> Query:
    """Read a query, in time linear in its length.

    Raises:
        QueryError: it isn't one; says where, why, and shows one that is.
    """
    root = _any(text, cast("Tree[Token]", read(text).children[0]), "")
    if root is None:
        problem = "there is nothing to look for but common words; add another, or put them in quotes"
        raise QueryError(text, 0, problem, '"state of the art"')
    return Query(text, _or_person(root))


def _any(text: str, tree: Tree[Token], prefix: str) -> Node | None:
    """Return what ``… OR …`` means; None if it says nothing."""
    nodes = [_all(text, cast("Tree[Token]", child), prefix) for child in tree.children]
    said = tuple(node for node in nodes if node is not None)
    return Any(said) if len(said) > 1 else said[0] if said else None


def _all(text: str, tree: Tree[Token], prefix: str) -> Node | None:
    """Return what ``… AND … ANDNOT …`` means; None if it says nothing."""
    wanted: list[Node] = []
    unwanted: list[Node] = []
    andnot: Token | None = None
    common: list[str] = []
    for child in tree.children:
        if not hasattr(child, "children"):
            andnot = child
            continue
        item = cast("Tree[Token]", child)
        node = _item(text, item, prefix)
        if isinstance(node, Words) and node.how is How.STEM and wanted and common:
            node = replace(node, behind=" ".join(common))
        common = [*common, str(item.children[-1])] if node is None and len(item.children) == 1 else []
        if andnot is None:
            wanted += [node] if node else []
        elif node and wanted:
            unwanted.append(node)
        else:
            side = "after" if wanted else "before"
            problem = f"there are only common words {side} ANDNOT; put them in quotes if they matter"
            raise QueryError(text, andnot.start_pos or 0, problem, "diffusion ANDNOT video")
        andnot = None
    if len(wanted) == 1 and not unwanted:
        return wanted[0]
    return All(tuple(wanted), tuple(unwanted)) if wanted else None


def _item(text: str, tree: Tree[Token], prefix: str) -> Node | None:
    """Return what a word, phrase or group means under its own prefix, or else the one around it."""
    *own, operand = tree.children
    if own:
        prefix = str(own[0])[:-1].lower()
    if hasattr(operand, "children"):
        return _any(text, cast("Tree[Token]", operand.children[0]), prefix)
    at = operand.start_pos or 0
    quoted = operand.type == "QUOTED"
    # From the text as written, because the grammar has read its quotes and colons as ASCII.
    wrote = text[at + quoted : at + len(operand) - quoted]
    terms = read_term(Written(text, at, wrote, quoted), prefix)
    return Any(terms) if len(terms) > 1 else terms[0] if terms else None


def _or_person(root: Node) -> Node:
    """Let a query of nothing but two or three plain words be an author's name as well."""
    terms = root.wanted if isinstance(root, All) and not root.unwanted else (root,)
    plain = [term for term in terms if isinstance(term, Words) and term.fields == TEXTS]
    if len(plain) < len(terms) or any(term.how is How.PREFIX for term in plain):
        return root
    wrote = " ".join(term.wrote for term in plain)
    if len(wrote.split()) not in _NAME_LENGTHS:
        return root
    return Any((root, Author(people(wrote, quoted=True), begins=False, wrote=wrote)))
