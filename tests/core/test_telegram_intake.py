"""Updates in hand: in order within a chat, at once across chats, confirmed after they were handled."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.telegram.intake import LONGEST, MOST, Intake

if TYPE_CHECKING:
    from bot.turns import Turn


@dataclass
class Work:
    """Updates that end when they are told to."""

    now: float = 0.0
    done: list[int] = field(default_factory=list)
    begun: list[int] = field(default_factory=list)
    gates: dict[int, asyncio.Event] = field(default_factory=dict)
    long: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.intake = Intake(lambda: self.now)

    def take(self, number: int, lane: str) -> None:
        """Begin one."""
        gate = self.gates[number] = asyncio.Event()

        async def handle(turn: Turn) -> None:
            self.begun.append(number)
            if number in self.long:
                turn.pass_on()
            await gate.wait()
            self.done.append(number)
            if number % 3 == 0:
                raise RuntimeError("this one is broken")

        self.intake.take(number, lane, handle)

    async def end(self, number: int) -> None:
        """End one, as soon as it's its turn."""
        self.gates[number].set()
        for _ in range(40):  # each of a lane takes some turns of the loop
            await asyncio.sleep(0)


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_order_and_confirmation(lanes: list[str], random: object) -> None:
    """In whatever order work ends: a lane's is in order, and nothing unfinished is ever confirmed."""

    async def run() -> None:
        work = Work()
        for number, lane in enumerate(lanes, 10):
            work.take(number, lane)
        order = list(range(10, 10 + len(lanes)))
        random.shuffle(order)  # type: ignore[attr-defined]
        for number in order:
            await work.end(number)
            unfinished = [each for each in range(10, 10 + len(lanes)) if each not in work.done]
            assert work.intake.offset == min(unfinished, default=10 + len(lanes))
            assert work.intake.busy == bool(unfinished)
        for lane in set(lanes):
            mine = [number for number, its in enumerate(lanes, 10) if its == lane]
            assert [number for number in work.done if number in mine] == mine

    asyncio.run(run())


def test_long_work_is_confirmed_after_a_while() -> None:
    """An update that takes minutes holds up no confirmation for longer than half a minute."""

    async def run() -> None:
        work = Work()
        work.take(10, "a")
        work.take(11, "b")
        await work.end(11)
        work.now = LONGEST
        assert work.intake.offset == 10
        work.now = LONGEST + 1
        assert work.intake.offset == 12
        assert work.intake.knows(10)
        await work.end(10)
        assert work.done == [11, 10]

    asyncio.run(run())


def test_many_updates_confirm_what_is_before_them() -> None:
    """Telegram gives a hundred from the first unconfirmed one on, which mustn't keep the others away."""

    async def run() -> None:
        work = Work()
        work.take(10, "a")
        for number in range(11, 10 + MOST):
            work.take(number, "b")
            await work.end(number)
        assert work.intake.offset == 10
        work.take(10 + MOST, "b")
        await work.end(10 + MOST)
        assert work.intake.offset == 11 + MOST
        await work.end(10)
        assert work.done[-1] == 10

    asyncio.run(run())


def test_what_is_cut_off_stays_unconfirmed() -> None:
    """An end waits a little, then cuts off what still works and what waits behind it."""

    async def run() -> None:
        work = Work()
        for number, lane in ((10, "a"), (11, "b"), (12, "b")):
            work.take(number, lane)
        await work.end(10)
        await work.intake.finish(0.0)
        assert work.intake.offset == 11
        assert (work.begun, work.done) == ([10, 11], [10])
        await work.intake.finish(0.0)

    asyncio.run(run())


def test_long_work_lets_what_follows_go_first() -> None:
    """What is known to take long holds nobody up, and what isn't stays in order; all is still unconfirmed."""

    async def run() -> None:
        work = Work(long={10, 13})
        for number in (10, 11, 12, 13, 14):
            work.take(number, "a")
        await work.end(12)
        assert (work.begun, work.done) == ([10, 11], [])
        await work.end(11)
        await work.end(14)
        assert (work.begun, work.done) == ([10, 11, 12, 13, 14], [11, 12, 14])
        assert work.intake.offset == 10
        await work.end(10)
        assert work.intake.offset == 13

    asyncio.run(run())


def test_numbers_may_begin_anew() -> None:
    """After a quiet week Telegram's numbers are any; the highest that ever came isn't asked beyond."""

    async def run() -> None:
        work = Work()
        for number in (900, 20):
            work.take(number, "a")
            await work.end(number)
        assert work.intake.offset == 21

    asyncio.run(run())


def test_what_takes_long_is_asked_about_at_leisure() -> None:
    """Ten times a second and no more often; what has just come hurries again."""

    async def run() -> None:
        work = Work()
        assert work.intake.pace == 0
        work.take(1, "a")
        assert work.intake.pace == 0.02
        work.now = 1.5
        assert work.intake.pace == 0.1
        work.take(2, "b")
        assert work.intake.pace == 0.02
        await work.end(1)
        await work.end(2)
        assert work.intake.pace == 0

    asyncio.run(run())
