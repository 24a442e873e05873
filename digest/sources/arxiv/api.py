"""Talks to arXiv's query API through the `arxiv` package, one page a call, and reads its results as papers.

The package takes a cut or foreign answer for an empty one, so every page is checked before it parses it.
The API is described at https://info.arxiv.org/help/api/user-manual.html.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import arxiv
from lxml import etree

from digest.errors import InvalidPaperIdError, SourceGarbledError, SourceRejectedError
from digest.model import Paper, PaperId
from digest.sources.arxiv.xml import ATOM_FEED, fold, read_xml
from digest.taxonomy import has_classes

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import requests

    from digest.sources.arxiv.session import ArxivSession

_LOG = logging.getLogger(__name__)

_NAMES = {"atom": "http://www.w3.org/2005/Atom", "open": "http://a9.com/-/spec/opensearch/1.1/"}


class _BadRecordError(Exception):
    """One record can't be read; the others can."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of search results, and how many results there are on all pages."""

    papers: tuple[Paper, ...]
    total: int


class Api:
    """The query API; synchronous, each method makes exactly one request.

    Args:
        session: makes the requests.
        url: the query end point, without its arguments.
    """

    def __init__(self, session: ArxivSession, url: str) -> None:
        self._client = _Client(session, url)

    def by_ids(self, ids: Sequence[PaperId]) -> tuple[Paper, ...]:
        """Look papers up; an id that arXiv doesn't know is missing from the answer."""
        # Without a size an id_list is cut at ten.
        return self._client.page(arxiv.Search(id_list=[str(name) for name in ids]), 0, len(ids)).papers

    def search(self, query: str, size: int) -> tuple[Paper, ...]:
        """Return the first page of a search, best first."""
        return self._client.page(arxiv.Search(query=query), 0, size).papers

    def submitted(self, query: str, start: int, size: int) -> Page:
        """Return one page of a search, oldest submission first, so that pages don't shift while we read."""
        search = arxiv.Search(
            query=query,
            sort_by=arxiv.SortCriterion.SubmittedDate,
            sort_order=arxiv.SortOrder.Ascending,
        )
        return self._client.page(search, start, size)


class _Client(arxiv.Client):  # type: ignore[misc]  # the package ships no types
    """The package's client, at another address and through our session; we do the waiting and the retries."""

    def __init__(self, session: ArxivSession, url: str) -> None:
        super().__init__(delay_seconds=0, num_retries=0)
        self.query_url_format = url + "?{}"
        self._session = _CheckedSession(session)

    def page(self, search: arxiv.Search, start: int, size: int) -> Page:
        # Not results(): it would ask for another page by itself when a record on this one can't be read.
        self._last_request_dt = None  # or it waits for as long as a clock was set back
        feed = self._parse_feed(self._format_url(search, start, size))
        papers = []
        for result in feed.results:
            try:
                papers.append(_paper(result))
            except (InvalidPaperIdError, _BadRecordError) as error:
                _LOG.warning("left out a record of arXiv's API: %s", error)
        return Page(tuple(papers), feed.header.total_results)


class _CheckedSession:
    """What the package's client needs of a session: a `get` that answers with whole pages only."""

    def __init__(self, session: ArxivSession) -> None:
        self._session = session

    def get(self, url: str, **_: Any) -> requests.Response:
        response = self._session.get(url)
        response._content = check_page(response.content)  # noqa: SLF001 - what .content returns
        return response


def check_page(body: bytes) -> bytes:
    """Make sure that a page of the API is whole and holds as many entries as it says.

    Returns:
        The page without the entries whose dates can't be read, which the package would give up the rest for.

    Raises:
        SourceGarbledError: it is cut, isn't Atom, or lacks entries.
        SourceRejectedError: it is an error entry.
    """
    root = read_xml(body, "a page of papers", {ATOM_FEED})
    entries = root.findall("atom:entry", _NAMES)
    for entry in entries:
        if "/api/errors" in (entry.findtext("atom:id", namespaces=_NAMES) or ""):
            complaint = fold(entry.findtext("atom:summary", namespaces=_NAMES))
            raise SourceRejectedError(f"arXiv rejected the request: {complaint}.")
    total, start, size = (_count(root, name) for name in ("totalResults", "startIndex", "itemsPerPage"))
    due = max(0, min(size, total - start))
    if len(entries) < due:
        raise SourceGarbledError(
            f"arXiv sent {len(entries)} of the {due} papers that it announced on a page. Try again later."
        )
    undated = [entry for entry in entries if not _dated(entry)]
    for entry in undated:
        _LOG.warning(
            "left out a record of arXiv's API: %s has no date", entry.findtext("atom:id", "", _NAMES)
        )
        root.remove(entry)
    return etree.tostring(root) if undated else body


def _count(root: etree._Element, name: str) -> int:
    text = fold(root.findtext(f"open:{name}", namespaces=_NAMES))
    if not text.isdecimal():
        raise SourceGarbledError(f"arXiv sent a page of papers that doesn't say its {name}. Try again later.")
    return int(text)


def _dated(entry: etree._Element) -> bool:
    try:
        for name in ("published", "updated"):
            datetime.fromisoformat(fold(entry.findtext(f"atom:{name}", namespaces=_NAMES)))
    except ValueError:
        return False
    return True


def window(archives: Collection[str], start: datetime, end: datetime) -> str:
    """Write a query for the papers of some archives or categories first submitted in [start, end] (UTC).

    The dates stand beside each archive, because arXiv gives OR and AND no documented precedence.
    """
    dates = f"submittedDate:[{start:%Y%m%d%H%M} TO {end:%Y%m%d%H%M}]"
    categories = [f"{archive}.*" if has_classes(archive) else archive for archive in archives]
    return " OR ".join(f"(cat:{category} AND {dates})" for category in categories)


def _paper(result: arxiv.Result) -> Paper:
    paper_id, version = PaperId.parse(result.get_short_id())
    primary = result.primary_category
    if not (fold(result.title) and (primary or result.categories)):
        raise _BadRecordError(f"{paper_id} has no title or no category")
    others = tuple(name for name in result.categories if name != primary)
    return Paper(
        id=paper_id,
        version=version or 1,
        title=fold(result.title),
        abstract=fold(result.summary),
        authors=tuple(fold(author.name) for author in result.authors),
        categories=(primary, *others) if primary else others,
        comment=fold(result.comment) or None,
        journal_ref=fold(result.journal_ref) or None,
        doi=fold(result.doi) or None,
        submitted=result.published,
        updated=result.updated,
    )
