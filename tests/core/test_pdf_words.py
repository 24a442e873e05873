"""Lines become words and paragraphs again, and no letter is lost on the way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.sources.fulltext.pdf.columns import Column
from digest.sources.fulltext.pdf.lines import HYPHEN, Word, lines
from digest.sources.fulltext.pdf.order import Placed
from digest.sources.fulltext.pdf.paragraphs import paragraphs, references
from digest.sources.fulltext.pdf.sheet import Box, Line, Style
from digest.sources.fulltext.pdf.words import Vocabulary

STYLE = Style("Times", 10.0)
COLUMN = Column(50.0, 300.0)
WORDS = st.lists(st.text("abcdefg-", min_size=1, max_size=8), min_size=1, max_size=40)


def line(text: str, left: float, top: float) -> Placed:
    """Place a line of text in the column."""
    box = Box(left, top - 10, left + 5.0 * len(text), top)
    return Placed(Line(1, text, (), box, STYLE), COLUMN, (1, 0))


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        (f"the lit{HYPHEN}", "erature is", "the literature is"),
        ("a well-", "known rule", "a well-known rule"),
        ("state-of-the-", "art", "state-of-the-art"),
        ("the Jimeno-", "Yepes set", "the Jimeno-Yepes set"),
        ("see https://github.com/a/", "b-c.", "see https://github.com/a/b-c."),
        ("see https:", "//a.org/b", "see https://a.org/b"),
        ("a line", "and another", "a line and another"),
        ("GPT-", "4 is", "GPT-4 is"),
    ],
)
def test_joins_lines(first: str, second: str, joined: str) -> None:
    """A hyphen stays where the paper writes one elsewhere, or where what follows is no word's rest."""
    assert Vocabulary(["it is a well-known rule here"]).text([first, second]) == joined


@given(WORDS)
def test_no_letter_is_lost(words: list[str]) -> None:
    """Joined lines hold the same letters in the same order."""
    text = Vocabulary(words).text(words)
    assert text.replace(" ", "").replace("-", "") == "".join(words).replace("-", "")


@given(WORDS)
def test_no_word_is_lost_between_paragraphs(words: list[str]) -> None:
    """However lines are indented, the paragraphs hold all of them in order."""
    placed = [line(word, 50.0 + 12 * (n % 3), 700.0 - 11 * n) for n, word in enumerate(words)]
    text = "".join(paragraphs(placed, Vocabulary([])))
    assert text.replace(" ", "").replace("-", "") == "".join(words).replace("-", "")


def test_a_paragraph_begins_with_an_indent_or_a_space() -> None:
    """Either tells a paragraph from the next; a line that goes on belongs to the one before."""
    placed = [
        line("One begins here and", 50, 700),
        line("ends here.", 50, 689),
        line("Two is indented and", 65, 678),
        line("goes on.", 50, 667),
        line("Three stands apart.", 50, 640),
    ]
    assert paragraphs(placed, Vocabulary([])) == (
        "One begins here and ends here.",
        "Two is indented and goes on.",
        "Three stands apart.",
    )


def test_references_are_cut_by_their_numbers_or_their_edge() -> None:
    """A year at the beginning of a line begins no entry; a hanging indent tells entries without numbers."""
    numbered = [
        line(text, 50, 700 - 11 * n) for n, text in enumerate(["[1] A. One.", "2019. Two.", "[2] B. Three."])
    ]
    assert references(numbered, Vocabulary([])) == ("[1] A. One. 2019. Two.", "[2] B. Three.")
    hanging = [
        line(text, left, 700 - 11 * n)
        for n, (text, left) in enumerate([("Ash, A.", 50), ("One.", 60), ("Birch, B.", 50), ("Two.", 60)])
    ]
    assert references(hanging, Vocabulary([])) == ("Ash, A. One.", "Birch, B. Two.")


def test_words_on_one_line_are_a_line() -> None:
    """An exponent stays on its line, a gutter ends one, and a gap without a blank is one."""
    words = [
        Word("x", 50, 100, 55, 110, STYLE, spaced=False),
        Word("2", 55, 105, 58, 112, Style("Times", 7.0), spaced=False),
        Word("grows", 61, 100, 90, 110, STYLE, spaced=True),
        Word("here", 93, 100, 110, 110, STYLE, spaced=False),
        Word("next", 140, 100, 160, 110, STYLE, spaced=False),
    ]
    assert [made.text for made in lines(1, words)] == ["x2 grows here", "next"]
