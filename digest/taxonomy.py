"""ArXiv's archives and their categories, as https://arxiv.org/category_taxonomy lists them. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_CLASSES: Final = {
    "astro-ph": "CO EP GA HE IM SR",
    "cond-mat": "dis-nn mes-hall mtrl-sci other quant-gas soft stat-mech str-el supr-con",
    "cs": "AI AR CC CE CG CL CR CV CY DB DC DL DM DS ET FL GL GR GT HC IR IT LG LO MA MM MS NA NE NI OH OS "
    "PF PL RO SC SD SE SI SY",
    "econ": "EM GN TH",
    "eess": "AS IV SP SY",
    "gr-qc": "",
    "hep-ex": "",
    "hep-lat": "",
    "hep-ph": "",
    "hep-th": "",
    "math": "AC AG AP AT CA CO CT CV DG DS FA GM GN GR GT HO IT KT LO MG MP NA NT OA OC PR QA RA RT SG SP ST",
    "math-ph": "",
    "nlin": "AO CD CG PS SI",
    "nucl-ex": "",
    "nucl-th": "",
    "physics": "acc-ph ao-ph app-ph atm-clus atom-ph bio-ph chem-ph class-ph comp-ph data-an ed-ph flu-dyn "
    "gen-ph geo-ph hist-ph ins-det med-ph optics plasm-ph pop-ph soc-ph space-ph",
    "q-bio": "BM CB GN MN NC OT PE QM SC TO",
    "q-fin": "CP EC GN MF PM PR RM ST TR",
    "quant-ph": "",
    "stat": "AP CO ME ML OT TH",
}

_CAPITAL_CLASSES = frozenset(archive for archive, names in _CLASSES.items() if names[:2].isupper())

CATEGORIES: Final[Mapping[str, tuple[str, ...]]] = {
    archive: tuple(f"{archive}.{name}" for name in names.split()) for archive, names in _CLASSES.items()
}
"""The categories of each archive; empty for an archive without subject classes, which is its own category."""


def is_archive_or_category(name: str) -> bool:
    """Tell whether arXiv could list papers under this name.

    A subject class that isn't in our list counts when it looks like its archive's others, because arXiv adds
    some now and then.
    """
    archive, dot, subject_class = name.partition(".")
    if not dot:
        return archive in CATEGORIES
    shape = r"[A-Z]{2}" if archive in _CAPITAL_CLASSES else r"[a-z]+(-[a-z]+)*"
    return has_classes(archive) and re.fullmatch(shape, subject_class) is not None


def has_classes(archive: str) -> bool:
    """Tell whether papers of this archive carry categories below it."""
    return bool(CATEGORIES.get(archive))


def covers(archive: str, category: str) -> bool:
    """Tell whether papers of this category belong to this archive or category."""
    return category == archive or category.startswith(f"{archive}.")


def halves(archives: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Split a group of archives in two; a single archive by its categories; a single category not at all."""
    names = archives if len(archives) > 1 else CATEGORIES.get(archives[0], ())
    middle = (len(names) + 1) // 2
    return (names[:middle], names[middle:]) if names else ()
