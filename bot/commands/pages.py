"""Pages of papers: finds them, has their briefs written, and shows them as a digest does.

A page is composed as the scheduled digest is, and nothing is written down: it neither uses up nor holds back
what that one tells. Its buttons carry all that the next page needs.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.chats import Detail
from bot.commands.patience import patiently
from bot.commands.replies import button, buttons, reply, sentences
from bot.commands.upcoming import say_upcoming
from bot.due import about, asleep, next_for
from bot.figures_ahead import figures_known
from bot.orders import matched
from bot.parcels import next_line, page_document, with_briefs
from bot.phrases import buttons as labels
from bot.phrases import digesting as say
from bot.phrases import moments, noting
from bot.spans import span
from bot.talk import Reply
from bot.wishes import page, wish_of
from digest.finder import Finder
from digest.model import Edition
from digest.withdrawals import is_withdrawn

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from bot.commands.asked import Asked
    from bot.commands.call import Call, Tools
    from bot.wishes import Look
    from digest.document import Button
    from digest.editions import Finding
    from digest.fulltext import Picture
    from digest.model import Paper, PaperId
    from digest.notes import Taken
    from digest.ports import Harvested


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of arXiv.

    Attributes:
        dates: oldest first.
        untold: what the chat has yet to hear of.
    """

    dates: tuple[date, ...]
    untold: tuple[Harvested, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """What somebody wants to see.

    Attributes:
        dates: announcement dates, at least one, oldest first.
        offset: how many papers the earlier pages showed.
        left_out: whether only what the chat's digests left out is shown.
    """

    asked: Asked
    dates: tuple[date, ...]
    offset: int = 0
    left_out: bool = False

    def action(self, offset: int) -> str:
        """Return what a button does that shows another page of the same."""
        if self.left_out:
            return f"more {span(self.dates)} {offset}"
        return f"page {span(self.dates)} {offset} {self.asked.words}".rstrip()


async def what_was_read(call: Call, tools: Tools) -> Read:
    """Look up what was read of arXiv."""
    told = call.chat.told
    return await tools.papers.read(lambda papers: Read(papers.dates(), papers.listed_since(told)))


async def show(wanted: Page, read: Read, call: Call, tools: Tools) -> Reply:
    """Show a page."""
    phrases, limit = call.phrases, call.chat.preferences.papers
    step = phrases.count(say.LOOKING, len(wanted.dates))
    finding = await patiently(_find(wanted, tools), call.progress, step)
    had = await _had(wanted, finding, call, tools)
    found = [(topic, finding.matches[topic]) for topic in wanted.asked.topics]
    sections = page(found, had, limit, wanted.offset)
    if wanted.left_out or wanted.offset:
        sections = tuple(section for section in sections if section.found)  # silence was told before
        if all(section.found == section.before for section in sections):
            return reply(phrases, sentences(phrases(say.THAT_WAS_ALL, dates=phrases.dates(wanted.dates))))
    look = _look(wanted, read, call, tools)
    edition = await _briefed(Edition(wanted.dates, sections, finding.checked), look, call, tools)
    taken, not_taken = await _notes_kept(edition, look, tools)
    figures = await _figures_known(edition, look, tools)
    onward = button("", wanted.action(wanted.offset + limit))
    left_out = any(section.left_out for section in sections)
    closing = phrases.sentences(
        [
            phrases.count(noting.NOT_TAKEN, not_taken) if not_taken else "",
            phrases(say.MORE_BY_SUBSCRIBING) if left_out and not onward else "",
            next_line(look.next_at, phrases) if _gets_digests(call) else "",
        ]
    )
    more = onward.action if onward else ""
    beside = _beside(wanted, call, limit)
    return Reply(page_document(edition, look, more, closing, *beside, taken=taken, figures=figures))


async def nothing_read(call: Call, tools: Tools) -> Reply:
    """Say that there's nothing to show yet, and when there will be."""
    upcoming = await say_upcoming(call.chat, tools, call.now, call.phrases)
    return reply(call.phrases, sentences(call.phrases(say.NOTHING_READ), upcoming))


def no_topics(call: Call) -> Reply:
    """Say that the chat has no topics, and how to get some."""
    choose = buttons(button(call.phrases(labels.CHOOSE_TOPICS), "subscribe"))
    told = sentences(call.phrases(moments.NO_TOPICS), call.phrases(say.ANY_TOPIC))
    return reply(call.phrases, (*told, *choose))


async def _find(wanted: Page, tools: Tools) -> Finding:
    topics, dates = wanted.asked.topics, wanted.dates
    if wanted.left_out and len(dates) > 1:
        # A digest of several dates ranks them together. What it counted is found in no other way.
        return await Finder(tools.papers).find(topics, dates)
    return await tools.recent.find(topics, dates)


async def _had(wanted: Page, finding: Finding, call: Call, tools: Tools) -> frozenset[PaperId]:
    if not wanted.left_out:
        return frozenset()
    chat, papers = call.chat.number, matched(finding)
    had = await tools.store.read(lambda desk: desk.deliveries.had([chat], papers))
    return had[chat]


def _look(wanted: Page, read: Read, call: Call, tools: Tools) -> Look:
    newest = read.dates[-1] if read.dates else None
    next_at = next_for(call.chat, call.now, tools.calendar, read.untold, newest)
    return wish_of(call.chat, wanted.dates, call.now, about(next_at, call.now), tools.presets).look


async def _briefed(edition: Edition, look: Look, call: Call, tools: Tools) -> Edition:
    papers = [entry.paper for section in edition.sections for entry in section.entries]
    if look.detail is Detail.TITLES or not papers:
        return edition
    step = call.phrases.count(say.WRITING, len(papers))
    briefs = tools.briefs.of(papers, look.brief_language, tools.allowances.of(call.chat.number))
    return with_briefs(edition, await patiently(briefs, call.progress, step))


async def _notes_kept(
    edition: Edition, look: Look, tools: Tools
) -> tuple[Mapping[PaperId, Taken | None], int]:
    """Return the notes that are there, where they're wanted, and how many papers have none yet."""
    if look.detail is not Detail.NOTES:
        return {}, 0
    papers = [paper for paper in _papers(edition) if not is_withdrawn(paper)]
    kept = await asyncio.gather(*(tools.notebook.kept(paper, look.brief_language) for paper in papers))
    found = {paper.id: taken for paper, taken in zip(papers, kept, strict=True) if taken}
    return found, len(papers) - len(found)


async def _figures_known(edition: Edition, look: Look, tools: Tools) -> Mapping[PaperId, Picture]:
    return await figures_known(tools.notebook, _papers(edition), tools.site) if look.figures else {}


def _papers(edition: Edition) -> list[Paper]:
    return [entry.paper for section in edition.sections for entry in section.entries]


def _beside(wanted: Page, call: Call, limit: int) -> tuple[Button, ...]:
    row = []
    if wanted.offset:
        row.append(button(call.phrases(say.PREVIOUS), wanted.action(max(0, wanted.offset - limit))))
    if wanted.asked.subscribing:
        row.append(button(call.phrases(labels.SUBSCRIBE), f"subscribe {wanted.asked.subscribing}"))
    return tuple(each for each in row if each)


def _gets_digests(call: Call) -> bool:
    return bool(call.chat.subscriptions) and not asleep(call.chat, call.now)
