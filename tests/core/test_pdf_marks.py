"""What a file draws beside its text: marks of footnotes, lone accents, the journal's imprint."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.sources.fulltext.pdf.captions import Caption
from digest.sources.fulltext.pdf.imprint import without_imprint
from digest.sources.fulltext.pdf.lines import Word, lines
from digest.sources.fulltext.pdf.marks import unmarked
from digest.sources.fulltext.pdf.sheet import Sheet, Style
from digest.sources.fulltext.pdf.words import Vocabulary

_WIDTH = 5.0  # points of a letter


def drawn(*parts: tuple[str, float], top: float = 700.0) -> list[Word]:
    """Set parts of one line side by side, each with its size."""
    made: list[Word] = []
    left = 50.0
    for text, size in parts:
        for at, word in enumerate(text.split()):
            blank = at > 0 or text.startswith(" ")
            left += _WIDTH if blank else 0.0
            right = left + _WIDTH * len(word)
            made.append(Word(word, left, top - size, right, top, Style("Serif", size), blank))
            left = right
    return made


def sheet(*pieces: list[Word]) -> Sheet:
    """Return a page with some lines."""
    return Sheet(1, 600.0, 800.0, lines(1, [word for piece in pieces for word in piece]), ())


NOTE = drawn(("1", 5.0), (" See our page.", 7.0), top=100.0)


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (
            [("for this experiment", 10.0), ("1", 7.0), (". It consists", 10.0)],
            "for this experiment. It consists",
        ),
        ([("to our code", 10.0), ("1", 7.0), (" .", 10.0)], "to our code."),
        ([("the tools", 10.0), ("1", 7.0), (" are old", 10.0)], "the tools are old"),
        ([("ends here.", 10.0), ("1", 7.0), (" Then", 10.0)], "ends here. Then"),
        ([("an x", 10.0), ("1", 7.0), (" grows", 10.0)], "an x1 grows"),  # an index
        ([("the tools", 10.0), ("2", 7.0), (" are old", 10.0)], "the tools2 are old"),  # no such footnote
        ([("was cold;", 10.0), (" 1", 7.0), ("H was", 10.0)], "was cold; 1H was"),  # an isotope
        ([("in 1", 10.0), ("1", 10.0), (" years", 10.0)], "in 11 years"),
    ],
)
def test_marks_of_footnotes_are_left_out(parts: list[tuple[str, float]], said: str) -> None:
    """Where their footnote stands on the page; a number that says something stays."""
    page = unmarked(sheet(drawn(*parts), NOTE))
    assert [line.text for line in page.lines] == [said, "1 See our page."]


@given(st.lists(st.sampled_from(["tools", "1", "12", "x", "."]), min_size=1, max_size=6))
def test_no_word_is_lost_with_a_mark(texts: list[str]) -> None:
    """Whatever is small: only numbers of footnotes go."""
    parts = [(text, 7.0 if text.isdigit() else 10.0) for text in texts]
    told = " ".join(line.text for line in unmarked(sheet(drawn(*parts), NOTE)).lines)
    assert told.count("tools") == texts.count("tools")
    assert told.count("12") >= "".join(texts).count("x12")


@pytest.mark.parametrize(
    ("word", "accent", "at", "said"),
    [
        ("Erdos", "\u02dd", 3, "Erdős"),
        ("Erdos", "\u02dd", 4, "Erdős"),  # drawn a little beside it
        ("Muller", "\u00a8", 1, "Müller"),
        ("Angstrom", "\u02da", 0, "Ångstrom"),
        ("x", "\u00af", 0, "x\u0304"),  # a formula's mean
        ("7", "\u00af", 0, "7\u00af"),  # no letter
    ],
)
def test_a_lone_accent_finds_its_letter(word: str, accent: str, at: int, said: str) -> None:
    """Wherever the file draws it; on what is no letter it stays by itself."""
    line = drawn((f"number of {word}", 10.0))
    left = line[-1].left + _WIDTH * at + 1
    mark = Word(accent, left, 690.0, left + 3, 700.0, line[0].style, spaced=True)
    assert [each.text for each in lines(1, [*line, mark])] == [f"number of {said}"]


def test_an_imprint_is_no_part_of_the_abstract() -> None:
    """How to cite a paper and what it's filed under; what follows it, and its keywords, stay."""
    page = sheet(
        drawn(("We bend rivers.", 10.0)),
        drawn(("Subjects", 9.0), (" Water, World Wide", 10.0), top=680.0),
        drawn(("Web and Stones", 10.0), top=668.0),
        drawn(("Keywords", 9.0), (" rivers, stones", 10.0), top=656.0),
        drawn(("How to cite this article", 7.0), (" Ash A. 2026. Bending", 7.0), top=60.0),
        drawn(("rivers. Rivers 3:e118", 7.0), top=52.0),
        drawn(("Rivers are wet.", 10.0), top=640.0),
    )
    told = [line.text for line in without_imprint(page).lines]
    assert told == ["We bend rivers.", "Keywords rivers, stones", "Rivers are wet."]


@pytest.mark.parametrize(
    ("text", "continues", "said"),
    [
        ("Figure 2 A river. Full-size DOI: 10.7717/peerj-cs.213/fig-1", False, "A river."),
        ("Figure 2 A river. (continued on next page... )", False, "A river."),
        ("Figure 2 (...continued)", True, ""),
        ("Figure 2: (continued) Its banks.", True, "Its banks."),
        ("Figure 2. Why the rain continued for 2 days.", False, "Why the rain continued for 2 days."),
        ("Figure 2 Full-size pictures of rivers.", False, "Full-size pictures of rivers."),
    ],
)
def test_captions_say_only_what_their_figure_shows(text: str, *, continues: bool, said: str) -> None:
    """A link to the picture, or that a caption goes on, leads through a printed page alone."""
    (line,) = sheet(drawn((text, 9.0))).lines
    caption = Caption("Figure 2", (line,), line.box, 0, table=False)
    assert (caption.continues, caption.text(Vocabulary([]))) == (continues, said)
