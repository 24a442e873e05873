"""Cuts a section's lines into paragraphs, and a list of references into its entries. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.sources.fulltext.pdf.order import Placed
    from digest.sources.fulltext.pdf.words import Vocabulary

_BULLET = re.compile(r"[•▪◦‣∙●○■–*]\s|\((?:[ivx]{1,4}|[a-z]|\d{1,2})\)\s|(?:RQ|C)\d\b")
_SENTENCE_END = (".", ":", "?", "!", ".”", ".’", ".)", ".]")
_GAP = 0.55  # of the letters' size: the space between two paragraphs at least
_INDENT = 0.7  # of the letters' size
_DEEPEST_INDENT = 4.0  # of the letters' size; what stands further in is a formula or a cell
_MARK = re.compile(r"\[(\d{1,3})\]|(\d{1,3})[.\s]\s*(?=[^\W\d_])")
_HANGING = 4.0  # points by which the lines of one entry are indented


def paragraphs(placed: Sequence[Placed], words: Vocabulary) -> tuple[str, ...]:
    """Return the paragraphs of some lines in order; footnotes follow the paragraph that they interrupt."""
    made: list[list[Placed]] = []
    notes: list[list[Placed]] = []
    last: Placed | None = None
    for one in placed:
        if one.note:
            if notes and not _NOTE.match(one.line.text) and notes[-1][-1].where == one.where:
                notes[-1].append(one)
            else:
                notes.append([one])
            continue
        if last is None or _begins(one, last, made[-1][0]):
            made += notes
            notes = []
            made.append([one])
        else:
            made[-1].append(one)
        last = one
    made += notes
    texts = (words.text([one.line.text for one in lines]) for lines in made)
    return tuple(text for text in texts if text)


_NOTE = re.compile(r"\d{1,2}\s?[^\d\s]|[*∗†‡§¶]")


def _begins(one: Placed, last: Placed, first: Placed) -> bool:
    """Tell whether a line begins a paragraph, from the line before and the first of the paragraph before."""
    line, before = one.line, last.line
    if _BULLET.match(line.text):
        return True
    size = line.style.size
    goes_on = not before.text.endswith(_SENTENCE_END)
    indent = line.box.left - one.column.left
    if one.where != last.where:
        # After a list in bold whose last item has no full stop, an indented line in another letter is new.
        apart = before.style.font != line.style.font and _INDENT * size < indent < _DEEPEST_INDENT * size
        return (not goes_on and not line.text[0].islower()) or (apart and line.text[0].isupper())
    if abs(size - before.style.size) > 1.5 and not goes_on:  # noqa: PLR2004 - points
        return True
    gap = before.box.bottom - line.box.top
    if gap > _GAP * size:
        return not (goes_on and line.text[0].islower())
    deeper = line.box.left - before.box.left
    bullet = _BULLET.match(first.line.text) is not None
    if bullet:
        # Back at the edge after a list, though the sentence of its last item has ended.
        return deeper < -_INDENT * size and not goes_on
    return _INDENT * size < deeper and indent < _DEEPEST_INDENT * size and not goes_on


def references(placed: Sequence[Placed], words: Vocabulary) -> tuple[str, ...]:
    """Return the entries of a list of references."""
    lines = [one for one in placed if not one.note]
    numbered = _by_number(lines)
    entries = numbered if len(numbered) > 1 else _by_edge(lines)
    return tuple(words.text([one.line.text for one in entry]) for entry in entries)


def _by_number(lines: Sequence[Placed]) -> list[list[Placed]]:
    """Cut where the numbers go on counting; a year at the beginning of a line doesn't."""
    entries: list[list[Placed]] = []
    due = 1
    for one in lines:
        mark = _MARK.match(one.line.text)
        if mark is not None and int(mark[1] or mark[2]) == due:
            entries.append([one])
            due += 1
        elif entries:
            entries[-1].append(one)
    return entries


def _by_edge(lines: Sequence[Placed]) -> list[list[Placed]]:
    """Cut where a line stands further out than the one before, or after a space."""
    edges: dict[tuple[int, int], float] = {}
    for one in lines:
        edges[one.where] = min(edges.get(one.where, one.line.box.left), one.line.box.left)
    hangs = any(one.line.box.left > edges[one.where] + _HANGING for one in lines)
    entries: list[list[Placed]] = []
    last: Placed | None = None
    for one in lines:
        outer = one.line.box.left < edges[one.where] + _HANGING
        apart = (
            last is not None
            and last.where == one.where
            and last.line.box.bottom - one.line.box.top > _GAP * one.line.style.size
        )
        if last is None or (outer if hangs else apart):
            entries.append([one])
        else:
            entries[-1].append(one)
        last = one
    return entries
