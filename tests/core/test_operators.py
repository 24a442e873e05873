"""Spaces around the operators of formulas."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.latex import readable
from digest.operators import spaced


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        (r"$\alpha < 1$", "α < 1"),
        (r"$\ddot{s}(t) =\frac{5}{7} g \sin\alpha$", "s̈(t) = 5/7 g sin α"),
        (r"\(0< a <1\)", "0 < a < 1"),
        (r"$64\approx3.5$", "64≈3.5"),
        (r"$n -1$", "n - 1"),
        (r"$x = -1$", "x = -1"),
        (r"$x, -1$", "x, -1"),
        (r"$x<= 3$", "x <= 3"),
        (r"$\langle x,y\rangle= 0$", "⟨x,y⟩ = 0"),
        (r"$f: A\to B$", "f: A→B"),
        (r"$\text{pre- and post}$", "pre- and post"),
        (r"$-\beta$", "-β"),
        ("a price of $5 = 4", "a price of $5 = 4"),
    ],
)
def test_operators_have_blanks_on_both_sides_or_on_none(formula: str, said: str) -> None:
    """Whatever the author's habit; signs stay with their numbers, hyphens with their words."""
    assert readable(formula) == said


@given(st.text("ab1 =<≤+-(),.−→", max_size=30))
def test_only_blanks_are_added(formula: str) -> None:
    """No sign of a formula is lost or moved, and what is spaced stays so."""
    once = spaced(formula)
    assert once.replace(" ", "") == formula.replace(" ", "")
    assert spaced(once) == once
