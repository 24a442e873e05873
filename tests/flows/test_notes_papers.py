"""A loopback model takes notes of real papers: whole, in their words, at once and part by part."""

from __future__ import annotations

import asyncio
import json
import re
from typing import TYPE_CHECKING

import pytest

from digest.compose_notes import compose_notes
from digest.fulltext import Form
from digest.model import Paper, PaperId
from digest.notes import Field
from digest.reading import plain
from digest.summaries.notes.writer import NoteWriter
from digest.translation import phrases_for
from tests.flows.test_note_writer import Loopback

if TYPE_CHECKING:
    from pathlib import Path

    from digest.fulltext import FullPaper

IDS = ("1805.02262", "2606.99004")  # two columns, and one
NEEDED = (Field.BACKGROUND, Field.METHOD, Field.RESULTS, Field.STEPS, Field.SIGNIFICANCE)


@pytest.fixture(scope="module")
def read_papers(
    shared_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, tuple[Paper, FullPaper]]:
    """Read them once."""
    from digest.sources.fulltext.pdf.file import PdfFile
    from digest.sources.fulltext.pdf.paper import read

    found = {}
    for row in json.loads((shared_data / "pdf" / "index.json").read_text(encoding="utf-8")):
        number = PaperId.parse(row["id"])[0]
        if str(number) not in IDS:
            continue
        full_paper = read(PdfFile(shared_data / row["file"]), tmp_path_factory.mktemp("figures"), 100)
        abstract = next(one for one in full_paper.passages if one.heading.lower() == "abstract").paragraphs[0]
        paper = Paper(number, 1, row["title"], abstract, tuple(row["authors"]), ("cs.SE",))
        found[str(number)] = paper, full_paper
    return found


@pytest.mark.parametrize("context", [200_000, 20_000], ids=["at once", "in parts"])
@pytest.mark.parametrize("number", IDS)
def test_a_model_takes_notes_of_real_papers(
    read_papers: dict[str, tuple[Paper, FullPaper]], number: str, context: int
) -> None:
    """In the sections' own words it passes the check, at once and in parts; every section was read."""
    paper, full_paper = read_papers[number]
    model = Loopback()
    writer = NoteWriter(model, context)
    notes = asyncio.run(writer.write(paper, full_paper, "en", lambda _: None)).notes
    assert [field for field in NEEDED if not notes.claims(field)] == []
    assert notes.coverage.form is Form.PDF
    assert notes.coverage.unread == ()
    if context == 200_000:
        assert len(model.asked) <= 2
    else:
        assert len(model.asked) > 2
    said = plain(compose_notes(paper, notes, full_paper, phrases_for("en")).blocks)
    assert f"All {full_paper.pages} pages were read." in said
    assert not re.search(r"xxx|\[待|Sure,|please provide", said)
