"""How much memory ``paperround run`` holds while it has nothing to do, with no platform set up."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.report import report

MOST_MEGABYTES = 70.0
MOST_SECONDS = 10.0
SETTLED_AFTER = 5.0
NOWHERE = "http://127.0.0.1:9"  # nothing listens there


def resident(process: int) -> float:
    """Return a process's resident memory in megabytes, as Linux tells it."""
    for line in Path(f"/proc/{process}/status").read_text("utf-8").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("the process has ended")


def main() -> None:
    """Start it, let it settle, look, stop it."""
    program = str(Path(sys.executable).with_name("paperround"))
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "PAPERROUND_STORAGE__PATH": f"{folder}/paperround.db",
            "PAPERROUND_ARXIV__LISTING_URL": NOWHERE,
            "PAPERROUND_ARXIV__API_URL": NOWHERE,
        }
        with subprocess.Popen(
            [program, "run"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        ) as process:
            if process.stdout is not None:
                process.stdout.readline()
            time.sleep(SETTLED_AFTER)
            held = round(resident(process.pid), 1)
            start = time.perf_counter()
            process.send_signal(signal.SIGTERM)
            process.wait()
            stopped = round(time.perf_counter() - start, 2)
    report("paperround run, idle", held, "MB", f"<= {MOST_MEGABYTES}", ok=held <= MOST_MEGABYTES)
    report(
        "paperround run, from SIGTERM to its end",
        stopped,
        "s",
        f"<= {MOST_SECONDS}",
        ok=stopped <= MOST_SECONDS,
    )


if __name__ == "__main__":
    main()
