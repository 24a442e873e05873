"""The process that reads: what a hostile file does to it, and that nobody else notices."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest

from digest.errors import FileBrokenError, FileError, FileLockedError, FileTooHeavyError, FileWithoutTextError
from digest.fulltext import Form, FullPaper
from digest.sources.fulltext.apart import Limits, read_apart
from tests.papers_pdf import box, encrypted, memory_bomb, paragraph, pdf, text, time_bomb

LIMITS = Limits(pages=100, seconds=200, megabytes=400)
LONG = 120  # seconds; what ends before them was ended by something else
PROSE = paragraph(72, 700, "Lamps light a corridor for whoever walks there at night. " * 12, 80)


def children() -> set[str]:
    """Return the processes that this one began and that are still there, as Linux tells them."""
    tasks = Path("/proc/self/task").glob("*/children")
    return {child for task in tasks for child in task.read_text("ascii").split()}


def read(
    form: Form, body: bytes, folder: Path, begun: list[int] | None = None, limits: Limits = LIMITS
) -> FullPaper:
    """Have a file read."""
    file = folder / "paper"
    file.write_bytes(body)
    said: list[int] = [] if begun is None else begun
    return asyncio.run(read_apart(form, file, folder, "https://arxiv.org/html/1", limits, said.append))


def test_reads_and_says_how_many_pages(tmp_path: Path) -> None:
    """The number of pages comes before they are read, the paper after."""
    begun: list[int] = []
    page = PROSE + box(90, 300, 150, 100) + text(72, 280, "Figure 1: A box.", 9, "bold")
    paper = read(Form.PDF, pdf(page, PROSE), tmp_path, begun)
    assert begun == [2]
    assert paper.pages == 2
    assert (tmp_path / paper.figures[0].images[0]).read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (encrypted(), FileLockedError),
        (pdf(box(9, 9, 500, 700)), FileWithoutTextError),
        (pdf(PROSE)[:900], FileBrokenError),
    ],
    ids=["encrypted", "scan", "cut"],
)
def test_says_why(tmp_path: Path, body: bytes, error: type[FileError]) -> None:
    """What the process found wrong arrives as the error that it is."""
    with pytest.raises(error):
        read(Form.PDF, body, tmp_path)


@pytest.mark.parametrize(
    ("form", "body", "seconds"),
    [
        (Form.PDF, memory_bomb(700), LONG),
        (Form.PDF, time_bomb(), 1),
        (Form.HTML, b"<article class='ltx_document'>" + b"<div>" * 100_000, 1),
    ],
    ids=["memory", "time", "depth"],
)
def test_bombs_end_with_the_process(tmp_path: Path, form: Form, body: bytes, seconds: int) -> None:
    """A small file that takes gigabytes or hours is given up within its limits, and no process is left."""
    before, others = time.monotonic(), children()
    with pytest.raises(FileTooHeavyError):
        read(form, body, tmp_path, limits=Limits(100, seconds, 400))
    assert time.monotonic() - before < LONG
    assert children() <= others


def test_a_cancelled_reading_leaves_no_process(tmp_path: Path) -> None:
    """Whoever stops waiting stops the process."""
    file = tmp_path / "paper"
    file.write_bytes(time_bomb())

    async def give_up() -> None:
        began = asyncio.Event()
        task = asyncio.create_task(
            read_apart(Form.PDF, file, tmp_path, "", Limits(100, LONG, 400), lambda _: began.set())
        )
        await began.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    before, others = time.monotonic(), children()
    asyncio.run(give_up())
    assert time.monotonic() - before < LONG
    assert children() <= others


def test_gets_no_token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process that opens hostile files has an environment without any of ours."""
    probe = tmp_path / "environment"
    program = tmp_path / "python"
    program.write_text(f"#!/bin/sh\n/usr/bin/env > {probe}\n")
    program.chmod(0o755)
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "12345:secret")
    monkeypatch.setattr("sys.executable", str(program))
    with pytest.raises(FileBrokenError):
        read(Form.PDF, b"", tmp_path)
    assert "secret" not in probe.read_text()
