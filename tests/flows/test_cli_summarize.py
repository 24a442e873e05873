"""``paperround summarize``, as a person uses it."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.app import MIGRATIONS
from bot.cli import main
from digest.storage.papers import SqlitePapers
from tests.papers import DAY, announced, paper
from tests.servers.arxiv import Answer, ArxivServer, serve_arxiv
from tests.servers.new_database import open_database

if TYPE_CHECKING:
    from collections.abc import Iterator

    from syrupy.assertion import SnapshotAssertion

    from digest.model import Paper

LATEX = Path(__file__).resolve().parent.parent / "latex"


@pytest.fixture
def arxiv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ArxivServer]:
    """A loopback arXiv that the environment names, and an empty working directory."""
    monkeypatch.chdir(tmp_path)
    with serve_arxiv() as server:
        for name in ("LISTING", "API", "SITE"):
            monkeypatch.setenv(f"PAPERROUND_ARXIV__{name}_URL", server.url)
        server.announce(DAY, [announced(1, comment="12 pages"), announced(2, version=3)])
        yield server


def test_papers_are_asked_for_once_and_kept(arxiv: ArxivServer, capsys: pytest.CaptureFixture[str]) -> None:
    """Several papers take one request; the next time they come from the database, without arXiv."""
    for _ in range(2):
        assert main(["summarize", "--brief", "9906.00001", "https://arxiv.org/pdf/9906.00002v1"]) == 0
        told = capsys.readouterr()
        assert told.err == ""
        assert "1. A Study of Rivers, Part 1\n   https://arxiv.org/abs/9906.00001" in told.out
        assert "Comment: 12 pages" in told.out
        assert "You named version 1. This is version 3, the newest." in told.out
        assert told.out.endswith("Sentences extracted from the abstracts.\n")
        arxiv.faults = [Answer(404, b"")]
    assert len(arxiv.requests) == 1


def test_the_language_is_chosen(arxiv: ArxivServer, capsys: pytest.CaptureFixture[str]) -> None:
    """Labels are in the language that was asked for."""
    assert arxiv.url
    assert main(["summarize", "--brief", "9906.00001", "--language", "zh"]) == 0
    assert "代码：摘要未提及。" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (["2408.1672"], 2, "“2408.1672” isn't an arXiv ID. Try 2408.16725, or a link to a paper."),
        (["9906.00001", "rivers"], 2, "“rivers” isn't an arXiv ID. Try 2408.16725, or a link to a paper."),
        (["9906.00077"], 1, "arXiv doesn't know 9906.00077. Check the digits."),
        (["9906.00001", "--language", "tlh"], 2, "There's no “tlh” here yet. Known languages: en, zh."),
    ],
)
def test_what_cannot_be_done_is_a_sentence(
    arxiv: ArxivServer, capsys: pytest.CaptureFixture[str], arguments: list[str], status: int, told: str
) -> None:
    """A misuse ends with 2, an unknown paper with 1, each with one sentence and nothing else."""
    assert arxiv.url
    assert main(["summarize", "--brief", *arguments]) == status
    assert capsys.readouterr() == ("", f"paperround: {told}\n")


@pytest.mark.parametrize(
    ("faults", "told"),
    [
        ([], "arXiv doesn't know 9906.00077. Check the digits."),
        ([Answer(404, b"")], "arXiv rejected the request (HTTP 404): it doesn't say why."),
    ],
)
def test_what_was_found_is_shown_beside_what_was_not(
    arxiv: ArxivServer,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    faults: list[Answer],
    told: str,
) -> None:
    """A paper that arXiv doesn't know, or can't be asked about, doesn't keep the others from being shown."""
    asyncio.run(keep(tmp_path / "paperround.db", paper(1)))
    arxiv.faults = faults
    assert main(["summarize", "--brief", "9906.00001", "9906.00077"]) == 1
    shown = capsys.readouterr()
    assert shown.out.startswith("A Study of Rivers, Part 1\n")
    assert shown.err == f"paperround: {told}\n"


async def keep(path: Path, known: Paper) -> None:
    """Keep a paper as if arXiv had been asked about it."""
    database = await open_database(path, MIGRATIONS)
    try:
        await database.write(lambda db: SqlitePapers(db).complete([known]))
    finally:
        await database.close()


@pytest.fixture
def papers_on(arxiv: ArxivServer, monkeypatch: pytest.MonkeyPatch) -> ArxivServer:
    """The same with one paper's HTML and another's PDF, in a hurry."""
    monkeypatch.setattr("bot.app.ARXIV_PAUSE", 0.05)
    page, pdf = ((LATEX / name).read_bytes() for name in ("lanterns.html", "marbles.pdf"))
    arxiv.files["/html/9906.00001v1"] = Answer(body=page, content_type="text/html")
    arxiv.files["/pdf/9906.00002v3"] = Answer(body=pdf, content_type="application/pdf")
    return arxiv


@pytest.mark.parametrize("language", ["en", "zh"])
def test_papers_are_read_whole(
    papers_on: ArxivServer,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    snapshot: SnapshotAssertion,
    language: str,
) -> None:
    """After the brief come the notes of each, from HTML or a PDF; then all of it from disk.

    Each caption says where its figure can be looked at: at arXiv, or in what was kept of the PDF.
    """
    monkeypatch.setenv("COLUMNS", "100")
    shown = []
    for _ in range(2):
        assert main(["summarize", "9906.00001", "9906.00002", "--language", language]) == 0
        told = capsys.readouterr()
        assert told.err == ""
        (picture,) = re.findall(rf"(?m)^{re.escape(str(tmp_path))}/\S+$", told.out)
        assert Path(picture).read_bytes().startswith(b"\x89PNG")
        shown.append(
            told.out.replace(papers_on.url, "https://arxiv.example").replace(str(tmp_path), "/home/ada")
        )
    assert shown[0] == shown[1] == snapshot
    assert [request.path for request in papers_on.requests if request.path != "/api/query"] == [
        "/html/9906.00001v1",
        "/html/9906.00002v3",
        "/pdf/9906.00002v3",
    ]


def test_a_paper_without_files_is_told_by_its_abstract(
    papers_on: ArxivServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """If arXiv has no file of it, the brief is there, and below it why there's no more."""
    asyncio.run(keep(tmp_path / "paperround.db", paper(1)))
    papers_on.faults = [Answer(404, b"")] * 2
    assert main(["summarize", "9906.00001"]) == 0
    assert "Only the abstract was read; arXiv has no other form of it." in " ".join(
        capsys.readouterr().out.split()
    )
