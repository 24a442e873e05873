"""Editions as they go out: documents, and messages addressed to chats. Pure; knows no platform."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.chats import Detail
from bot.deliveries import Parcel
from bot.phrases import buttons as labels
from bot.phrases import rounds as say
from bot.spans import span
from digest.compose import Presses, compose
from digest.document import Button, Document, Paragraph, Text
from digest.translation import phrases_for

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.chats import Layout
    from bot.outbox import Message
    from bot.wishes import Local, Look
    from digest.model import Brief, Edition, PaperId
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


def digest_document(edition: Edition, look: Look) -> Document:
    """Write a digest, or the one line of a quiet day, as a document."""
    closing = next_line(look.next_at, phrases_for(look.language))
    return page_document(edition, look, f"more {span(edition.dates)}", closing)


def page_document(edition: Edition, look: Look, more: str, closing: str, *beside: Button) -> Document:
    """Write a digest, or a page of one, as a document.

    Args:
        edition: with its briefs.
        look: how it's said.
        more: the action that opens what the limit left out; empty for none.
        closing: what the last line ends with.
        beside: buttons at the end, before that of the settings.
    """
    phrases = phrases_for(look.language)
    settings = Button(phrases(labels.SETTINGS), "settings")
    return compose(
        edition,
        phrases,
        today=edition.dates[-1] if look.today else None,
        titles_only=look.detail is Detail.TITLES,
        closing=closing,
        presses=Presses(read="summarize", more=more, beside=(*beside, settings)),
    )


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
    written = hashlib.sha256()
    for part in (platform, layout, *(text for each in messages for text in (each.body, each.plain))):
        written.update(f"{len(part)}:{part}".encode())
    return Parcel(written.hexdigest(), summary, tuple(messages), dict(chats))


def summary(edition: Edition) -> str:
    """Say in a line what an edition tells, for whoever looks into the database."""
    dates = ", ".join(day.isoformat() for day in edition.dates)
    topics = ", ".join(section.topic.name for section in edition.sections)
    return f"{dates}: {topics}"
