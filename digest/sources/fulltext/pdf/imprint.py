"""Tells a journal's imprint from the text of a first page: how to cite it, what it's filed under. Pure."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from digest.sources.fulltext.pdf.sheet import Line, Sheet

_CITATION = re.compile(
    r"(?:how|to) (?:to )?cite this (?:article|paper)\b|cite this (?:article|paper) as\b", re.IGNORECASE
)
_SUBJECTS = re.compile(r"subjects?\b", re.IGNORECASE)
_KEYWORDS = re.compile(r"key ?words\b", re.IGNORECASE)
_MOST_LINES = 6
_SAME_SIZE = 0.5  # points by which the sizes of one note's lines may differ


def without_imprint(sheet: Sheet) -> Sheet:
    """Return the page without its imprint; keywords stay, they are the authors' own."""
    gone: set[Line] = set()
    for at, line in enumerate(sheet.lines):
        if _CITATION.match(line.text):
            gone.add(line)
            for before, after in pairwise(sheet.lines[at : at + _MOST_LINES]):
                if not _goes_on(before, after):
                    break
                gone.add(after)
        elif _SUBJECTS.match(line.text):
            below = sheet.lines[at + 1 : at + _MOST_LINES]
            end = next((n for n, other in enumerate(below) if _KEYWORDS.match(other.text)), None)
            gone.update((line, *below[:end]) if end is not None else ())
    if not gone:
        return sheet
    return replace(sheet, lines=tuple(line for line in sheet.lines if line not in gone))


def _goes_on(line: Line, below: Line) -> bool:
    gap = line.box.bottom - below.box.top
    return (
        abs(line.style.size - below.style.size) < _SAME_SIZE
        and -line.style.size < gap < line.style.size
        and below.box.across(line.box) > 0
    )
