"""Waits for something, and tells who waits what for if it takes long. Knows no command."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from bot.commands.call import Call

T = TypeVar("T")

_PATIENCE = 0.7  # seconds after which somebody who waits is told what for


async def patiently(work: Awaitable[T], call: Call, step: str) -> T:
    """Return what comes of some work.

    Args:
        work: is given up when whoever waits for it is.
        call: whose answer waits for it.
        step: what it is, in the words of who waits.
    """
    task = asyncio.ensure_future(work)
    try:
        await asyncio.wait([task], timeout=_PATIENCE)
        if not task.done():
            await call.progress(step)
        return await task
    finally:
        task.cancel()  # of no effect on what is done
