"""The loopback Bot API: requests in, answers out, and what a test may look at."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import Counter
from typing import TYPE_CHECKING, Any, Self, TypeVar

from aiohttp import web

from .control import Control
from .crowds import Crowds
from .drafts import Drafts
from .faults import Fault, FaultPlan, Limits, Planned, RateKeeper
from .front import Call, Front
from .people import InlineQuery, People, Press
from .picture import picture
from .schema import model
from .updates import UpdateQueue
from .world import Chat, Json, User, World

if TYPE_CHECKING:
    from collections.abc import Callable


T = TypeVar("T")


def _request(message: Any, payload: Any, protocol: Any, writer: Any, task: Any) -> web.BaseRequest:
    """Take files as large as Telegram takes them."""
    loop = asyncio.get_running_loop()
    return web.BaseRequest(message, payload, protocol, writer, task, loop, client_max_size=50 * 2**20)


class TelegramServer:
    """A Bot API of its own on 127.0.0.1; run it with `async with`.

    Args:
        check: Hold every request against aiogram's models and Telegram's limits, and read HTML. Without it
            the server is fast, for benches.
        limits: How much may be sent; None lets everything through.
        port: 0 takes a free one.
        token: The one bot's.
        username: The one bot's.
        now: Seconds since 1970, for the dates of messages.
        control: Let it be steered over HTTP too; see `control`.
    """

    def __init__(
        self,
        *,
        check: bool = True,
        limits: Limits | None = None,
        port: int = 0,
        token: str = "4242:loopback-AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw",  # noqa: S107 - opens nothing
        username: str = "paperround_bot",
        now: Callable[[], float] = time.time,
        control: bool = False,
    ) -> None:
        self._news = asyncio.Event()
        self.check, self.token, self.inline_mode = check, token, True
        self.world, self.updates, self.plan = World(username, now), UpdateQueue(self.notify), FaultPlan()
        self.people, self.crowds = People(self.world, self.updates), Crowds(self.world, self.updates)
        self.drafts = Drafts(self.world, self.updates)
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
        self.files: dict[str, tuple[str, bytes]] = {}
        self.commands: dict[tuple[str, str], list[Json]] = {}
        self.profile: dict[tuple[str, str], str] = {}
        self._port = port
        self._front = Front(self, Control(self) if control else None)
        self._running: web.ServerRunner | None = None

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
        self._front.released.set()
        self._front.released = asyncio.Event()

    def notify(self) -> None:
        """Let `until` look again."""
        self._news.set()

    async def until(self, what: Callable[[], T], *, seconds: float = 60.0) -> T:
        """Wait for something to be so, looking after every request; a message that isn't there yet is not so.

        Raises:
            AssertionError: It took longer than these seconds.
        """
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while True:
                    self._news.clear()
                    with contextlib.suppress(IndexError):
                        if found := what():
                            return found
                    await self._news.wait()
        last = [f"{call.method} {call.arguments} {call.status}" for call in self.calls[-5:]]
        raise AssertionError("\n".join(["this didn't happen; the last requests were:", *last]))

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

    def picture(self, chat: Chat | User | int, **how: Any) -> str:
        """Draw a chat as a client shows it; see `picture.picture`."""
        place = self.world.chats[chat if isinstance(chat, int) else chat.id]
        return picture(self.world, place, draft=self.drafts.shown(place), **how)

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
        # A bare server: an application's routes and middlewares would cost a fifth of its speed.
        server = web.Server(self._front.answer, request_factory=_request, access_log=None)
        runner = web.ServerRunner(server, shutdown_timeout=0.05)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", self._port, reuse_address=True)
        await site.start()
        self._port = runner.addresses[0][1]
        self._running = runner

    async def refuse_connections(self) -> None:
        """Stop listening and cut what is open; `start` comes back on the same port."""
        if self._running is not None:
            self.release()
            await self._running.cleanup()
            self._running = None

    async def stop(self) -> None:
        """End everything."""
        await self.updates.stop()
        await self.refuse_connections()
