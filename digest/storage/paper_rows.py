"""Papers and announcements as they stand in columns, and back. Knows no SQL."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from digest.model import Announcement, Kind, Paper, PaperId

COLUMNS = (
    "id",
    "version",
    "title",
    "abstract",
    "authors",
    "categories",
    "comment",
    "journal_ref",
    "doi",
    "submitted",
    "updated",
    "detailed",
)
CONTENT = COLUMNS[1:]


def write_paper(paper: Paper, *, detailed: bool) -> dict[str, object]:
    """Make a row of a paper."""
    return {
        "id": paper.id.value,
        "version": paper.version,
        "title": paper.title,
        "abstract": paper.abstract,
        "authors": json.dumps(paper.authors, ensure_ascii=False),
        "categories": json.dumps(paper.categories),
        "comment": paper.comment,
        "journal_ref": paper.journal_ref,
        "doi": paper.doi,
        "submitted": paper.submitted and paper.submitted.isoformat(),
        "updated": paper.updated and paper.updated.isoformat(),
        "detailed": detailed,
    }


def read_announcement(row: dict[str, Any]) -> Announcement:
    """Make an announcement of its row, which is a paper's too."""
    return Announcement(
        paper=read_paper(row),
        date=date.fromisoformat(row["date"]),
        kind=Kind(row["kind"]),
        inferred=bool(row["inferred"]),
    )


def read_date(text: str | None) -> date | None:
    """Read a date, if there is one."""
    return date.fromisoformat(text) if text else None


def read_paper(row: dict[str, Any]) -> Paper:
    """Make a paper of its row."""
    return Paper(
        id=PaperId(row["id"]),
        version=row["version"],
        title=row["title"],
        abstract=row["abstract"],
        authors=tuple(json.loads(row["authors"])),
        categories=tuple(json.loads(row["categories"])),
        comment=row["comment"],
        journal_ref=row["journal_ref"],
        doi=row["doi"],
        submitted=datetime.fromisoformat(row["submitted"]) if row["submitted"] else None,
        updated=datetime.fromisoformat(row["updated"]) if row["updated"] else None,
    )
