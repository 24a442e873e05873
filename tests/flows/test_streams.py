"""Standard output as it can be: closed, full, read by nobody, without our characters."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.papers import DAY, announced
from tests.servers.arxiv import serve_arxiv
from tests.servers.desk import harvest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database of two papers, one with letters that few encodings have."""
    folder = tmp_path_factory.mktemp("streams")
    with serve_arxiv() as server:
        papers = [announced(1, title="Rivers of “Gauß” – a déjà vu"), announced(2, title="Rivers of 水")]
        server.announce(DAY, papers)
        harvest(folder / "paperround.db", server.url)
    return folder


def run(folder: Path, shell: str, **environ: str) -> subprocess.CompletedProcess[bytes]:
    """Run a line of shell in which $P is paperround, with output as a terminal without our help has it."""
    kept: Mapping[str, str] = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "LC_"))}
    program = f"P='{sys.executable} -m bot'; {shell}"
    path = os.pathsep.join(entry for entry in sys.path if entry)
    return subprocess.run(
        ["/bin/bash", "-c", program],
        env={**kept, "PYTHONPATH": path, **environ},
        cwd=folder,
        capture_output=True,
        check=False,
    )


@pytest.mark.parametrize("command", ["--version", "--help", "digest rivers --format json"])
def test_a_reader_that_left_is_no_news(folder: Path, command: str) -> None:
    """Output into a pipe that nobody reads ends quietly."""
    done = run(folder, f"$P {command} | true")
    assert done.stderr == b""


@pytest.mark.parametrize("command", ["--version", "digest rivers", "digest rivers --format json"])
def test_output_that_cannot_be_written_is_a_sentence(folder: Path, command: str) -> None:
    """A full disk under standard output ends with status 1 and says what happened."""
    done = run(folder, f"$P {command} >/dev/full")
    assert done.returncode == 1
    assert done.stderr == b"paperround: The output can't be written: No space left on device.\n"


@pytest.mark.parametrize("command", ["--version", "--help", "digest rivers --format json"])
def test_closed_output_is_no_output(folder: Path, command: str) -> None:
    """Who closes standard output doesn't want any; the command does its work and says nothing."""
    done = run(folder, f"$P {command} >&-")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


@pytest.mark.parametrize("stream", ["2>&-", "2>/dev/full"])
def test_the_status_says_it_where_nothing_else_can(folder: Path, stream: str) -> None:
    """Without standard error a mistake still has its status."""
    assert run(folder, f"$P digest 'ti:(' {stream}").returncode == 2


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "gbk"])
def test_every_terminal_can_show_a_digest(folder: Path, encoding: str) -> None:
    """Characters that an encoding lacks are written in plain letters, not a failure."""
    done = run(folder, "$P digest rivers --language zh", PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stderr) == (0, b"")
    told = done.stdout.decode(encoding)
    quoted = {"ascii": 'Rivers of "Gau?" - a deja vu', "latin-1": 'Rivers of "Gauß" - a déjà vu'}
    assert quoted.get(encoding, "Rivers of “Gau") in told


@pytest.mark.parametrize("form", ["json", "html", "markdown"])
def test_what_programs_read_is_utf8(folder: Path, form: str) -> None:
    """A page, a post and JSON are UTF-8 and whole, whatever the terminal speaks."""
    done = run(folder, f"$P digest rivers --format {form}", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert "déjà" in done.stdout.decode("utf-8")


def test_a_query_is_read_in_a_bare_locale(folder: Path) -> None:
    """Letters beyond ASCII are understood where the locale knows none."""
    done = run(
        folder,
        "$P digest 'déjà'; $P digest 'déjà' -o out",
        LC_ALL="C",
        PYTHONUTF8="0",
        PYTHONCOERCECLOCALE="0",
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert "déjà: 1 paper" in (folder / "out").read_text("utf-8")
