"""Runs what blocks on a thread of its own, which nothing waits for once its caller has gone."""

from __future__ import annotations

import asyncio
import concurrent.futures
import threading
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


async def aside(fn: Callable[[], T]) -> T:
    """Run `fn` beside the event loop and return what it returns or raises.

    `asyncio.to_thread` uses threads that the program waits for at its end: Ctrl-C would take as long as
    arXiv does to answer. When the caller is cancelled the outcome is dropped.
    """
    outcome: concurrent.futures.Future[T] = concurrent.futures.Future()
    outcome.set_running_or_notify_cancel()  # from now on a cancelled caller doesn't cancel it

    def run() -> None:
        try:
            outcome.set_result(fn())
        except BaseException as error:  # noqa: BLE001 - it is raised where the outcome is awaited
            outcome.set_exception(error)

    threading.Thread(target=run, name="arxiv", daemon=True).start()
    return await asyncio.wrap_future(outcome)
