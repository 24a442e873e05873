"""ArXiv's archives and categories."""

from __future__ import annotations

import pytest

from digest.taxonomy import CATEGORIES, covers, halves, is_archive_or_category


def test_there_are_twenty_archives() -> None:
    """The list is arXiv's, with and without subject classes."""
    assert len(CATEGORIES) == 20
    assert {"cs", "math", "astro-ph", "q-bio", "hep-th", "quant-ph"} <= set(CATEGORIES)


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


def test_every_listed_category_is_known() -> None:
    """The list holds to the shapes that the check accepts, and the number of categories is arXiv's."""
    categories = [name for names in CATEGORIES.values() for name in names]
    assert all(map(is_archive_or_category, (*CATEGORIES, *categories)))
    assert len(categories) + sum(not names for names in CATEGORIES.values()) == 155


def test_an_archive_covers_its_own_categories_alone() -> None:
    """A category belongs to its archive and to itself, not to an archive that begins alike."""
    assert covers("cs", "cs.CL")
    assert covers("cs.CL", "cs.CL")
    assert covers("hep-th", "hep-th")
    assert not covers("math", "math-ph")
    assert not covers("cs.CL", "cs.CV")


def test_groups_are_halved_until_nothing_is_left_to_halve() -> None:
    """A group splits into archives, an archive into its categories, a category not at all."""
    assert halves(("cs", "math", "stat")) == (("cs", "math"), ("stat",))
    first, second = halves(("cs",))
    assert (*first, *second) == CATEGORIES["cs"]
    assert halves(("hep-th",)) == halves(("cs.CL",)) == ()
