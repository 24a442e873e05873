"""``/channel @name …``: commands for a channel from a private chat, by whoever administers it.

So nobody has to write commands where a channel's readers see them. What comes back is shown to who asked; its
buttons go on meaning the channel, and so do words that it asks for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from telegram.error import TelegramError

from bot.chats import Address
from bot.commands.parsing import command_text
from bot.commands.replies import reply, sentences
from bot.leading import meant_for
from bot.phrases import talking
from bot.phrases import telegram as say
from bot.platforms.telegram.incoming import NAME
from bot.platforms.telegram.led import led_id, words_of
from bot.talk import Kind, Place, Pressed, Said
from digest.translation import phrases_for

if TYPE_CHECKING:
    from bot.access import Person
    from bot.platforms.telegram.admins import Admins
    from bot.platforms.telegram.client import Client
    from bot.talk import Incoming, Progress, Receive, Reply

_COMMAND = re.compile(r"[/／]channel(?:\s+(@\w+|-?\d+|https://t\.me/\w+))?(?:\s+/?(.*))?", re.DOTALL)
_KINDS = {"channel": Kind.CHANNEL, "supergroup": Kind.GROUP, "group": Kind.GROUP}
_DEFAULT = "topics"
_MOST_ASKED = 1_000


@dataclass(frozen=True)
class Channels:
    """Stands before what answers people, and leads words to the channel that they are for.

    Args:
        client: connected.
        admins: knows who administers what.
        answer: what answers people.
    """

    client: Client
    admins: Admins
    answer: Receive
    _asked: dict[Person, str] = field(default_factory=dict)
    """For which channel each person was asked for words; what answers knows for how long that holds."""

    async def receive(self, said: Incoming, progress: Progress) -> Reply | None:
        """Answer, for a channel where one is named."""
        if said.place.kind is Kind.PRIVATE:
            if isinstance(said, Said):
                return await self._words(said, progress)
            if isinstance(said, Pressed) and (pressed := words_of(said.action)):
                return await self._lead(said, *pressed, progress)
        elif said.place.kind is Kind.CHANNEL and not await self._may_press(said):
            return _not_its_admin(said, said.place.title)
        return await self.answer(said, progress)

    async def _may_press(self, said: Incoming) -> bool:
        """Return whether a press in a channel counts: what comes back is read by everybody there."""
        if not isinstance(said, Pressed):
            return True
        return await self.admins.administers(said.place.address, said.by.person.id)

    async def _words(self, said: Said, progress: Progress) -> Reply | None:
        asked = self._asked.pop(said.by.person, "")
        if command := _COMMAND.fullmatch(said.text.strip()):
            if name := (command[1] or "").replace("https://t.me/", "@"):
                return await self._lead(said, name, f"/{command[2] or _DEFAULT}", progress)
        elif asked and command_text(said.text) is None:
            # A channel is silent to words if nothing is asked there any more.
            return await self._lead(said, asked, said.text, progress) or await self.answer(said, progress)
        return await self.answer(said, progress)

    async def _lead(self, said: Said | Pressed, name: str, words: str, progress: Progress) -> Reply | None:
        """Let a channel that somebody administers be answered, and show it to them."""
        phrases = phrases_for(said.by.language)
        place = await self._find(name)
        if place is None:
            return reply(phrases, sentences(phrases(say.NO_CHANNEL, name=name)), aside=True)
        if not await self.admins.administers(place.address, said.by.person.id):
            return _not_its_admin(said, name)
        led: Incoming = (
            replace(said, place=place, text=words)
            if isinstance(said, Said)
            else replace(said, place=place, action=words)
        )
        found = await self.answer(led, progress)
        if found is None:
            return None
        if found.asks:
            self._asked[said.by.person] = place.address.chat
            while len(self._asked) > _MOST_ASKED:
                del self._asked[next(iter(self._asked))]
        title = phrases(talking.FOR_CHANNEL, name=phrases.quoted(place.title))
        return meant_for(found, f"#{led_id(place.address.chat)} ", title)

    async def _find(self, name: str) -> Place | None:
        """Look up a channel or group where the bot is."""
        try:
            chat = await self.client.call("getChat", chat_id=name if name.startswith("@") else int(name))
        except TelegramError:
            return None
        kind = _KINDS.get(chat["type"])
        return Place(Address(NAME, str(chat["id"])), kind, chat.get("title", "")) if kind else None


def calling_off(said: Incoming) -> Said:
    """Return what calls off the work that something said began, for a channel if that was named."""
    words = "/cancel"
    if isinstance(said, Pressed) and (pressed := words_of(said.action)):
        words = f"/channel {pressed[0]} cancel"
    elif isinstance(said, Said) and (named := _COMMAND.fullmatch(said.text.strip())) and named[1]:
        words = f"/channel {named[1]} cancel"
    return Said(said.place, said.by, words)


def _not_its_admin(said: Incoming, name: str) -> Reply:
    phrases = phrases_for(said.by.language)
    return reply(phrases, sentences(phrases(say.NOT_ITS_ADMIN, name=name)), aside=True)
