"""A piece of work that models are asked for, one after the other. Knows no brief, no notes and no answer."""

from __future__ import annotations

import asyncio
import logging
from functools import cache
from typing import TYPE_CHECKING, Protocol, TypeVar

from digest.errors import ModelAnswerError, ModelBudgetError, ModelBusyError, ModelError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from digest.model import PaperId

T = TypeVar("T")

_LOG = logging.getLogger(__name__)


class Breaker(Protocol):
    """Remembers of one provider whether it's worth asking, whatever for."""

    def rests(self) -> bool:
        """Tell whether it isn't worth asking now."""

    def admit(self) -> bool:
        """Tell the same the other way round; who is told yes asks, and reports."""

    def succeeded(self) -> None:
        """Note an answer."""

    def failed(self, error: ModelError) -> None:
        """Note an error."""


class Commission:
    """What is asked for; its time begins now.

    Args:
        kind: ``a brief``, ``notes`` or ``an answer``.
        paper: what it's about.
        at_once: how many models are asked at the same time, whoever for.
        patience: seconds that they have together, with waiting.
        may_ask: is called once before a model is asked; False: none is.
        report: is told why a provider couldn't be asked.
    """

    def __init__(
        self,
        kind: str,
        paper: PaperId,
        at_once: asyncio.Semaphore,
        patience: float,
        may_ask: Callable[[], bool],
        report: Callable[[str, ModelError], Awaitable[None]],
    ) -> None:
        self._kind = kind
        self._paper = paper
        self._at_once = at_once
        self._patience = patience
        self._until = asyncio.get_running_loop().time() + patience
        self._allowed = cache(may_ask)
        self._report = report

    async def ask(
        self, provider: str, breaker: Breaker, work: Callable[[], Awaitable[T]]
    ) -> T | ModelError | None:
        """Have one provider do it, if they're in order and there's time.

        Args:
            provider: as settings name it.
            breaker: the provider's.
            work: does it; may raise `ModelError`.

        Returns:
            What came of it, or why nothing did; None where they weren't asked.
        """
        if breaker.rests():
            return None
        try:
            async with asyncio.timeout_at(self._until):
                await self._at_once.acquire()
        except TimeoutError:
            _LOG.info("%s of %s by %s isn't made: too many are", self._kind, self._paper, provider)
            return None
        try:
            # The provider may have failed while this one waited. Nobody is charged for what isn't asked.
            if breaker.rests() or not self._allowed() or not breaker.admit():
                return None
            return await self._asked(provider, breaker, work)
        finally:
            self._at_once.release()

    async def _asked(
        self, provider: str, breaker: Breaker, work: Callable[[], Awaitable[T]]
    ) -> T | ModelError:
        error: ModelError
        try:
            async with asyncio.timeout_at(self._until):
                done = await work()
        except TimeoutError:
            late = f"{provider} took longer than {self._patience:g} s for {self._kind}"
            error = ModelBusyError(f"{late}; [summary] patience sets that.")
        except ModelError as why:
            error = why
        except Exception:  # noqa: BLE001 - whatever an adapter lets through costs nothing but its own work
            _LOG.exception("%s of %s by %s failed", self._kind, self._paper, provider)
            error = ModelAnswerError(f"{provider} can't be used: a bug in paperround.")
        else:
            breaker.succeeded()
            return done
        _LOG.info("%s of %s by %s isn't made: %s", self._kind, self._paper, provider, error)
        if not isinstance(error, ModelBudgetError):  # our own, and no word about the provider
            breaker.failed(error)
        await self._report(provider, error)
        return error
