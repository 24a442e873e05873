"""Posts of forums and threads under digests: where the parts of one document go. Knows no person.

A forum takes no messages but posts, each with a title. Part 0 of a document opens one and the others follow
in it, after a restart too. Discord keeps no nonce of a post; after a try without an answer the newest one is
looked at.
"""

from __future__ import annotations

import logging
import time
from collections import OrderedDict
from typing import TYPE_CHECKING, Any

from discord.errors import HTTPException
from discord.utils import snowflake_time

from bot.platforms.discord.errors import FAILURES, THREAD_EXISTS, FloodError, code_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.platforms.discord.http import Http
    from bot.platforms.discord.sending import Body

_LOG = logging.getLogger(__name__)

_FRESH = 72_000.0  # seconds in which the newest post of a title is the same day's
_A_WEEK = 10_080  # minutes without a word, after which a thread is put away
_MOST = 1_000


class Posts:
    """Opens posts and threads.

    Args:
        http: open.
        myself: the bot's id.
        now: the time, in seconds since 1970, as ids of Discord count it.
    """

    def __init__(self, http: Http, myself: int, now: Callable[[], float] = time.time) -> None:
        self._http = http
        self._myself = myself
        self._now = now
        self._newest: OrderedDict[int, tuple[str, int]] = OrderedDict()
        self._unanswered: set[str] = set()

    async def put(
        self, forum: int, body: Body, message: dict[str, Any], key: str, tags: list[str], *, urgent: bool
    ) -> tuple[int, int]:
        """Put a part of a document into its post; return the post's id and the message's.

        Args:
            forum: the channel.
            body: what the part was kept as.
            message: the part, as Discord takes it.
            key: the same for every try.
            tags: the ids of the post's, where the forum wants one.
            urgent: whether somebody waits for it.

        Raises:
            Exception: as `Http.request` does.
        """
        unanswered = key in self._unanswered
        post = await self._find(forum, body.title, look=unanswered) if body.part or unanswered else 0
        if post and body.part:
            return post, await self._add(post, message, urgent=urgent)
        if post:
            self._unanswered.discard(key)
            return post, post  # a try whose answer was lost opened it; its first message has its id
        first = {name: value for name, value in message.items() if name not in {"nonce", "enforce_nonce"}}
        payload = {"name": body.title, "auto_archive_duration": _A_WEEK, "message": first}
        if tags:
            payload["applied_tags"] = tags
        self._unanswered.add(key)
        try:
            made = await self._http.call(
                "POST", "/channels/{channel_id}/threads", payload, urgent=urgent, channel_id=forum
            )
        except (HTTPException, FloodError):
            self._unanswered.discard(key)
            raise
        self._unanswered.discard(key)
        post = int(made["id"])
        self._remember(forum, body.title, post)
        return post, int(made.get("message", made)["id"])

    async def talk_about(self, channel: int, message: int, title: str) -> None:
        """Open a thread under a digest; without one it's a digest all the same."""
        try:
            await self.open_under(channel, message, title)
        except FAILURES as error:
            _LOG.info("no thread under the digest in %s: %s", channel, error)

    async def open_under(self, channel: int, message: int, title: str) -> int:
        """Open a thread under a message, unless there is one; return its id, which is the message's.

        Raises:
            Exception: as `Http.request` does.
        """
        try:
            await self._http.call(
                "POST",
                "/channels/{channel_id}/messages/{message_id}/threads",
                {"name": title, "auto_archive_duration": _A_WEEK},
                urgent=False,
                channel_id=channel,
                message_id=message,
            )
        except HTTPException as error:
            if code_of(error) != THREAD_EXISTS:
                raise
        return message

    async def _add(self, post: int, message: dict[str, Any], *, urgent: bool) -> int:
        path = "/channels/{channel_id}/messages"
        return int((await self._http.call("POST", path, message, urgent=urgent, channel_id=post))["id"])

    async def _find(self, forum: int, title: str, *, look: bool) -> int:
        """Return the newest post if a document of this title opened it today; 0 if it's another one."""
        known = None if look else self._newest.get(forum)
        if known is None or known[0] != title:
            channel: Any = await self._http.get_channel(forum)
            newest = int(channel.get("last_message_id") or 0)
            if not newest or not self._is_fresh(newest):
                return 0
            post: Any = await self._http.get_channel(newest)
            if int(post.get("owner_id", 0)) != self._myself:
                return 0
            known = self._remember(forum, post["name"], newest)
        return known[1] if known[0] == title and self._is_fresh(known[1]) else 0

    def _is_fresh(self, post: int) -> bool:
        return self._now() - snowflake_time(post).timestamp() < _FRESH

    def _remember(self, forum: int, title: str, post: int) -> tuple[str, int]:
        self._newest[forum] = title, post
        self._newest.move_to_end(forum)
        while len(self._newest) > _MOST:
            self._newest.popitem(last=False)
        return self._newest[forum]
