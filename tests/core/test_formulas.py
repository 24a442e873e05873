"""Formulas are found where arXiv's pages find them, prices aren't, and no word is lost between them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.document import Math, Text
from digest.formulas import inlines, pieces
from digest.reading import words


@pytest.mark.parametrize(
    ("text", "formulas"),
    [
        ("no formula", []),
        ("an $x^2$ and $$y$$", ["x^2", "y"]),
        (r"in \(a+b\) and \[c\]", ["a+b", "c"]),
        ("costs $5 and then $6", []),
        ("US$100 to US$200", []),
        (r"\$5 is not $x$", ["x"]),
        (r"$\$$", [r"\$"]),
        ("$ spaced $", []),
        ("one $ alone", []),
        ("$a$-$b$", ["a", "b"]),
    ],
)
def test_finds_formulas(text: str, formulas: list[str]) -> None:
    """Delimiters open and close as arXiv's pages read them; a price opens nothing."""
    assert [piece for piece, math in pieces(text) if math] == formulas


@given(st.text("a $\\()[]5 \n", max_size=30))
def test_loses_nothing(text: str) -> None:
    """The pieces hold every character of the text but delimiters, in order."""
    rest = text
    for piece, math in pieces(text):
        at = rest.index(piece)
        assert at <= 4
        assert math or not set(rest[:at]) - set("$\\()[]")
        rest = rest[at + len(piece) :]
    assert not set(rest) - set("$\\()[]")


def test_makes_one_inline_of_each_formula() -> None:
    """A formula is one inline with its source and its reading, and the words keep their spaces around it."""
    line = inlines(r"runs in $\alpha^2$ steps", "en")
    assert line == (Text("runs in ", "en"), Math(r"\alpha^2", "α²"), Text(" steps", "en"))
    assert words(line) == "runs in α² steps"


def test_a_brace_across_a_formula_is_read_as_a_whole() -> None:
    """Markup that holds a formula isn't torn by it."""
    assert words(inlines(r"an {\em x $\alpha$ y} end", "en")) == "an x α y end"
