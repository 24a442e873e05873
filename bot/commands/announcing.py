"""An owner's word to all chats: written, asked about, then put in the outbox for each chat once.

The text waits in the database, because a button can't carry it. Chats have their turn by their numbers, some
hundreds in a transaction that also notes how far it came: whoever presses twice, or again after a crash,
goes on where it stopped.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.commands.call import Call, Command, MistakeError, Permission, Tools
from bot.commands.replies import button, buttons, reply, sentences
from bot.notices import Notice
from bot.parcels import parcel
from bot.phrases import owning as say
from digest.document import Document, Paragraph, Quote, Text
from digest.translation import phrases_for

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.chats import Chat
    from bot.ports import Desk
    from bot.records import Parcel
    from bot.talk import Reply

_KEY_BYTES = 6
_AT_A_TIME = 500  # chats in one transaction, so that others get their turn


async def announce(call: Call, tools: Tools) -> Reply:
    """Keep a text and ask whether it's to be sent."""
    if not call.words:
        raise MistakeError(call.own(say.NOTICE_EMPTY))
    chats = await tools.store.read(lambda desk: desk.chats.count_reading([*tools.platforms], call.now))
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
    before = await tools.store.read(lambda desk: desk.notices.get(call.words))
    notice = before
    while notice and not notice.done:
        notice = await _send_some(notice, tools, call.now)
    if notice is None:
        return _answer(call, call.own(say.NOTICE_GONE))
    said = say.NOTICE_SENT_BEFORE if before and before.done else say.NOTICE_SENT
    return _answer(call, call.own.count(said, notice.chats))


async def drop(call: Call, tools: Tools) -> Reply:
    """Forget a text that wasn't sent."""
    dropped = await tools.store.write(lambda desk: desk.notices.drop(call.words))
    notice = await tools.store.read(lambda desk: desk.notices.get(call.words))
    if notice:
        return _answer(call, call.own.count(say.NOTICE_SENT_BEFORE, notice.chats))
    return _answer(call, call.own(say.NOTICE_DROPPED if dropped else say.NOTICE_GONE))


async def _send_some(notice: Notice, tools: Tools, now: datetime) -> Notice | None:
    """Let the next chats have their turn; return how far it came, by whoever brought it there."""
    chats = await tools.store.read(
        lambda desk: desk.chats.reading([*tools.platforms], now, notice.reached, _AT_A_TIME)
    )
    parcels = _parcels(notice, chats, tools)
    done = len(chats) < _AT_A_TIME
    reached = chats[-1].number if chats else notice.reached
    after = replace(notice, reached=reached, chats=notice.chats + len(chats), done=done)

    def take(desk: Desk) -> Notice | None:
        if (stored := desk.notices.get(notice.key)) == notice:
            desk.deliveries.keep(parcels, now)
            desk.notices.keep(after)
            return after
        return stored  # another press was quicker, or it was dropped

    stored = await tools.store.write(take)
    tools.wake()
    return stored


def _parcels(notice: Notice, chats: Sequence[Chat], tools: Tools) -> Sequence[Parcel]:
    """Write the text for chats, once for those that read it alike."""
    alike: dict[tuple[str, str, object], list[Chat]] = {}
    for chat in chats:
        wants = chat.preferences
        alike.setdefault((chat.address.platform, wants.language, wants.layout), []).append(chat)
    parcels = []
    for (platform, language, _), readers in alike.items():
        phrases = phrases_for(language)
        blocks = (*sentences(phrases(say.NOTICE_FROM)), *_text(notice))
        layout = readers[0].preferences.layout
        messages = tools.platforms[platform].render(Document("", phrases.language, blocks), layout)
        sounds = {chat.number: chat.preferences.sound for chat in readers}
        parcels.append(parcel(platform, layout, f"announcement {notice.key}", messages, sounds))
    return parcels


def _text(notice: Notice) -> tuple[Paragraph]:
    return (Paragraph((Text(notice.text),)),)


def _answer(call: Call, text: str) -> Reply:
    return reply(call.own, sentences(text), instead=call.pressed, aside=True)


COMMANDS = (
    Command(
        "announce",
        announce,
        summary=say.ANNOUNCE,
        usage="TEXT",
        example="The bot is off on Sunday morning.",
        permission=Permission.OWNER,
    ),
    Command("sendnotice", send, permission=Permission.OWNER),
    Command("dropnotice", drop, permission=Permission.OWNER),
)
