"""What `digest.records` promises of kept briefs and calls, over every implementation."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from digest.model import Brief, PaperId, Provenance
from digest.records import Attempt, BriefKey, ModelCall, Spent, Written
from digest.repairs import Repairs
from digest.storage.briefs import SqliteBriefs
from digest.storage.calls import SqliteCalls
from digest.storage.migrations import PAPERS
from tests.servers.new_database import open_database

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from digest.records import KeptBriefs, KeptCalls

    Use = Callable[[KeptBriefs, KeptCalls], Awaitable[None]]

NOW = datetime(2026, 6, 26, 23, 30, tzinfo=UTC)
TODAY = NOW.date()
KEY = BriefKey(PaperId("2606.00001"), 1, "zh", "gemini", "gemini-flash-latest", "abc")
BRIEF = Brief(
    "它会弯。",
    ("快。", "小。"),
    "zh",
    Provenance("gemini-001", "abstract", "gemini"),
    ("河流",),
    Repairs(sentence=True, language="en", takeaways_dropped=1),
)
WRITTEN = Written(BRIEF, (Attempt("gemini-001", '{"sentence": "…"}', ("Sentence is cut off.",), 900, 80),))
CALL = ModelCall("gemini", "gemini-001", 900, 80, 0.25, failed=False, at=NOW)


@pytest.fixture(params=["sqlite"])
def run(tmp_path: Path) -> Callable[[Use], None]:
    """Use what is kept; each use finds what the former left, as after a restart."""

    def call(use: Use) -> None:
        async def inside() -> None:
            database = await open_database(tmp_path / "papers.db", [PAPERS])
            try:
                await use(SqliteBriefs(database), SqliteCalls(database))
            finally:
                await database.close()

        asyncio.run(inside())

    return call


def test_a_brief_comes_back_whole(run: Callable[[Use], None]) -> None:
    """With its repairs and its whole story, after a restart too; the first that was kept stays."""

    async def keep(briefs: KeptBriefs, _: KeptCalls) -> None:
        assert await briefs.find(KEY) is None
        await briefs.keep(KEY, WRITTEN, NOW)
        await briefs.keep(KEY, replace(WRITTEN, attempts=()), NOW)

    async def find(briefs: KeptBriefs, _: KeptCalls) -> None:
        assert await briefs.find(KEY) == WRITTEN

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
def test_whatever_differs_makes_another_brief(run: Callable[[Use], None], change: dict[str, object]) -> None:
    """Another version, language, model or prompt isn't answered with this brief."""

    async def use(briefs: KeptBriefs, _: KeptCalls) -> None:
        await briefs.keep(KEY, WRITTEN, NOW)
        assert await briefs.find(replace(KEY, **change)) is None  # type: ignore[arg-type]  # each fits its field

    run(use)


def test_calls_add_up_by_day_and_model(run: Callable[[Use], None]) -> None:
    """To the token, failed ones too; what was used again stands beside them, also where no call was made."""

    async def use(_: KeptBriefs, calls: KeptCalls) -> None:
        assert await calls.since(TODAY) == ()
        failed = replace(CALL, tokens_out=7, money=0.0, failed=True)
        other = replace(CALL, provider="openai", model="qwen", money=0.0)
        await calls.record([CALL, failed, other], {("gemini", "gemini-001"): 3}, NOW)
        await calls.record([replace(CALL, at=NOW + timedelta(hours=1))], {}, NOW)
        await calls.record([], {("gemini", "gemini-001"): 1, ("openai", "old"): 2}, NOW)

    async def find(_: KeptBriefs, calls: KeptCalls) -> None:
        today = (
            Spent(TODAY, "gemini", "gemini-001", 2, 1, 1_800, 87, 0.25, 4),
            Spent(TODAY, "openai", "old", 0, 0, 0, 0, 0.0, 2),
            Spent(TODAY, "openai", "qwen", 1, 0, 900, 80, 0.0, 0),
        )
        tomorrow = Spent(TODAY + timedelta(days=1), "gemini", "gemini-001", 1, 0, 900, 80, 0.25, 0)
        assert await calls.since(TODAY) == (*today, tomorrow)
        assert await calls.since(TODAY + timedelta(days=1)) == (tomorrow,)

    run(use)
    run(find)
