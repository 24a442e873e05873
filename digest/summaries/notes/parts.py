"""A full paper as what models are given: numbered sections, in parts that fit. Pure; knows tokens roughly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.fulltext import Form
from digest.notes import Coverage
from digest.summaries.notes.roles import Part, placed

if TYPE_CHECKING:
    from digest.fulltext import FullPaper


def coverage_of(full_paper: FullPaper, unread: tuple[str, ...] = ()) -> Coverage:
    """Say what of a paper was read.

    Args:
        full_paper: what there was to read.
        unread: headings of what wasn't.
    """
    read = [
        place for place in placed(full_paper) if place.passage.paragraphs and place.part is not Part.ASIDE
    ]
    sections = 0 if full_paper.form is Form.ABSTRACT else len(read)
    return Coverage(full_paper.form, sections, full_paper.pages, full_paper.pages_read, unread)
