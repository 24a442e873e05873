"""Says on a terminal how far a paper is that somebody waits for; nothing into a pipe. Knows no command."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from digest.notes import Progress
    from digest.translation import Phrases


async def say_asking() -> None:
    """Say that arXiv is asked for papers."""
    _say("Asking arXiv …")


def teller(words: Callable[[Progress, Phrases], str], phrases: Phrases) -> Callable[[Progress], None]:
    """Return what says one step after the other; one that begins again isn't said again.

    Args:
        words: says a step.
        phrases: in the language of who waits.
    """
    last = ""

    def report(progress: Progress) -> None:
        nonlocal last
        step = words(progress, phrases)
        if step != last:
            last = step
            _say(step)

    return report


def _say(words: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"{words}\n")
