"""How much memory ``paperround run`` holds while it has nothing to do, the day's list read and delivered.

With no platform set up it's measured as it is; with one, against merely importing that platform's libraries.
"""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bench._bot_api import bot_api
from bench.report import report
from bot.app import make_calendar, make_store, open_database
from bot.settings import load
from digest.model import Listing
from digest.query import parse

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_MEGABYTES = 70.0
MOST_TIMES = 1.4
MOST_SECONDS = 10.0
SETTLED_AFTER = 5.0
NOWHERE = "http://127.0.0.1:9"  # nothing listens there
TELEGRAM = "import aiohttp, telegram, telegram.ext"


def resident(process: int) -> float:
    """Return a process's resident memory in megabytes, as Linux tells it."""
    for line in Path(f"/proc/{process}/status").read_text("utf-8").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("the process has ended")


async def _read_todays_list(path: Path) -> None:
    settings = load(None, {}, parse)
    now = datetime.now(UTC)
    listing = Listing(make_calendar(settings).last(now), settings.arxiv.archives, ())
    async with open_database(path) as database:
        await make_store(database).write(lambda papers: papers.keep(listing, now))


def _memory(arguments: list[str], environment: Mapping[str, str]) -> tuple[float, float]:
    """Return what a program holds that has settled after its first line, and how long it takes to end."""
    with subprocess.Popen(
        [sys.executable, *arguments],
        env=os.environ | dict(environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        if process.stdout is not None:
            process.stdout.readline()
        time.sleep(SETTLED_AFTER)
        held = resident(process.pid)
        start = time.perf_counter()
        process.send_signal(signal.SIGTERM)
        process.wait()
        return held, time.perf_counter() - start


def _run(environment: Mapping[str, str]) -> tuple[float, float]:
    """Return the same of ``paperround run``."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "paperround.db"
        asyncio.run(_read_todays_list(path))
        base = {
            "PAPERROUND_STORAGE__PATH": str(path),
            "PAPERROUND_ARXIV__LISTING_URL": NOWHERE,
            "PAPERROUND_ARXIV__API_URL": NOWHERE,
        }
        return _memory(["-m", "bot", "run"], base | dict(environment))


def compare(name: str, libraries: str, environment: Mapping[str, str]) -> None:
    """Report what ``run`` holds with platforms, against a program that only imports their libraries."""
    bare, _ = _memory(["-c", f"{libraries}; import time; print(flush=True); time.sleep(60)"], {})
    held, _ = _run(environment)
    times = round(held / bare, 2)
    report(
        f"{name}, idle: {held:.1f} MB, its libraries alone {bare:.1f} MB",
        times,
        "times",
        f"≤ {MOST_TIMES}",
        ok=times <= MOST_TIMES,
    )


def main() -> None:
    """Start it in each way, let it settle, look, stop it."""
    held, stopped = _run({})
    report("paperround run, idle", round(held, 1), "MB", f"<= {MOST_MEGABYTES}", ok=held <= MOST_MEGABYTES)
    report(
        "paperround run, from SIGTERM to its end",
        round(stopped, 2),
        "s",
        f"<= {MOST_SECONDS}",
        ok=stopped <= MOST_SECONDS,
    )
    with bot_api() as (url, token):
        compare("telegram", TELEGRAM, {"PAPERROUND_TELEGRAM__API_URL": url, "TELEGRAM_BOT_TOKEN": token})


if __name__ == "__main__":
    main()
