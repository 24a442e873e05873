"""Why: what matched a paper for this chat, and what became of it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.chats import State
from bot.commands.call import Call, Command, MistakeError, Tools
from bot.commands.replies import button, buttons, reply, sentences
from bot.commands.summarizing import no_paper_named
from bot.commands.words import quoted
from bot.due import asleep
from bot.outbox import FORGET_AFTER, DeliveryState
from bot.phrases import buttons as labels
from bot.phrases import moments, usages
from bot.phrases import searching as say
from bot.wishes import topic_of
from digest import formulas, wording
from digest.document import Heading, Link, Paragraph, Role, Text
from digest.editions import ANNOUNCED_AS
from digest.finder import rank_all
from digest.index import index
from digest.links import find_ids
from digest.phrases import COMMA

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date, datetime

    from bot.chats import Subscription
    from bot.deliveries import Telling
    from bot.ports import Desk
    from bot.talk import Reply
    from digest.document import Block
    from digest.model import Announcement, Match, PaperId, Topic
    from digest.translation import Phrases

_MOST_NAMED = 10  # topics that match or don't, each kind


@dataclass(frozen=True, slots=True)
class _Known:
    """What the database knows of a paper and a chat.

    Attributes:
        history: the paper's announcements, oldest first.
        harvested: when the newest announcement of it that digests tell was read.
        ahead: the dates that the chat hasn't heard of yet.
        tellings: the chat's deliveries that tell the paper, oldest first.
    """

    history: tuple[Announcement, ...]
    harvested: datetime | None
    ahead: frozenset[date]
    tellings: tuple[Telling, ...]


async def why(call: Call, tools: Tools) -> Reply:
    """Say which topics of the chat match a paper, when it was announced and whether it was sent here."""
    paper_id = _paper_id(call)
    known = await tools.store.read(lambda desk: _look(desk, call, paper_id))
    if not known.history:
        told = sentences(call.phrases(say.NOT_HERE, id=str(paper_id)))
        look_up = button(call.phrases(say.LOOK_IT_UP), f"summarize {paper_id}")
        return reply(call.phrases, (*told, *buttons(look_up)))
    topics = {topic_of(each, tools.presets): each for each in call.chat.subscriptions}
    paper = known.history[-1].paper
    found = await asyncio.to_thread(lambda: rank_all(tuple(topics), index([paper])))
    matched = {topic: matches[0] for topic, matches in found.items() if matches}
    title = Link(formulas.inlines(paper.title, "en"), paper.link)
    blocks: list[Block] = [Heading((title,), 1)]
    blocks += _topics(topics, matched, call.phrases)
    blocks += sentences(_announced(known.history, call.phrases))
    blocks += sentences(_fate(call, known, [topics[topic] for topic in matched]))
    return reply(call.phrases, blocks)


def _paper_id(call: Call) -> PaperId:
    """Return the paper that the words name, or else the message that they reply to."""
    named = find_ids(call.words or call.quoted)
    for each in named:
        if each.id:
            return each.id
    wrong = [each.written for each in named] or [call.words]
    raise MistakeError(no_paper_named(wrong, call.own, "why"), try_example=False)


def _look(desk: Desk, call: Call, paper: PaperId) -> _Known:
    history = desk.papers.history(paper)
    news = _news(history)
    return _Known(
        history,
        desk.papers.harvested(news[-1]) if news else None,
        frozenset(day for news in desk.papers.listed_since(call.chat.told) for day in news.dates),
        desk.deliveries.tellings(call.chat.number, paper),
    )


def _topics(
    topics: Mapping[Topic, Subscription], matched: Mapping[Topic, Match], phrases: Phrases
) -> Iterator[Block]:
    if not topics:
        yield from sentences(phrases(moments.NO_TOPICS))
        yield from buttons(button(phrases(labels.CHOOSE_TOPICS), "subscribe"))
    for topic, match in list(matched.items())[:_MOST_NAMED]:
        reasons = wording.grounds(match, phrases)
        yield Paragraph((Text(phrases(say.TOPIC_MATCHES, topic=topic.title, reasons=reasons)),))
    missed = [quoted(topic.title, phrases) for topic in topics if topic not in matched]
    named, more = missed[:_MOST_NAMED], len(missed) - _MOST_NAMED
    if more > 0:
        told = phrases.count(say.MORE_DONT_MATCH, more, topics=phrases(COMMA).join(named))
    else:
        told = phrases(say.TOPICS_DONT_MATCH, topics=phrases.listed(named)) if named else ""
    if told:
        yield Paragraph((Text(told),), Role.SMALL)


def _announced(history: Sequence[Announcement], phrases: Phrases) -> str:
    news = _news(history)
    if news:
        return phrases(say.ANNOUNCED, date=phrases.dates(news))
    return phrases(say.ANNOUNCED_AGAIN, date=phrases.dates([each.date for each in history]))


def _news(history: Sequence[Announcement]) -> list[date]:
    """Return the dates on which it was announced as something that digests tell."""
    return [each.date for each in history if each.kind in ANNOUNCED_AS]


def _fate(call: Call, known: _Known, matched: Sequence[Subscription]) -> str:
    """Say whether a paper was sent to the chat, or as far as it's known why not."""
    if known.tellings:
        return _told(known.tellings, call)
    if not matched:
        return call.phrases(say.MATCHED_NOTHING) if call.chat.subscriptions else ""
    if known.harvested is None:
        return call.phrases(say.ONLY_A_NEW_VERSION)
    return _passed_over(call, known, known.harvested, min(each.at for each in matched))


def _passed_over(call: Call, known: _Known, harvested: datetime, since: datetime) -> str:
    """Say why a paper wasn't sent that matches a topic, which was subscribed at `since`."""
    phrases, chat = call.phrases, call.chat
    if set(_news(known.history)) & known.ahead:
        paused = chat.state is State.PAUSED and asleep(chat, call.now)
        return phrases(say.PAUSED if paused else say.STILL_TO_COME)
    if since > harvested:
        return phrases(say.SUBSCRIBED_LATER, date=_local(since, call))
    if call.now - harvested > FORGET_AFTER:
        return phrases(say.FORGOTTEN)
    return phrases.count(say.LEFT_OUT, chat.preferences.papers)


def _told(tellings: Sequence[Telling], call: Call) -> str:
    for telling in tellings:
        if telling.state is DeliveryState.SENT:
            return call.phrases(say.WAS_SENT, date=_local(telling.at, call))
    last = tellings[-1]
    if last.state in {DeliveryState.PENDING, DeliveryState.CLAIMED}:
        return call.phrases(say.IS_ON_ITS_WAY)
    return call.phrases(say.NOT_SENT, why=last.why)


def _local(at: datetime, call: Call) -> str:
    """Write the day of an instant as it was where the chat is."""
    return call.phrases.dates([at.astimezone(ZoneInfo(call.chat.preferences.zone)).date()])


COMMANDS = (Command("why", why, summary=say.WHY, usage=usages.ID, example="2408.16725"),)
