"""Writes each day's post of each topic into a folder, once; and the feed and the index of the last ones.

    which posts are missing?  →  for each, the oldest first:
        its edition, its papers' notes and figures  →  Markdown, a page, figures  →  into the folder
        →  noted  →  feed and index

What was noted is never written again, so that what somebody edits or deletes stays so. Calls its parts.
"""

from __future__ import annotations

import asyncio
import logging
import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from bot.trouble import Audience, Cause, Trouble
from digest.errors import StorageError
from digest.posts import Post, name_of, still_to_write

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection, Mapping
    from datetime import date

    from bot.folder import Folder
    from bot.post_writing import Writing
    from digest.annotations import Annotation
    from digest.annotator import Annotator
    from digest.editor import Editor
    from digest.model import Edition, PaperId, Topic
    from digest.ports import Papers, PaperStore

_LOG = logging.getLogger(__name__)

SHOWN = 50
"""How many posts the feed has; the index has ten times as many."""

_PAUSE = timedelta(minutes=10)
_PAPERS_AWAITED = timedelta(hours=6)
"""How long a post waits for papers that arXiv doesn't give out."""
_DETAILS_AWAITED = timedelta(hours=2)
"""How long it waits for comments and dates, as rounds do."""


class Posts(Protocol):
    """What is kept of posts. Any method may raise `StorageError`."""

    async def written(self) -> Mapping[str, Collection[date]]:
        """Return the days of each topic that have a post."""

    async def newest(self, count: int) -> tuple[Post, ...]:
        """Return so many of the newest posts, the newest first."""

    async def keep(self, post: Post, shown: int) -> None:
        """Note that a post was written; of all but the `shown` newest, the content may be let go."""


@dataclass
class Archive:
    """The archive of some topics.

    Args:
        folder: where it is.
        writing: makes texts of an edition.
        posts: what was written.
        papers: what was announced.
        editor: makes editions.
        annotator: gets notes and figures; None where none are wanted.
        topics: by name.
        archives: whose listings must be in before a day is told.
        limit: the most papers in a post.
        now: the time.
    """

    folder: Folder
    writing: Writing
    posts: Posts
    papers: PaperStore
    editor: Editor
    annotator: Annotator | None
    topics: Mapping[str, Topic]
    archives: Collection[str]
    limit: int
    now: Callable[[], datetime]
    _waits_since: dict[str, datetime] = field(default_factory=dict)

    async def write(self) -> tuple[str, ...]:
        """Write what is missing and can be written now; return the names of the posts.

        Raises:
            StorageError: the folder or the database can't be written.
        """
        names: list[str] = []
        now = self.now()
        days = await self.papers.read(lambda papers: _listed(papers, self.archives, now))
        missing = still_to_write(days, tuple(self.topics), await self.posts.written())
        if missing:
            await asyncio.to_thread(self.folder.prepare)
        for day, topic in missing:
            if await self._write(day, self.topics[topic]):
                names.append(name_of(day, topic))
        return tuple(names)

    async def _write(self, day: date, topic: Topic) -> bool:
        """Write a post and note it, if its papers can be had by now."""
        name, language = name_of(day, topic.name), self.writing.language
        edition = await self.editor.edition([topic], [day], self.limit, language)
        annotations: Mapping[PaperId, Annotation] = {}
        if self.annotator:
            papers = [entry.paper for section in edition.sections for entry in section.entries]
            annotations = await self.annotator.of(papers, language, f"{name}-figures")
            if any(each.taken is None for each in annotations.values()) and self._waits(name):
                return False
        self._waits_since.pop(name, None)
        await self._put(day, topic, edition, annotations)
        _LOG.info("the post %s is written", name)
        return True

    def _waits(self, name: str) -> bool:
        since = self._waits_since.setdefault(name, self.now())
        return since <= self.now() < since + _PAPERS_AWAITED

    async def _put(
        self, day: date, topic: Topic, edition: Edition, annotations: Mapping[PaperId, Annotation]
    ) -> None:
        name = name_of(day, topic.name)
        # What was written before a crash, or before a backup was restored, is no newer by being noted now.
        at = await asyncio.to_thread(self.folder.since, f"{name}.md") or self.now()
        newest = await self.posts.newest(10 * SHOWN)
        archive = newest[0].archive if newest else _new_archive(self.writing.url)
        files = await asyncio.to_thread(self.writing.files, name, edition, annotations, at)
        for file, body in files.items():
            await asyncio.to_thread(self.folder.add, file, body)
        post = Post(
            day=day,
            topic=topic.name,
            label=topic.title,
            identity=str(uuid.uuid5(uuid.UUID(archive), name)),  # the same whenever it's noted
            archive=archive,
            title=self.writing.title(edition),
            description=self.writing.description(edition),
            content=await asyncio.to_thread(self.writing.content, edition),
            written=at,
        )
        await self._list(post, newest)
        await self.posts.keep(post, 2 * SHOWN)  # a day is sorted otherwise there

    async def _list(self, post: Post, before: tuple[Post, ...]) -> None:
        """Write feed and index with a post among those before it."""
        places = {topic: place for place, topic in enumerate(self.topics)}
        in_order = sorted((post, *before), key=lambda one: places.get(one.topic, len(places)))
        newest = sorted(in_order, key=lambda one: one.day, reverse=True)
        for name, body in (await asyncio.to_thread(self.writing.lists, newest, SHOWN)).items():
            if not await asyncio.to_thread(self.folder.renew, name, body, self.writing.mark):
                _LOG.warning("%s in the archive isn't ours and stays as it is", name)


@dataclass
class ArchiveJob:
    """Writes an archive again and again; its troubles hold nothing up and are told once a day.

    Args:
        archive: what is written.
        is_news: notes a trouble; tells whether it's the day's first of its cause.
        report: has a trouble told.
        now: the time.
    """

    archive: Archive
    is_news: Callable[[Trouble], Awaitable[bool]]
    report: Callable[[Trouble], None]
    now: Callable[[], datetime]
    _failed: datetime | None = None

    async def run(self) -> None:
        """Write what is missing, unless that failed a moment ago."""
        now = self.now()
        if self._failed and self._failed <= now < self._failed + _PAUSE:
            return
        self._failed = None
        try:
            await self.archive.write()
        except StorageError as error:
            self._failed = now
            await self._tell(Trouble(Cause.ARCHIVE, Audience.OWNER, "archive", None, str(error)))

    async def _tell(self, trouble: Trouble) -> None:
        try:
            news = await self.is_news(trouble)
        except StorageError as failure:
            _LOG.warning("whether an owner knows of %s can't be looked up: %s", trouble.why, failure)
            return
        if news:
            self.report(trouble)


def _new_archive(url: str) -> str:
    """Return a UUID for an archive: the same for what lies at one URL, also with another database."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, url) if url else uuid.uuid4())


def _listed(papers: Papers, archives: Collection[str], now: datetime) -> frozenset[date]:
    """Return the dates of which everything is known that will be."""
    days = frozenset.intersection(*map(papers.listed, archives))
    last = papers.last_read()
    if last and now < last[1] + _DETAILS_AWAITED and papers.incomplete(last[0]):
        return days - {last[0]}
    return days
