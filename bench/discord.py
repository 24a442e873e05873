"""Measures Discord against a loopback one in a process of its own, with nothing left out on our side.

A digest goes to many channels: rendered, kept as rows, claimed, sent and settled, at the 50 requests a second
that Discord allows. Meanwhile somebody uses commands, through the real inbox.
"""

from __future__ import annotations

import asyncio
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import aiohttp

from bench._discord_server import World, loopback
from bench._serving import add_chats, serving, settled
from bench.render import edition
from bench.report import report
from bot.app import open_database
from bot.chats import Layout
from bot.deliveries import Parcel
from bot.platforms.discord.options import Options
from bot.platforms.discord.platform import DiscordPlatform
from bot.serve import SWITCH
from bot.storage.deliveries import SqliteDeliveries
from digest.compose import compose
from digest.translation import phrases_for

ALLOWED, GOAL = 50, 45.0  # messages a second
ACKNOWLEDGED_MS = 200.0
READY = 1.4  # times as long as importing the libraries
RUNS = 5
CHANNELS, SECONDS, WARM = 2_000, 20.0, 2.0
PAUSE = 0.1  # seconds between two commands
PAPERS = 5
START = """
import bot.commands.registry  # which answers people on every platform, and is there before
import asyncio, sys, time
begun = time.perf_counter()
import aiohttp, discord
imported = time.perf_counter()
from bot.platforms.discord.options import Options
from bot.platforms.discord.platform import DiscordPlatform
async def nothing(_, __): pass
async def main(api, gateway, token):
    platform = DiscordPlatform(token, Options(api, gateway))
    await platform.start(nothing)
    client = platform._connection.listening.client
    while not client.shards or not client.get_shard(0)._parent.ws.session_id:
        await asyncio.sleep(0.001)
    print(imported - begun, time.perf_counter() - begun)
    await platform.stop()
asyncio.run(main(*sys.argv[1:]))
"""


def _parcel(platform: DiscordPlatform, chats: range) -> Parcel:
    (section,) = edition().sections
    own = replace(edition(), sections=(replace(section, entries=section.entries[:PAPERS]),))
    messages = platform.render(compose(own, phrases_for("en")), Layout.CLASSIC)
    return Parcel("bench", "a bench", messages, dict.fromkeys(chats, True))


async def use(world: World, person: int, channel: int) -> None:
    """Use a command again and again, until it's cancelled."""
    while True:
        await world.ask("slash", user=person, channel=channel, command="topics")
        await asyncio.sleep(PAUSE)


async def drain(api: str, gateway: str, token: str, path: Path) -> None:
    """Let the outbox drain while somebody uses commands, and report."""
    platform = DiscordPlatform(token, Options(api, gateway))
    async with (
        aiohttp.ClientSession() as session,
        open_database(path) as database,
        serving(platform, database) as dispatcher,
    ):
        world = World(api, session)
        made = await world.ask("world", people=1, guilds=1, channels=CHANNELS)
        while not (await world.ask("counts"))["synced"]:  # noqa: ASYNC110 - it's another process
            await asyncio.sleep(0.1)
        parcel = _parcel(platform, await add_chats(database, "discord", made["channels"]))
        await database.write(lambda db: SqliteDeliveries(db).keep([parcel], datetime.now(UTC)))
        dispatcher.wake()
        using = asyncio.create_task(use(world, made["people"][0], made["channels"][0]))
        await asyncio.sleep(WARM)
        start, before = time.perf_counter(), await database.read(settled)
        await asyncio.sleep(SECONDS)
        rate = (await database.read(settled) - before) / (time.perf_counter() - start)
        using.cancel()
        counts, asked = await world.ask("counts"), await world.ask("interactions")
    report("discord, 50/s: messages", round(rate, 2), "/s", f"≥ {GOAL:g}/s", ok=rate >= GOAL)
    refused = counts["throttled"] + counts["unanswered"]
    report("discord, 50/s: 429 and unanswered commands", refused, "", "0", ok=not refused)
    slow = round(1000 * statistics.quantiles(asked["took"], n=100, method="inclusive")[98], 1)
    name = f"discord, 50/s: {len(asked['took'])} commands acknowledged meanwhile, p99"
    report(name, slow, "ms", f"≤ {ACKNOWLEDGED_MS:g} ms", ok=slow <= ACKNOWLEDGED_MS)


def ready(*where: str) -> None:
    """Report how long it takes until the gateway is there, against importing the libraries in that time."""
    command = [sys.executable, "-c", START, *where]
    runs = [
        tuple(map(float, subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()))
        for _ in range(RUNS)
    ]
    bare, ours = (statistics.median(seconds) for seconds in zip(*runs, strict=True))
    times = round(ours / bare, 2)
    name = f"discord: ready in {ours:.2f} s, of which its libraries' import {bare:.2f} s"
    report(name, times, "times", f"≤ {READY}", ok=times <= READY)


def main() -> None:
    """Report each figure."""
    with loopback() as (api, gateway, token):
        ready(api, gateway, token)
    sys.setswitchinterval(SWITCH)
    with (
        tempfile.TemporaryDirectory() as folder,
        loopback("--limits", str(ALLOWED)) as (api, gateway, token),
    ):
        asyncio.run(drain(api, gateway, token, Path(folder) / "bot.db"))


if __name__ == "__main__":
    main()
