"""An owner's word to all chats: written, asked about, then put in the outbox for each chat once.

The text waits in the database, because a button can't carry it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.announcer import Announcer
from bot.commands.call import Call, Command, MistakeError, Permission, Tools
from bot.commands.replies import button, buttons, reply, sentences
from bot.notices import Notice
from bot.phrases import owning as say
from bot.phrases import usages
from digest.document import Paragraph, Quote, Text

if TYPE_CHECKING:
    from bot.talk import Reply

_KEY_BYTES = 6


async def announce(call: Call, tools: Tools) -> Reply:
    """Keep a text and ask whether it's to be sent."""
    if not call.words:
        raise MistakeError(call.own(say.NOTICE_EMPTY))
    chats = (await tools.counting.figures()).readers
    if not chats:
        return reply(call.own, sentences(call.own(say.NOTICE_FOR_NOBODY)), aside=True)
    notice = Notice(tools.random_bytes(_KEY_BYTES).hex(), call.words, call.now)
    await tools.store.write(lambda desk: desk.notices.keep(notice))
    return reply(
        call.own,
        (
            Quote(_text(notice)),
            *sentences(call.own.count(say.NOTICE_ASK, chats)),
            *buttons(
                button(call.own(say.NOTICE_SEND), f"sendnotice {notice.key}"),
                button(call.own(say.NOTICE_DROP), f"dropnotice {notice.key}"),
            ),
        ),
        aside=True,
    )


async def send(call: Call, tools: Tools) -> Reply:
    """Put a text in the outbox for every chat that gets digests."""

    async def step(notice: Notice) -> None:
        await call.progress(call.own.count(say.NOTICE_SENDING, notice.chats))

    announcer = Announcer(tools.store, tools.platforms, tools.wake)
    notice, before = await announcer.send(call.words, call.now, step)
    if notice is None:
        return _answer(call, call.own(say.NOTICE_GONE))
    return _answer(call, call.own.count(say.NOTICE_SENT_BEFORE if before else say.NOTICE_SENT, notice.chats))


async def drop(call: Call, tools: Tools) -> Reply:
    """Forget a text that wasn't sent."""
    dropped = await tools.store.write(lambda desk: desk.notices.drop(call.words))
    notice = await tools.store.read(lambda desk: desk.notices.get(call.words))
    if notice:
        return _answer(call, call.own.count(say.NOTICE_SENT_BEFORE, notice.chats))
    return _answer(call, call.own(say.NOTICE_DROPPED if dropped else say.NOTICE_GONE))


def _text(notice: Notice) -> tuple[Paragraph]:
    return (Paragraph((Text(notice.text),)),)


def _answer(call: Call, text: str) -> Reply:
    return reply(call.own, sentences(text), instead=call.pressed, aside=True)


COMMANDS = (
    Command(
        "announce",
        announce,
        summary=say.ANNOUNCE,
        usage=usages.TEXT,
        example="The bot is off on Sunday morning.",
        permission=Permission.OWNER,
    ),
    Command("sendnotice", send, permission=Permission.OWNER),
    Command("dropnotice", drop, permission=Permission.OWNER),
)
