"""How much memory ``paperround run`` holds with Telegram alone, against importing Telegram's libraries."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time

from bench._telegram import bot_api
from bench.idle import NOWHERE, SETTLED_AFTER, resident
from bench.report import report

MOST_MEMORY = 1.4
BARE = "import aiohttp, telegram, telegram.ext, time; print(flush=True); time.sleep(60)"


def memory(arguments: list[str], environment: dict[str, str]) -> float:
    """Return what a Python program holds when it has settled after its first line."""
    with subprocess.Popen(
        [sys.executable, *arguments],
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            if process.stdout is not None:
                process.stdout.readline()
            time.sleep(SETTLED_AFTER)
            return resident(process.pid)
        finally:
            process.terminate()


def main() -> None:
    """Report what ``paperround run`` holds with Telegram alone, against importing its libraries."""
    with tempfile.TemporaryDirectory() as folder, bot_api() as (url, token):
        environment = {
            "PAPERROUND_STORAGE__PATH": f"{folder}/paperround.db",
            "PAPERROUND_ARXIV__LISTING_URL": NOWHERE,
            "PAPERROUND_ARXIV__API_URL": NOWHERE,
            "PAPERROUND_TELEGRAM__API_URL": url,
            "TELEGRAM_BOT_TOKEN": token,
        }
        held, bare = memory(["-m", "bot", "run"], environment), memory(["-c", BARE], {})
    times = round(held / bare, 2)
    report(
        f"telegram, idle: {held:.1f} MB, its libraries alone {bare:.1f} MB",
        times,
        "times",
        f"≤ {MOST_MEMORY}",
        ok=times <= MOST_MEMORY,
    )


if __name__ == "__main__":
    main()
