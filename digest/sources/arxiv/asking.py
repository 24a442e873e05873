"""Asks arXiv one thing at a time and again after what may pass; knows nothing of what is asked."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, TypeVar

from digest.backoff import wait_before_retry
from digest.errors import SourceError
from digest.sources.arxiv.aside import aside

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from digest.ports import Pace

T = TypeVar("T")

_LOG = logging.getLogger(__name__)


class Asking:
    """Makes requests in their turn.

    Args:
        pace: keeps arXiv's rate.
        sleep: waits that many seconds.
        random: in [0, 1).
        most_tries: how often one request is made before its error counts.
    """

    def __init__(
        self,
        pace: Pace,
        sleep: Callable[[float], Awaitable[None]],
        random: Callable[[], float],
        most_tries: int,
    ) -> None:
        self._pace = pace
        self._sleep = sleep
        self._random = random
        self._most_tries = most_tries

    async def __call__(self, request: Callable[[], T]) -> T:
        """Make one request in its turn, again after an error that may pass.

        Args:
            request: blocks until the answer is there; runs on a thread of its own.

        Raises:
            SourceError: the last try's.
        """
        tries = 0
        while True:
            try:
                async with self._pace.turn():
                    return await aside(request)
            except SourceError as error:
                tries += 1
                wait = wait_before_retry(error, tries, self._most_tries, self._random())
                if wait is None:
                    raise
                _LOG.info("%s Asking again in %.1f s.", error, wait)
            await self._sleep(wait)
