"""The loopback Discord: REST and gateway at one address, and what a test may look at."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import Counter, deque
from typing import TYPE_CHECKING, Any, Self, TypeVar

from aiohttp import web

from .control import Control
from .crowds import Crowds
from .faults import Fault, FaultPlan, Planned
from .front import MOST_BYTES, ROOT, Front
from .gateway import Gateway
from .limits import Limits, RateKeeper
from .messages import shown
from .people import People
from .picture import picture
from .schema import present, ready
from .sessions import Intents
from .world import World

if TYPE_CHECKING:
    from collections.abc import Callable

    from .interactions import Interaction
    from .messages import Shown
    from .request import Call
    from .world import Channel, User

Json = dict[str, Any]
T = TypeVar("T")


def _request(message: Any, payload: Any, protocol: Any, writer: Any, task: Any) -> web.BaseRequest:
    loop = asyncio.get_running_loop()
    return web.BaseRequest(message, payload, protocol, writer, task, loop, client_max_size=2 * MOST_BYTES)


class DiscordServer:
    """A Discord of its own on 127.0.0.1; run it with `async with`.

    Args:
        check: Hold every request against Discord's rules, and its OpenAPI description where that's at hand.
            Without it the server is fast, for benches.
        described: Use the OpenAPI description, if it's there and `check` is on.
        limits: How much may be sent; None lets everything through, without headers that tell of limits.
        port: 0 takes a free one.
        token: The one bot's.
        shards: How many shards the bot is told to use.
        now: Seconds since 1970, for ids and dates.
        control: Let it be steered over HTTP too; see `control`.
    """

    def __init__(
        self,
        *,
        check: bool = True,
        described: bool = True,
        limits: Limits | None = None,
        port: int = 0,
        token: str = "NDI0Mg.loopback.AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw",  # noqa: S107 - opens nothing
        shards: int = 1,
        now: Callable[[], float] = time.time,
        control: bool = False,
    ) -> None:
        self._news = asyncio.Event()
        self.check, self.token, self.shards = check, token, shards
        self.described = check and described and present()
        self.monotonic = time.monotonic
        self.world, self.plan = World(now=now), FaultPlan()
        self.gateway = Gateway(self.world, token, self.notify)
        self.people, self.crowds = People(self), Crowds(self)
        # What tests reach for most, without a detour.
        people, crowds = self.people, self.crowds
        self.user, self.direct = self.world.user, self.world.direct
        self.say, self.slash, self.autocomplete = people.say, people.slash, people.autocomplete
        self.menu, self.press, self.select, self.submit = (
            people.menu,
            people.press,
            people.select,
            people.submit,
        )
        self.guild, self.text, self.forum, self.thread = (
            crowds.guild,
            crowds.text,
            crowds.forum,
            crowds.thread,
        )
        self.join, self.leave, self.overwrite, self.remove = (
            crowds.join,
            crowds.leave,
            crowds.overwrite,
            crowds.remove,
        )
        self.rates = RateKeeper(limits, time.monotonic) if limits else None
        self.patience = 3.0  # seconds for the first answer to an interaction
        self.token_seconds = 900.0  # of an interaction's webhook
        self.calls: deque[Call] = deque(maxlen=None if check else 1000)
        self.counts: Counter[str] = Counter()
        self.violations: list[str] = []
        self.sent = self.edited = self.repeated = self.answers = self.created = self.synced = 0
        self.interactions: dict[int, Interaction] = {}
        self.by_token: dict[str, Interaction] = {}
        self.commands: list[Json] = []
        self.nonces: dict[tuple[int, str], tuple[float, Json]] = {}
        self.typed: list[int] = []
        self.files: dict[str, bytes] = {}
        self._port = port
        self._front = Front(self, Control(self) if control else None)
        self._running: web.ServerRunner | None = None

    @property
    def bot(self) -> User:
        """The bot."""
        return self.world.bot

    @property
    def content_intent(self) -> bool:
        """Whether the bot was given the right to read what people write."""
        return bool(self.gateway.privileged & Intents.MESSAGE_CONTENT)

    def shown(self, channel: Channel | User, viewer: User | None = None) -> list[Shown]:
        """What stands in a channel, or in somebody's direct messages: all of it, or what one person sees."""
        place = self.world.channels.get(channel.id) or self.world.direct(self.world.users[channel.id])
        found = [shown(message) for message in place.messages.values()]
        return [m for m in found if viewer is None or m.only_for in (0, viewer.id)]

    def last(self, channel: Channel | User, viewer: User | None = None) -> Shown:
        """The newest message."""
        return self.shown(channel, viewer)[-1]

    def reply(self, asked: Interaction) -> Shown:
        """What an interaction was answered with."""
        assert asked.original is not None, f"{asked} has no answer"
        return shown(asked.original)

    @property
    def unanswered(self) -> list[Interaction]:
        """Interactions of which people were told that the application did not respond."""
        return [
            asked
            for asked in self.interactions.values()
            if not asked.answered.is_set() and asked.waited > self.patience
        ]

    def fail(
        self,
        fault: Fault,
        *,
        route: str | None = None,
        channel: Channel | None = None,
        times: int | None = 1,
    ) -> Planned:
        """Plan a fault: for one route or all, one channel or all, so many times or (None) always."""
        return self.plan.add(fault, route, channel.id if channel else None, times)

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
        last = [f"{call.route} {call.body} {call.status} {call.said}" for call in list(self.calls)[-5:]]
        raise AssertionError("\n".join(["this didn't happen; the last requests were:", *last]))

    def calls_of(self, route: str) -> list[Call]:
        """The requests of one route, such as POST /channels/{channel}/messages."""
        return [call for call in self.calls if call.route == route]

    @property
    def refusals(self) -> list[str]:
        """What was answered with an error, in order."""
        return [f"{call.route}: {call.status} {call.said}" for call in self.calls if call.status >= 400]

    @property
    def url(self) -> str:
        """Where it listens, without a slash at the end."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def api_url(self) -> str:
        """Where REST is, as discord.py's Route.BASE has it."""
        return self.url + ROOT

    def picture(self, channel: Channel | User, viewer: User | None = None, *, dark: bool = True) -> str:
        """Draw a channel as a client shows it; see `picture.picture`."""
        place = self.world.channels.get(channel.id) or self.world.direct(self.world.users[channel.id])
        kind = "thread" if place.thread else "channel" if place.guild else "direct"
        name = place.name or self.bot.name
        return picture([m.raw for m in self.shown(channel, viewer)], name, kind=kind, dark=dark)

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, kind: object, *_: object) -> None:
        await self.stop()
        if kind is None:
            assert not self.violations, "\n".join(self.violations)

    async def start(self) -> None:
        """Listen; after `stop` or `refuse_connections` on the same port as before."""
        if self.described:
            ready()  # reads the description now and not during the first request
        server = web.Server(self._front.answer, request_factory=_request, access_log=None)
        runner = web.ServerRunner(server, shutdown_timeout=0.05)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", self._port, reuse_address=True)
        await site.start()
        self._port = runner.addresses[0][1]
        self.gateway.url = f"ws://127.0.0.1:{self._port}"
        self._running = runner

    async def refuse_connections(self) -> None:
        """Stop listening and cut what is open; `start` comes back on the same port."""
        if self._running is not None:
            self.release()
            self.gateway.drop()
            await self._running.cleanup()
            self._running = None

    async def stop(self) -> None:
        """End everything."""
        await self.refuse_connections()
