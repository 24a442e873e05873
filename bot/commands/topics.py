"""The chat's topics: what they are, how much they found, when the next digest comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands.call import Call, Command, Tools
from bot.commands.replies import button, buttons, reply, sentences
from bot.commands.subscribing import preset_panel
from bot.commands.topic_counts import last_week
from bot.commands.upcoming import say_upcoming
from bot.commands.words import collapse, shortened
from bot.phrases import moments
from bot.phrases import subscribing as say
from bot.wishes import topic_of
from digest.document import Code, List, Paragraph, Role, Text
from digest.phrases import PAPERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.commands.topic_counts import Week
    from bot.talk import Reply
    from digest.document import Blocks
    from digest.model import Topic
    from digest.translation import Phrases

_TITLE = 120  # characters
_QUERY = 160


async def topics(call: Call, tools: Tools) -> Reply:
    """Show the topics of this chat."""
    phrases = call.phrases
    if not call.chat.subscriptions:
        return _none(call, tools)
    subscribed = [topic_of(each, tools.presets) for each in call.chat.subscriptions]
    week = await last_week(subscribed, tools, call.now)
    items = List(tuple(_item(topic, week, phrases) for topic in subscribed))
    upcoming = await say_upcoming(call.chat, tools, call.now, phrases)
    next_steps = buttons(
        button(phrases(say.ADD), "subscribe"), button(phrases(say.UNSUBSCRIBE), "unsubscribe")
    )
    opening = sentences(_opening(subscribed, week, phrases))
    return reply(phrases, (*opening, items, *sentences(upcoming), *next_steps))


def _opening(subscribed: Sequence[Topic], week: Week, phrases: Phrases) -> str:
    counted = phrases.count(say.TOPICS_HERE, len(subscribed))
    if not week.dates:
        return counted
    if week.recent:
        return phrases.sentences([counted, phrases(say.PAPERS_LAST_WEEK)])
    return phrases.sentences([counted, phrases(say.PAPERS_OF, dates=phrases.dates(week.dates))])


def _item(topic: Topic, week: Week, phrases: Phrases) -> Blocks:
    """Say a topic's title and count and, where that isn't the same, its query."""
    line = shortened(topic.title, _TITLE)
    if week.dates:
        papers = phrases.count(PAPERS, len(week.papers(topic)))
        line = phrases(say.TOPIC_AND_PAPERS, topic=line, papers=papers)
    query = collapse(topic.query)
    if query == topic.title:
        return (Paragraph((Text(line),)),)
    return Paragraph((Text(line),)), Paragraph((Code(shortened(query, _QUERY)),), Role.SMALL)


def _none(call: Call, tools: Tools) -> Reply:
    phrases = call.phrases
    panel = preset_panel(call.chat, tools.presets, phrases)
    words = phrases(say.OR_SUBSCRIBE, example="/subscribe gaussian splatting")
    return reply(phrases, (*sentences(phrases(moments.NO_TOPICS)), *panel, *sentences(words)))


COMMANDS = (Command("topics", topics, summary=say.TOPICS, short={"list": "topics"}, menu=True),)
