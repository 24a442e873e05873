"""A day of real papers and a model that does everything wrong: nobody sees it, and all hear what is missing.

The model is a loopback server that spoils each paper's answer in one of the ways counted in real posts, as
often as it's asked. The papers are arXiv's of one day.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.cli import main
from digest.latex import readable
from digest.model import PaperId
from digest.wording import EXTRACT
from tests.papers import DAY, announced
from tests.servers.defects import DEFECTS, _good, good
from tests.servers.models import KEY, MODEL, REALLY, Question
from tests.servers.openai import OpenAIServer, serve_openai
from tests.servers.telegram_life import Life

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pytest

    from digest.model import Announcement

TELLTALES = (
    *(
        "xxx",
        "待补充",
        "需要您提供",
        "<one sentence",
        "Takeaway 3",
        "Sure, here",
        "Here are the key",
        "希望这个总结",
    ),
    *("Let me know", "as an AI", "0000.00000", "someone-else", "SanFeng", "McDougalBot", "总结/", "关键要点"),
    *("本文提出了一种", "实验结果表明", "Error code", "Rate limit", "Traceback", "97.31", "GPT-9Q", "4711"),
    *("<b>New", "javascript", "alert(1)", "@everyone", "Here you are"),
)
"""Words that only the spoiled answers have."""

PAPERS = len(DEFECTS)
_LONGEST = 450  # characters of an abstract; Telegram takes a message a second, of some entries each


def papers(shared: Path) -> list[Announcement]:
    """Return so many papers of a recorded day, all in one category, with how their abstracts begin."""
    lines = (shared / "days" / "2026-06-26.jsonl").read_text("utf-8").splitlines()
    found = []
    for row in map(json.loads, lines[:PAPERS]):
        abstract = row["summary"][:_LONGEST].rpartition(". ")[0] + "."
        made = announced(1, title=row["title"], abstract=abstract, authors=tuple(row["authors"][:2]))
        number = PaperId.parse(row["id"])[0]
        found.append(replace(made, paper=replace(made.paper, id=number, categories=("cs.CV",))))
    return found


class Spoiler:
    """Answers each paper with a defect of its own, however often it's asked."""

    def __init__(self, announcements: list[Announcement]) -> None:
        self._at = {readable(each.paper.title): at for at, each in enumerate(announcements)}
        self.spoiled: set[str] = set()

    def __call__(self, question: Question) -> str:
        """Spoil the answer to a question about one of the papers; of others, nothing."""
        (title,) = re.findall(r"^Title: (.+)$", question.data, re.MULTILINE)
        if title not in self._at:
            return good(question)
        name = [*DEFECTS][self._at[title] % len(DEFECTS)]
        self.spoiled.add(name)
        return DEFECTS[name](_good(question))


@contextlib.contextmanager
def spoiling(announcements: list[Announcement]) -> Iterator[tuple[OpenAIServer, Spoiler]]:
    """Run the model."""
    spoiler = Spoiler(announcements)
    with serve_openai(spoiler) as server:
        yield server, spoiler


def clean(text: str) -> str:
    """Return a text that people see, after a look for what they mustn't."""
    assert [telltale for telltale in TELLTALES if telltale in text] == []
    return text


def spent(capsys: pytest.CaptureFixture[str]) -> tuple[int, int, int]:
    """Return what ``paperround costs`` says of all days: calls, tokens in, tokens out."""
    assert main(["costs", "--days", "9999"]) == 0
    lines = [line.replace(",", "").split() for line in capsys.readouterr().out.splitlines() if REALLY in line]
    calls, tokens_in, tokens_out = (sum(int(line[at]) for line in lines) for at in (3, 5, 6))
    return calls, tokens_in, tokens_out


def test_nobody_sees_what_a_model_did_wrong(
    tmp_path: Path,
    shared_data: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Not on Telegram, the console or the command line; each says what is missing, every token is counted.

    What Telegram's digest had written is what the others show: after that no model is asked again.
    """
    day = papers(shared_data)
    with spoiling(day) as (server, spoiler):
        environment = {
            "PAPERROUND_SUMMARY__PROVIDER": "openai",
            "PAPERROUND_OPENAI__BASE_URL": f"{server.url}/v1",
            "PAPERROUND_OPENAI__MODEL": MODEL,
            "PAPERROUND_DIGEST__PAPERS": str(PAPERS),
            "OPENAI_API_KEY": KEY,
        }
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("PAPERROUND_STORAGE__PATH", str(tmp_path / "paperround.db"))
        monkeypatch.setenv("COLUMNS", "200")
        shown = asyncio.run(on_telegram(tmp_path, day, environment))
        assert spoiler.spoiled == set(DEFECTS)
        assert server.complaints == []
        assert "pass the check" in clean(shown)
        assert f"Written by {REALLY} from abstracts, checked. The other sentences are extracted" in shown
        asked = server.requests
        assert PAPERS < asked <= 2 * PAPERS
        for form in ("terminal", "markdown", "html", "json"):
            assert main(["digest", "cs.CV", "--format", form]) == 0
            assert "pass the check" in clean(capsys.readouterr().out) or form == "json"
        briefs = [each["brief"] for each in shown_papers(capsys)]
        assert len(briefs) == PAPERS
        assert {brief["model"] for brief in briefs} == {REALLY, EXTRACT}
        assert any(brief["repairs"]["takeaways_dropped"] for brief in briefs)
        assert "pass the check" in clean(on_console("/digest cs.CV"))
        assert server.requests == asked
        assert spent(capsys) == (asked, server.tokens_in, server.tokens_out)
        assert main(["summarize", str(day[0].paper.id), "--brief", "--explain"]) == 0
        told = capsys.readouterr().out
        assert f"1. {REALLY}, which read title, abstract and comment" in told
        assert f"2. {REALLY}, asked again with what the check found" in told
        assert '"sentence": "xxx"' in told
        assert "The check found:\n   – Sentence holds a placeholder" in told
        assert server.requests == asked


def shown_papers(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    """Return the papers of the digest as programs read it."""
    assert main(["digest", "cs.CV", "--format", "json"]) == 0
    (topic,) = json.loads(capsys.readouterr().out)["topics"]
    found: list[dict[str, Any]] = topic["papers"]
    return found


async def on_telegram(folder: Path, day: list[Announcement], environment: dict[str, str]) -> str:
    """Let a chat get the day's digest; return all that it was shown."""
    async with Life.open(folder, **environment) as life:
        async with life.running():
            assert any(line.startswith(f"Summaries: {MODEL} (127.0.0.1), then") for line in life.lines)
            ada = await life.claimed()
            await life.hears(ada, ada, "/subscribe cs.CV")
        life.arxiv.announce(DAY, day)
        async with life.running():
            await life.digest(ada)
            await life.until(lambda: "Next: " in life.telegram.last(ada).text)
        assert life.telegram.refusals == []
        return "\n".join(message.text for message in life.telegram.shown(ada))


def on_console(line: str) -> str:
    """Say something to the bot in a terminal; return what it says."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", "chat"],
        env=os.environ | {"USER": "olga", "PAPERROUND_ACCESS__MODE": "open"},
        input=f"{line}\n",
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stderr == ""
    return done.stdout
