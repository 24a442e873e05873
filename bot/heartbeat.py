"""The sign of life of the process that serves a database: its lock file's time. Knows nothing it does."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

from digest.storage.backup import run_lock

if TYPE_CHECKING:
    from pathlib import Path

FRESH = 180.0
"""Seconds, by the system's clock, after which a heartbeat that didn't come again is a bad sign."""

EVERY = 30.0
"""Seconds between two heartbeats."""


def beat(database: Path) -> None:
    """Show that whoever serves this database is alive."""
    os.utime(run_lock(database))


def end(database: Path) -> None:
    """Show that nobody serves this database any more."""
    os.utime(run_lock(database), (0, 0))


def age(database: Path, now: float) -> float | None:
    """Return how many seconds ago the last heartbeat was; None if there's none, or it was the end.

    Args:
        database: the database's path.
        now: seconds since the epoch. A clock that was set back makes an age too, or it would hide a death.
    """
    with contextlib.suppress(FileNotFoundError):
        if at := run_lock(database).stat().st_mtime:
            return abs(now - at)
    return None
