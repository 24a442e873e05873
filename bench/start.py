"""How long ``paperround --version`` takes, against a Python that does nothing."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

from bench.report import report

GOAL = 5.0
RUNS = 15


def seconds(*command: str) -> float:
    """Run a command once."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> None:
    """Measure both in turn, so that whatever else the machine does falls on both."""
    program = str(Path(sys.executable).with_name("paperround"))
    pairs = [(seconds(program, "--version"), seconds(sys.executable, "-c", "pass")) for _ in range(RUNS)]
    ours, nothing = (statistics.median(times) for times in zip(*pairs, strict=True))
    ratio = round(ours / nothing, 2)
    report("start: paperround --version", ratio, "× python -c pass", f"<= {GOAL}", ok=ratio <= GOAL)


if __name__ == "__main__":
    main()
