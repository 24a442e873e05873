"""ArXiv's archives and the shape of its categories; knows no titles and no full list of subject classes.

arXiv adds subject classes now and then, so a class is checked by its shape alone; the archives have been the
same twenty since 2017: https://arxiv.org/category_taxonomy
"""

from __future__ import annotations

import re

_TWO_CAPITALS = re.compile(r"[A-Z]{2}")
_SMALL_WORDS = re.compile(r"[a-z]+(?:-[a-z]+)*")

WITH_CLASSES = {
    "astro-ph": _TWO_CAPITALS,
    "cond-mat": _SMALL_WORDS,
    "cs": _TWO_CAPITALS,
    "econ": _TWO_CAPITALS,
    "eess": _TWO_CAPITALS,
    "math": _TWO_CAPITALS,
    "nlin": _TWO_CAPITALS,
    "physics": _SMALL_WORDS,
    "q-bio": _TWO_CAPITALS,
    "q-fin": _TWO_CAPITALS,
    "stat": _TWO_CAPITALS,
}
"""The archives that have subject classes, each with the shape of one (``cs.CL``, ``physics.optics``)."""

WITHOUT_CLASSES = frozenset(
    {"gr-qc", "hep-ex", "hep-lat", "hep-ph", "hep-th", "math-ph", "nucl-ex", "nucl-th", "quant-ph"}
)
"""The archives that are a category of their own."""

ARCHIVES = frozenset(WITH_CLASSES) | WITHOUT_CLASSES
"""All twenty archives."""


def archive_of(category: str) -> str:
    """Return the archive of a category: ``cs`` for ``cs.CL``, ``hep-th`` for itself."""
    return category.partition(".")[0]


def is_archive_or_category(text: str) -> bool:
    """Tell whether arXiv could list papers under this name: an archive, or an archive and a subject class."""
    archive, dot, subject_class = text.partition(".")
    if not dot:
        return archive in ARCHIVES
    shape = WITH_CLASSES.get(archive)
    return shape is not None and shape.fullmatch(subject_class) is not None
