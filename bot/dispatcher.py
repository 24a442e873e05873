"""Drains one platform's outbox: claims, sends, settles. Decides nothing and knows no platform.

    free slots → claim → send, all at once → outcomes → settle and claim again, in one transaction

At most `Platform.in_flight` deliveries are claimed and not settled, so no crash repeats more. An outcome is
kept until the database has taken it, however long that is locked or full.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, TypeVar

from bot.chats import Layout
from bot.outbox import Unknown, settle, wait_before
from bot.sender import Sender
from bot.trouble import Audience, Cause, Trouble
from digest.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import date, datetime

    from bot.chats import Address
    from bot.deliveries import Deliveries
    from bot.outbox import Delivery, Message, Outcome, Settlement
    from bot.ports import OutboxStore, Platform
    from bot.records import Chats
    from digest.document import Document

T = TypeVar("T")
_NAP = 60.0  # the longest time without a look at the clock, which somebody may set
_LONGEST_REST = 30.0  # between two tries of a database that fails
_SHARE_FOR_SENDS = 0.75  # of the time to stop in; the rest is for settling
_GRACE_WHEN_CANCELLED = 2.0
_IN_A_ROW = 2  # sends that begin in one turn of the event loop
_LOOKS = 2  # of the event loop at its sockets before a transaction

_log = logging.getLogger(__name__)


class Dispatcher:
    """Sends what is in the outbox of one platform until it's stopped."""

    def __init__(
        self,
        store: OutboxStore,
        platform: Platform,
        *,
        now: Callable[[], datetime],
        sleep: Callable[[float], Awaitable[None]],
        random: Callable[[], float],
        report: Callable[[Trouble], None],
        network_sleep: Callable[[float], Awaitable[None]] | None = None,
    ) -> None:
        """Tie the dispatcher to what it uses.

        Args:
            store: the outbox and the chats.
            platform: already started.
            now: the time, aware, in UTC.
            sleep: waits some seconds.
            random: a number in [0, 1).
            report: told of each trouble, once per cause and day; must return at once.
            network_sleep: waits for answers, which come at their own pace whatever the clock shows; otherwise
                `sleep` does.
        """
        self._store = store
        self._platform = platform
        self._now = now
        self._sleep = sleep
        self._sender = Sender(platform, network_sleep or sleep, random)
        self._random = random
        self._report = report
        self._stir = asyncio.Event()  # something happened that the loop should look at
        self._quiet = asyncio.Event()
        self._stopped = asyncio.Event()
        self._ended = asyncio.Event()
        self._ended.set()
        self._grace = _GRACE_WHEN_CANCELLED
        self._sending: set[asyncio.Task[None]] = set()
        self._settlements: list[Settlement] = []
        self._seen: datetime | None = None
        self._told: date | None = None

    def wake(self) -> None:
        """Look at the outbox now: a round committed something."""
        self._quiet.clear()
        self._stir.set()

    async def quiet(self) -> None:
        """Wait until nothing is being sent or settled and nothing more is due."""
        await self._quiet.wait()

    async def run(self) -> None:
        """Send what is due until `stop` is called or this is cancelled; raises nothing but bugs."""
        self._stopped.clear()
        self._ended.clear()
        work = asyncio.create_task(self._drain())
        stopped = asyncio.create_task(self._stopped.wait())
        try:
            await asyncio.wait({work, stopped}, return_when=asyncio.FIRST_COMPLETED)
            await self._finish(work)
        except asyncio.CancelledError:
            await self._finish(work)
            raise
        finally:
            stopped.cancel()
            self._ended.set()
        if not work.cancelled():
            work.result()

    async def stop(self, seconds: float) -> None:
        """Claim nothing more, wait for what is being sent, settle it and end `run`, within these seconds."""
        self._grace = seconds
        self._stopped.set()
        self._stir.set()
        await self._ended.wait()

    async def reply(self, address: Address, message: Message, *, sound: bool = True) -> Outcome:
        """Send a person's answer at once, past every digest, and return what became of it in the end."""
        return await self._sender.reply(address, message, sound=sound)

    async def show(self, address: Address, document: Document) -> Outcome:
        """Send a person a short document at once, as `reply` does."""
        return await self.reply(address, self._platform.render(document, Layout.CLASSIC)[0])

    async def _drain(self) -> None:
        await self._write(self._begin)
        while not self._stopped.is_set():
            for _ in range(_LOOKS):
                await asyncio.sleep(0)  # what has come back by now is settled together
            self._stir.clear()
            await self._rest(await self._exchange(self._platform.in_flight - len(self._sending)))

    def _begin(self, deliveries: Deliveries, _: Chats) -> None:
        name = self._platform.name
        if released := deliveries.release(name):
            _log.warning("%s: %d messages were cut off and are sent again", name, released)
        deliveries.rewind(name, self._now())

    async def _exchange(self, room: int) -> datetime | None:
        """Settle what came back, claim as much as there's room for and begin to send it.

        Returns:
            When the next delivery is due, if one waits and there's room for it.
        """
        settled = tuple(self._settlements)
        now = self._now()
        set_back = self._seen is not None and now < self._seen

        def transaction(
            deliveries: Deliveries, chats: Chats
        ) -> tuple[tuple[Trouble, ...], tuple[Delivery, ...], datetime | None]:
            troubles = deliveries.settle(settled, now)
            for settlement in settled:
                if settlement.follow:
                    chats.follow(settlement.chat, settlement.follow)
                if settlement.lost:
                    chats.lose(settlement.chat, now)
            if set_back:
                deliveries.rewind(self._platform.name, now)
            claimed = deliveries.claim(self._platform.name, now, room) if room else ()
            due = deliveries.next_due(self._platform.name) if len(claimed) < room else None
            return troubles, claimed, due

        troubles, claimed, due = await self._write(transaction)
        self._seen = now
        del self._settlements[: len(settled)]
        for trouble in troubles:
            self._report(trouble)
        for place, delivery in enumerate(claimed):
            self._sending.add(asyncio.create_task(self._deliver(delivery)))
            if place % _IN_A_ROW == _IN_A_ROW - 1:
                await asyncio.sleep(0)  # people's answers don't wait for all of them
        return due

    async def _write(self, fn: Callable[[Deliveries, Chats], T]) -> T:
        """Run a transaction until the database takes it; what comes back meanwhile is kept."""
        tries = 0
        while True:
            try:
                return await self._store.write(fn)
            except StorageError as error:
                _log.warning("%s: the outbox waits: %s", self._platform.name, error)
                self._tell_of_storage(str(error))
                await self._sleep(min(wait_before(tries, self._random()), _LONGEST_REST))
                tries += 1

    def _tell_of_storage(self, why: str) -> None:
        """Report a failing database once a day, which it can't note itself."""
        today = self._now().date()
        if today != self._told:
            self._told = today
            self._report(Trouble(Cause.STORAGE, Audience.OWNER, self._platform.name, None, why))

    async def _rest(self, due: datetime | None) -> None:
        """Wait until something comes back, somebody wakes us or a delivery is due."""
        if not (self._sending or self._settlements or self._stir.is_set()):
            self._quiet.set()
        wait = min(max((due - self._now()).total_seconds(), 0.0), _NAP) if due else _NAP
        timer = self._after(wait, self._stir.set)
        try:
            await self._stir.wait()
        finally:
            timer.cancel()
            self._quiet.clear()

    async def _deliver(self, delivery: Delivery) -> None:
        """Send a delivery; whatever happens, its outcome is there in the end."""
        body = delivery.message.plain if delivery.plain else delivery.message.body
        outcome: Outcome = Unknown("stopped while it was being sent")
        try:
            outcome = await self._sender.send(
                delivery.address,
                body,
                plain=delivery.plain,
                key=delivery.key,
                sound=delivery.sound,
                after=delivery.after,
            )
        finally:
            self._settlements.append(settle(delivery, outcome, self._now(), self._random()))
            self._sending.discard(asyncio.current_task())
            self._stir.set()

    async def _finish(self, work: asyncio.Task[None]) -> None:
        """Let what is being sent finish, cut off what takes too long, and settle all of it."""
        self._stopped.set()
        self._stir.set()
        await self._within(self._grace * _SHARE_FOR_SENDS, self._wind_down(work))
        cut_off = {work, *self._sending}
        for task in cut_off:
            task.cancel()
        await asyncio.wait(cut_off)
        self._sender.close()
        if self._settlements and not await self._within(
            self._grace * (1 - _SHARE_FOR_SENDS), self._exchange(0)
        ):
            _log.error(
                "%s: %d messages couldn't be settled and may be sent again",
                self._platform.name,
                len(self._settlements),
            )

    async def _wind_down(self, work: asyncio.Task[None]) -> None:
        await asyncio.wait({work})
        while self._sending:
            await asyncio.wait(self._sending)

    async def _within(self, seconds: float, doing: Awaitable[object]) -> bool:
        """Let something be done for so long at most; return whether it was."""
        task = asyncio.ensure_future(doing)
        timer = asyncio.ensure_future(self._sleep(seconds))
        await asyncio.wait({task, timer}, return_when=asyncio.FIRST_COMPLETED)
        done = task.done()
        for left in (task, timer):
            left.cancel()
        await asyncio.wait({task, timer})
        return done

    def _after(self, seconds: float, act: Callable[[], None]) -> asyncio.Task[None]:
        async def wait() -> None:
            await self._sleep(seconds)
            act()

        return asyncio.create_task(wait())
