"""What is said of a topic that a chat has just subscribed, narrowed or widened."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bot.commands.replies import button, buttons, reply, sentences
from bot.commands.topic_counts import say_week
from bot.commands.topic_keys import topic_key
from bot.commands.topic_words import near_preset
from bot.commands.upcoming import say_upcoming
from bot.commands.words import quoted, shortened
from bot.phrases import moments
from bot.phrases import subscribing as say
from digest import formulas
from digest.document import Link, List, Paragraph
from digest.query import parse
from digest.taxonomy import is_archive_or_category
from digest.terms import Category

if TYPE_CHECKING:
    from bot.chats import Chat
    from bot.commands.call import Call, Tools
    from bot.commands.topic_counts import Week
    from bot.talk import Reply
    from digest.document import Actions, Block
    from digest.model import Topic
    from digest.phrases import Phrase
    from digest.ports import Papers
    from digest.translation import Phrases

_PAPERS_LANGUAGE = "en"
_LATIN_ENDS = "\u0250"  # the first letter behind the Latin ones


async def subscribed_reply(
    call: Call, tools: Tools, chat: Chat, topic: Topic, week: Week, *, first: Phrase, undo: str
) -> Reply:
    """Say what happened to a topic, how much it finds, what to expect when, and what can be done next.

    Args:
        call: what was asked for; a press has its message replaced.
        tools: what commands use.
        chat: as it's stored now.
        topic: what it hears about.
        week: what the topic found lately.
        first: what happened, with ``{topic}``.
        undo: the command that takes it back, with the topic's key; empty if nothing changed.
    """
    phrases = call.phrases
    begins = first is say.SUBSCRIBED and len(chat.subscriptions) == 1
    blocks: list[Block] = [
        *sentences(phrases(first, topic=quoted(topic.title, phrases))),
        *_found(week, topic, phrases),
    ]
    suggested: tuple[Actions, ...] = ()
    if week.is_broad(topic):
        blocks += sentences(phrases.count(say.BROAD, chat.preferences.papers))
    elif week.dates and not week.papers(topic):
        hint, suggested = await _hint(topic, tools, phrases)
        blocks += sentences(hint)
    blocks += sentences(
        await say_upcoming(
            chat, tools, call.now, phrases, moments.FIRST_DIGEST if begins else moments.NEXT_DIGEST
        )
    )
    next_steps = (*suggested, *_next_steps(week, topic, phrases, undo))
    return reply(phrases, (*blocks, *next_steps), instead=call.pressed)


def _found(week: Week, topic: Topic, phrases: Phrases) -> tuple[Block, ...]:
    """Say what a topic found, with some titles."""
    samples = week.samples(topic)
    such_as = ""
    if samples:
        all_of_them = len(samples) == len(week.papers(topic))
        such_as = phrases.count(say.NAMELY, len(samples)) if all_of_them else phrases(say.SUCH_AS)
    said = sentences(phrases.sentences([say_week(week, topic, phrases), such_as]))
    titles = [Link(formulas.inlines(paper.title, _PAPERS_LANGUAGE), paper.link) for paper in samples]
    return (*said, List(tuple((Paragraph((title,)),) for title in titles))) if titles else said


def _next_steps(week: Week, topic: Topic, phrases: Phrases, undo: str) -> tuple[Actions, ...]:
    key = topic_key(topic.name)
    show = button(phrases(say.SHOW_LATEST), f"digest {key}")
    narrow = button(phrases(say.NARROW_IT), f"narrow {key}")
    back = button(phrases(say.UNDO), f"{undo} {key}") if undo else None
    if not week.papers(topic):
        return buttons(back)
    return buttons(narrow, show, back) if week.is_broad(topic) else buttons(show, narrow, back)


async def _hint(topic: Topic, tools: Tools, phrases: Phrases) -> tuple[str, tuple[Actions, ...]]:
    """Say why a topic perhaps found nothing, and offer what was perhaps meant."""
    if category := await _unread(topic, tools):
        return phrases(say.UNREAD_CATEGORY, category=category), ()
    if any(letter.isalpha() and letter >= _LATIN_ENDS for letter in topic.query):
        return phrases(say.ENGLISH_ONLY), ()
    near = near_preset(topic.query, tools.presets)
    if near and near.name != topic.name:
        label = phrases(say.INSTEAD, topic=shortened(near.title))
        offer = buttons(button(label, f"swap {topic_key(topic.name)} {topic_key(near.name)}"))
        return phrases(say.NEAR_PRESET, topic=quoted(near.title, phrases)), offer
    if topic.title != topic.query:  # what its owner wrote, nobody here can write otherwise
        return "", ()
    if '"' in topic.query:
        return phrases(say.WITHOUT_QUOTES), ()
    return (phrases(say.FEWER_WORDS) if " " in topic.query else ""), ()


async def _unread(topic: Topic, tools: Tools) -> str:
    """Return the first category or archive that a query asks for, if nothing of it is harvested."""
    for term in parse(topic.query).terms:
        if not isinstance(term, Category) or (term.begins and not term.archive):
            continue
        name = term.wrote.removesuffix(".*")
        archive = name.partition(".")[0].lower()
        if not is_archive_or_category(archive):  # all:WORD looks for it among the categories too
            continue
        if not await tools.papers.read(partial(_is_read, archives=(archive, name))):
            return name
    return ""


def _is_read(papers: Papers, archives: tuple[str, str]) -> bool:
    return papers.is_read(archives)
