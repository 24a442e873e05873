"""What a post says in each of its files: Markdown, page, feed, index. Knows no folder."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from digest import phrases as say
from digest import wording
from digest.compose import More, compose
from digest.compose_list import below_papers
from digest.document import Document, Heading, Link, List, Paragraph, Role, Text
from digest.latex import readable
from digest.render import feed, html, markdown
from digest.translation import phrases_for

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from digest.annotations import Annotation
    from digest.document import Block
    from digest.model import Edition, PaperId
    from digest.posts import Post

FEED, INDEX = "atom.xml", "index.html"
_DESCRIBED = 3  # titles


@dataclass(frozen=True, slots=True)
class Writing:
    """How an archive is written.

    Args:
        language: the BCP 47 tag of labels and briefs.
        zone: in which a post's time is told.
        url: where the folder can be read on the web, with a slash at its end; may be empty.
        pages: whether there are pages, an index and a feed beside the Markdown.
    """

    language: str
    zone: str
    url: str
    pages: bool
    mark = html.GENERATOR.encode()
    """What feed and index have that were written by us."""

    def files(
        self, name: str, edition: Edition, annotations: Mapping[PaperId, Annotation], at: datetime
    ) -> Mapping[str, bytes]:
        """Return the files of a post by name, those that others refer to first."""
        phrases, here = phrases_for(self.language), at.astimezone(ZoneInfo(self.zone))
        files = {picture.file: picture.body for each in annotations.values() for picture in each.pictures}
        if self.pages:
            below = below_papers(edition, annotations, phrases)
            files[f"{name}.html"] = html.render(compose(edition, phrases, more=More(below))).encode()
        post = markdown.render(edition, phrases, written=here, annotations=annotations)
        return files | {f"{name}.md": post.encode()}

    def title(self, edition: Edition) -> str:
        """Return what an index calls a post."""
        phrases = phrases_for(self.language)
        topics = phrases.listed([section.topic.title for section in edition.sections])
        return phrases(say.ARCHIVE_TITLE, topic=topics, dates=phrases.dates(edition.dates))

    def description(self, edition: Edition) -> str:
        """Return a line about a post: how many papers, and the first titles."""
        phrases = phrases_for(self.language)
        headings = [wording.heading(section, phrases) for section in edition.sections]
        titles = [readable(entry.paper.title) for section in edition.sections for entry in section.entries]
        return phrases(say.SEMICOLON).join((*headings, *titles[:_DESCRIBED]))

    def content(self, edition: Edition) -> str:
        """Return the digest as HTML for a feed, without notes and figures."""
        return html.fragment(compose(edition, phrases_for(self.language))) if self.pages else ""

    def lists(self, posts: Sequence[Post], shown: int) -> Mapping[str, bytes]:
        """Return index and feed by name, where there are any.

        Args:
            posts: the newest first.
            shown: how many of them the feed has.
        """
        if not self.pages:
            return {}
        title = phrases_for(self.language)(say.ARCHIVE)
        atom = feed.render(posts[:shown], title, self.language, file=FEED, url=self.url)
        return {INDEX: html.render(self._index(posts), feed=FEED).encode(), FEED: atom.encode()}

    def _index(self, posts: Sequence[Post]) -> Document:
        phrases = phrases_for(self.language)
        blocks: list[Block] = [
            Heading((Text(phrases(say.ARCHIVE)),), 1),
            Paragraph((Link((Text(phrases(say.ARCHIVE_FEED)),), FEED),), Role.SMALL),
        ]
        for day, of_day in groupby(posts, key=lambda post: post.day):
            blocks.append(Heading((Text(phrases.dates((day,))),), 2))
            items = tuple(
                (
                    Paragraph((Link((Text(post.label),), f"{post.name}.html"),)),
                    Paragraph((Text(post.description),), Role.SMALL),
                )
                for post in of_day
            )
            blocks.append(List(items))
        return Document(phrases(say.ARCHIVE), self.language, tuple(blocks))
