"""The post of a day of real papers, with a model that does everything wrong, has none of the old defects."""

from __future__ import annotations

import itertools
import json
import re
import shutil
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bot.cli import main
from tests.flows.test_replay import replay
from tests.servers.defects import DEFECTS, _good
from tests.servers.models import KEY, MODEL, REALLY, Question
from tests.servers.notes import NOTE_DEFECTS, is_about_notes, made_notes
from tests.servers.openai import serve_openai
from tests.servers.post_defects import defects

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

LATEX = Path(__file__).resolve().parent.parent / "latex"
SHOWN = 14  # papers, each asked for twice: every way in which notes can be spoiled comes up


class Spoiler:
    """Spoils each answer in the next of the counted ways."""

    def __init__(self) -> None:
        self._briefs = itertools.cycle(DEFECTS.items())
        self._notes = itertools.cycle(NOTE_DEFECTS.items())
        self._lock = threading.Lock()
        self.spoiled: set[str] = set()

    def __call__(self, question: Question) -> str:
        """Answer badly."""
        noting = is_about_notes(question)
        with self._lock:
            name, spoil = next(self._notes if noting else self._briefs)
            self.spoiled.add(f"{'notes' if noting else 'brief'}: {name}")
        return spoil(made_notes(question) if noting else _good(question))


@pytest.fixture(scope="module")
def recorded(shared_data: Path) -> Mapping[str, Any]:
    """The metadata of the day by id."""
    lines = (shared_data / "days" / "2026-06-26.jsonl").read_text("utf-8").splitlines()
    return {re.sub(r"v\d+$", "", row["id"]): row for row in map(json.loads, lines)}


@pytest.fixture
def day(tmp_path: Path, recorded: Mapping[str, Any], monkeypatch: pytest.MonkeyPatch) -> Iterator[Spoiler]:
    """A harvested day in this folder, whose papers each have a page with a figure, and the model."""
    pages = tmp_path / "extra" / "html"
    pages.mkdir(parents=True)
    for name in recorded:
        (pages / f"{name}.html").symlink_to(LATEX / "lanterns.html")
    shutil.copy(LATEX / "lamp.png", pages / "lamp.png")
    spoiler = Spoiler()
    options = ("--day", "2026-06-26", "--extra", str(tmp_path / "extra"))
    with replay(*options) as url, serve_openai(spoiler) as server:
        environment = {
            **{f"PAPERROUND_ARXIV__{name}_URL": url for name in ("LISTING", "API", "SITE")},
            "PAPERROUND_ARXIV__BACKFILL_DAYS": "0",
            "PAPERROUND_SUMMARY__PROVIDER": "openai",
            "PAPERROUND_OPENAI__BASE_URL": f"{server.url}/v1",
            "PAPERROUND_OPENAI__MODEL": MODEL,
            "PAPERROUND_STORAGE__PATH": str(tmp_path / "paperround.db"),
            "PAPERROUND_READING__CACHE": str(tmp_path / "papers"),
            "OPENAI_API_KEY": KEY,
        }
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr("bot.app.ARXIV_PAUSE", 0.0)
        monkeypatch.chdir(tmp_path)
        assert main(["harvest"]) == 0
        yield spoiler


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_days_post_has_none_of_the_old_defects(
    day: Spoiler, tmp_path: Path, recorded: Mapping[str, Any], language: str
) -> None:
    """Each class is counted at zero, though every answer of the model is spoiled; the counting finds each."""
    options = ["--limit", str(SHOWN), "--language", language, "--format", "markdown", "--notes"]
    assert main(["digest", "cs.CV", *options, "-o", "post.md"]) == 0
    post = (tmp_path / "post.md").read_text("utf-8")
    assert post.count("\n## ") == SHOWN
    assert day.spoiled >= {f"notes: {name}" for name in NOTE_DEFECTS}
    assert defects(post, recorded, REALLY, language) == {}
    pictures = re.findall(r"!\[.*\]\((post-figures/[\w.-]+)\)", post)
    assert len(pictures) == SHOWN
    assert [name for name in pictures if not (tmp_path / name).is_file()] == []
    for name, spoil in SPOILT.items():
        assert name in defects(spoil(post), recorded, REALLY, language), name


@pytest.mark.usefixtures("day")
def test_a_post_without_a_file_says_what_it_lacks(capsys: pytest.CaptureFixture[str]) -> None:
    """On standard output there's no place for figures, which is said beside it and with what to do."""
    capsys.readouterr()
    for form, told in (
        (
            "markdown",
            "The figures are left out on standard output. With -o FILE they come in a folder beside it.\n",
        ),
        ("terminal", ""),
    ):
        assert main(["digest", "cs.CV", "--limit", "1", "--format", form, "--notes"]) == 0
        assert capsys.readouterr().err == told
    assert main(["digest", "cs.CV", "--limit", "1", "--format", "markdown"]) == 0
    assert capsys.readouterr().err == ""


def _after_pdf(addition: str) -> Callable[[str], str]:
    return lambda post: re.sub(r"(\n\[PDF\]\(\S+\).*\n)", rf"\1\n{addition}\n", post, count=1)


SPOILT: Mapping[str, Callable[[str], str]] = {
    "placeholder": _after_pdf("[待补充]"),
    "chatter": _after_pdf("希望这个总结符合您的要求"),
    "section missing": lambda post: re.sub(r"(?m)^8\. (.*)\n(\n(   .*)?)*", "", post, count=1),
    "link absent or wrong": lambda post: re.sub(r"arxiv\.org/pdf/\d", "arxiv.org/pdf/9", post, count=1),
    "code lost": lambda post: re.sub(r"\[(?:github|gitlab)\.com\S*\]\(\S+?\)", "", post),
    "authors aren't the metadata's": lambda post: re.sub(r"(?m)^(\*\*\S+) ", r"\1 谢智飞, ", post, count=1),
    "labels in two languages": _after_pdf("**Summary/总结**"),
    "too many takeaways": _after_pdf("\n".join(f"{n}. Point {n}" for n in range(1, 10))),
    "error string": _after_pdf("Error code: 429"),
    "another model is named": lambda post: re.sub(r"(?m)^>.*\n", "", post),
    "cover of another paper": lambda post: re.sub(r"(?m)^cover: .*$", 'cover: "a.jpg"', post),
    "a paper twice": lambda post: post + "\n## " + post.rpartition("\n## ")[2],
    "method repeats the summary": lambda post: re.sub(
        r"(?ms)^(6\. .+?)^7\. .+?(?=^8\. )", lambda m: m[1] + "7. " + m[1][3:], post, count=1
    ),
}  # fmt: skip
"""For each class a way to put it into a post."""
