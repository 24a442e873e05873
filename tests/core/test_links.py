"""Whatever people paste, the papers that it names are found, and nothing that isn't a paper."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.links import find_ids
from digest.model import PaperId

PLAIN = (
    "{}", "arXiv:{}", "arxiv: {}", "[{}]", "({}).", "“{}”", "_{}_", "见{}。", "<{}>", "a/b/{}.pdf",
    "arXiv-{}.tar.gz", "https%3A%2F%2Farxiv.org%2Fabs%2F{}",
)  # fmt: skip
LINKS = (
    "https://arxiv.org/abs/{}", "http://arxiv.org/abs/{}", "https://www.arxiv.org/abs/{}", "arxiv.org/abs/{}",
    "https://export.arxiv.org/abs/{}", "https://arxiv.org/pdf/{}", "https://arxiv.org/pdf/{}.pdf",
    "https://arxiv.org/html/{}", "https://arxiv.org/src/{}", "https://arxiv.org/abs/{}?context=cs.CL",
    "https://arxiv.org/html/{}#S2.SS1", "https://ar5iv.labs.arxiv.org/html/{}", "https://ar5iv.org/abs/{}",
    "https://www.alphaxiv.org/abs/{}", "https://www.alphaxiv.org/overview/{}",
    "https://huggingface.co/papers/{}", "https://papers.cool/arxiv/{}",
    "https://doi.org/10.48550/arXiv.{}", "https://doi.org/10.48550/ARXIV.{}",
)  # fmt: skip

months = st.builds("{:02d}{:02d}".format, st.integers(0, 99), st.integers(1, 12))
new_ids = st.builds(
    lambda month, number: f"{month}.{number:05d}" if month >= "1501" else f"{month}.{number % 10_000:04d}",
    months,
    st.integers(1, 99_999),
)
old_ids = st.builds(
    "{}/{}{:03d}".format,
    st.sampled_from(["math", "cs", "hep-th", "math-ph", "cmp-lg", "cond-mat", "quant-ph"]),
    months,
    st.integers(1, 999),
)
ids = new_ids | old_ids
versions = st.none() | st.integers(1, 30)
# Words around an id; a digit or letter that touches it would make it another one.
words = st.text(st.characters(exclude_categories=("Nd", "Cs"), exclude_characters="%"), max_size=20).map(
    lambda text: f" {text} "
)


@given(ids, versions, st.sampled_from((*PLAIN, *LINKS)), words, words)
def test_finds_any_id_in_any_form(name: str, version: int | None, form: str, before: str, after: str) -> None:
    """An id is found with its version, inside any text, in every form in which people paste it."""
    written = f"{name}v{version}" if version else name
    found = find_ids(before + form.format(written) + after)
    assert [(each.id, each.version) for each in found] == [(PaperId(name), version)]


@given(st.lists(ids, unique=True, max_size=9), st.sampled_from([" ", "\n", ", ", ",", "; ", "、", " and "]))
def test_finds_all_in_order_and_each_once(names: list[str], between: str) -> None:
    """Several ids come in the order of the text; one that is named again comes once."""
    found = find_ids(between.join((*names, *names)))
    assert [str(each.id) for each in found] == names


@pytest.mark.parametrize(
    "written", ["math.AG/0306266", "MATH/0306266", "https://arxiv.org/abs/math.AG/0306266v1"]
)
def test_old_ids_lose_their_class(written: str) -> None:
    """An old id is the same with and without its subject class."""
    assert [each.id for each in find_ids(written)] == [PaperId("math/0306266")]


def test_old_classes_may_be_words() -> None:
    """Archives whose classes are words keep them apart from the id."""
    assert [each.id for each in find_ids("cond-mat.mes-hall/0306266")] == [PaperId("cond-mat/0306266")]
    assert [each.id for each in find_ids("physics.optics/0306266")] == [PaperId("physics/0306266")]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2408.1672", "2408.1672"),
        ("2413.12345", "2413.12345"),
        ("see 2408.1672v2.", "2408.1672v2"),
        ("https://arxiv.org/abs/2408.1672", "2408.1672"),
        ("https://arxiv.org/abs/240816725", "240816725"),
        ("arXiv:2408.16725abc", "2408.16725abc"),
        ("2408.16725v0", "2408.16725v0"),
        ("2408.16725v99999999", "2408.16725v99999999"),
        ("math/0313266", "math/0313266"),
        ("math/030626", "math/030626"),
    ],
)
def test_what_is_meant_as_an_id_is_told_apart(text: str, written: str) -> None:
    """What looks like an id and can't be one is returned as it was written, without an id."""
    assert [(each.written, each.id) for each in find_ids(text)] == [(written, None)]


@pytest.mark.parametrize(
    "text",
    [
        "3.14159", "0.2408", "1234.567", "12345.67890", "2024-08-15", "15.08.2024", "2024.08.15",
        "192.168.2408.1672", "1.2408.16725", "2408.16725.1", "x2408.16725", "2408.16725x",
        "tel/5551234", "see math/101", "cs.CV",
        "https://arxiv.org/list/cs.CV/2408", "https://arxiv.org/abs/", "gaussian splatting",
        "arXiv: 3 papers", "",
    ],
)  # fmt: skip
def test_numbers_and_dates_are_no_papers(text: str) -> None:
    """Decimals, dates, addresses and words stay what they are."""
    assert find_ids(text) == ()


@given(st.integers(0, 999), st.text("0123456789", max_size=9))
def test_no_decimal_with_fewer_digits_is_an_id(whole: int, part: str) -> None:
    """A decimal number is only taken for an id when four digits stand before the point."""
    assert find_ids(f"{whole}.{part}") == ()


@given(st.text(max_size=300) | st.text("arxiv:.org/abs0123456789v-%2f ", max_size=300))
def test_no_text_breaks_it(text: str) -> None:
    """Any text at all is read, and what is found can be looked up."""
    for each in find_ids(text):
        assert each.written
        assert each.id is None or PaperId.parse(each.id.value) == (each.id, None)
