"""What blocks runs beside the event loop."""

from __future__ import annotations

import asyncio
import os
import threading

import pytest

from digest.sources.arxiv.aside import aside


def test_the_outcome_is_the_functions_own() -> None:
    """What it returns is returned, what it raises is raised, and it ran on another thread."""
    assert asyncio.run(aside(threading.get_ident)) != threading.get_ident()
    with pytest.raises(KeyError):
        asyncio.run(aside(lambda: os.environ["NO_SUCH_VARIABLE"]))


def test_nobody_waits_for_what_was_cancelled() -> None:
    """A loop ends at once after its task was cancelled, whatever a server keeps a request waiting for."""
    asked, answered, read = threading.Event(), threading.Event(), threading.Event()

    def request() -> None:
        asked.set()
        answered.wait(60)
        read.set()

    async def interrupted() -> None:
        task = asyncio.create_task(aside(request))
        assert await asyncio.to_thread(asked.wait, 60)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(interrupted())
    assert not read.is_set()
    answered.set()
    assert read.wait(60)
