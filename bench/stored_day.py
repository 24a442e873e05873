"""How long ``paperround digest`` takes, from the shell, on a stored day of a thousand papers."""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from itertools import product
from pathlib import Path

from bench.report import report
from digest.model import Announcement, Kind
from tests.papers import DAY, paper
from tests.servers.arxiv import serve_arxiv
from tests.servers.desk import harvest

PAPERS = 1000
RUNS = 5
MOST_SECONDS = 1.5
SYLLABLES = [first + second for first in "bdfglmnrst" for second in "aeiou"]
VOCABULARY = 6000  # different words in the abstracts of a day


def announcements() -> list[Announcement]:
    """Make a day from a fixed seed: abstracts of 180 words, few of them common, as in bench/match.py."""
    rng = random.Random(0)  # noqa: S311 - the same day in every run
    words = [f"{first}{second}{third}" for first, second, third in product(SYLLABLES, repeat=3)][:VOCABULARY]
    shares = [1 / rank for rank in range(1, VOCABULARY + 1)]
    rng.shuffle(words)
    return [
        Announcement(
            paper(
                number,
                title=f"{' '.join(rng.choices(words, shares, k=6))} and rivers",
                abstract=" ".join(
                    f"{' '.join(rng.choices(words, shares, k=20)).capitalize()}." for _ in range(9)
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
    # An installed program has its bytecode; without it each run would compile it again.
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    with serve_arxiv() as server, tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "paperround.db"
        server.announce(DAY, announcements())
        harvest(path, server.url)
        times = []
        for _ in range(RUNS):
            start = time.perf_counter()
            subprocess.run(
                [program, "digest", "rivers"],
                check=True,
                stdout=subprocess.DEVNULL,
                env=environment | {"PAPERROUND_STORAGE__PATH": str(path)},
            )
            times.append(time.perf_counter() - start)
    took = round(statistics.median(times), 2)
    goal = f"<= {MOST_SECONDS}"
    report(f"digest of a stored day of {PAPERS:,} papers", took, "s", goal, ok=took <= MOST_SECONDS)


if __name__ == "__main__":
    main()
