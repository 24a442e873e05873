"""What models cost: writes each call down, and says when the day's budget is used up. Knows no provider."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC
from typing import TYPE_CHECKING

from digest.errors import ModelAnswerError, ModelBudgetError, ModelError, StorageError
from digest.records import ModelCall

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date, datetime

    from digest.records import KeptCalls, Spent
    from digest.writers import Answer, LanguageModel, Prompt

_LOG = logging.getLogger(__name__)

_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Price:
    """What a provider takes for a million tokens, in whatever currency; 0 for nothing, or unknown."""

    tokens_in: float = 0.0
    tokens_out: float = 0.0

    def of(self, tokens_in: int, tokens_out: int) -> float:
        """Return what so many tokens cost."""
        return (tokens_in * self.tokens_in + tokens_out * self.tokens_out) / _MILLION


@dataclass(frozen=True, slots=True)
class Budget:
    """What all models together may use on one day, UTC.

    Attributes:
        limit: so many tokens, or so much money; 0: as much as they take.
        in_money: which of the two.
    """

    limit: float = 0.0
    in_money: bool = False


@dataclass
class Ledger:
    """Writes down what is asked of models, and whether more may be.

    Args:
        store: where.
        budget: what may be used a day; calls that are under way when it's reached still count.
        prices: by provider.
        now: the time.
    """

    store: KeptCalls
    budget: Budget
    prices: Mapping[str, Price]
    now: Callable[[], datetime]
    _day: date | None = None
    _used: float = 0.0
    _unwritten: list[ModelCall] = field(default_factory=list)
    _reused: Counter[tuple[str, str]] = field(default_factory=Counter)

    async def check(self, provider: str) -> None:
        """Make sure that a provider may be asked; one without a price is free, and money doesn't count.

        Raises:
            ModelBudgetError: not today.
        """
        if self.budget.in_money and self.prices.get(provider, Price()) == Price():
            return
        if self.budget.limit and await self._used_today() >= self.budget.limit:
            limit = self.budget.limit
            most = f"{limit:g} in money" if self.budget.in_money else f"{limit:,.0f} tokens"
            raise ModelBudgetError(f"Today's budget is used up: [summary] daily_budget is {most}.")

    async def record(
        self, provider: str, model: str, tokens_in: int, tokens_out: int, *, failed: bool
    ) -> None:
        """Write a call down; one that can't be written now is written with the next."""
        money = self.prices.get(provider, Price()).of(tokens_in, tokens_out)
        call = ModelCall(provider, model, tokens_in, tokens_out, money, failed, self.now())
        if self._day == _day(call.at):
            self._used += self._counted(call.tokens_in + call.tokens_out, call.money)
        self._unwritten.append(call)
        await self.flush()

    def reuse(self, provider: str, model: str) -> None:
        """Count a brief that was there already; it's written with the next call, or by `flush`."""
        self._reused[provider, model] += 1

    async def flush(self) -> None:
        """Write what isn't written yet."""
        calls, self._unwritten = self._unwritten, []
        reused, self._reused = self._reused, Counter()
        if not calls and not reused:
            return
        try:
            # What was paid for is written down, whoever is cancelled meanwhile.
            await asyncio.shield(self.store.record(calls, reused, self.now()))
        except StorageError as error:
            _LOG.warning("what models cost couldn't be written down: %s", error)
            self._unwritten = [*calls, *self._unwritten]
            self._reused += reused

    async def _used_today(self) -> float:
        today = _day(self.now())
        if self._day != today:
            spent = await self.store.since(today)
            if self._day != today:  # nobody else asked meanwhile
                waiting = [call for call in self._unwritten if _day(call.at) == today]
                known: list[Spent | ModelCall] = [*spent, *waiting]
                self._used = sum(
                    (self._counted(each.tokens_in + each.tokens_out, each.money) for each in known), 0.0
                )
                self._day = today
        return self._used

    def _counted(self, tokens: int, money: float) -> float:
        return money if self.budget.in_money else float(tokens)


class Metered:
    """A `LanguageModel` whose every call is written down, and refused when the budget is used up.

    Args:
        model: who is asked.
        asked: the model that settings name.
        ledger: where it's written down.
    """

    def __init__(self, model: LanguageModel, asked: str, ledger: Ledger) -> None:
        self.name = model.name
        self._model = model
        self._asked = asked
        self._ledger = ledger

    async def ask(self, prompt: Prompt) -> Answer:
        """Ask once.

        Raises:
            ModelBudgetError: nobody was asked.
            ModelError: no whole answer came.
        """
        await self._ledger.check(self.name)
        try:
            answer = await self._model.ask(prompt)
        except ModelAnswerError as error:
            await self._record(error.model, error.tokens_in, error.tokens_out, failed=True)
            raise
        except ModelError:
            await self._record("", 0, 0, failed=True)
            raise
        await self._record(answer.model, answer.tokens_in, answer.tokens_out, failed=False)
        return answer

    async def _record(self, model: str, tokens_in: int, tokens_out: int, *, failed: bool) -> None:
        await self._ledger.record(self.name, model or self._asked, tokens_in, tokens_out, failed=failed)


def _day(at: datetime) -> date:
    return at.astimezone(UTC).date()
