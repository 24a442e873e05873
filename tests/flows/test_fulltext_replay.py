"""Real papers from the recorder's replay of arXiv, read through the real session, pace, process and shelf."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from bot.app import MIGRATIONS, make_full_text
from bot.settings import load
from digest.fulltext import Form, FullPaper, Step
from digest.model import Paper, PaperId
from digest.query import parse
from tests.flows.test_replay import replay
from tests.servers.new_database import open_database

if TYPE_CHECKING:
    import pytest

LATEX = Path(__file__).resolve().parent.parent / "latex"


def recorded(shared_data: Path, name: str) -> Paper:
    """Return one of the recorded papers."""
    rows = json.loads((shared_data / "pdf" / "index.json").read_text(encoding="utf-8"))
    (row,) = [row for row in rows if row["id"].startswith(name)]
    return Paper(
        id=PaperId(name),
        version=1,
        title=row["title"],
        abstract=row["summary"],
        authors=tuple(row["authors"]),
        categories=tuple(row["categories"]),
    )


def test_reads_papers_from_arxiv(shared_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One from its PDF, one from HTML, with pictures; the owner's limits hold, and arXiv's pace is kept."""
    extra = tmp_path / "extra"
    (extra / "html").mkdir(parents=True)
    shutil.copy(LATEX / "lanterns.html", extra / "html" / "2606.99002.html")
    shutil.copy(LATEX / "lamp.png", extra / "html" / "lamp.png")
    monkeypatch.setattr("bot.app.ARXIV_PAUSE", 0.05)
    graph, lanterns = recorded(shared_data, "1805.02262"), recorded(shared_data, "2606.99002")
    steps: list[Step] = []

    async def read(url: str) -> tuple[FullPaper, FullPaper, bytes, bytes]:
        (tmp_path / "mine.toml").write_text(f'[arxiv]\nsite_url = "{url}"\n\n[reading]\npages = 4\n')
        settings = load(tmp_path / "mine.toml", dict(os.environ), parse)
        database = await open_database(settings.storage.path, MIGRATIONS)
        try:
            full_text = make_full_text(settings, database)
            first, second = await asyncio.gather(
                full_text.read(graph, steps.append), full_text.read(lanterns)
            )
            pictures = [
                await full_text.picture(paper, reading.figures[0].images[0])
                for paper, reading in ((graph, first), (lanterns, second))
            ]
            return first, second, pictures[0], pictures[1]
        finally:
            await database.close()

    with replay("--extra", str(extra)) as url:
        first, second, cut_out, fetched = asyncio.run(read(url))
    assert (first.form, first.pages, first.pages_read) == (Form.PDF, 8, 4)
    assert first.passages[1].heading == "Introduction"
    assert first.affiliation.startswith("Allen Institute")
    assert steps == [Step(Form.HTML), Step(Form.PDF), Step(Form.PDF, 4, fetched=True)]
    assert cut_out.startswith(b"\x89PNG")
    assert second.form is Form.HTML
    assert fetched == (LATEX / "lamp.png").read_bytes()
    assert (tmp_path / "paperround-papers").is_dir()
