"""Ids of papers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.errors import InvalidPaperIdError
from digest.model import PaperId


@pytest.mark.parametrize(
    ("text", "bare", "version"),
    [
        ("2408.16725", "2408.16725", None),
        ("2408.16725v2", "2408.16725", 2),
        (" 2408.16725v12 ", "2408.16725", 12),
        ("0704.0001", "0704.0001", None),
        ("1412.9999v1", "1412.9999", 1),
        ("1501.00001", "1501.00001", None),
        ("math/0306266", "math/0306266", None),
        ("math.AG/0306266v3", "math/0306266", 3),
        ("quant-ph/0201082v1", "quant-ph/0201082", 1),
        ("solv-int/9901001", "solv-int/9901001", None),
    ],
)
def test_every_form_of_an_id_is_read(text: str, bare: str, version: int | None) -> None:
    """New and old ids, with and without a version, become one canonical id."""
    assert PaperId.parse(text) == (PaperId(bare), version)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2408.1672",
        "2408.167255",
        "1412.00001",
        "2413.00001",
        "2400.00001",
        "2408.16725v0",
        "2408.16725v",
        "2408.16725vv2",
        "٢٤٠٨.١٦٧٢٥",
        "math/030626",
        "Math/0306266",
        "2408.16725; DROP TABLE papers",
    ],
)
def test_what_is_not_an_id_is_refused(text: str) -> None:
    """A text that isn't an arXiv id raises an error that shows a right one."""
    with pytest.raises(InvalidPaperIdError, match=r"isn't an arXiv ID. Try 2408\.16725"):
        PaperId.parse(text)


@given(st.text(max_size=30))
def test_any_text_is_an_id_or_a_clear_error(text: str) -> None:
    """Parsing never raises anything else, and an id reads back as itself."""
    try:
        paper_id, _ = PaperId.parse(text)
    except InvalidPaperIdError:
        return
    assert PaperId.parse(str(paper_id)) == (paper_id, None)
