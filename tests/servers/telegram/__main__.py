"""`python -m tests.servers.telegram --port N`: the server as a process, for benches and by hand."""

from __future__ import annotations

import argparse
import asyncio
import gc
import sys

from .faults import Limits
from .server import TelegramServer


async def _serve(arguments: argparse.Namespace) -> None:
    server = TelegramServer(
        check=not arguments.no_check,
        limits=Limits(overall=arguments.limits) if arguments.limits else None,
        port=arguments.port,
        control=True,
    )
    if arguments.world:
        ada, bob = server.user("Ada", username="ada"), server.user("Bob", language="zh")
        server.group("Reading group", ada, bob)
        forum = server.supergroup("Vision lab", ada, bob, forum=True)
        server.topic(forum, "Papers", ada)
        server.channel("Daily papers", ada, username="daily_papers")
    await server.start()
    gc.set_threshold(200_000)  # messages are kept, so looking through them again and again finds nothing
    sys.stdout.write(f"{server.url} {server.token}\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


def main() -> None:
    """Serve until it's ended; the first line says where, and the token."""
    parser = argparse.ArgumentParser(prog="python -m tests.servers.telegram")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--no-check", action="store_true", help="check nothing, for speed")
    parser.add_argument(
        "--limits",
        nargs="?",
        type=float,
        const=Limits.overall,
        help="let through only what Telegram lets through; how many messages a second, 30 unless told",
    )
    parser.add_argument("--world", action="store_true", help="some people and chats to talk in by hand")
    asyncio.run(_serve(parser.parse_args()))


if __name__ == "__main__":
    main()
