"""``paperround run`` as a process, and what its database says beside it."""

from __future__ import annotations

import contextlib
import sqlite3
import subprocess
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

UNSENT = "SELECT count(*) FROM deliveries WHERE state IN ('pending', 'claimed')"


def ask(database: Path, question: str, *values: str) -> int:
    """Ask the service's database for a number, beside the service."""
    with contextlib.closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
        (answer,) = connection.execute(question, values).fetchone()
    return int(answer or 0)


def wait_for(until: float, database: Path, question: str, *values: str) -> None:
    """Wait until a question's answer is 0, or until a time of the monotonic clock."""
    while ask(database, question, *values) and time.monotonic() < until:
        time.sleep(0.1)


@contextlib.contextmanager
def running(environment: dict[str, str], clock: str, log: Path) -> Iterator[None]:
    """Run ``paperround run`` with a simulated clock; it's stopped as a service is, and must end well."""
    command = [sys.executable, "-W", "error", "-m", "bot", "run"]
    with (
        log.open("w") as file,
        subprocess.Popen(
            command, env=environment | {"PAPERROUND_CLOCK": clock}, stdout=file, stderr=file
        ) as process,
    ):
        try:
            yield
        finally:
            process.terminate()
            try:
                status = process.wait(timeout=60)
            finally:
                process.kill()
    if status:
        raise AssertionError(f"status {status}: {log.read_text('utf-8')}")
