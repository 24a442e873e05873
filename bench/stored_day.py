"""How long ``paperround digest`` takes, from the shell, on a stored day of a thousand papers."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.report import report
from digest.model import Announcement, Kind
from tests.papers import DAY, paper
from tests.servers.arxiv import serve_arxiv
from tests.servers.desk import harvest

PAPERS = 1000
RUNS = 5
MOST_SECONDS = 1.5
WORDS = (
    "a model of rivers which bend where banks are soft and splat gaussian drops on what they carry".split()
)


def announcements() -> list[Announcement]:
    """Make a day whose abstracts share few words."""
    return [
        Announcement(
            paper(
                number,
                title=f"Rivers {number} and What They Carry",
                abstract=". ".join(
                    " ".join(f"{word}{(number * at) % 911}" if at % 4 == 0 else word for word in WORDS)
                    for at in range(9)
                ),
            ),
            DAY,
            Kind.NEW,
        )
        for number in range(PAPERS)
    ]


def main() -> None:
    """Harvest once, then write the digest several times."""
    program = str(Path(sys.executable).with_name("paperround"))
    with serve_arxiv() as server, tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "paperround.db"
        server.announce(DAY, announcements())
        harvest(path, server.url)
        times = []
        for _ in range(RUNS):
            start = time.perf_counter()
            subprocess.run(
                [program, "digest", "gaussian rivers"],
                check=True,
                stdout=subprocess.DEVNULL,
                env=os.environ | {"PAPERROUND_STORAGE__PATH": str(path)},
            )
            times.append(time.perf_counter() - start)
    took = round(statistics.median(times), 2)
    goal = f"<= {MOST_SECONDS}"
    report(f"digest of a stored day of {PAPERS:,} papers", took, "s", goal, ok=took <= MOST_SECONDS)


if __name__ == "__main__":
    main()
