"""Mistakes in the topic language: each is told where it is, what was expected, and what works."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.errors import QueryError
from digest.index import index
from digest.match import match
from digest.query import Query, parse

# query → the character (from 0) where it goes wrong, and a part of what is said about it.
WRONG = {
    "": (0, "nothing to look for"),
    " \t\n": (0, "nothing to look for"),
    "the of and": (0, "common words"),
    "ti:the": (0, "common words"),
    "& / …": (0, "common words"),
    '""': (1, "no word between"),
    'ti:"…"': (4, "no word between"),
    "ANDNOT video": (0, "say what to find before ANDNOT"),
    "(ANDNOT video)": (1, "say what to find before ANDNOT"),
    "cs.CV AND (ANDNOT video)": (11, "say what to find before ANDNOT"),
    "the ANDNOT video": (4, "common words before ANDNOT"),
    "video ANDNOT the": (6, "common words after ANDNOT"),
    "AND video": (0, "AND needs a word"),
    "OR": (0, "OR needs a word"),
    "video AND": (9, "AND needs a word"),
    "video OR ": (9, "OR needs a word"),
    "video ANDNOT": (12, "ANDNOT needs a word"),
    "video AND OR text": (10, "AND needs a word"),
    "video OR ANDNOT text": (9, "OR needs a word"),
    "video AND NOT text": (10, "ANDNOT"),
    "video NOT text": (6, "ANDNOT"),
    "video not text": (6, "ANDNOT"),
    "video or text": (6, "write OR in capitals"),
    "(video Or text)": (7, "write OR in capitals"),
    "video andnot text": (6, "in capitals"),
    "video -text": (6, "ANDNOT"),
    "video -a": (6, "ANDNOT"),
    "video -not": (6, "ANDNOT"),
    "video || text": (6, "write OR"),
    "ti:": (3, "ti: needs a word"),
    "ti: AND video": (4, "ti: needs a word"),
    "ti:()": (4, "nothing between the parentheses"),
    "ti:au:hinton": (3, "not another prefix"),
    "()": (1, "nothing between the parentheses"),
    "(video": (0, "never closed"),
    "a (video OR (text)": (2, "never closed"),
    "video)": (5, "closes nothing"),
    "(video OR)": (9, "OR needs a word"),
    'ti:"video': (3, "quote is never closed"),
    "video”": (5, "quote is never closed"),
    'a "b" c"': (7, "quote is never closed"),
    "*": (0, "beginning of a word"),
    "ti:*": (3, "beginning of a word"),
    "*fusion": (0, "beginning of a word"),
    "cat:*": (4, "beginning of a word"),
    "dif*ion": (3, "at the end of a word"),
    "diffus**": (6, "at the end of a word"),
    '"gaussian splat*"': (15, "outside quotes"),
    "cat:sc.CV": (4, "no archive sc"),
    "cat:x*": (4, "no archive x"),
    "cat:computers!": (4, "isn't a category"),
    "cat:2026": (4, "isn't a category"),
    'cat:"cs CV"': (5, "isn't a category"),
    "au:Hinton, Geoffrey": (3, "goes in quotes"),
    "au:…": (3, "needs a name"),
    "submittedDate:[202301010600 TO 202401010600]": (0, "submittedDate:"),
    "video id:2601.00001": (6, "id: names one paper"),
    "rn:CERN-2026": (0, "rn:"),
    "jr:Nature": (0, "jr:"),
    "title:video": (0, "written ti:"),
    "author:hinton": (0, "written au:"),
    "category:cs.CV": (0, "written cat:"),
    "foo:bar": (0, "isn't a prefix"),
    "https://arxiv.org/abs/2606.26985": (0, "a link leads to one page"),
    "arXiv:2606.26985": (0, "names one paper"),
    "2606.26985v2": (0, "names one paper"),
    "cat:cs": (4, "cs is an archive"),
    "ChatVideo: chat with videos": (0, "isn't a prefix"),
    ": video": (0, "right before the colon"),
    "x " * 501: (1000, "1,000 characters"),
    "(" * 21 + "x" + ")" * 21: (20, "20 deep"),
}


@pytest.mark.parametrize("query", WRONG)
def test_a_wrong_query_is_told_where_and_why(query: str) -> None:
    """The error names the place and the trouble, and its example works."""
    offset, said = WRONG[query]
    with pytest.raises(QueryError) as caught:
        parse(query)
    error = caught.value
    assert error.text == query
    assert error.offset == offset
    assert said in error.expected
    assert error.expected.lower() in str(error).lower()
    assert parse(error.example).terms


def test_an_error_reads_as_a_sentence() -> None:
    """Place, trouble, way out: in that order, in one line, however long the query is."""
    with pytest.raises(QueryError) as caught:
        parse("diffusion models " * 10 + "\nAND NOT text\x1b[31m and more words")
    assert str(caught.value) == (
        "At character 176, “NOT text�[31m and more …”: to leave something out, write ANDNOT in capitals "
        "(or “NOT” in quotes as a word). Try diffusion ANDNOT video"
    )


_PIECES = [
    *("AND", "OR", "ANDNOT", "NOT", "not", "(", ")", '"', "“", "*", ":", "-", "|", "\\", "$", "{", "}", "'"),
    *("ti:", "au:", "abs:", "co:", "cat:", "all:", "id:", "x:", "the", "video", "Müller, J", "del_maestro"),
    *(
        "cs.CV",
        "cs.*",
        "hep-th",
        "\\textbf{",
        "\\href",
        "$\\alpha$",
        " ",
        "\t",
        "\n",
        "\x00",
        "é",
        "中文",
        "🙂",
    ),
]
_queries = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(_PIECES), max_size=25).map("".join))


@given(_queries)
def test_any_text_parses_or_is_refused_in_words(text: str) -> None:
    """No text whatever raises anything but a QueryError with a place and a working example."""
    error, query = _read(text)
    if error:
        assert 0 <= error.offset <= len(text)
        assert "\n" not in str(error)
        assert parse(error.example).terms
    if query:
        assert query.terms
        assert match(query, index([])) == 0


def _read(text: str) -> tuple[QueryError | None, Query | None]:
    try:
        return None, parse(text)
    except QueryError as error:
        return error, None
