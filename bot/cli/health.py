"""``paperround health``: whether a process serves the database and is alive, for containers."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from bot import heartbeat
from bot.cli import FAILED
from bot.cli.context import load_settings

if TYPE_CHECKING:
    import argparse


def run(args: argparse.Namespace) -> int:
    """Say so; the status is 0 if it's well, 1 if it isn't."""
    path = load_settings(args).storage.path
    age = heartbeat.age(path, time.time())
    if age is None:
        sys.stdout.write(f"Nobody serves {path}. Start it: paperround run\n")
        return FAILED
    if age > heartbeat.FRESH:
        sys.stdout.write(f"The last sign of life on {path} came {age:.0f} s ago. Restart paperround run.\n")
        return FAILED
    sys.stdout.write(f"paperround runs on {path}; its last sign of life came {age:.0f} s ago.\n")
    return 0
