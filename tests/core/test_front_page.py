"""Where the first author works and where the paper's own code is, by rule, from the first page's lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.code_links import own_code
from digest.front_page import affiliation, first_page_code
from digest.fulltext import Form, FullPaper, Passage


@pytest.mark.parametrize(
    ("front", "author", "works"),
    [
        (
            ["Ada Ash", "University of Example", "Ben Birch", "Other Institute"],
            "Ada Ash",
            "University of Example",
        ),
        (["Ada Ash, Ben Birch", "ada@example.org", "Example Labs, Oslo"], "Ada Ash", "Example Labs, Oslo"),
        (
            ["Ada Ash2, Ben Birch1", "1 University of Firsts", "2 Institute of Seconds"],
            "Ada Ash",
            "Institute of Seconds",
        ),
        (["Ada Ash†, Ben Birch‡", "‡University of B", "†University of A"], "Ada Ash", "University of A"),
        (
            ["Ada Ash1", "1 University of Long Names,", "Town, Country"],
            "Ada Ash",
            "University of Long Names, Town, Country",
        ),
        (["Zoë Müller", "Universität Beispiel"], "Zoe Muller", "Universität Beispiel"),
        (["Ada Ash", "Somewhere quiet"], "Ada Ash", ""),
        ([], "Ada Ash", ""),
        (["University of Example"], "", "University of Example"),
    ],
)
def test_finds_where_the_first_author_works(front: list[str], author: str, works: str) -> None:
    """A mark behind the name counts, else the first institute after it; nothing is guessed."""
    assert affiliation(front, author) == works


@given(
    st.lists(st.text("Ada Ash12†,.@ University\n", max_size=30), max_size=4),
    st.sampled_from(["Ada Ash", "", "†", "12"]),
)
def test_any_front_can_be_read(front: list[str], author: str) -> None:
    """Whatever stands there, the answer is a part of it or nothing."""
    works = affiliation(front, author)
    assert all(word.strip(",; ") in " ".join(front) for word in works.split(", "))


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("Our code is available at https://github.com/a/b.", ("https://github.com/a/b",)),
        ("We release the models on https://huggingface.co/a/b", ("https://huggingface.co/a/b",)),
        ("We build on Transformers (https://github.com/huggingface/transformers).", ()),
        ("Code: github.com/a/b", ("https://github.com/a/b",)),
        ("The data are available at https://example.org/data.", ()),
    ],
)
def test_tells_own_code_from_others(text: str, links: tuple[str, ...]) -> None:
    """An address counts where its sentence says that the paper makes it available."""
    assert own_code(text) == links


def test_looks_at_the_first_page_alone() -> None:
    """Code that a late section names as available is somebody's, not surely the paper's."""
    late = "Our code is available at https://github.com/late/one."
    paper = FullPaper(
        form=Form.PDF,
        title="",
        passages=(
            Passage("", "Abstract", 1, ("Code is available: https://github.com/early/one.",)),
            *(Passage(str(n), "Section", 1, ("Lamps.",)) for n in range(1, 5)),
            Passage("5", "Appendix", 1, (late,)),
        ),
    )
    assert first_page_code(paper) == ("https://github.com/early/one",)
