"""Answers one command, press or form: finds out for which channel it is, and shows the reply where it was.

In a server, what a press brings is for who pressed alone, so that no digest is buried under papers that one
reader opened.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from bot.chats import Layout
from bot.commands.replies import button, buttons, reply, sentences
from bot.galleries import show
from bot.leading import meant_for
from bot.phrases import discord as say
from bot.phrases import talking
from bot.platforms.discord.asking import FORMS, form, with_form
from bot.platforms.discord.attaching import with_file
from bot.platforms.discord.gallery import galleries, gallery
from bot.platforms.discord.hearing import heard, place_in
from bot.platforms.discord.led import led_by
from bot.platforms.discord.messages import components
from bot.platforms.discord.naming import as_named_here
from bot.platforms.discord.places import kind_of
from bot.platforms.discord.responding import Response
from bot.platforms.discord.rights import manages, missing
from bot.ports import ShowsPictures
from bot.talk import BETWEEN_STEPS, Kind, Pressed, Said
from bot.turns import Turns
from digest.document import Document, Paragraph, Text
from digest.translation import phrases_for

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from discord import Interaction

    from bot.galleries import Pictures
    from bot.outbox import Message, Outcome
    from bot.platforms.discord.admins import Admins
    from bot.platforms.discord.client import Client
    from bot.platforms.discord.hearing import Heard
    from bot.ports import Platform
    from bot.sender import Sender
    from bot.talk import Place, Receive, Reply
    from bot.turns import Turn
    from digest.phrases import Phrase

HURRY = 1.5
"""Seconds after which whoever asked sees that the answer takes longer; Discord itself waits for three."""

_SUBSCRIBING = ("subscribe", "turn")
_LED_BY_THE_SERVER = ("subscribe", "unsubscribe")


@dataclass(frozen=True)
class Answering:
    """What answers interactions.

    Args:
        client: returns the client that is connected.
        platform: where.
        sender: sends there what can't be an answer any more.
        admins: is told who may change what.
        receive: answers people.
        monotonic: seconds since whenever.
        sleep: waits some seconds.
    """

    client: Callable[[], Client]
    platform: Platform
    sender: Sender
    admins: Admins
    receive: Receive
    monotonic: Callable[[], float]
    sleep: Callable[[float], Awaitable[None]]
    _turns: Turns = field(default_factory=Turns)

    async def answer(self, interaction: Interaction[Any]) -> None:
        """Answer what somebody used, pressed or wrote into a form."""
        found = heard(interaction)
        if found is None:
            return
        pressed = isinstance(found.said, Pressed)
        response = Response(self.client().http, interaction, self.sleep, alone=found.alone, pressed=pressed)
        if pressed and found.command in FORMS:
            await response.ask(form(interaction.data, found.said.by.language))
            return
        hurry = asyncio.create_task(self._hurry(response))
        try:
            lane = found.said.place.address, found.said.by.person
            async with self._turns.of(lane) as turn:
                made = await self._reply(found, interaction, response, turn)
        finally:
            hurry.cancel()
        if made is None:
            await response.show_nothing()
            return
        await self._show(found, made, response)

    async def _hurry(self, response: Response) -> None:
        await self.sleep(HURRY)
        await asyncio.shield(response.defer())  # what began mustn't be cut off

    async def _show(self, found: Heard, made: Reply, response: Response) -> None:
        private = found.said.place.kind is Kind.PRIVATE and not found.alone
        alone = found.alone or (made.aside and not private)
        messages = _messages(made)
        await response.show(messages, alone=alone, instead=made.instead)
        await self._catch_up(found, messages, response, alone=alone)
        if made.then and (following := await made.then()):
            await self._follow(found, following, response, alone=alone)

    async def _follow(self, found: Heard, made: Reply, response: Response, *, alone: bool) -> None:
        """Show what follows an answer: pictures, and what is said of them."""
        limit = response.most_bytes
        shown = await show(
            galleries(made.pictures, limit),
            lambda part: self._send_pictures(found, part, response, alone=alone),
        )
        unshown = made.unshown if shown < len(made.pictures) else ()
        if blocks := (*unshown, *made.document.blocks):
            messages = _messages(replace(made, document=replace(made.document, blocks=blocks)))
            await response.follow(messages, alone=alone)
            await self._catch_up(found, messages, response, alone=alone)

    async def _catch_up(
        self, found: Heard, messages: Sequence[Message], response: Response, *, alone: bool
    ) -> None:
        """Send what everybody may read where Discord takes no answer any more."""
        if response.lost and not alone:
            for message in messages:
                await self.sender.reply(found.said.place.address, message)

    async def _send_pictures(
        self, found: Heard, part: Pictures, response: Response, *, alone: bool
    ) -> Outcome:
        outcome = await response.follow_with(*gallery(part, alone=alone))
        if response.lost and not alone and isinstance(self.platform, ShowsPictures):
            return await self.sender.pictures(found.said.place.address, self.platform, part)
        return outcome

    async def _reply(
        self, found: Heard, interaction: Interaction[Any], response: Response, turn: Turn
    ) -> Reply | None:
        """Let what was said be answered, for the channel that is meant."""
        said, language = found.said, found.said.by.language
        place: Place | None = said.place
        if found.channel is not None:
            place = self._elsewhere(interaction, found.channel)
        if place is None:
            phrases = phrases_for(language)
            return reply(phrases, sentences(phrases(say.GONE)), aside=True)
        self._note(found, interaction, place)
        if refusal := self._refusal(found, interaction, place):
            return refusal
        made = await self.receive(replace(said, place=place), self._progress(response, turn))
        if made is None:
            return None
        if made.asks and place.kind is not Kind.PRIVATE:
            made = with_form(made, language)
        if found.channel is None:
            return made
        title = phrases_for(language)(talking.FOR_CHANNEL, name=place.title)
        return meant_for(made, led_by(found.channel), title)

    def _progress(self, response: Response, turn: Turn) -> Callable[[str], Awaitable[None]]:
        told_at: float | None = None

        async def progress(step: str) -> None:
            nonlocal told_at
            turn.pass_on()  # this takes long
            now = self.monotonic()
            if told_at is None or now - told_at >= BETWEEN_STEPS:
                told_at = now
                document = Document("", "", (Paragraph((Text(step),)),))
                await response.step(self.platform.render(document, Layout.CLASSIC)[0])

        return progress

    def _elsewhere(self, interaction: Interaction[Any], channel: int) -> Place | None:
        """Return a channel of the same server; what names it comes from a client, so it may name any."""
        found: Any = self.client().get_channel(channel)
        guild = interaction.guild_id
        if found is None or guild is None or getattr(found, "guild", None) is None or found.guild.id != guild:
            return None
        return place_in(guild, found)

    def _note(self, found: Heard, interaction: Interaction[Any], place: Place) -> None:
        """Note whether who asks may change what comes to a place, as Discord says it now."""
        if place.kind is Kind.PRIVATE:
            return
        typed = isinstance(found.said, Said) and found.command in _LED_BY_THE_SERVER
        if found.channel is None:
            # Whom a server lets use these commands here, it lets change what comes here.
            may, by_command = manages(interaction.permissions), typed and not _is_form(interaction)
        else:
            channel: Any = self.client().get_channel(found.channel)
            may, by_command = manages(channel.permissions_for(interaction.user)), False
        person = found.said.by.person.id
        self.admins.note(place.address, person, may=may or by_command, by_command=by_command and not may)

    def _refusal(self, found: Heard, interaction: Interaction[Any], place: Place) -> Reply | None:
        """Name the permission that is missing where digests would go, before anything is subscribed."""
        if found.command not in _SUBSCRIBING or place.kind is Kind.PRIVATE:
            return None
        lacking = self._lacking(interaction, found.channel)
        if lacking is None:
            return None
        phrases = phrases_for(found.said.by.language)
        words = found.said.text.removeprefix("/") if isinstance(found.said, Said) else found.said.action
        prefix = "" if found.channel is None else led_by(found.channel)
        told = phrases(say.CANT_POST, name=place.title, permission=phrases.quoted(phrases(lacking)))
        again = button(phrases(say.TRY_AGAIN), words)
        made = reply(phrases, (*sentences(told), *buttons(again)), aside=True, instead=True)
        return meant_for(made, prefix, phrases(talking.FOR_CHANNEL, name=place.title)) if prefix else made

    def _lacking(self, interaction: Interaction[Any], channel: int | None) -> Phrase | None:
        if channel is None:
            kind = kind_of(interaction.channel) if interaction.channel else 0
            return missing(interaction.app_permissions, kind)
        found: Any = self.client().get_channel(channel)
        return missing(found.permissions_for(found.guild.me), kind_of(found))


def _messages(made: Reply) -> tuple[Message, ...]:
    document = as_named_here(made.document)
    return with_file(document, made.file) if made.file else components(document)


def _is_form(interaction: Interaction[Any]) -> bool:
    return interaction.type.name == "modal_submit"
