"""The loopback Bot API: requests in, answers out, and what a test may look at."""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

from aiohttp import web

from . import asking, sending
from .crowds import Crowds
from .faults import Fault, FaultPlan, Limits, Planned, RateKeeper
from .people import InlineQuery, People, Press
from .refusals import Refused
from .schema import WrongRequestError, loosely, model, strictly
from .updates import UpdateQueue
from .world import Chat, Json, Shown, User, World

if TYPE_CHECKING:
    from collections.abc import Callable

_HANDLERS: dict[str, Callable[[TelegramServer, Json], Any]] = {
    "getme": asking.get_me,
    "getchat": asking.get_chat,
    "getchatmember": asking.get_chat_member,
    "getchatadministrators": asking.get_chat_administrators,
    "answercallbackquery": asking.answer_callback_query,
    "answerinlinequery": asking.answer_inline_query,
    "setmycommands": asking.set_my_commands,
    "getmycommands": asking.get_my_commands,
    "deletemycommands": asking.delete_my_commands,
    "setmyname": asking.setter("name"),
    "setmydescription": asking.setter("description"),
    "setmyshortdescription": asking.setter("short_description"),
    "getmyname": asking.getter("name"),
    "getmydescription": asking.getter("description"),
    "getmyshortdescription": asking.getter("short_description"),
    "sendmessage": sending.send_message,
    "sendrichmessage": sending.send_rich_message,
    "sendphoto": sending.send_photo,
    "senddocument": sending.send_document,
    "sendchataction": sending.send_chat_action,
    "sendmessagedraft": sending.send_draft,
    "sendrichmessagedraft": sending.send_draft,
    "editmessagetext": sending.edit_message_text,
    "editmessagereplymarkup": sending.edit_message_reply_markup,
    "deletemessage": sending.delete_message,
    "setwebhook": lambda server, args: server.updates.set_webhook(args),
    "deletewebhook": lambda server, args: server.updates.delete_webhook(args),
    "getwebhookinfo": lambda server, _: server.updates.webhook_info(),
    "logout": lambda *_: True,
    "close": lambda *_: True,
}


@dataclass(frozen=True)
class Call:
    """A request as it came, and the status of its answer."""

    at: float
    method: str
    arguments: Json
    status: int
    description: str = ""


@dataclass
class _Running:
    runner: web.AppRunner
    port: int = 0
    released: asyncio.Event = field(default_factory=asyncio.Event)


class TelegramServer:
    """A Bot API of its own on 127.0.0.1; run it with `async with`.

    Args:
        check: Hold every request against aiogram's models and Telegram's limits, and read HTML. Without it
            the server is fast, for benches.
        limits: How much may be sent; None lets everything through.
        port: 0 takes a free one.
    """

    def __init__(
        self,
        *,
        check: bool = True,
        limits: Limits | None = None,
        port: int = 0,
        token: str = "4242:loopback-AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw",  # noqa: S107 - opens nothing
        username: str = "paperround_bot",
    ) -> None:
        self.check, self.token, self.inline_mode = check, token, True
        self.world, self.updates, self.plan = World(username), UpdateQueue(), FaultPlan()
        self.people, self.crowds = People(self.world, self.updates), Crowds(self.world, self.updates)
        # What tests reach for most, without a detour.
        world, people, crowds = self.world, self.people, self.crowds
        self.user, self.group, self.supergroup, self.channel = (
            world.user,
            world.group,
            world.supergroup,
            world.channel,
        )
        self.shown, self.last = world.shown, world.last
        self.say, self.edit, self.press, self.inline, self.choose = (
            people.say,
            people.edit,
            people.press,
            people.inline,
            people.choose,
        )
        self.join, self.leave, self.promote, self.block = (
            crowds.join,
            crowds.leave,
            crowds.promote,
            crowds.block,
        )
        self.topic, self.close_topic, self.delete_topic = (
            crowds.topic,
            crowds.close_topic,
            crowds.delete_topic,
        )
        self.migrate = crowds.migrate
        self.rates = RateKeeper(limits, time.monotonic) if limits else None
        self.patience = 15.0
        self.calls: list[Call] = []
        self.counts: Counter[str] = Counter()
        self.violations: list[str] = []
        self.sent = self.edited = 0
        self.actions: list[tuple[int, int, str]] = []
        self.drafts: list[Json] = []
        self.files: dict[str, tuple[str, bytes]] = {}
        self.commands: dict[tuple[str, str], list[Json]] = {}
        self.profile: dict[tuple[str, str], str] = {}
        self._port = port
        self._running: _Running | None = None

    @property
    def bot(self) -> User:
        """The bot."""
        return self.world.bot

    @property
    def privacy(self) -> bool:
        """Whether the bot hears in groups only what is meant for it."""
        return self.people.privacy

    @property
    def presses(self) -> dict[str, Press]:
        """All presses, by the id of their query."""
        return self.people.presses

    @property
    def inline_queries(self) -> dict[str, InlineQuery]:
        """All that was asked inline, by id."""
        return self.people.inline_queries

    @property
    def inline_messages(self) -> dict[str, Json]:
        """Messages sent inline, by their id."""
        return self.people.inline_messages

    def fail(
        self,
        fault: Fault,
        *,
        method: str | None = None,
        chat: Chat | User | None = None,
        times: int | None = 1,
    ) -> Planned:
        """Plan a fault: for one method or all, one chat or all, so many times or (None) always."""
        return self.plan.add(fault, method, chat.id if chat else None, times)

    def heal(self) -> None:
        """Forget all faults."""
        self.plan.planned.clear()
        self.release()

    def release(self) -> None:
        """Let go what hangs."""
        if self._running:
            self._running.released.set()
            self._running.released = asyncio.Event()

    def calls_of(self, method: str) -> list[Call]:
        """The requests of one method."""
        return [call for call in self.calls if call.method.lower() == method.lower()]

    @property
    def refusals(self) -> list[str]:
        """What was answered with anything but ok, in order."""
        return [f"{call.method}: {call.description}" for call in self.calls if call.status != 200]

    @property
    def url(self) -> str:
        """Where it listens, without a slash at the end."""
        return f"http://127.0.0.1:{self._port}"

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, kind: object, *_: object) -> None:
        await self.stop()
        if kind is None:
            assert not self.violations, "\n".join(self.violations)

    async def start(self) -> None:
        """Listen; after `stop` or `refuse_connections` on the same port as before."""
        if self.check:
            model("getMe")  # reads aiogram now and not during the first request
        app = web.Application(client_max_size=64 * 2**20)
        app.router.add_route("*", "/bot{token}/{method}", self._answer)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.05)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", self._port, reuse_address=True)
        await site.start()
        self._port = runner.addresses[0][1]
        self._running = _Running(runner)

    async def refuse_connections(self) -> None:
        """Stop listening and cut what is open; `start` comes back on the same port."""
        if self._running is not None:
            self._running.released.set()
            await self._running.runner.cleanup()
            self._running = None

    async def stop(self) -> None:
        """End everything."""
        await self.updates.stop()
        await self.refuse_connections()

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        method, at = request.match_info["method"], time.monotonic()
        self.counts[method] += 1
        arguments: Json = {}
        try:
            if request.match_info["token"] != self.token:
                raise Refused("", 401)
            if method.lower() not in _HANDLERS and method.lower() != "getupdates":
                raise Refused("method not found", 404)
            arguments = await self._arguments(request, method)
            if self.plan.planned and (fault := self.plan.take(method, self._chat_of(arguments))):
                early = await self._meet(fault, request, method, arguments)
                if early is not None:
                    self.calls.append(Call(at, method, arguments, fault.status, fault.description))
                    return early
            result = await self._carry_out(method, arguments)
        except Refused as error:
            self.calls.append(Call(at, method, arguments, error.status, error.description))
            return _refusal(error.status, error.description, error.parameters)
        if method != "getUpdates":
            self.calls.append(Call(at, method, arguments, 200))
        return _json({"ok": True, "result": result})

    async def _carry_out(self, method: str, arguments: Json) -> Any:
        if method.lower() == "getupdates":
            return await self.updates.get(arguments)
        return _HANDLERS[method.lower()](self, arguments)

    async def _arguments(self, request: web.Request, method: str) -> Json:
        fields: dict[str, str] = {name: value for name, value in request.query.items()}
        body: Json | None = None
        if request.content_type == "application/json":
            body = await request.json()
        else:
            for name, value in (await request.post()).items():
                if isinstance(value, web.FileField):
                    self.files[name] = (value.filename, value.file.read())
                    fields.setdefault(name, f"attach://{name}")
                else:
                    fields[name] = str(value)
        if not self.check:
            return loosely(fields) | (body or {})
        try:
            return strictly(method, {k: v for k, v in fields.items() if not self._upload(k, fields)}, body)
        except WrongRequestError as error:
            self.violations.append(str(error))
            raise Refused(str(error)) from error

    def _upload(self, name: str, fields: dict[str, str]) -> bool:
        """Whether a field is only the place of a file that another field names."""
        return fields[name] == f"attach://{name}" and any(
            f"attach://{name}" in value for other, value in fields.items() if other != name
        )

    def _chat_of(self, arguments: Json) -> int | None:
        try:
            return self.world.chat(arguments["chat_id"]).id
        except (Refused, KeyError):
            return None

    async def _meet(
        self, fault: Fault, request: web.Request, method: str, arguments: Json
    ) -> web.StreamResponse | None:
        if fault.taken:
            await self._carry_out(method, arguments)
        if fault.delay:
            await asyncio.sleep(fault.delay)
        if fault.hang and self._running is not None:
            await self._running.released.wait()
        if fault.drop:
            if request.transport is not None:
                request.transport.abort()
            return web.Response()
        if fault.body is not None:
            return web.Response(status=fault.status or 200, body=fault.body, content_type="text/html")
        return _refusal(fault.status, fault.description, fault.parameters) if fault.status else None


def _refusal(status: int, description: str, parameters: Json) -> web.Response:
    answer: Json = {"ok": False, "error_code": status, "description": description}
    return _json(answer | ({"parameters": parameters} if parameters else {}), status)


def _json(answer: Json, status: int = 200) -> web.Response:
    return web.Response(status=status, body=json.dumps(answer).encode(), content_type="application/json")


__all__ = ["Call", "Shown", "TelegramServer"]
