"""Waiting for what may take long: whoever waits too is told what for. Knows no command."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from bot.talk import Progress

T = TypeVar("T")

PATIENCE = 0.7
"""Seconds after which somebody who waits is told what for."""


async def patiently(work: Awaitable[T], show: Progress, step: str) -> T:
    """Wait for something.

    Args:
        work: raises what it raises; it's cancelled where this is.
        show: shows a step.
        step: what is waited for, if it takes long.
    """
    task = asyncio.ensure_future(work)
    try:
        await asyncio.wait([task], timeout=PATIENCE)
        if not task.done():
            await show(step)
        return await task
    finally:
        task.cancel()  # of no effect on what is done
