"""What the bot is told: updates in order, kept until they are confirmed; long polling or a webhook."""

from __future__ import annotations

import asyncio
import json
import re
import time
from typing import TYPE_CHECKING, Any

import aiohttp

from .refusals import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

Json = dict[str, Any]

_ON_REQUEST = ("chat_member", "message_reaction", "message_reaction_count")
_TAKEN_OVER = "terminated by other getUpdates request; make sure that only one bot instance is running"
_HOOKED = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


class UpdateQueue:
    """The updates of one bot."""

    def __init__(self, notify: Callable[[], None]) -> None:
        self.waiting: list[Json] = []
        self._notify = notify
        self.allowed: list[str] = []
        self.webhook: Json = {}
        self.polls = 0
        self.confirmed = 0
        self._next = 100_000_001
        self._news = asyncio.Event()
        self._poll: asyncio.Future[None] | None = None
        self._task: asyncio.Task[None] | None = None

    def put(self, kind: str, what: Json) -> int:
        """Queue an update, unless the bot doesn't want its kind; its id, or 0."""
        if kind not in self.allowed and (self.allowed or kind in _ON_REQUEST):
            return 0
        number, self._next = self._next, self._next + 1
        # A copy: what is edited later was another message when this was told.
        told = {name: value for name, value in what.items() if not name.startswith("_")}
        self.waiting.append({"update_id": number, kind: told})
        self._news.set()
        return number

    async def get(self, arguments: Json) -> list[Json]:
        """Answer getUpdates: at once, or when something happens, or after the timeout."""
        if self.webhook:
            raise Refused(_HOOKED, 409)
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)
        mine = self._poll = asyncio.get_running_loop().create_future()
        self.polls += 1
        self._notify()
        self._want(arguments.get("allowed_updates"))
        offset = arguments.get("offset") or 0
        if offset > 0:
            self._confirm(offset)
        elif offset < 0:
            self.waiting = self.waiting[offset:]
        until = time.monotonic() + min(arguments.get("timeout") or 0, 50)
        while not self.waiting and (left := until - time.monotonic()) > 0:
            self._news.clear()
            news = asyncio.ensure_future(self._news.wait())
            await asyncio.wait({news, mine}, timeout=left, return_when=asyncio.FIRST_COMPLETED)
            news.cancel()
            if mine.done():
                raise Refused(_TAKEN_OVER, 409)
        mine.cancel()
        return self.waiting[: max(1, min(arguments.get("limit") or 100, 100))]

    def _want(self, allowed: list[str] | None) -> None:
        if allowed is not None:
            self.allowed = list(allowed)

    def _confirm(self, offset: int) -> None:
        kept = [update for update in self.waiting if update["update_id"] >= offset]
        self.confirmed += len(self.waiting) - len(kept)
        self.waiting = kept

    def set_webhook(self, arguments: Json) -> bool:
        """Deliver to an address from now on; plain http is fine here, as it's loopback."""
        if not arguments.get("url"):
            return self.delete_webhook(arguments)
        secret = arguments.get("secret_token", "")
        if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret):
            raise Refused("secret token contains unallowed characters")
        self._want(arguments.get("allowed_updates"))
        if arguments.get("drop_pending_updates"):
            self.waiting.clear()
        self.webhook = {"url": arguments["url"], "secret": secret, "error": "", "tries": 0}
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)
        self._news.set()
        if self._task is None:
            self._task = asyncio.ensure_future(self._deliver())
        return True

    def delete_webhook(self, arguments: Json) -> bool:
        """Go back to long polling."""
        self.webhook = {}
        if arguments.get("drop_pending_updates"):
            self.waiting.clear()
        return True

    def webhook_info(self) -> Json:
        """The `WebhookInfo` of the Bot API."""
        info = {
            "url": self.webhook.get("url", ""),
            "has_custom_certificate": False,
            "pending_update_count": len(self.waiting),
        }
        if self.webhook.get("error"):
            info |= {"last_error_date": int(time.time()), "last_error_message": self.webhook["error"]}
        return info | ({"allowed_updates": self.allowed} if self.allowed else {})

    async def _deliver(self) -> None:
        async with aiohttp.ClientSession() as session:
            while True:
                hook = self.webhook
                if not hook or not self.waiting:
                    self._news.clear()
                    await self._news.wait()
                    continue
                update = self.waiting[0]
                headers = {"Content-Type": "application/json"}
                if hook["secret"]:
                    headers["X-Telegram-Bot-Api-Secret-Token"] = hook["secret"]
                hook["tries"] += 1
                try:
                    async with session.post(hook["url"], data=json.dumps(update), headers=headers) as answer:
                        hook["error"] = (
                            "" if answer.ok else f"Wrong response from the webhook: {answer.status}"
                        )
                except aiohttp.ClientError:
                    hook["error"] = "Connection refused"
                if hook["error"]:
                    await asyncio.sleep(0.05)
                elif self.waiting and self.waiting[0] is update:
                    self.waiting.pop(0)
                    self.confirmed += 1

    async def stop(self) -> None:
        """End what still runs."""
        if self._poll is not None and not self._poll.done():
            self._poll.cancel()
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None
