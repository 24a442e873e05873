"""Digests that somebody asks for: the newest papers now, the next page, and what a digest left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.commands.asked import Asked, asked, asked_with_days
from bot.commands.call import Call, Command, MistakeError, Tools
from bot.commands.pages import Page, no_topics, nothing_read, show, what_was_read
from bot.phrases import digesting as say
from bot.phrases import usages
from bot.spans import within

if TYPE_CHECKING:
    from datetime import date

    from bot.commands.pages import Read
    from bot.talk import Reply

_MOST_DATES = 130  # half a year; a button of ours names more only after a longer pause
_OFFSET = re.compile(r"\d{1,6}", re.ASCII)


async def digest(call: Call, tools: Tools) -> Reply:
    """Show the newest papers on all of the chat's topics, or on one: ``[topic] [days]``."""
    what, days = asked_with_days(call, tools.presets, call.words)
    if not what.topics:
        return no_topics(call)
    read = await what_was_read(call, tools)
    if not read.dates:
        return await nothing_read(call, tools)
    return await show(Page(what, read.dates[-days:]), read, call, tools)


async def page(call: Call, tools: Tools) -> Reply:
    """Show another page of a digest: ``SPAN OFFSET [topic]``, as a button says it."""
    word, offset, words = _apart(call)
    what = asked(call, tools.presets, words)
    if not what.topics:
        return no_topics(call)
    read = await what_was_read(call, tools)
    return await show(Page(what, _named(word, read, call), offset), read, call, tools)


async def more(call: Call, tools: Tools) -> Reply:
    """Show what the limit left out of the digests of some dates: ``SPAN [OFFSET]``, as a button says it."""
    word, offset, _ = _apart(call)
    what = Asked(asked(call, tools.presets, "").topics)
    if not what.topics:
        return no_topics(call)
    read = await what_was_read(call, tools)
    return await show(Page(what, _named(word, read, call), offset, left_out=True), read, call, tools)


def _apart(call: Call) -> tuple[str, int, str]:
    word, _, rest = call.words.partition(" ")
    offset, _, words = rest.strip().partition(" ")
    if offset and not _OFFSET.fullmatch(offset):
        raise MistakeError(call.own(say.NOT_THOSE_DATES), try_example=False)
    return word, int(offset or 0), words.strip()


def _named(word: str, read: Read, call: Call) -> tuple[date, ...]:
    dates = within(word, read.dates)
    if not dates:
        raise MistakeError(call.own(say.NOT_THOSE_DATES), try_example=False)
    return dates[-_MOST_DATES:]


COMMANDS = (
    Command(
        "digest",
        digest,
        summary=say.SUMMARY,
        usage=usages.TOPIC_AND_DAYS,
        example="gaussian splatting 3",
        menu=True,
        costly=True,
    ),
    Command("page", page, costly=True),
    Command("more", more, costly=True),
)
