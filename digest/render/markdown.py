"""Writes an edition as a blog's Markdown post with front matter. Knows the post's order, and YAML.

Text is escaped so that no paper adds a heading, a link, a tag, a formula or a template's command to the post.
"""

from __future__ import annotations

import json
from datetime import time as time_of_day
from types import MappingProxyType
from typing import TYPE_CHECKING

from digest import phrases as say
from digest import wording
from digest.code_links import code_links
from digest.compose_list import list_notes
from digest.latex import readable
from digest.render import markdown_blocks
from digest.render.markdown_words import escaped, link, with_formulas
from digest.safety import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date, datetime

    from digest.annotations import Annotation
    from digest.model import Brief, Edition, Entry, Paper, PaperId
    from digest.translation import Phrases

_MOST_TAKEAWAYS = 7
_DESCRIBED = 3  # titles in the description
_NOTHING: Mapping[PaperId, Annotation] = MappingProxyType({})


def render(
    edition: Edition,
    phrases: Phrases,
    *,
    written: datetime | None = None,
    today: date | None = None,
    annotations: Mapping[PaperId, Annotation] = _NOTHING,
) -> str:
    """Return an edition as a Markdown post; encode it as UTF-8.

    Args:
        edition: what to tell, usually of one topic.
        phrases: `digest.translation.phrases_for` the reader's language; every label comes from it.
        written: when the post was made; its date has that time where it was the day of the last announcement.
        today: the announcement date that the reader calls today.
        annotations: the papers' notes and pictures, where they are wanted.
    """
    cover = next((picture.file for each in annotations.values() for picture in each.pictures), "")
    blocks = [*_front_matter(edition, phrases, written, cover), *_notice(edition, phrases)]
    dates = phrases.dates(edition.dates)
    full = [section for section in edition.sections if section.entries]
    for section in full:
        heading = dates
        if len(edition.sections) > 1:
            heading = phrases(say.POST_HEADING, dates=dates, topic=section.topic.title)
        blocks.append(f"# {escaped(heading)}")
        for entry in section.entries:
            blocks += _paper(entry, phrases, annotations.get(entry.paper.id))
        if missing := section.left_out:
            blocks.append(escaped(phrases.count(say.MORE, missing)))
    if not full:
        blocks.append(f"# {escaped(dates)}")
    if quiet := [section for section in edition.sections if not section.entries]:
        blocks.append(escaped(wording.nothing(edition, quiet, phrases, today)))
    return "\n\n".join(blocks) + "\n"


def _front_matter(edition: Edition, phrases: Phrases, written: datetime | None, cover: str) -> Iterator[str]:
    topics = [section.topic.title for section in edition.sections]
    title = phrases.listed(topics)
    titles = [readable(entry.paper.title) for section in edition.sections for entry in section.entries]
    headings = [wording.heading(section, phrases) for section in edition.sections]
    description = phrases(
        say.POST_DESCRIPTION,
        heading=phrases(say.SEMICOLON).join(headings),
        dates=phrases.dates(edition.dates),
    )
    description = phrases(say.SEMICOLON).join([description, *titles[:_DESCRIBED]])
    last = max(edition.dates)
    # A post that is made later, or once more, is still that day's.
    time = written.time() if written and written.date() == last else time_of_day()
    day = f"{last} {time:%H:%M:%S}"
    yield "\n".join(
        [
            "---",
            f"title: {_quoted(title)}",
            f"date: {day}",
            "author: paperround",
            *((f"cover: {_quoted(cover)}",) if cover else ()),
            "categories: Paper",
            "tags:",
            *(f"  - {_quoted(topic)}" for topic in topics),
            f"description: {_quoted(description)}",
            f"keywords: {_quoted(', '.join(topics))}",
            "mathjax: true",
            "---",
        ]
    )


def _quoted(text: str) -> str:
    """Return text as a double-quoted YAML scalar; JSON's strings are those (https://yaml.org/spec/1.2.2/)."""
    return json.dumps(" ".join(printable(text).split()), ensure_ascii=False)


def _notice(edition: Edition, phrases: Phrases) -> Iterator[str]:
    lines = [phrases(say.SAMPLE)] if edition.sample else []
    lines += filter(None, [wording.missed(edition, phrases)])
    if written := wording.provenance(edition, phrases):
        lines.append(phrases.sentences((written, phrases(say.SCREENING))))
    if lines:
        yield "\n>\n".join(f"> {escaped(line)}" for line in lines)


def _paper(entry: Entry, phrases: Phrases, annotation: Annotation | None) -> Iterator[str]:
    paper = entry.paper
    yield f"## {escaped(readable(paper.title))}"
    names = phrases(say.COMMA).join(wording.author_names(paper.authors))
    yield f"**{escaped(phrases(say.POST_AUTHORS))}** {escaped(names)}"
    if paper.abstract:
        yield with_formulas(paper.abstract)
    yield _pdf(paper)
    noted = annotation is not None and annotation.taken is not None
    if not noted:  # the notes have links and keywords of their own
        yield f"**{escaped(phrases(say.POST_LINKS))}** {phrases(say.COMMA).join(_links(paper))}"
    if entry.brief:
        yield from _brief(entry.brief, phrases, keywords=not noted)
    else:
        yield escaped(phrases(say.NO_SUMMARY))
    if annotation:
        # Two lists with nothing between them would be one.
        yield f"**{escaped(phrases(say.NOTES))}**"
        yield from markdown_blocks.render(list_notes(paper, annotation, phrases))


def _brief(brief: Brief, phrases: Phrases, *, keywords: bool) -> Iterator[str]:
    extract = wording.in_its_words(brief, phrases)
    label = phrases(say.POST_SUMMARY_IN_ITS_WORDS if extract else say.POST_SUMMARY)
    yield f"**{escaped(label)}**"
    yield escaped(readable(brief.sentence))
    if brief.takeaways:
        yield f"**{escaped(phrases(say.POST_TAKEAWAYS))}**"
        yield "\n".join(
            f"{number}. {escaped(readable(takeaway))}"
            for number, takeaway in enumerate(brief.takeaways[:_MOST_TAKEAWAYS], start=1)
        )
    if keywords and brief.keywords:
        words = readable(phrases(say.COMMA).join(brief.keywords))
        yield f"**{escaped(phrases(say.POST_KEYWORDS))}** {escaped(words)}"
    if told := wording.repaired(brief, phrases, keywords=keywords):
        yield escaped(told)


def _pdf(paper: Paper) -> str:
    comment = f" {escaped(readable(paper.comment))}" if paper.comment else ""
    return f"[PDF]({paper.pdf_link}){comment}"


def _links(paper: Paper) -> Iterator[str]:
    yield f"[arXiv:{paper.id}]({paper.link})"
    yield from (link(escaped(url.partition("://")[2]), url) for url in code_links(paper))
