"""Uses an installed paperround as a newcomer would, against a loopback arXiv; run by the wheel check.

python -m tests.servers.newcomer PATH_OF_PAPERROUND
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from digest import __version__
from tests.papers import DAY, announced
from tests.servers.arxiv import ArxivServer, serve_arxiv

_STEPS = (
    (["--version"], f"paperround {__version__}"),
    (["--help"], "paperround demo"),
    (["demo"], "A Study of Rivers"),
    (["init"], "Wrote config.toml"),
    (["check"], "2 papers announced"),
    (["harvest"], "2 papers announced in cs, 2 of them new here"),
    (["digest", "rivers"], "A Study of Rivers, Part 2"),
    (["summarize", "https://arxiv.org/abs/9906.00002v1"], "submitted"),
    (["topics"], "Gaussian splatting"),
    (["backup", "copy.db"], "the copy is sound"),
)


def environment(server: ArxivServer) -> dict[str, str]:
    """Return an environment in which paperround reads a loopback arXiv."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("PAPERROUND_", "PYTHON"))
    }
    urls = ("LISTING", "API", "SITE")
    return kept | {f"PAPERROUND_ARXIV__{name}_URL": server.url for name in urls}


def main(program: str) -> int:
    """Run every step; the status says whether all did what they should."""
    with serve_arxiv() as server, tempfile.TemporaryDirectory() as folder:
        abstract = "We study LLM agents and diffusion models on rivers."
        server.announce(
            DAY, [announced(number, abstract=abstract, categories=("cs.CL",)) for number in (1, 2)]
        )
        for arguments, expected in _STEPS:
            done = subprocess.run(
                [program, *arguments],
                env=environment(server),
                cwd=folder,
                capture_output=True,
                text=True,
                check=False,
            )
            print("paperround", *arguments, "->", done.returncode)  # noqa: T201 - the check's log
            if done.returncode or expected not in done.stdout:
                sys.stderr.write(f"expected {expected!r} in:\n{done.stdout}\n{done.stderr}\n")
                return 1
        if not (Path(folder) / "paperround-demo.html").read_text("utf-8").startswith("<!doctype html>"):
            sys.stderr.write("the demo's page is missing\n")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
