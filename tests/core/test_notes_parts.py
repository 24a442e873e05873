"""A full paper as models are given it: everything in parts that fit, and what doesn't fit is named."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.fulltext import Form, Passage
from digest.summaries.notes.parts import coverage_of, excerpts_of, read_in_parts, tokens_of
from digest.summaries.notes.roles import Part, placed
from tests.fullpapers import full_paper

LONG = Passage("2", "Long", 1, tuple(f"Sentence {n} of a long section. " * 20 for n in range(30)))


def headings(paper: object) -> list[str]:
    """Return the headings of everything that models are given."""
    return [excerpt.heading for excerpt in excerpts_of(paper)]  # type: ignore[arg-type]


def test_all_of_the_research_is_read() -> None:
    """Sections, tables and captions, under numbers of their own; no thanks, and no references."""
    found = excerpts_of(full_paper())
    assert [excerpt.heading for excerpt in found][-4:] == ["Conclusion", "Table 1", "Figure 1", "Figure 2"]
    assert len({excerpt.number for excerpt in found}) == len(found)
    text = "\n".join(excerpt.text for excerpt in found)
    assert "RiverNet | 92.5" in text
    assert "ferrymen" not in text
    assert "Stone, A." not in text


def test_formulas_are_readable() -> None:
    """LaTeX becomes plain text, on lines of its own paragraphs."""
    paper = full_paper(Passage("1", "Method", 1, (r"The size $x_i \geq 3$ counts.", "So it is.")))
    assert excerpts_of(paper)[0].text == "The size x_i ≥ 3 counts.\nSo it is."


def test_a_short_paper_is_one_part() -> None:
    """And then nothing is unread."""
    reading = read_in_parts(full_paper(), 10_000)
    assert len(reading.parts) == 1
    assert reading.unread == ()


def test_what_there_is_no_room_for_is_named() -> None:
    """A paper of more parts than are read says which sections weren't; what's appended goes first."""
    appendix = Passage("A", "More Proofs", 1, LONG.paragraphs)
    end = Passage("3", "Conclusion", 1, ("It ends.",))
    reading = read_in_parts(full_paper(LONG, end, appendix), 3_000, most_parts=3)
    assert reading.unread == ("More Proofs",)
    assert {excerpt.heading for excerpt in reading.excerpts} >= {"Long", "Conclusion", "Table 1"}


@given(
    st.lists(
        st.tuples(st.sampled_from(["Method", "Results", "Odd"]), st.lists(st.text(max_size=400), max_size=4)),
        max_size=5,
    ),
    st.integers(60, 400),
)
def test_parts_hold_everything_and_fit(sections: list[tuple[str, list[str]]], room: int) -> None:
    """No word is lost or doubled, whatever the text and the room; only white space between pieces may be."""
    passages = [Passage(str(n), name, 1, tuple(texts)) for n, (name, texts) in enumerate(sections, start=1)]
    paper = replace(full_paper(), passages=tuple(passages), tables=(), figures=())
    reading = read_in_parts(paper, room, most_parts=10_000)
    whole = "".join("".join(excerpt.text.split()) for excerpt in excerpts_of(paper))
    assert "".join("".join(excerpt.text.split()) for excerpt in reading.excerpts) == whole
    assert all(sum(excerpt.tokens for excerpt in part) <= room + 60 for part in reading.parts)


def test_tokens_are_rather_counted_too_high() -> None:
    """English takes fewer than a third of its letters; other scripts one a letter."""
    assert tokens_of("The quick brown fox jumps over the lazy dog.") >= 11
    assert tokens_of("河流会弯曲。") >= 6


PARTS = {
    "Abstract": Part.ABSTRACT,
    "1 Introduction": Part.INTRODUCTION,
    "2 Background and Motivation": Part.INTRODUCTION,
    "3 Related Work": Part.EARLIER,
    "3.1 Optical Flow": Part.EARLIER,
    "4 RiverNet": Part.METHOD,
    "4.1 Comparison Heads": Part.METHOD,
    "5 Experiments": Part.RESULTS,
    "5.1 Implementation Details": Part.RESULTS,
    "6 Ablations on Stones": Part.RESULTS,
    "7 Limitations": Part.DISCUSSION,
    "8 Conclusions and Future Work": Part.CONCLUSION,
    "Acknowledgments": Part.ASIDE,
    "Ethics Statement": Part.ASIDE,
    "A Proofs": Part.APPENDIX,
    "A.1 Results Again": Part.APPENDIX,
    "Data availability": Part.ASIDE,
}


def passage(name: str) -> Passage:
    """Make a section of a heading with its number."""
    number, _, heading = name.partition(" ")
    if not number[0].isdigit() and not (len(number.split(".")[0]) == 1 and number.isupper()):
        number, heading = "", name
    return Passage(number, heading, number.count(".") + 1, ("It says something.",))


def test_sections_are_known_by_their_headings() -> None:
    """By words, by what stands above them, and by where they stand."""
    found = placed(full_paper(*map(passage, PARTS)))
    assert {name: place.part for name, place in zip(PARTS, found, strict=True)} == PARTS


@pytest.mark.parametrize(
    ("order", "parts"),
    [
        (["Introduction", "Results", "Discussion", "Methods"], "introduction results discussion method"),
        (["Introduction", "Methods", "Discussion", "Methods"], "introduction method discussion appendix"),
        (["Introduction", "Waves", "Evaluation", "Cost"], "introduction method results results"),
    ],
)
def test_methods_may_come_last(order: list[str], parts: str) -> None:
    """As in journals of nature; a second time they're an appendix."""
    found = placed(full_paper(*(Passage("", heading, 1, ("Text.",)) for heading in order)))
    assert [place.part.value for place in found] == parts.split()


def test_coverage_tells_what_was_read() -> None:
    """Sections with text, pages of how many, and what wasn't read."""
    paper = full_paper(pages=30, pages_read=12)
    coverage = coverage_of(paper, ("More",))
    assert (coverage.sections, coverage.pages, coverage.pages_read) == (8, 30, 12)
    assert coverage.unread == ("More",)
    assert coverage_of(replace(paper, form=Form.ABSTRACT)).sections == 0
