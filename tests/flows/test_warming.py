"""What the first answers would wait for is loaded before."""

from __future__ import annotations

import asyncio
import gc

from bot.answers import warm_up
from digest.translation import _phrases, languages


def test_every_language_is_loaded_ahead() -> None:
    """Its phrases, dates and cities; nothing is left that somebody's first question would wait for."""
    _phrases.cache_clear()
    asyncio.run(warm_up())
    asyncio.run(warm_up())  # another platform starts
    assert _phrases.cache_info().currsize == len(languages())


def test_the_collector_leaves_alone_what_stays() -> None:
    """A look through all that is loaded would hold everybody up for longer than a button may take."""
    gc.unfreeze()
    asyncio.run(warm_up())
    assert gc.get_freeze_count() > 10_000
