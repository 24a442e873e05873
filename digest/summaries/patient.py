"""A language model that is asked again when what went wrong passes by itself."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Protocol

from digest.backoff import wait_before_retry
from digest.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from digest.writers import Answer, Prompt

_LOG = logging.getLogger(__name__)


class Adapter(Protocol):
    """One provider: a `digest.writers.LanguageModel` that tries once, and whose library is loaded late."""

    name: str

    async def ask(self, prompt: Prompt) -> Answer:
        """Ask once; may raise `ModelError`."""

    async def open(self) -> None:
        """Load the library and open connections; may raise `ModelSettingsError`."""

    async def close(self) -> None:
        """Close every connection; the next question opens them anew."""


class PatientModel:
    """A `digest.writers.LanguageModel` around one that tries once.

    Args:
        model: who is asked.
        sleep: waits that many seconds.
        random: in [0, 1).
        most_tries: how often a question is asked before its error counts.
    """

    def __init__(
        self,
        model: Adapter,
        *,
        sleep: Callable[[float], Awaitable[None]],
        random: Callable[[], float],
        most_tries: int = 3,
    ) -> None:
        self.name = model.name
        self._model = model
        self._sleep = sleep
        self._random = random
        self._most_tries = most_tries

    async def open(self) -> None:
        """Load what the first question else waits a second for.

        Raises:
            ModelSettingsError: the provider can't be used as it's set up.
        """
        await self._model.open()

    async def close(self) -> None:
        """Close every connection; the next question opens them anew."""
        await self._model.close()

    async def ask(self, prompt: Prompt) -> Answer:
        """Ask until there is an answer, or an error that waiting doesn't help."""
        tries = 0
        while True:
            tries += 1
            try:
                return await self._model.ask(prompt)
            except ModelError as error:
                wait = wait_before_retry(error, tries, self._most_tries, self._random())
                if wait is None:
                    raise
                _LOG.info("%s is asked again in %.1f s: %s", self.name, wait, error)
            await self._sleep(wait)
