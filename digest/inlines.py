"""Lines of text as inlines: cutting, shortening. Pure; knows no block.

A link, a formula and code stay whole as long as they fit: only when nothing shorter is left is a link cut
into links to the same place and a formula into its plain text.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

from digest import breaks
from digest.document import Code, Emphasis, Link, Math, Strong, Text
from digest.reading import words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from digest.document import Inline, Inlines


def shorten(inlines: Inlines, limit: int) -> Inlines:
    """Return the first sentences or words of inlines in at most `limit` characters; whole if they fit."""
    if len(words(inlines)) <= limit:
        return inlines
    parts = cut(inlines, lambda head: len(words(head)) <= limit, forced=False)
    return parts[0] if parts else ()


def cut(inlines: Inlines, fits: Callable[[Inlines], bool], *, forced: bool) -> tuple[Inlines, Inlines] | None:
    """Cut inlines after the last sentence or word that fits; None if not even the first does.

    Args:
        inlines: a line of text.
        fits: whether there's room for these inlines; fewer never take more room.
        forced: cut a link, a formula, a word or at worst a character rather than nothing.
    """
    text = words(inlines)
    between = breaks.words(text)
    whole = _whole(inlines)
    outside = [at for at in between if not any(start < at < end for start, end in whole)]
    attempts: list[Sequence[int]] = [outside]
    if forced:
        attempts += [between, breaks.graphemes(text), range(1, len(text))]
    for attempt in attempts:
        places = [at for at in attempt if text[:at].strip()]
        if at := _furthest(places, lambda at: fits(_slice(inlines, 0, len(text[:at].rstrip())))):
            ends = [end for end in breaks.sentences(text) if end <= at and end in outside]
            if ends and 2 * ends[-1] >= at:  # a sentence's end is worth giving up half of the room
                at = ends[-1]
            return _slice(inlines, 0, len(text[:at].rstrip())), _slice(inlines, at, len(text))
    return None


def _furthest(places: Sequence[int], fits: Callable[[int], bool]) -> int:
    """Return the last place up to which the text fits, or 0; what fits at one place fits at all before it."""
    count = bisect_right(places, False, key=lambda at: not fits(at))  # noqa: FBT003 - the key's value
    return places[count - 1] if count else 0


def _whole(inlines: Inlines) -> list[tuple[int, int]]:
    """Return where the links, formulas and code stand that shouldn't be torn: start and end."""
    spans: list[tuple[int, int]] = []
    at = 0
    for inline in inlines:
        length = len(words((inline,)))
        if isinstance(inline, Link | Math | Code):
            spans.append((at, at + length))
        elif isinstance(inline, Strong | Emphasis):
            spans += [(at + start, at + end) for start, end in _whole(inline.content)]
        at += length
    return spans


def _slice(inlines: Inlines, start: int, end: int) -> Inlines:
    """Return what stands between two offsets of the inlines' text."""
    kept: list[Inline] = []
    at = 0
    for inline in inlines:
        length = len(words((inline,)))
        first, last = max(start - at, 0), min(end - at, length)
        at += length
        if first >= last:
            continue
        if (first, last) == (0, length):
            kept.append(inline)
            continue
        match inline:
            case Text() | Code():
                kept.append(replace(inline, value=inline.value[first:last]))
            case Math():
                kept.append(Text(inline.plain[first:last]))
            case Strong() | Emphasis() | Link():
                kept.append(replace(inline, content=_slice(inline.content, first, last)))
    return tuple(kept)
