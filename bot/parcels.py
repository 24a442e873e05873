"""Editions as they go out: documents, and messages addressed to chats. Pure; knows no platform."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.chats import Detail
from bot.deliveries import Parcel
from bot.phrases import buttons as labels
from bot.phrases import noting
from bot.phrases import rounds as say
from bot.spans import span
from digest.compose import More, Presses, compose
from digest.compose_notes import notes_blocks
from digest.document import Button, Details, Document, Paragraph, Role, Text
from digest.notes_wording import written
from digest.passages import comment, said
from digest.teasers import teaser_blocks
from digest.translation import phrases_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bot.chats import Layout
    from bot.outbox import Message
    from bot.wishes import Local, Look
    from digest.document import Blocks
    from digest.fulltext import Picture
    from digest.model import Brief, Edition, PaperId
    from digest.notes import Taken
    from digest.translation import Phrases


def with_briefs(edition: Edition, briefs: Mapping[PaperId, Brief | None]) -> Edition:
    """Put the briefs into an edition."""
    sections = tuple(
        replace(
            section,
            entries=tuple(replace(entry, brief=briefs.get(entry.paper.id)) for entry in section.entries),
        )
        for section in edition.sections
    )
    return replace(edition, sections=sections)


def digest_document(
    edition: Edition,
    look: Look,
    taken: Mapping[PaperId, Taken | None] = MappingProxyType({}),
    figures: Mapping[PaperId, Picture] = MappingProxyType({}),
) -> Document:
    """Write a digest, or the one line of a quiet day, as a document.

    Args:
        edition: with its briefs.
        look: how it's said.
        taken: the notes of papers, None where they couldn't be had in time.
        figures: of papers that were read and have one.
    """
    closing = next_line(look.next_at, phrases_for(look.language))
    return page_document(edition, look, f"more {span(edition.dates)}", closing, taken=taken, figures=figures)


def page_document(
    edition: Edition,
    look: Look,
    more: str,
    closing: str,
    *beside: Button,
    taken: Mapping[PaperId, Taken | None] = MappingProxyType({}),
    figures: Mapping[PaperId, Picture] = MappingProxyType({}),
) -> Document:
    """Write a digest, or a page of one, as a document.

    Args:
        edition: with its briefs.
        look: how it's said.
        more: the action that opens what the limit left out; empty for none.
        closing: what the last line ends with.
        beside: buttons at the end, before that of the settings.
        taken: the notes of papers, None where they couldn't be had in time.
        figures: of papers that were read and have one.
    """
    phrases = phrases_for(look.language)
    settings = Button(phrases(labels.SETTINGS), "settings")
    return compose(
        edition,
        phrases,
        today=edition.dates[-1] if look.today else None,
        titles_only=look.detail is Detail.TITLES,
        closing=closing,
        presses=Presses(
            read="notes" if look.detail is Detail.NOTES else "summarize",
            more=more,
            beside=(*beside, settings),
        ),
        more=More(
            blocks=dict(_too_late(taken, phrases)),
            instead=dict(_notes_beneath(edition, taken, phrases)),
            figures={paper: teaser_blocks(figure, phrases) for paper, figure in figures.items()},
        ),
    )


def _notes_beneath(
    edition: Edition, taken: Mapping[PaperId, Taken | None], phrases: Phrases
) -> Iterator[tuple[PaperId, Blocks]]:
    """Yield the folded notes of each paper that has any."""
    for paper in (entry.paper for section in edition.sections for entry in section.entries):
        if found := taken.get(paper.id):
            notes = notes_blocks(paper, found.notes, found.full_paper, phrases, level=4, below_byline=True)
            remark = (comment(paper.comment, phrases),) if paper.comment else ()
            last = said(written(found.notes, found.full_paper, phrases), Role.SMALL)
            yield (
                paper.id,
                (Details((Text(phrases(noting.FULL_NOTES)),), (*notes, *remark, last), apart=True),),
            )


def _too_late(taken: Mapping[PaperId, Taken | None], phrases: Phrases) -> Iterator[tuple[PaperId, Blocks]]:
    """Yield a word about the notes that come too late; their papers are told in brief."""
    for paper, found in taken.items():
        if found is None:
            yield paper, (said(phrases(noting.NOT_IN_TIME), Role.SMALL),)


def late_document(language: str) -> Document:
    """Say that arXiv can't be reached and the digest will be late."""
    phrases = phrases_for(language)
    sentence = phrases(say.LATE)
    return Document(sentence, phrases.language, (Paragraph((Text(sentence),)),))


def next_line(at: Local, phrases: Phrases) -> str:
    """Say when the next digest is to be expected: “Next: Mon 29 June, about 07:00.”."""
    return phrases(say.NEXT, day=phrases.day(at.date()), time=f"{at:%H:%M}")


def parcel(
    platform: str, layout: Layout, summary: str, messages: Sequence[Message], chats: Mapping[int, bool]
) -> Parcel:
    """Address messages to chats.

    Args:
        platform: whose renderer made the messages.
        layout: the layout that they were rendered for.
        summary: what they tell, in a few words.
        messages: in order.
        chats: the chats, each with whether it makes a sound.
    """
    digest = hashlib.sha256()
    for part in (platform, layout, *(text for each in messages for text in (each.body, each.plain))):
        digest.update(f"{len(part)}:{part}".encode())
    return Parcel(digest.hexdigest(), summary, tuple(messages), dict(chats))


def summary(edition: Edition) -> str:
    """Say in a line what an edition tells, for whoever looks into the database."""
    dates = ", ".join(day.isoformat() for day in edition.dates)
    topics = ", ".join(section.topic.name for section in edition.sections)
    return f"{dates}: {topics}"
