"""ArXiv's archives and categories."""

from __future__ import annotations

import pytest

from digest.taxonomy import ARCHIVES, archive_of, is_archive_or_category


def test_there_are_twenty_archives() -> None:
    """The list is arXiv's, with and without subject classes."""
    assert len(ARCHIVES) == 20
    assert {"cs", "math", "astro-ph", "q-bio", "hep-th", "quant-ph"} <= ARCHIVES


@pytest.mark.parametrize(
    "name",
    ["cs", "cs.CL", "math.AG", "physics.optics", "physics.acc-ph", "cond-mat.mes-hall", "hep-th", "q-fin.ST"],
)
def test_archives_and_categories_are_known(name: str) -> None:
    """An archive, with a subject class of the right shape or without, is one."""
    assert is_archive_or_category(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "CS",
        "cs.",
        "cs.cl",
        "cs.CLL",
        "cs.CL.AI",
        "hep-th.TH",
        "physics.OPTICS",
        "sc",
        "cs CL",
        "cs.CL\n",
        ".CL",
    ],
)
def test_other_texts_are_not(name: str) -> None:
    """A misspelt name is noticed before arXiv is asked for it."""
    assert not is_archive_or_category(name)


def test_a_category_belongs_to_its_archive() -> None:
    """The archive is what stands before the dot; an archive is its own."""
    assert archive_of("cond-mat.mes-hall") == "cond-mat"
    assert archive_of("hep-th") == "hep-th"
