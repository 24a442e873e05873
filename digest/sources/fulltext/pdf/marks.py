"""Takes the marks of footnotes out of a page's lines: read on, “code1” is another word. Pure."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from digest.sources.fulltext.pdf.sheet import Line, Sheet, Span

_NUMBER = re.compile(r"\d{1,2}")
_AFTER = re.compile(r"(?:[^\W\d_]{3}|[.,;:!?)\]”’\"])$")  # what a mark stands behind; an exponent doesn't
_CLOSING = frozenset(".,;:!?)")
_RAISED = 0.85  # of the size of the letters beside it, at most


def unmarked(sheet: Sheet) -> Sheet:
    """Return the page without the marks whose footnotes stand on it; the footnotes keep their numbers."""
    notes = {number for line in sheet.lines if (number := _note(line))}
    if not notes:
        return sheet
    return replace(sheet, lines=tuple(_without(line, notes) for line in sheet.lines))


def _note(line: Line) -> str:
    """Return the number of the footnote that a line begins; empty if it begins none."""
    first, *others = line.spans
    number = first.text.strip()
    is_one = _NUMBER.fullmatch(number) and others and _is_small(first, others[0])
    return number if is_one else ""


def _without(line: Line, notes: set[str]) -> Line:
    kept: list[Span] = []
    for at, span in enumerate(line.spans):
        following = line.spans[at + 1].text[:1] if at + 1 < len(line.spans) else ""
        # Of an isotope, such as the carbon of a spectrum, the element follows at once.
        ends = not following.isalpha() or span.text.endswith(" ")
        if at and ends and span.text.strip() in notes and _is_mark(span, line.spans[at - 1]):
            blank = span.text.endswith(" ") and following not in _CLOSING
            last = kept[-1]
            kept[-1] = replace(last, text=last.text.rstrip() + (" " if blank else ""))
        else:
            kept.append(span)
    if len(kept) == len(line.spans):
        return line
    return replace(line, text="".join(span.text for span in kept).strip(), spans=tuple(kept))


def _is_mark(span: Span, before: Span) -> bool:
    return _is_small(span, before) and _AFTER.search(before.text.rstrip()) is not None


def _is_small(span: Span, beside: Span) -> bool:
    return span.style.size <= _RAISED * beside.style.size
