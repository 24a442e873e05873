"""Processes that a test kills: forked from one that has imported everything once."""

from __future__ import annotations

import multiprocessing
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerContext


def forks() -> ForkServerContext:
    """Return how to start them.

    The first call in a process decides what its fork server has imported, so all tests ask here.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["pytest", "tests.servers.desk", "tests.servers.round"])
    return context
