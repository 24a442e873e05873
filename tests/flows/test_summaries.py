"""Who writes summaries, as settings say: made, used, closed and made again, with real clients on loopback."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.app import MIGRATIONS
from bot.cli import main
from bot.clock import RealClock
from bot.introduction import introduce
from bot.settings import load
from bot.summaries import open_summaries
from digest.errors import ModelBudgetError, ModelError, ModelSettingsError
from digest.fulltext import Form, Step
from digest.model import Provenance
from digest.notebook import Notebook
from digest.query import parse
from digest.storage.calls import SqliteCalls
from digest.storage.papers import SqlitePapers
from tests.fullpapers import RIVERS, full_paper
from tests.papers import paper
from tests.servers.defects import good
from tests.servers.models import KEY, MODEL, REALLY, Fault
from tests.servers.new_database import open_database
from tests.servers.openai import OpenAIServer, serve_openai

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from digest.fulltext import FullPaper
    from digest.model import Brief, Paper
    from digest.notes import Taken

NOW = datetime(2026, 6, 26, 9, 0, tzinfo=UTC)
ABSTRACT = (
    "Rivers bend more often than others of their length. We propose a model of bending that needs no survey. "
    "It explains nine rivers out of ten in a large atlas. The others were straightened by people. "
    "All measurements were made by hand and repeated in summer."
)


@pytest.fixture
def openai(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[OpenAIServer]:
    """A loopback model that settings name, a database that holds some papers, and an empty folder."""
    monkeypatch.chdir(tmp_path)
    with serve_openai(good) as server:
        monkeypatch.setenv("PAPERROUND_SUMMARY__PROVIDER", "openai")
        monkeypatch.setenv("PAPERROUND_OPENAI__BASE_URL", f"{server.url}/v1")
        monkeypatch.setenv("PAPERROUND_OPENAI__MODEL", MODEL)
        monkeypatch.setenv("OPENAI_API_KEY", KEY)
        asyncio.run(keep(tmp_path / "paperround.db", *(river(number) for number in range(1, 5))))
        yield server


def river(number: int) -> Paper:
    """Make a paper whose sentences a model can repeat."""
    return paper(number, abstract=ABSTRACT)


async def keep(path: Path, *papers: Paper) -> None:
    """Keep papers as if arXiv had been asked about them."""
    database = await open_database(path, MIGRATIONS)
    try:
        await database.write(lambda db: SqlitePapers(db).complete(papers))
    finally:
        await database.close()


async def briefs(
    path: Path, environment: dict[str, str], told: list[tuple[str, ModelError]], *numbers: int
) -> list[Brief]:
    """Have briefs written one after the other, as a process does that begins and ends."""

    async def tell(provider: str, error: ModelError) -> None:
        told.append((provider, error))

    database = await open_database(path, MIGRATIONS)
    try:
        async with open_summaries(load(None, environment, parse), database, lambda: NOW, tell) as made:
            found = [await made.briefs.of([river(number)], "en") for number in numbers]
            return [brief for each in found for brief in each.values() if brief]
    finally:
        await database.close()


def by_openai(server: OpenAIServer, **more: str) -> dict[str, str]:
    """Return the environment that leads to a loopback model."""
    return {
        "PAPERROUND_SUMMARY__PROVIDER": "openai",
        "PAPERROUND_OPENAI__BASE_URL": f"{server.url}/v1",
        "PAPERROUND_OPENAI__MODEL": MODEL,
        "OPENAI_API_KEY": KEY,
    } | {f"PAPERROUND_{name}": value for name, value in more.items()}


def test_at_the_budget_extraction_takes_over(openai: OpenAIServer, tmp_path: Path) -> None:
    """To the call, in this process and the next; what is kept is shown all the same, and it's told why."""
    told: list[tuple[str, ModelError]] = []
    path = tmp_path / "paperround.db"
    (first,) = asyncio.run(briefs(path, by_openai(openai), told, 1))
    used = openai.tokens_in + openai.tokens_out
    environment = by_openai(openai, SUMMARY__DAILY_BUDGET=str(used + 1))
    found = asyncio.run(briefs(path, environment, told, 2, 3, 1))
    assert [brief.stand_in for brief in found] == [False, True, False]
    assert found[2] == first
    assert [(provider, type(error)) for provider, error in told] == [("openai", ModelBudgetError)]
    assert asyncio.run(briefs(path, environment, told, 4))[0].stand_in
    assert len(openai.questions) == 2


def test_the_fallback_writes_while_the_first_cannot(openai: OpenAIServer, tmp_path: Path) -> None:
    """Without a key for Gemini every paper is the next one's, and what to do is told."""
    told: list[tuple[str, ModelError]] = []
    environment = by_openai(openai, SUMMARY__PROVIDER="gemini", SUMMARY__FALLBACK="openai")
    found = asyncio.run(briefs(tmp_path / "paperround.db", environment, told, 1, 2))
    assert [(brief.provenance.model, brief.stand_in) for brief in found] == 2 * [(REALLY, True)]
    ((provider, error),) = told
    assert (provider, type(error)) == ("gemini", ModelSettingsError)
    assert "GEMINI_API_KEY" in str(error)


def test_notes_are_written_kept_and_counted(openai: OpenAIServer, tmp_path: Path) -> None:
    """By the model that settings name, over a real client; after a restart no call is made."""

    async def tell(_: str, error: ModelError) -> None:
        raise AssertionError(error)

    class Library:
        async def read(self, _: Paper, report: Callable[[Step], None] = lambda _: None) -> FullPaper:
            report(Step(Form.PDF))
            return full_paper()

        async def known(self, _: Paper) -> FullPaper | None:
            return None

        async def picture(self, _: Paper, __: str) -> bytes:
            raise NotImplementedError

        async def places(self, _: Paper, __: Iterable[str]) -> Mapping[str, str]:
            return {}

    async def take() -> Taken:
        database = await open_database(tmp_path / "paperround.db", MIGRATIONS)
        try:
            settings = load(None, by_openai(openai), parse)
            async with open_summaries(settings, database, lambda: NOW, tell) as made:
                taken = await Notebook(Library(), made.notebook.note_taker).of(RIVERS, "en")
                assert made.ledger
                await made.flush()
                (spent,) = await SqliteCalls(database).since(NOW.date())
                assert spent.tokens_in == openai.tokens_in
                reused.append(spent.reused)
                return taken
        finally:
            await database.close()

    reused: list[int] = []
    first = asyncio.run(take())
    asked = openai.requests
    assert first.notes.provenance == Provenance(REALLY, "pdf", "openai")
    assert first.notes.steps
    assert asyncio.run(take()) == first
    assert openai.requests == asked
    assert reused == [0, 1]
    assert openai.complaints == []


def test_run_says_who_writes(openai: OpenAIServer) -> None:
    """In their order, and what they may use."""
    clock = RealClock(asyncio.sleep)
    readers = ["gemini-flash-latest (generativelanguage.googleapis.com)", "qwen (127.0.0.1)"]
    for more, most in (
        ({}, "as many tokens as they take"),
        ({"SUMMARY__DAILY_BUDGET": "200000"}, "at most 200,000 tokens a day"),
        ({"SUMMARY__DAILY_BUDGET": "0.5", "SUMMARY__BUDGET_IN": "money"}, "at most 0.5 in money a day"),
    ):
        lines = introduce(load(None, by_openai(openai, **more), parse), clock, {}, readers)
        asked = f"Summaries: {readers[0]}, then {readers[1]}, then sentences of the abstracts; {most}."
        assert asked in lines


def test_the_command_line_says_what_it_costs(
    openai: OpenAIServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing at first; then calls, tokens, money, what was used again, and what is left of the budget."""
    assert main(["costs"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "No model was asked for a summary in the last 7 days.",
        "There's no budget: [summary] daily_budget is 0.",
    ]
    monkeypatch.setenv("PAPERROUND_OPENAI__PRICE_IN", "1000")
    monkeypatch.setenv("COLUMNS", "120")
    for _ in range(2):
        assert main(["summarize", "--brief", "9906.00001"]) == 0
        shown = capsys.readouterr().out
        assert f"Written by {REALLY} from the abstract, checked." in shown
        assert "Keywords: " in shown
    monkeypatch.setenv("PAPERROUND_SUMMARY__DAILY_BUDGET", "200000")
    assert main(["costs", "--days", "2"]) == 0
    _, line, _, left = capsys.readouterr().out.splitlines()
    tokens = f"{openai.tokens_in:,}", f"{openai.tokens_out:,}", f"{openai.tokens_in / 1000:.4f}"
    assert line.split()[1:] == ["openai", REALLY, "1", "0", *tokens, "1"]
    assert left == f"Today {openai.tokens_in + openai.tokens_out:,} of 200,000 tokens."


def test_what_a_person_must_know_is_said_beside_the_summary(
    openai: OpenAIServer, capsys: pytest.CaptureFixture[str]
) -> None:
    """A key that is refused: the summary is there, marked as a stand-in, and one line says what to do."""
    openai.faults = [Fault.BAD_KEY] * 3
    assert main(["summarize", "--brief", "9906.00001", "9906.00002", "--explain"]) == 0
    told = capsys.readouterr()
    assert "Sentences extracted from the abstracts. The usual model couldn't write them now." in told.out
    assert "These are sentences of the abstract; no model could write it now." in told.out
    assert told.err.count("\n") == 1
    assert "Set OPENAI_API_KEY to a valid one. Others write the summaries meanwhile." in told.err


def test_without_a_model_none_is_loaded() -> None:
    """Nor its library, its chain or its check: idle memory and the start are as before."""
    program = """
import asyncio, sys
from bot.app import now
from bot.settings import load
from bot.summaries import open_summaries
from digest.query import parse
import bot.serve
async def main():
    async with open_summaries(load(None, {}, parse), None, now, None):
        pass
asyncio.run(main())
print(*sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "digest.summaries.extract" in loaded
    assert (
        loaded & {"google.genai", "google.generativeai", "openai", "pydantic", "httpx2", "bot.models"}
        == set()
    )
    assert loaded & {f"digest.summaries.{name}" for name in ("chain", "check", "prompt", "openai")} == set()


def test_a_day_ends_at_midnight_utc(openai: OpenAIServer, tmp_path: Path) -> None:
    """What was used yesterday isn't today's."""
    told: list[tuple[str, ModelError]] = []
    path = tmp_path / "paperround.db"

    async def yesterday() -> None:
        database = await open_database(path, MIGRATIONS)
        settings = load(None, by_openai(openai), parse)

        async def tell(*_: object) -> None:
            raise AssertionError

        try:
            day = NOW - timedelta(hours=10)
            async with open_summaries(settings, database, lambda: day, tell) as made:
                await made.briefs.of([river(1)], "en")
        finally:
            await database.close()

    asyncio.run(yesterday())
    (brief,) = asyncio.run(briefs(path, by_openai(openai, SUMMARY__DAILY_BUDGET="1"), told, 2))
    assert not brief.stand_in
    assert told == []
