"""How much memory ``paperround run`` holds with both platforms, against importing their libraries."""

from __future__ import annotations

import tempfile

from bench._discord import loopback
from bench._telegram import bot_api
from bench._telegram_idle import memory
from bench.idle import NOWHERE
from bench.report import report

MOST_MEMORY = 1.4
BARE = "import aiohttp, discord, telegram, telegram.ext, time; print(flush=True); time.sleep(60)"


def main() -> None:
    """Report what ``paperround run`` holds with both, against importing the libraries."""
    with tempfile.TemporaryDirectory() as folder, bot_api() as (url, token), loopback() as discord:
        api, gateway, discord_token = discord
        environment = {
            "PAPERROUND_STORAGE__PATH": f"{folder}/paperround.db",
            "PAPERROUND_ARXIV__LISTING_URL": NOWHERE,
            "PAPERROUND_ARXIV__API_URL": NOWHERE,
            "PAPERROUND_TELEGRAM__API_URL": url,
            "TELEGRAM_BOT_TOKEN": token,
            "PAPERROUND_DISCORD__API_URL": api,
            "PAPERROUND_DISCORD__GATEWAY_URL": gateway,
            "DISCORD_BOT_TOKEN": discord_token,
        }
        held, bare = memory(["-m", "bot", "run"], environment), memory(["-c", BARE], {})
    times = round(held / bare, 2)
    report(
        f"both platforms, idle: {held:.1f} MB, their libraries alone {bare:.1f} MB",
        times,
        "times",
        f"≤ {MOST_MEMORY}",
        ok=times <= MOST_MEMORY,
    )


if __name__ == "__main__":
    main()
