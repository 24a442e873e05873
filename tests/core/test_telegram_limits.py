"""Telegram's limits: how fast messages go, who goes first, and what a flood error stops."""

from __future__ import annotations

import asyncio
import heapq
from dataclasses import dataclass, field
from itertools import count, pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.telegram.limiter import Limiter, Urgency
from bot.platforms.telegram.rates import Rates
from bot.platforms.telegram.transport import FloodError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


def drain(rates: Rates, chats: list[str]) -> list[tuple[float, str]]:
    """Send to chats in this order, each as early as it may; return when each went."""
    now, sent = 100.0, []
    for chat in chats:
        while wait := max(rates.wait(chat, now), rates.wait_overall(now)):
            now += wait + 1e-9
        rates.take(chat, now)
        sent.append((now, chat))
    return sent


def most_within(times: list[float], seconds: float) -> int:
    """Return how many of the times fall into any span of so many seconds."""
    return max(sum(start <= time < start + seconds for time in times) for start in times)


@given(st.lists(st.sampled_from(["1", "2", "-100", "@papers"]), min_size=1, max_size=120))
def test_no_chat_gets_more_than_telegram_allows(chats: list[str]) -> None:
    """Private chats: three at once, then one a second. Groups and channels: 20 in any minute."""
    sent = drain(Rates(30.0), chats)
    for chat in set(chats):
        times = [time for time, to in sent if to == chat]
        if chat.startswith(("-", "@")):
            assert most_within(times, 60.0) <= 20
        else:
            assert most_within(times, 1.0) <= 4
            assert most_within(times, 60.0) <= 63


@pytest.mark.parametrize("overall", [30.0, 1000.0])
def test_everybody_together_gets_almost_all_that_is_allowed(overall: float) -> None:
    """At least 98 % of the rate is used over a long time, and never more than the rate and a small burst."""
    number = int(overall * 60)
    times = [time for time, _ in drain(Rates(overall), [str(chat) for chat in range(number)])]
    assert number / (times[-1] - times[0]) >= 0.98 * overall
    assert most_within(times[: int(overall * 3)], 1.0) <= overall * 1.05 + 1


def test_a_halt_is_kept_exactly_and_only_where_it_was_meant() -> None:
    """A flood stops its chat; a second one at the same time stops everybody; nothing lifts one."""
    rates = Rates(30.0)
    rates.halt("1", 10.0, now=0.0)
    rates.halt("1", 2.0, now=1.0)
    assert rates.wait("1", 3.0) == pytest.approx(7.0)
    assert rates.wait("2", 3.0) == rates.wait_overall(3.0) == 0.0
    rates.halt("2", 5.0, now=4.0)
    assert rates.wait_overall(4.0) == pytest.approx(5.0)
    assert rates.wait("1", 10.0) == rates.wait_overall(10.0) == 0.0


@dataclass
class Simulation:
    """Time that passes when everybody waits."""

    now: float = 1000.0
    _timers: list[tuple[float, int, asyncio.Future[None]]] = field(default_factory=list)
    _order: Any = field(default_factory=count)

    async def sleep(self, seconds: float) -> None:
        """Wait some of its seconds."""
        timer: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._timers, (self.now + seconds, next(self._order), timer))
        await timer

    async def pass_time(self, until: Callable[[], bool]) -> None:
        """Let time pass until something holds."""
        while not until():
            for _ in range(5):
                await asyncio.sleep(0)
            if self._timers and not until():
                then, _, timer = heapq.heappop(self._timers)
                self.now = max(then, self.now + 1e-6)  # time passes, however little somebody waits
                timer.set_result(None) if not timer.done() else None


@dataclass
class Bot:
    """Sends through a limiter, and writes down when."""

    time: Simulation
    limiter: Limiter
    sent: list[tuple[float, str, str]] = field(default_factory=list)
    refuse: dict[str, float] = field(default_factory=dict)

    async def send(self, chat: str, what: str, urgency: Urgency) -> None:
        """Send something in its turn."""

        async def carry_out() -> None:
            self.sent.append((self.time.now, chat, what))
            if seconds := self.refuse.pop(chat, None):
                raise FloodError(seconds)

        await self.limiter.process_request(carry_out, (), {}, "sendMessage", {"chat_id": chat}, urgency)


def simulate(check: Callable[[Bot], Awaitable[None]], overall: float = 30.0) -> None:
    """Run a check in simulated time."""

    async def run() -> None:
        time = Simulation()
        limiter = Limiter(overall, lambda: time.now, time.sleep)
        await limiter.initialize()
        passing = asyncio.create_task(time.pass_time(lambda: False))
        await asyncio.wait_for(check(Bot(time, limiter)), 60.0)
        passing.cancel()
        await limiter.shutdown()

    asyncio.run(run())


def test_replies_go_before_digests() -> None:
    """However many digests wait, a person's reply is the next to go."""

    async def check(bot: Bot) -> None:
        digests = [asyncio.create_task(bot.send(str(n), "digest", Urgency.DIGEST)) for n in range(20)]
        await asyncio.wait(digests[:4])
        gone = len(bot.sent)
        reply = asyncio.create_task(bot.send("99", "reply", Urgency.REPLY))
        await asyncio.gather(*digests, reply)
        assert [what for _, _, what in bot.sent].index("reply") <= gone + 1
        assert len(bot.sent) == 21
        assert all(later >= earlier for (earlier, *_), (later, *_) in pairwise(bot.sent))

    simulate(check)


def test_a_digest_gives_its_place_back_where_its_chat_must_wait_long() -> None:
    """A group that had its messages holds up nobody: the outbox hears how long to wait; a reply waits."""

    async def check(bot: Bot) -> None:
        for number in range(5):
            await bot.send("-1", str(number), Urgency.DIGEST)
        with pytest.raises(FloodError) as caught:
            await bot.send("-1", "more", Urgency.DIGEST)
        assert caught.value.seconds == pytest.approx(4.0, abs=0.2)
        began = bot.time.now
        await bot.send("-1", "reply", Urgency.REPLY)
        assert bot.time.now - began == pytest.approx(4.0, abs=0.3)

    simulate(check)


def test_steps_of_long_work_never_keep_its_result_waiting() -> None:
    """In a group two of the burst of five are for steps; what comes of the work finds the others."""

    async def check(bot: Bot) -> None:
        await bot.send("-1", "first step", Urgency.REPLY)
        await bot.send("-1", "step", Urgency.STEP)
        for _ in range(3):
            with pytest.raises(FloodError):
                await bot.send("-1", "step", Urgency.STEP)
        began = bot.time.now
        for part in ("notes", "more notes", "figures"):
            await bot.send("-1", part, Urgency.REPLY)
        assert bot.time.now - began == pytest.approx(0.0, abs=0.01)

    simulate(check)


def test_a_flood_error_stops_its_chat_and_who_waits_for_it() -> None:
    """Nothing goes to the chat until the time is over, whatever succeeds elsewhere; others go on."""

    async def check(bot: Bot) -> None:
        bot.refuse["1"] = 10.0
        with pytest.raises(FloodError):
            await bot.send("1", "a", Urgency.REPLY)
        await bot.send("2", "b", Urgency.REPLY)
        with pytest.raises(FloodError) as caught:
            await bot.send("1", "c", Urgency.DIGEST)
        assert caught.value.seconds == pytest.approx(10.0)
        began = bot.time.now
        await bot.send("1", "d", Urgency.REPLY)
        assert bot.time.now - began == pytest.approx(10.0, abs=0.1)

    simulate(check)


def test_who_gives_up_waiting_holds_up_nobody() -> None:
    """A cancelled request leaves the queue, and takes nothing of the limits."""

    async def check(bot: Bot) -> None:
        tasks = [asyncio.create_task(bot.send(str(n), "x", Urgency.DIGEST)) for n in range(10)]
        await asyncio.sleep(0)
        tasks[5].cancel()
        await asyncio.wait(tasks)
        assert len(bot.sent) == 9

    simulate(check)


def test_what_isnt_a_message_waits_for_nothing() -> None:
    """Asking who somebody is, answering a press and showing that the bot writes aren't limited."""

    async def check(bot: Bot) -> None:
        done: list[str] = []

        async def carry_out(name: str) -> None:
            done.append(name)

        for name in ("getChatMember", "answerCallbackQuery", "sendChatAction") * 20:
            await bot.limiter.process_request(carry_out, (name,), {}, name, {"chat_id": 1}, None)
        assert len(done) == 60

    simulate(check)
