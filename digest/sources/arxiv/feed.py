"""Reads arXiv's listing feed, RSS 2.0 or Atom: what was announced, when and how. Pure.

The format is described at https://info.arxiv.org/help/rss_specifications.html and atom_specifications.html.
"""

from __future__ import annotations

import email.utils
import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from digest.errors import InvalidPaperIdError, SourceGarbledError, SourceRejectedError
from digest.model import Announcement, Kind, Listing, Paper, PaperId
from digest.sources.arxiv.xml import ATOM_FEED, fold, read_xml

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from lxml import etree

MOST_ITEMS = 2000
"""A feed of this many items is cut: https://info.arxiv.org/help/rss.html."""

_NAMES = {
    "atom": "http://www.w3.org/2005/Atom",
    "arxiv": "http://arxiv.org/schemas/atom",
    "dc": "http://purl.org/dc/elements/1.1/",
}
_EASTERN = ZoneInfo("America/New_York")
_PREFIX = re.compile(r"arXiv:(\S+)\s+Announce Type:\s*(\S+)\s*(?:Abstract:\s*)?")
_SUFFIX = re.compile(r"(?:Jr|Sr)\.?|I{2,3}|IV", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Item:
    """One item as text, whichever format it came in."""

    identifier: str
    title: str
    description: str
    creator: str
    categories: tuple[str, ...]
    kind: str
    doi: str | None
    journal_ref: str | None
    date: str | None


class _BadRecordError(Exception):
    """One item can't be read; the others can."""


def parse_feed(body: bytes, archives: Collection[str]) -> tuple[Listing, bool]:
    """Read a listing feed.

    Returns:
        The listing, and whether the feed was cut because it reached its largest size.

    Raises:
        SourceGarbledError: it isn't a whole feed.
        SourceRejectedError: arXiv says that an archive doesn't exist.
    """
    root = read_xml(body, "the listing feed", {"rss", ATOM_FEED})
    if root.tag == "rss":
        title, complaint = root.findtext("channel/title"), root.findtext("channel/description")
        items = [_rss_item(element) for element in root.iterfind("channel/item")]
        stated, made = root.findtext("channel/pubDate"), root.findtext("channel/lastBuildDate")
    else:
        title = root.findtext("atom:title", namespaces=_NAMES)
        complaint = root.findtext("atom:subtitle", namespaces=_NAMES)
        items = [_atom_item(element) for element in root.iterfind("atom:entry", _NAMES)]
        stated, made = None, root.findtext("atom:updated", namespaces=_NAMES)
    if (title or "").startswith("Feed error"):
        raise SourceRejectedError(f"arXiv has no such listing: {fold(complaint)} Check [arxiv] archives.")
    day = _date(stated, made, items)
    if day is None:
        raise SourceGarbledError("arXiv's listing feed doesn't say its date. Try again later.")
    return _listing(items, day, archives), len(items) >= MOST_ITEMS


def merge(parts: Sequence[Listing], archives: Collection[str]) -> Listing:
    """Join what was read of some archives in parts; the kind that says most of a paper counts.

    Raises:
        SourceGarbledError: the parts are of different dates, because the feed turned over in between.
    """
    if len({part.date for part in parts}) > 1:
        raise SourceGarbledError("arXiv's listing changed while it was read. Try again.")
    return Listing(
        date=parts[0].date,
        archives=tuple(sorted(archives)),
        announcements=_once([entry for part in parts for entry in part.announcements]),
        problems=tuple(dict.fromkeys(problem for part in parts for problem in part.problems)),
    )


def _listing(items: list[_Item], day: date, archives: Collection[str]) -> Listing:
    announcements, problems = [], []
    for item in items:
        try:
            announcements.append(_announcement(item, day))
        except (_BadRecordError, InvalidPaperIdError) as error:
            problems.append(f"Left out “{item.title or item.identifier}”: {error}")
    return Listing(day, tuple(sorted(archives)), _once(announcements), tuple(problems))


def _once(announcements: list[Announcement]) -> tuple[Announcement, ...]:
    ranks = {kind: rank for rank, kind in enumerate(Kind)}
    best: dict[PaperId, Announcement] = {}
    for announcement in announcements:
        other = best.get(announcement.paper.id)
        if other is None or ranks[announcement.kind] < ranks[other.kind]:
            best[announcement.paper.id] = announcement
    return tuple(best.values())


def _announcement(item: _Item, day: date) -> Announcement:
    prefix = _PREFIX.match(item.description)
    identifier = item.identifier.removeprefix("oai:arXiv.org:") or (prefix[1] if prefix else "")
    paper_id, version = PaperId.parse(identifier)
    kind = item.kind or (prefix[2] if prefix else "")
    if kind not in set(Kind):
        raise _BadRecordError(f"“{kind}” isn't a kind of announcement")
    if not item.title:
        raise _BadRecordError("it has no title")
    if not item.categories:
        raise _BadRecordError("it has no category")
    paper = Paper(
        id=paper_id,
        version=version or 1,
        title=item.title,
        abstract=item.description[prefix.end() :] if prefix else item.description,
        authors=_authors(item.creator),
        categories=item.categories,
        journal_ref=item.journal_ref,
        doi=item.doi,
    )
    return Announcement(paper, day, Kind(kind))


def _authors(creator: str) -> tuple[str, ...]:
    """Split a list of names at its commas, but for those before a "Jr." or a number."""
    names: list[str] = []
    for name in filter(None, (part.strip() for part in creator.split(","))):
        if names and _SUFFIX.fullmatch(name):
            names[-1] += f", {name}"
        else:
            names.append(name)
    return tuple(names)


def _rss_item(element: etree._Element) -> _Item:
    return _Item(
        identifier=fold(element.findtext("guid")) or _after_abs(element.findtext("link")),
        title=fold(element.findtext("title")),
        description=fold(element.findtext("description")),
        creator=_creator(element),
        categories=tuple(fold(category.text) for category in element.iterfind("category") if category.text),
        kind=fold(element.findtext("arxiv:announce_type", namespaces=_NAMES)),
        doi=fold(element.findtext("arxiv:DOI", namespaces=_NAMES)) or None,
        journal_ref=fold(element.findtext("arxiv:journal_reference", namespaces=_NAMES)) or None,
        date=element.findtext("pubDate"),
    )


def _atom_item(element: etree._Element) -> _Item:
    return _Item(
        identifier=fold(element.findtext("atom:id", namespaces=_NAMES)),
        title=fold(element.findtext("atom:title", namespaces=_NAMES)),
        description=fold(element.findtext("atom:summary", namespaces=_NAMES)),
        creator=_creator(element),
        categories=tuple(
            term for category in element.iterfind("atom:category", _NAMES) if (term := category.get("term"))
        ),
        kind=fold(element.findtext("arxiv:announce_type", namespaces=_NAMES)),
        doi=fold(element.findtext("arxiv:DOI", namespaces=_NAMES)) or None,
        journal_ref=fold(element.findtext("arxiv:journal_reference", namespaces=_NAMES)) or None,
        date=element.findtext("atom:published", namespaces=_NAMES),
    )


def _creator(element: etree._Element) -> str:
    return ", ".join(fold(creator.text) for creator in element.iterfind("dc:creator", _NAMES))


def _after_abs(link: str | None) -> str:
    return fold(link).partition("/abs/")[2]


def _date(stated: str | None, made: str | None, items: list[_Item]) -> date | None:
    """Work out which date a feed announces: what it states, else what its items do, else when it was made."""
    if moment := _moment(stated):
        return moment.date()  # written in Eastern time, whatever offset it names
    days = Counter(moment.date() for item in items if (moment := _moment(item.date)))
    if days:
        return days.most_common(1)[0][0]
    moment = _moment(made)
    if moment is None:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(_EASTERN).date()


def _moment(text: str | None) -> datetime | None:
    """Read an RFC 822 or ISO 8601 date and time."""
    for parse in (email.utils.parsedate_to_datetime, datetime.fromisoformat):
        try:
            return parse((text or "").strip())
        except ValueError:
            continue
    return None
