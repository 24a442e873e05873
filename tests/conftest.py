"""What every test stands on: no network but loopback, and the real data where it lies beside the project."""

from __future__ import annotations

import gc
import logging
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Iterator

# How fast the machine is at the moment decides no test. Every run tries other examples, and half of the
# usual hundred finds as much in two runs. Only CI tries the same ones again: it judges a change.
settings.register_profile(
    "untimed", deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("ci", settings.get_profile("untimed"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "untimed")

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"

_LOOPBACK = {"127.0.0.1", "::1", "localhost"}


def _refuse_the_world(event: str, args: tuple[object, ...]) -> None:
    address: object = None
    if event == "socket.connect":
        address = args[1][0] if isinstance(args[1], tuple) else None
    elif event == "socket.getaddrinfo":
        address = args[0]
    if isinstance(address, bytes):
        address = address.decode()
    if isinstance(address, str) and address not in _LOOPBACK:
        raise RuntimeError(f"a test tried to reach {address}")


sys.addaudithook(_refuse_the_world)

# Whoever runs the tests may have paperround's own settings in their environment.
for name in [name for name in os.environ if name.startswith("PAPERROUND_")]:
    del os.environ[name]

# Containers often forbid bytecode; then each of the many processes here would compile everything anew.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the tests of processes, killed ones first, which take longest: no core is left with one."""
    items.sort(key=lambda item: ("flows" not in item.path.parts, "kills" not in item.path.stem))


def pytest_collection_finish() -> None:
    """Let the garbage collector look at what tests make, not at a million objects of libraries each time."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _log_levels() -> Iterator[None]:
    """Commands that a test calls set how much is logged; the next test begins as the first did."""
    loggers = [logging.getLogger(name) for name in ("", "bot", "digest")]
    levels = [logger.level for logger in loggers]
    yield
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The real recordings, or a skip that says where they should be."""
    data = SHARED / "data"
    if not data.is_dir():
        pytest.skip(f"needs the recordings in {data}")
    return data
