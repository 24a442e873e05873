"""A small listing of invented papers, for a look at the product where arXiv can't be reached."""

from __future__ import annotations

import json
from datetime import date
from importlib.resources import files

from digest.model import Announcement, Kind, Listing, Paper, PaperId


def sample_listing(archives: tuple[str, ...]) -> Listing:
    """Return the invented listing as one of these archives; its ids are of a month that is far ahead."""
    told = json.loads(files("digest.sources").joinpath("sample.json").read_text("utf-8"))
    day = date.fromisoformat(told["date"])
    return Listing(
        date=day,
        archives=archives,
        announcements=tuple(
            Announcement(
                Paper(
                    id=PaperId(record["id"]),
                    version=1,
                    title=record["title"],
                    abstract=record["abstract"],
                    authors=tuple(record["authors"]),
                    categories=tuple(record["categories"]),
                    comment=record.get("comment"),
                ),
                day,
                Kind.NEW,
            )
            for record in told["papers"]
        ),
    )
