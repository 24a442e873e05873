"""Announcement dates as one short word of a button's action. Pure.

``20260626`` is one date, ``20260625-20260629`` all from one to another. Where weekdays between them are left
out, bits say which days come after the first: ``20260619.280``.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_WORD = re.compile(r"(\d{8})(?:-(\d{8})|\.([0-9a-f]{1,24}))?", re.ASCII)
_DAY = timedelta(days=1)
_MOST_BITS = 4 * 24  # more days than a list that was missed can be made up for
_SATURDAY = 5


def span(dates: Sequence[date]) -> str:
    """Return the word for some dates, at least one and the oldest first.

    Dates with gaps that lie more than 96 days apart become all from the first to the last.
    """
    first, last = dates[0], dates[-1]
    if first == last:
        return f"{first:%Y%m%d}"
    days = (last - first).days
    between = (first + n * _DAY for n in range(days))
    if days > _MOST_BITS or {day for day in between if day.weekday() < _SATURDAY} <= set(dates):
        return f"{first:%Y%m%d}-{last:%Y%m%d}"
    bits = sum(1 << (day - first).days - 1 for day in dates[1:])
    return f"{first:%Y%m%d}.{bits:x}"


def within(word: str, listed: Iterable[date]) -> tuple[date, ...]:
    """Return those of the dates that a word names, in order; none for what isn't such a word.

    Args:
        word: from a client, so it may say anything.
        listed: the dates that were read.
    """
    named = _WORD.fullmatch(word)
    if named is None:
        return ()
    begins, ends, bits = named.groups()
    try:
        first, last = date.fromisoformat(begins), date.fromisoformat(ends or begins)
    except ValueError:
        return ()
    if bits is None:
        return tuple(sorted(day for day in listed if first <= day <= last))
    mask = int(bits, 16) << 1 | 1
    return tuple(sorted(day for day in listed if day >= first and mask >> (day - first).days & 1))
