"""`python -m tests.servers.discord --port N`: the server as a process, for benches and by hand."""

from __future__ import annotations

import argparse
import asyncio
import gc
import sys

from .limits import Limits
from .server import DiscordServer


async def _serve(arguments: argparse.Namespace) -> None:
    server = DiscordServer(
        check=not arguments.no_check,
        limits=Limits(overall=arguments.limits) if arguments.limits else None,
        port=arguments.port,
        shards=arguments.shards,
        control=True,
    )
    if arguments.world:
        ada, bob = server.user("Ada", installed=True), server.user("Bob", locale="zh-CN")
        guild = server.guild("Vision lab", ada, bob)
        server.thread(server.text(guild, "papers"), "Reading group", ada)
        server.forum(guild, "daily-papers", "digest")
        server.direct(ada)
    await server.start()
    gc.set_threshold(200_000)  # messages are kept, so looking through them again and again finds nothing
    sys.stdout.write(f"{server.api_url} {server.gateway.url} {server.token}\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


def main() -> None:
    """Serve until it's ended; the first line says where REST and the gateway are, and the token."""
    parser = argparse.ArgumentParser(prog="python -m tests.servers.discord")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--shards", type=int, default=1, help="how many shards the bot is told to use")
    parser.add_argument("--no-check", action="store_true", help="check nothing, for speed")
    parser.add_argument(
        "--limits",
        nargs="?",
        type=int,
        const=Limits.overall,
        help="let through only what Discord lets through; how many requests a second, 50 unless told",
    )
    parser.add_argument("--world", action="store_true", help="some people and channels to try things with")
    asyncio.run(_serve(parser.parse_args()))


if __name__ == "__main__":
    main()
