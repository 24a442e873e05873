"""The command `deletedata`: asks, then deletes what is kept of a chat and, in private, of a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.access import Role
from bot.commands.call import Command, Permission
from bot.commands.replies import button, buttons, reply, sentences
from bot.commands.words import named
from bot.phrases import pausing as say
from bot.phrases.saving import SAVED_PAPERS
from bot.talk import Kind
from digest.document import List, Paragraph, Text

if TYPE_CHECKING:
    from bot.commands.call import Call, Tools
    from bot.ports import Desk
    from bot.talk import Reply
    from digest.document import Block

_YES, _OWNER_TOO = "yes", "yes owner"


async def deletedata(call: Call, tools: Tools) -> Reply:
    """Ask, or delete."""
    words = " ".join(call.words.casefold().split())
    if words not in {_YES, _OWNER_TOO}:
        owners, saved = await tools.store.read(
            lambda desk: (len(desk.people.owners()), len(desk.saved.of(call.chat.number)))
        )
        return reply(call.phrases, _ask(call, saved, last_owner=owners == 1), instead=True)
    private = call.place.kind is Kind.PRIVATE
    stays_owner = call.role is Role.OWNER and words == _YES

    def delete(desk: Desk) -> None:
        desk.deliveries.forget(call.chat.number)
        desk.chats.delete(call.chat.number)
        if private:
            desk.people.detach(call.by.person)
            if not stays_owner:
                desk.people.remove(call.by.person)

    await tools.store.write(delete)
    told = ""
    if private and call.role is Role.OWNER:
        told = call.phrases(say.STILL_OWNER if stays_owner else say.OWNER_NO_MORE)
    return reply(call.phrases, sentences(call.phrases(say.DELETED), told), instead=True)


def _ask(call: Call, saved: int, *, last_owner: bool) -> tuple[Block, ...]:
    phrases = call.phrases
    topics = [subscription.topic.title for subscription in call.chat.subscriptions]
    private, owner = call.place.kind is Kind.PRIVATE, call.role is Role.OWNER
    goes = [
        phrases(say.GOES_SETTINGS),
        phrases.count(say.GOES_TOPICS, len(topics), topics=named(topics, phrases)) if topics else "",
        phrases.count(SAVED_PAPERS, saved) if saved else "",
        phrases(say.GOES_DELIVERIES),
        phrases(say.GOES_NAME) if private else "",
        phrases(say.GOES_ACCESS) if private and call.role is Role.GUEST else "",
    ]
    items = tuple((Paragraph((Text(each),)),) for each in goes if each)
    nothing = button(phrases(say.NOTHING), "stop nothing")
    if not (private and owner):
        yes = buttons(button(phrases(say.DELETE_YES), f"deletedata {_YES}"), nothing)
        return (*sentences(phrases(say.ASK_DELETE)), List(items), *yes)
    stays = [phrases(say.STAYS_OWNER), phrases(say.LAST_OWNER) if last_owner else ""]
    return (
        *sentences(phrases(say.ASK_DELETE)),
        List(items),
        *sentences(phrases.sentences(stays)),
        *buttons(button(phrases(say.DELETE_STAY_OWNER), f"deletedata {_YES}"), nothing),
        *buttons(button(phrases(say.DELETE_NOT_OWNER), f"deletedata {_OWNER_TOO}")),
    )


COMMANDS = (Command("deletedata", deletedata, summary=say.DELETEDATA, permission=Permission.ADMINS),)
