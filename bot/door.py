"""Decides who comes in: owners, those who were invited, and places that one of them brought the bot to.

Nothing of a stranger is kept, and nothing they send goes further than here.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bot.access import Role, is_code, may_use
from bot.chats import Choices, State
from bot.commands.parsing import command_text
from bot.limits import Limits
from bot.phrases import talking as say
from bot.talk import Kind, Said
from digest.translation import negotiate

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.access import Mode
    from bot.chats import Address, Chat
    from bot.ports import Desk, Store
    from bot.talk import Incoming, Place, Speaker
    from digest.phrases import Phrase

_LOG = logging.getLogger(__name__)

_TIMES_AN_HOUR = 3
"""How often a stranger is told that they are one; more would make us somebody's noise."""
_CODES_AN_HOUR = 20
_OWNER_NOW: dict[Mode, Phrase] = {
    "owner": say.OWNER_ALONE,
    "invited": say.OWNER_INVITES,
    "open": say.OWNER_NOW,
}


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who may come in.

    Attributes:
        chat: where they speak, as it's stored; None when it speaks for the first time.
    """

    role: Role
    chat: Chat | None


@dataclass(frozen=True)
class Door:
    """Lets people in.

    Args:
        store: chats and people.
        mode: who may use the bot.
        now: the time.
    """

    store: Store
    mode: Mode
    now: Callable[[], datetime]
    _limits: Limits = field(default_factory=Limits)

    async def admit(self, place: Place, by: Speaker) -> Visitor | None:
        """Return who comes in; None for a stranger."""
        visitor, brought = await self.store.read(lambda desk: _look(desk, place, by))
        if may_use(self.mode, visitor.role) or (brought and place.kind is not Kind.PRIVATE):
            return visitor
        return None

    def may_be_told(self, by: Speaker) -> bool:
        """Return whether a stranger is told so once more in this hour."""
        return self._limits.take({by.person: _TIMES_AN_HOUR}, self.now()) is None

    async def redeem(self, incoming: Incoming, text: str) -> Phrase | None:
        """Let in who sends a code; return what to tell them, None if it's no code after all.

        Args:
            incoming: what was said.
            text: its text; a code stands alone, or after ``/start`` as a link brings it.
        """
        code, by = _code(incoming, text), incoming.by
        if not code or self._limits.take({("code", by.person): _CODES_AN_HOUR}, self.now()):
            return None
        role = await self.store.write(lambda desk: desk.people.redeem(code, by.person, self.now()))
        if role is None:
            return None
        _LOG.info("%s %s is %s now", by.person.platform, by.person.id, role)
        return _OWNER_NOW[self.mode] if role is Role.OWNER else say.GUEST_NOW

    async def meet(self, place: Place, by: Speaker, chat: Chat | None) -> Chat:
        """Return the chat, stored if it speaks for the first time, resumed if it was out of reach."""
        if chat is None or chat.state is State.UNREACHABLE:
            return await self.store.write(lambda desk: _meet(desk, place, by))
        return chat

    async def find(self, place: Place) -> None:
        """Note that a place is there; if it was lost, so are those that were lost with it."""
        chat = await self.store.read(lambda desk: desk.chats.get(place.address))
        if chat and chat.state is State.UNREACHABLE:
            await self.store.write(lambda desk: desk.chats.heard(place.address))

    async def regain(self, place: Place) -> None:
        """Note that the bot was brought to a place, where it may have been before."""
        await self.store.write(lambda desk: _regain(desk, place))

    async def lose(self, place: Place) -> None:
        """Note that the bot can't write to a place any more, nor to what is in it."""
        await self.store.write(lambda desk: _lose(desk, place, self.now()))

    async def follow(self, place: Place, to: Address) -> None:
        """Note that a place has another address now; one that nobody brought the bot to isn't known there."""
        await self.store.write(lambda desk: _follow(desk, place, to))


def _code(incoming: Incoming, text: str) -> str:
    if not isinstance(incoming, Said):
        return ""
    typed = command_text(text)
    name, _, words = (typed or "").partition(" ")
    code = text if typed is None else words if name.lower() in {"start", "claim"} else ""
    return code if is_code(code) else ""


def _look(desk: Desk, place: Place, by: Speaker) -> tuple[Visitor, bool]:
    """Return who speaks, and whether somebody who may brought the bot there, or to what the place is in."""
    chat = desk.chats.get(place.address)
    brought = chat is not None or (place.parent is not None and desk.chats.get(place.parent) is not None)
    return Visitor(desk.people.role(by.person), chat), brought


def _meet(desk: Desk, place: Place, by: Speaker) -> Chat:
    """Store a chat; a new one speaks the language of who spoke, and makes no sound where many hear it."""
    top = place.parent or place.address
    first = desk.chats.get(top) is None
    chat = desk.chats.add(place.address, title=place.title, parent=place.parent, by=by.person.id)
    desk.chats.heard(place.address)
    choices = Choices(sound=None if place.kind is Kind.PRIVATE else False)
    language = negotiate(by.language)
    if by.language and place.parent is None and language != chat.preferences.language:
        choices = replace(choices, language=language, brief_language=by.language)
    if first and choices != Choices() and (outermost := desk.chats.get(top)):
        desk.chats.choose(outermost.number, choices)
    return desk.chats.get(place.address) or chat


def _regain(desk: Desk, place: Place) -> None:
    if chat := desk.chats.get(place.address):
        desk.chats.regain(chat.number)


def _lose(desk: Desk, place: Place, at: datetime) -> None:
    if chat := desk.chats.get(place.address):
        desk.chats.lose_all(chat.number, at)


def _follow(desk: Desk, place: Place, to: Address) -> None:
    if chat := desk.chats.get(place.address):
        desk.chats.follow(chat.number, to)
