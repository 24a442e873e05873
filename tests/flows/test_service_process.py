"""``paperround run`` as a process: one a database, alive while it says so, gone when it's told to go."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOWHERE = "http://127.0.0.1:9"  # nothing listens there


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """An environment of its own, with an arXiv that can't be reached."""
    return os.environ | {
        "PAPERROUND_ARXIV__LISTING_URL": NOWHERE,
        "PAPERROUND_ARXIV__API_URL": NOWHERE,
        "PAPERROUND_STORAGE__PATH": str(tmp_path / "paperround.db"),
    }


@pytest.fixture
def service(environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """A service that runs."""
    command = [sys.executable, "-m", "bot", "run"]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        yield process
        process.kill()


def program(command: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "bot", command], env=environment, capture_output=True, text=True, check=False
    )


def lines(service: subprocess.Popen[str], count: int) -> list[str]:
    """Read so many lines of what a service says."""
    assert service.stdout is not None
    return [service.stdout.readline().rstrip() for _ in range(count)]


def test_it_says_what_runs_and_is_the_only_one(
    service: subprocess.Popen[str], environment: dict[str, str]
) -> None:
    """A line each; a second one is refused with a sentence, and the first goes on."""
    database, harvest, delivery, summaries, claim = lines(service, 5)
    assert database.startswith("Database: ")
    assert harvest == "Harvest: cs, each weekday from 00:05 US Eastern until it's in."
    assert delivery == "Delivery: this console alone, a round a minute; to talk to it, run paperround chat."
    assert summaries == "Summaries: sentences of the abstracts; no model is asked."
    assert claim.startswith("Nobody owns this bot yet. Send it this code to become its owner: ")
    second = program("run", environment)
    assert second.returncode == 1
    assert "one process serves a database. Stop that one first." in second.stderr
    assert program("topics", environment).returncode == 0
    assert service.poll() is None


def test_health_follows_it(service: subprocess.Popen[str], environment: dict[str, str]) -> None:
    """Status 0 while it runs, 1 once it was stopped, each with a sentence; stopping takes little."""
    lines(service, 5)
    well = program("health", environment)
    assert (well.returncode, "its last sign of life came" in well.stdout) == (0, True)
    service.terminate()
    assert service.wait(timeout=60) == 0
    assert lines(service, 2) == ["Stopping: what is being sent is finished.", "Stopped."]
    gone = program("health", environment)
    assert (gone.returncode, "Nobody serves" in gone.stdout) == (1, True)


def test_a_process_that_hangs_is_unwell(environment: dict[str, str], tmp_path: Path) -> None:
    """A heartbeat that is older than three minutes, or from a time to come, is a bad sign."""
    lock = tmp_path / "paperround.db.run.lock"
    lock.touch()
    os.utime(lock, (1_000_000_000, 1_000_000_000))
    unwell = program("health", environment)
    assert (unwell.returncode, "Restart paperround run." in unwell.stdout) == (1, True)


def test_a_clock_that_is_no_clock_is_a_misuse(environment: dict[str, str]) -> None:
    """A variable that can't be used ends with status 2 and a sentence."""
    refused = program("run", environment | {"PAPERROUND_CLOCK": "tomorrow"})
    assert refused.returncode == 2
    assert refused.stderr.startswith("paperround: PAPERROUND_CLOCK = “tomorrow” isn't a time and a speed")
