"""What `digest.records` promises of kept notes, over every implementation."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from digest.fulltext import Form, Miss, Shortfall
from digest.model import PaperId, Provenance
from digest.notes import Claim, Coverage, Field, Notes, Taken, outline
from digest.records import Attempt, BriefKey
from digest.storage.migrations import PAPERS
from digest.storage.notes import SqliteNotes
from tests.fullpapers import full_paper
from tests.servers.new_database import open_database

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from digest.records import KeptNotes

    Use = Callable[[KeptNotes], Awaitable[None]]

NOW = datetime(2026, 6, 26, 23, 30, tzinfo=UTC)
KEY = BriefKey(PaperId("2606.00001"), 1, "zh", "gemini", "gemini-flash-latest", "abc")
NOTES = Notes(
    language="zh",
    provenance=Provenance("gemini-001", "pdf", "gemini"),
    coverage=Coverage(Form.PDF, 8, 30, 12, ("More Proofs",)),
    translated_title="河流",
    keywords=("河流",),
    method=(Claim("它会弯。", "Introduction"), Claim("很快。")),
    missing=(Field.STEPS, Field.WORKLOAD),
    refused=(Field.STEPS,),
)
TAKEN = Taken(NOTES, outline(full_paper(misses=(Miss(Form.HTML, Shortfall.MISSING),))))
ATTEMPTS = (Attempt("gemini-001", "{…}", ("Steps 1 is cut off.",), 9_000, 800),)


@pytest.fixture(params=["sqlite"])
def run(tmp_path: Path) -> Callable[[Use], None]:
    """Use what is kept; each use finds what the former left, as after a restart."""

    def call(use: Use) -> None:
        async def inside() -> None:
            database = await open_database(tmp_path / "papers.db", [PAPERS])
            try:
                await use(SqliteNotes(database))
            finally:
                await database.close()

        asyncio.run(inside())

    return call


def test_notes_come_back_whole(run: Callable[[Use], None]) -> None:
    """With figures and what is missing, after a restart too; the first that were kept stay."""

    async def keep(notes: KeptNotes) -> None:
        assert await notes.find(KEY) is None
        await notes.keep(KEY, TAKEN, ATTEMPTS, NOW)
        await notes.keep(KEY, replace(TAKEN, notes=replace(NOTES, method=())), (), NOW)

    async def find(notes: KeptNotes) -> None:
        assert await notes.find(KEY) == TAKEN

    run(keep)
    run(find)


@pytest.mark.parametrize(
    "change",
    [
        {"paper": PaperId("2606.00002")},
        {"version": 2},
        {"language": "en"},
        {"provider": "openai"},
        {"model": "gemini-pro-latest"},
        {"prompt": "abd"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_whatever_differs_makes_other_notes(run: Callable[[Use], None], change: dict[str, object]) -> None:
    """Another version, language, model or prompt isn't answered with these."""

    async def use(notes: KeptNotes) -> None:
        await notes.keep(KEY, TAKEN, ATTEMPTS, NOW)
        assert await notes.find(replace(KEY, **change)) is None  # type: ignore[arg-type]  # each fits its field

    run(use)
