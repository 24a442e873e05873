"""The command `save`: papers put on the chat's list, by id, by link, or by the button under one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands.call import Command, MistakeError, Permission
from bot.commands.named import named_papers
from bot.commands.replies import button, buttons, reply, sentences
from bot.commands.saved_papers import title_of
from bot.commands.words import named
from bot.phrases import saving as say
from bot.phrases import usages
from bot.phrases.subscribing import UNDO

if TYPE_CHECKING:
    from bot.commands.call import Call, Tools
    from bot.ports import Desk
    from bot.talk import Reply
    from digest.model import PaperId

MOST_SAVED = 500
"""Papers on a list; more are no list to read."""

_EXAMPLE = "2408.16725"


async def save(call: Call, tools: Tools) -> Reply:
    """Save the papers that the words name, or else the message that they reply to."""
    found = await named_papers(call, tools, call.words, "save", detailed=False)
    ids = [paper.id for paper in found.papers]

    def add(desk: Desk) -> tuple[PaperId, ...] | None:
        there = desk.saved.of(call.chat.number)
        if len({*there, *ids}) > max(MOST_SAVED, len(there)):
            return None
        return desk.saved.add(call.chat.number, ids, call.now)

    added = await tools.store.write(add)
    if added is None:
        full = call.own(say.FULL, count=call.own.number(MOST_SAVED))
        raise MistakeError(full, try_example=False)
    phrases = call.phrases
    new = [title_of(paper) for paper in found.papers if paper.id in added]
    old = [title_of(paper) for paper in found.papers if paper.id not in added]
    told = phrases.sentences(
        [
            phrases(say.SAVED_NOW, titles=named(new, phrases)) if new else "",
            phrases(say.SAVED_BEFORE, titles=named(old, phrases)) if old else "",
            found.notice,
        ]
    )
    if call.pressed:  # a word is enough: whoever reads on isn't to be led away
        return reply(phrases, sentences(phrases.sentences([told, phrases(say.LISTED_BY)])), aside=True)
    undo = button(phrases(UNDO), f"unsave {added[0]}") if len(added) == 1 else None
    return reply(phrases, (*sentences(told), *buttons(button(phrases(say.WHOLE_LIST), "saved"), undo)))


COMMANDS = (
    Command(
        "save",
        save,
        summary=say.SAVE,
        usage=usages.IDS,
        example=_EXAMPLE,
        permission=Permission.WRITERS,
        costly=True,
    ),
)
