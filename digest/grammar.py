"""Reads the shape of a query into a tree and says what is wrong with it; knows nothing of its meaning."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Never

from digest.errors import QueryError

if TYPE_CHECKING:
    from lark import Lark, Token, Tree

MAX_LENGTH = 1_000
MAX_DEPTH = 20
_LONGEST_SHOWN = 20

# Everything that can be typed is some token, so that each mistake gets a sentence of ours: `wrong` holds the
# tokens that are never right. An operator must stand alone, or “ANDROID” would begin with one.
_GRAMMAR = r"""
start: any
any: all (_OR all)*
all: item ((_AND | ANDNOT)? item)*
item: PREFIX? (WORD | QUOTED | group | wrong)
group: _LPAR any _RPAR
wrong: UNKNOWN | NOT | EITHER | OPEN_QUOTE | COLON

PREFIX.6: /(ti|au|abs|co|cat|all):/i
UNKNOWN.5: /[^\s()":]+:/
_AND.4: /AND(?=[\s()"]|$)/
_OR.4: /OR(?=[\s()"]|$)/
ANDNOT.4: /ANDNOT(?=[\s()"]|$)/
NOT.4: /(NOT|not|[Aa]nd[Nn]ot)(?=[\s()"]|$)/
EITHER.4: /[Oo]r(?=[\s()"]|$)/
QUOTED.3: /"[^"]*"/
OPEN_QUOTE.2: /"[^"]*/
COLON.2: ":"
WORD.1: /[^\s()":]+/
_LPAR: "("
_RPAR: ")"
%ignore /\s+/
"""

# Typographic and full-width forms as ASCII, one character for one, so that offsets stay those of the text.
_QUOTES = "\u201c\u201d\u201e\u201f\u00ab\u00bb\uff02"
_TYPOGRAPHY = str.maketrans(
    dict.fromkeys(_QUOTES, '"') | {"\uff08": "(", "\uff09": ")", "\uff1a": ":", "\uff0a": "*"}
)

# The quote of an accent in LaTeX (\"o) is none; as another mark of the same length it is part of its word.
_UMLAUT = re.compile(r'\\"(?=[A-Za-z{\\])')

_OPERATORS = {"_AND": "AND", "_OR": "OR", "ANDNOT": "ANDNOT"}
_OPERAND = "a word, a phrase in quotes or a group in parentheses"
_EXAMPLE = 'ti:"gaussian splatting" AND cat:cs.CV'
_LEFT_OUT = "diffusion ANDNOT video"
_EITHER = "diffusion OR flow"
_GROUPED = "abs:(diffusion OR flow) ANDNOT abs:video"

_LONG_NAMES = {
    "title": "ti",
    "author": "au",
    "authors": "au",
    "abstract": "abs",
    "comment": "co",
    "comments": "co",
    "category": "cat",
    "categories": "cat",
    "any": "all",
}
_NOT_SEARCHED = {
    "submitteddate": "a topic always looks at what was announced, so submittedDate: can't narrow it",
    "lastupdateddate": "a topic always looks at what was announced, so lastUpdatedDate: can't narrow it",
    "id": "id: names one paper, and a topic describes many",
    "id_list": "id_list: names single papers, and a topic describes many",
    "rn": "report numbers (rn:) aren't announced, so they can't be matched",
    "arxiv": "an arXiv ID names one paper, and a topic describes many",
    "doi": "a DOI names one paper, and a topic describes many",
    "http": "a link leads to one page, and a topic describes many papers",
    "https": "a link leads to one page, and a topic describes many papers",
    "jr": "journal references (jr:) are rarely known when a paper is announced, so they aren't matched",
}


@lru_cache(maxsize=1)
def _parser() -> Lark:
    from lark import Lark

    return Lark(_GRAMMAR, parser="lalr", lexer="basic")


def _as_ascii(text: str) -> str:
    """Return the query with typographic quotes, parentheses and colons as ASCII, one for one."""
    return _UMLAUT.sub("\\\\~", text.translate(_TYPOGRAPHY))


def read(text: str) -> Tree[Token]:
    """Parse a query into a tree of ``any``, ``all``, ``item`` and ``group``, in time linear in its length.

    Raises:
        QueryError: the text isn't a query.
    """
    from lark.exceptions import UnexpectedToken

    if len(text) > MAX_LENGTH:
        problem = f"a query has at most {MAX_LENGTH:,} characters, and this one has {len(text):,}"
        raise QueryError(text, MAX_LENGTH, problem, _EXAMPLE)
    shape = _parser().parse_interactive(_as_ascii(text))
    previous: Token | None = None
    current: Token | None = None
    opened: list[int] = []
    try:
        for token in shape.iter_parse():
            _check(text, token, opened)
            previous, current = current, token
        previous = current
        if opened:
            raise QueryError(text, opened[-1], "this parenthesis is never closed", _GROUPED)
        tree: Tree[Token] = shape.feed_eof(current)  # type: ignore[no-untyped-call]  # lark types the rest
    except UnexpectedToken as error:
        _complain(text, previous, error.token)
    return tree


def _check(text: str, token: Token, opened: list[int]) -> None:
    """Refuse what no neighbour could make right, and keep count of the open parentheses."""
    at = token.start_pos or 0
    match token.type:
        case "_LPAR":
            opened.append(at)
            if len(opened) > MAX_DEPTH:
                raise QueryError(text, at, f"parentheses nest at most {MAX_DEPTH} deep", _GROUPED)
        case "_RPAR":
            if not opened:
                raise QueryError(text, at, "this parenthesis closes nothing", _GROUPED)
            opened.pop()
        case "OPEN_QUOTE":
            raise QueryError(text, at, "this quote is never closed", _EXAMPLE)
        case "COLON":
            raise QueryError(text, at, "a prefix such as ti, au or abs goes right before the colon", _EXAMPLE)
        case "UNKNOWN":
            _refuse_prefix(text, at, str(token)[:-1])
        case "NOT":
            problem = f"to leave something out, write ANDNOT in capitals (or “{token}” in quotes as a word)"
            raise QueryError(text, at, problem, _LEFT_OUT)
        case "EITHER":
            problem = f"to allow either side, write OR in capitals (or “{token}” in quotes as a word)"
            raise QueryError(text, at, problem, _EITHER)


def _refuse_prefix(text: str, at: int, name: str) -> Never:
    if short := _LONG_NAMES.get(name.lower()):
        example = {"cat": "cat:cs.CV", "au": "au:hinton", "co": "co:accepted"}.get(
            short, f"{short}:diffusion"
        )
        raise QueryError(text, at, f"the prefix is written {short}:", example)
    if problem := _NOT_SEARCHED.get(name.lower()):
        raise QueryError(text, at, problem, _EXAMPLE)
    shown = name if len(name) <= _LONGEST_SHOWN else name[: _LONGEST_SHOWN - 1] + "…"
    problem = f"“{shown}:” isn't a prefix (ti:, au:, abs:, co:, cat: and all: are); other colons go in quotes"
    raise QueryError(text, at, problem, _EXAMPLE)


def _complain(text: str, previous: Token | None, found: Token) -> Never:
    """Say why `found` can't follow `previous`, which is all that the grammar can still refuse."""
    at = len(text) if found.type == "$END" else found.start_pos or 0
    if previous is None and found.type == "$END":
        raise QueryError(text, 0, f"there is nothing to look for; write {_OPERAND}", _EXAMPLE)
    if previous is None or previous.type == "_LPAR":
        if found.type == "ANDNOT":
            raise QueryError(
                text, at, "say what to find before ANDNOT and what to leave out after it", _LEFT_OUT
            )
        if found.type == "_RPAR":
            raise QueryError(
                text, at, f"there is nothing between the parentheses; write {_OPERAND}", _GROUPED
            )
        raise QueryError(text, at, f"{_OPERATORS[found.type]} needs {_OPERAND} before it", _GROUPED)
    before = _OPERATORS.get(previous.type, str(previous))
    if previous.type == "PREFIX" and found.type == "PREFIX":
        raise QueryError(text, at, f"{before} needs a word, not another prefix", _EXAMPLE)
    raise QueryError(text, at, f"{before} needs {_OPERAND} after it", _GROUPED)
