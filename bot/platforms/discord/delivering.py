"""Sends and edits messages: finds where an address leads on Discord, in its turn. Knows no person's words."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from discord import ForumChannel
from discord.errors import HTTPException
from msgspec import DecodeError

from bot.outbox import Gone, Refused, Sent
from bot.phrases import discord as say
from bot.platforms.discord.errors import (
    FAILURES,
    NO_PERMISSION,
    NO_TEXT,
    NO_THREAD,
    code_of,
    outcome_of,
    outcome_with_files,
)
from bot.platforms.discord.gallery import gallery
from bot.platforms.discord.places import FORUMS, kind_of, person_of, target_of
from bot.platforms.discord.sending import Body, files_of, read, sent, written

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.chats import Address
    from bot.outbox import Outcome
    from bot.platforms.discord.client import Client
    from bot.platforms.discord.http import Http
    from bot.platforms.discord.posts import Posts
    from bot.talk import Illustration

_LOG = logging.getLogger(__name__)

_MESSAGES = "/channels/{channel_id}/messages"
_TEXT, _NEWS = 0, 5  # types of channels in which threads can be opened under a message
_UNKNOWN = -1
_IN = "/"  # stands between the id of a post or thread and that of a message in it
_MOST = 10_000
_TITLE_OF_TEXT = 100  # characters


@dataclass(frozen=True)
class Delivering:
    """What sends.

    Args:
        http: open.
        client: returns the client that is connected; it knows which channels are forums.
        posts: opens posts and threads.
        threads: whether each digest in a text channel gets a thread.
    """

    http: Http
    client: Callable[[], Client]
    posts: Posts
    threads: bool
    _direct: OrderedDict[int, int] = field(default_factory=OrderedDict)
    _opening: set[asyncio.Task[None]] = field(default_factory=set)

    def note_direct(self, person: int, channel: int) -> None:
        """Note Discord's id of the direct chat with a person."""
        self._direct[person] = channel
        self._direct.move_to_end(person)
        while len(self._direct) > _MOST:
            self._direct.popitem(last=False)

    async def send(
        self, address: Address, body: str, *, plain: bool, key: str, sound: bool, after: str, urgent: bool
    ) -> Outcome:
        """Send one message; whatever happens is an outcome.

        Parts of a digest that stand below it go into a thread under the last part before them. Where none can
        be, they come in the channel itself; the first says which permission is missing, if one is.
        """
        try:
            kept = Body(_first_line(body), []) if plain else read(body)
            message = sent(body, key, plain=plain, sound=sound)
        except DecodeError as error:
            return Refused(f"not a body: {error}")
        try:
            channel = await self._channel(address)
            if not channel:
                return Gone(f"{address} is no place on Discord")
            place, _, before = after.rpartition(_IN)
            if place or (kept.below and before and self._has_threads(address, channel)):
                thread = int(place) if place else None
                return await self._write_below(channel, thread, before, kept, message, urgent=urgent)
            if not address.thread and self._is_forum(channel):
                return await self._post(channel, kept, message, key, urgent=urgent)
            return await self._write(channel, kept, message, key, urgent=urgent)
        except FAILURES as error:
            return outcome_with_files(error) if kept.file else outcome_of(error)

    async def send_pictures(self, address: Address, pictures: Sequence[Illustration]) -> Outcome:
        """Send pictures as one message; whatever happens is an outcome."""
        message, uploads = gallery(pictures, alone=False)
        try:
            channel = await self._channel(address)
            made = await self.http.call("POST", _MESSAGES, message, files=uploads, channel_id=channel)
        except FAILURES as error:
            return outcome_of(error)
        return Sent(str(made["id"]))

    async def edit(self, address: Address, message: str, body: str) -> Outcome:
        """Replace a message that was sent."""
        post, _, number = message.rpartition(_IN)
        if not number.isdecimal():
            return Refused(f"“{message}” is no message")
        try:
            channel = int(post) if post else await self._channel(address)
            await self.http.call(
                "PATCH",
                f"{_MESSAGES}/{{message_id}}",
                written(body),
                channel_id=channel,
                message_id=int(number),
            )
        except DecodeError as error:
            return Refused(f"not a body: {error}")
        except FAILURES as error:
            return outcome_of(error)
        return Sent(message)

    async def type(self, address: Address) -> None:
        """Show that the bot writes."""
        channel = await self._channel(address)
        await self.http.call("POST", "/channels/{channel_id}/typing", channel_id=channel)

    async def finish(self) -> None:
        """Let the threads open that are being opened."""
        if self._opening:
            await asyncio.wait(self._opening)

    async def _write(
        self, channel: int, kept: Body, message: dict[str, Any], key: str, *, urgent: bool
    ) -> Outcome:
        try:
            made = await self._add(channel, kept, message, urgent=urgent)
        except HTTPException as error:
            if code_of(error) == NO_TEXT:  # a forum that the gateway didn't tell of yet
                return await self._post(channel, kept, message, key, urgent=urgent)
            raise
        if self.threads and kept.digest and kept.last and self._kind(channel) in {_TEXT, _NEWS}:
            opening = asyncio.create_task(self.posts.talk_about(channel, made, kept.title))
            self._opening.add(opening)
            opening.add_done_callback(self._opening.discard)
        return Sent(str(made))

    async def _write_below(
        self,
        channel: int,
        place: int | None,
        before: str,
        kept: Body,
        message: dict[str, Any],
        *,
        urgent: bool,
    ) -> Outcome:
        """Write a part where the one before it is, or in a thread under that.

        Args:
            channel: that of the address, where it comes if there's no thread, or none any more.
            place: the post or thread of the part before; None if that stands in the channel.
            before: the id of that part.
            kept: what the part was kept as.
            message: the part, as Discord takes it.
            urgent: whether somebody waits for it.
        """
        needed = say.CREATE_THREADS
        try:
            if place is None:
                place = await self.posts.open_under(channel, int(before), kept.title)
            needed = say.SEND_IN_THREADS
            made = await self._add(place, kept, message, urgent=urgent)
        except HTTPException as error:
            if place == channel or self._is_forum(channel) or not _closed(error):
                raise
            _LOG.info("no thread, or none any more, for what stands below in %s: %s", channel, error)
            made = await self._add(channel, kept, message, urgent=urgent)
            return Sent(f"{channel}{_IN}{made}", needed if code_of(error) == NO_PERMISSION else None)
        return Sent(f"{place}{_IN}{made}")

    async def _add(self, place: int, kept: Body, message: dict[str, Any], *, urgent: bool) -> int:
        made = await self.http.call(
            "POST", _MESSAGES, message, files=files_of(kept), urgent=urgent, channel_id=place
        )
        return int(made["id"])

    async def _post(
        self, forum: int, kept: Body, message: dict[str, Any], key: str, *, urgent: bool
    ) -> Outcome:
        post, number = await self.posts.put(forum, kept, message, key, self._tags(forum), urgent=urgent)
        return Sent(f"{post}{_IN}{number}")

    async def _channel(self, address: Address) -> int:
        """Return the channel or thread of an address; a direct chat is opened, which shows nothing."""
        person = person_of(address.chat)
        if person is None:
            return target_of(address)
        if person not in self._direct:
            opened = await self.http.call("POST", "/users/@me/channels", {"recipient_id": str(person)})
            self.note_direct(person, int(opened["id"]))
        return self._direct[person]

    def _tags(self, forum: int) -> list[str]:
        """Return a tag for a post, where a forum takes none without."""
        known = self.client().get_channel(forum)
        if isinstance(known, ForumChannel) and known.flags.require_tag and known.available_tags:
            return [str(known.available_tags[0].id)]
        return []

    def _has_threads(self, address: Address, channel: int) -> bool:
        """Whether threads may be opened where an address leads; True of a channel that isn't known yet."""
        inside = bool(address.thread) or person_of(address.chat) is not None
        return not inside and self._kind(channel) in {_TEXT, _NEWS, _UNKNOWN}

    def _is_forum(self, channel: int) -> bool:
        return self._kind(channel) in FORUMS

    def _kind(self, channel: int) -> int:
        known = self.client().get_channel(channel)
        return _UNKNOWN if known is None else kind_of(known)


def _closed(error: HTTPException) -> bool:
    """Return whether nothing can be written in a thread, or it can't be opened."""
    outcome = outcome_of(error)
    return isinstance(outcome, Gone) or code_of(error) in NO_THREAD


def _first_line(text: str) -> str:
    return text.strip().partition("\n")[0][:_TITLE_OF_TEXT] or "…"
