"""Runs a loopback model provider as a process, for benches and by hand."""

from __future__ import annotations

import argparse
import signal
import sys
from typing import TYPE_CHECKING

from tests.servers import defects
from tests.servers.models import KEY, MODEL, Fault

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from tests.servers.models import ModelServer, Question


_END = {signal.SIGINT, signal.SIGTERM}


def run(
    name: str,
    serve: Callable[[Callable[[Question], str], int], AbstractContextManager[ModelServer]],
    use: str,
) -> None:
    """Serve until it's ended; the first line says where, then how to use it and its key.

    Args:
        name: the provider's.
        serve: runs it with what answers, on a port.
        use: the setting that leads to it; ``{url}`` is where it is.
    """
    parser = argparse.ArgumentParser(prog=f"python -m tests.servers.{name}")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--seconds", type=float, default=0.0, help="how long each answer takes")
    parser.add_argument("--defects", action="store_true", help="answer with one defect after the other")
    parser.add_argument("--faults", default="", help=f"the first answers, as a list of {', '.join(Fault)}")
    arguments = parser.parse_args()
    signal.pthread_sigmask(signal.SIG_BLOCK, _END)  # before there are threads, so that none is killed by them
    with serve(defects.cycle() if arguments.defects else defects.good, arguments.port) as server:
        server.seconds = arguments.seconds
        server.faults = [Fault(fault) for fault in arguments.faults.split(",") if fault]
        print(server.url, use.format(url=server.url), f"model {MODEL}, key {KEY}", flush=True)  # noqa: T201
        signal.sigwait(_END)
        spent = f"{server.tokens_in} tokens in, {server.tokens_out} out"
        sys.stderr.write(f"{server.requests} requests, {spent}; wrong: {server.complaints}\n")
