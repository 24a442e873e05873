"""What models cost: right to the token, whatever came of a call, and never beyond the day's budget."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from digest.errors import ModelAnswerError, ModelBudgetError, ModelBusyError, ModelError, StorageFullError
from digest.records import ModelCall, Spent
from digest.storage.calls import SqliteCalls
from digest.storage.migrations import PAPERS
from digest.summaries.ledger import Budget, Ledger, Metered, Price
from digest.summaries.writer import Writer
from digest.writers import Prompt
from tests.models import ScriptedModel, answer
from tests.papers import paper
from tests.servers.new_database import open_database

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection, Mapping
    from pathlib import Path

    from digest.storage.database import Database

NOW = datetime(2026, 6, 26, 12, 0, tzinfo=UTC)
PROMPT = Prompt("orders", "data", {}, 100)


class Book:
    """A ledger over a database, and the models that are metered by it."""

    def __init__(self, database: Database, budget: Budget, prices: Mapping[str, Price]) -> None:
        self.now = NOW
        self.calls = SqliteCalls(database)
        self.ledger = Ledger(self.calls, budget, prices, lambda: self.now)

    def metered(self, model: ScriptedModel) -> Metered:
        """Meter a model."""
        return Metered(model, "gemini-flash-latest", self.ledger)

    async def ask(self, model: ScriptedModel, times: int = 1) -> list[bool]:
        """Ask a model; tell of each time whether it answered."""
        return [await _answers(self.metered(model)) for _ in range(times)]

    async def spent(self) -> tuple[Spent, ...]:
        """Return what today cost."""
        return await self.calls.since(self.now.date())


async def _answers(model: Metered) -> bool:
    try:
        await model.ask(PROMPT)
    except ModelError:
        return False
    return True


def keeping(
    path: Path,
    use: Callable[[Book], Awaitable[None]],
    budget: Budget = Budget(),  # noqa: B008 - a frozen value
    prices: Mapping[str, Price] | None = None,
) -> None:
    """Use a ledger; the next use finds what this one left."""

    async def inside() -> None:
        database = await open_database(path / "paperround.db", [PAPERS])
        try:
            await use(Book(database, budget, prices or {}))
        finally:
            await database.close()

    asyncio.run(inside())


def test_every_call_counts(tmp_path: Path) -> None:
    """Good answers, repairs, blocked answers that are paid for, and those that never came."""

    async def use(book: Book) -> None:
        await Writer(book.metered(ScriptedModel([answer(sentence="x" * 300), answer()]))).write(paper(), "en")
        blocked = ModelAnswerError("blocked", model="gemini-test-002", tokens_in=900, tokens_out=7)
        await book.ask(ScriptedModel([blocked, ModelBusyError("overloaded")]), 1)
        await book.ask(ScriptedModel([ModelBusyError("overloaded")]))
        assert await book.spent() == (
            Spent(NOW.date(), "gemini", "gemini-flash-latest", 1, 1, 0, 0, 0.0, 0),
            Spent(NOW.date(), "gemini", "gemini-test-001", 2, 0, 2_000, 200, 0.0012, 0),
            Spent(NOW.date(), "gemini", "gemini-test-002", 1, 1, 900, 7, 0.000457, 0),
        )

    keeping(tmp_path, use, prices={"gemini": Price(0.5, 1.0)})


def test_a_budget_in_tokens_holds_across_restarts(tmp_path: Path) -> None:
    """Once it's used up nobody is asked; the next day, UTC, begins anew."""
    model = ScriptedModel()

    async def morning(book: Book) -> None:
        assert await book.ask(model, 1) == [True]

    async def noon(book: Book) -> None:
        assert await book.ask(model, 3) == [True, False, False]
        with pytest.raises(ModelBudgetError, match=r"\[summary\] daily_budget is 2,200 tokens"):
            await book.metered(model).ask(PROMPT)
        assert len(model.asked) == 2
        assert sum(each.calls for each in await book.spent()) == 2
        book.now += timedelta(hours=13)
        assert await book.ask(model) == [True]

    keeping(tmp_path, morning, Budget(2_200))
    keeping(tmp_path, noon, Budget(2_200))


def test_a_budget_in_money_lets_what_is_free_go_on(tmp_path: Path) -> None:
    """A model at home has no price and isn't held back; one that is paid for is."""

    async def use(book: Book) -> None:
        paid, free = ScriptedModel(), ScriptedModel(name="openai")
        assert await book.ask(paid, 3) == [True, True, False]
        assert await book.ask(free) == [True]
        with pytest.raises(ModelBudgetError, match=r"daily_budget is 0\.03 in money"):
            await book.metered(paid).ask(PROMPT)

    keeping(tmp_path, use, Budget(0.03, in_money=True), {"gemini": Price(10, 100)})


def test_what_was_used_again_is_written_with_the_next_call(tmp_path: Path) -> None:
    """Or when it's asked to be."""

    async def use(book: Book) -> None:
        for _ in range(5):
            book.ledger.reuse("gemini", "gemini-test-001")
        assert await book.spent() == ()
        await book.ask(ScriptedModel())
        (spent,) = await book.spent()
        assert (spent.calls, spent.reused) == (1, 5)
        book.ledger.reuse("gemini", "gemini-test-001")
        await book.ledger.flush()
        assert (await book.spent())[0].reused == 6

    keeping(tmp_path, use)


class Full:
    """A `digest.records.KeptCalls` that has no space at first."""

    def __init__(self) -> None:
        self.full = True
        self.calls: list[ModelCall] = []
        self.reused: dict[tuple[str, str], int] = {}

    async def record(
        self, calls: Collection[ModelCall], reused: Mapping[tuple[str, str], int], _: datetime
    ) -> None:
        """Keep calls."""
        if self.full:
            raise StorageFullError("there's no space left")
        self.calls += calls
        self.reused |= reused

    async def since(self, _: object) -> tuple[Spent, ...]:
        """Know of nothing."""
        return ()


def test_what_cannot_be_written_now_is_written_later() -> None:
    """A full disk costs no brief and no token of the account; the budget counts it meanwhile."""

    async def run() -> None:
        store = Full()
        ledger = Ledger(store, Budget(2_000), {}, lambda: NOW)
        metered = Metered(ScriptedModel(), "gemini-flash-latest", ledger)
        ledger.reuse("gemini", "gemini-test-001")
        assert [await _answers(metered) for _ in range(3)] == [True, True, False]
        store.full = False
        await ledger.flush()
        assert [call.tokens_in for call in store.calls] == [1_000, 1_000]
        assert store.reused == {("gemini", "gemini-test-001"): 1}

    asyncio.run(run())
