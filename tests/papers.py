"""Papers for tests; invented, with ids of a month that is still to come."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from digest.model import Announcement, Kind, Paper, PaperId

DAY = datetime(2026, 6, 26, tzinfo=UTC).date()  # a Friday


def paper(number: int = 1, **fields: Any) -> Paper:
    """Make a paper; any field can be set."""
    made: dict[str, Any] = {
        "id": PaperId(f"9906.{number:05d}"),
        "version": 1,
        "title": f"A Study of Rivers, Part {number}",
        "abstract": "Rivers bend. We propose a model of bending. It explains nine rivers out of ten.",
        "authors": ("Ada Ash", "Ben Birch"),
        "categories": ("cs.CV", "cs.LG"),
    }
    return Paper(**made | fields)


def announced(number: int = 1, kind: Kind = Kind.NEW, **fields: Any) -> Announcement:
    """Make an announcement of a paper on `DAY`."""
    return Announcement(paper(number, **fields), DAY, kind)
