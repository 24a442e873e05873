"""``paperround run``: serves until it's told to stop."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from typing import TYPE_CHECKING

from bot.app import make_clock
from bot.cli import streams
from bot.cli.context import load_settings
from bot.serve import serve

if TYPE_CHECKING:
    import argparse

    from bot.clock import Clock, RealClock
    from bot.settings import Settings


def run(args: argparse.Namespace) -> int:
    """Serve."""
    settings = load_settings(args, watched=False)
    clock = make_clock(os.environ)
    with asyncio.Runner() as runner:
        runner.run(_until_stopped(settings, clock))
        streams.leave(0)


async def _until_stopped(settings: Settings, clock: Clock | RealClock) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await serve(settings, clock, stop, _say)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
