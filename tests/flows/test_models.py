"""Models as settings name them: made late, checked by the doctor, and their servers run by hand."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, get_args

import pytest

from bot.cli import main
from bot.models import MAKERS, make_model, reader_of, set_model
from bot.settings import Settings, load
from bot.settings_models import Provider
from tests.conftest import ROOT
from tests.papers import DAY, announced
from tests.servers.arxiv import serve_arxiv
from tests.servers.defects import DEFECTS, cycle, good
from tests.servers.gemini import serve_gemini
from tests.servers.models import KEY, MODEL, REALLY, Fault, Question
from tests.servers.openai import serve_openai

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Settings]:
    """Load settings of a line or two."""
    monkeypatch.chdir(tmp_path)

    def read(text: str = "", **environ: str) -> Settings:
        (tmp_path / "config.toml").write_text(text, "utf-8")
        return load(None, environ, lambda query: query)

    return read


def test_each_provider_that_settings_take_can_be_made(settings: Callable[..., Settings]) -> None:
    """No more and no fewer; each says its name, its model and who would get to read papers."""
    assert {*get_args(Provider)} == {"extract", *MAKERS}
    found = settings('[openai]\nmodel = "qwen3"\nbase_url = "http://127.0.0.1:11434/v1"')
    assert [make_model(found, name).name for name in MAKERS] == [*MAKERS]
    assert set_model(found, "openai") == "qwen3"
    assert reader_of(found, "openai") == "qwen3 (127.0.0.1)"
    assert reader_of(found, "gemini") == f"{found.gemini.model} (generativelanguage.googleapis.com)"


@pytest.mark.parametrize(
    ("text", "models"),
    [
        ("", ()),
        ('provider = "gemini"', ("gemini",)),
        ('provider = "gemini"\nfallback = ["openai", "gemini"]', ("gemini", "openai")),
        ('provider = "openai"\nfallback = ["extract", "gemini"]', ("openai",)),
        ('fallback = ["gemini"]', ()),
    ],
)
def test_models_are_asked_in_order_until_extraction(
    settings: Callable[..., Settings], text: str, models: tuple[str, ...]
) -> None:
    """Each once; extraction never fails, so nobody comes after it."""
    assert settings(f"[summary]\n{text}").summary.models == models


def test_making_models_loads_none_of_their_libraries() -> None:
    """Nor does importing their modules; that waits until somebody asks."""
    program = (
        "import sys, bot.models as m, bot.settings as s\n"
        "settings = s.load(None, {'GEMINI_API_KEY': 'x'}, lambda query: query)\n"
        "for name in m.MAKERS: m.make_model(settings, name)\n"
        "heavy = 'google.genai google.auth google.protobuf openai httpx2 pydantic requests aiohttp'.split()\n"
        "print(sorted({*heavy} & {*sys.modules}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout == "[]\n"


@pytest.fixture
def outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A loopback arXiv that the environment names."""
    monkeypatch.chdir(tmp_path)
    with serve_arxiv() as arxiv:
        for name in ("LISTING", "API", "SITE"):
            monkeypatch.setenv(f"PAPERROUND_ARXIV__{name}_URL", arxiv.url)
        arxiv.announce(DAY, [announced(1)])
        yield


@pytest.mark.usefixtures("outside")
def test_the_doctor_mentions_a_key_that_nobody_uses(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who has a key and gets extracted sentences is told which setting that is."""
    monkeypatch.setenv("GEMINI_API_KEY", KEY)
    assert main(["check"]) == 0
    told = "ok    summaries: no model is asked, though there's a key: [summary] provider"
    assert told in capsys.readouterr().out.splitlines()


@pytest.mark.usefixtures("outside")
def test_the_doctor_asks_each_model(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who answers is named; who doesn't, with what to do; all in the order of settings, once."""
    monkeypatch.setenv("GEMINI_API_KEY", KEY)
    monkeypatch.setenv("OPENAI_API_KEY", "")
    monkeypatch.setenv("PAPERROUND_SUMMARY__PROVIDER", "gemini")
    monkeypatch.setenv("PAPERROUND_SUMMARY__FALLBACK", "openai, gemini_legacy")
    with serve_gemini(lambda _: '{"ok": true}') as gemini, serve_openai(good) as openai:
        for section, key, url in (
            ("GEMINI", "API_URL", gemini.url),
            ("OPENAI", "BASE_URL", f"{openai.url}/v1"),
            ("GEMINI_LEGACY", "API_URL", gemini.url),
        ):
            monkeypatch.setenv(f"PAPERROUND_{section}__{key}", url)
            monkeypatch.setenv(f"PAPERROUND_{section}__MODEL", MODEL)
        gemini.faults = [Fault.BUSY]
        assert main(["check"]) == 1
    *_, first, second, third = capsys.readouterr().out.splitlines()
    assert first == "FAIL  gemini: Gemini (HTTP 503) is overloaded or out of order. Try again later."
    assert second.startswith("FAIL  openai: ")
    assert second.endswith("(HTTP 401) doesn't accept the key. Set OPENAI_API_KEY to a valid one.")
    assert third == f"ok    gemini_legacy: {MODEL} (127.0.0.1) answers, as {REALLY}"
    assert (gemini.requests, openai.requests) == (2, 1)


def test_a_loopback_model_runs_by_hand() -> None:
    """Its first line says where it is and how to use it; it ends when it's told to."""
    command = [sys.executable, "-m", "tests.servers.openai", "--defects", "--faults", "busy"]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout
        assert running.stderr
        line = running.stdout.readline()
        running.send_signal(signal.SIGTERM)
        assert re.match(
            r"http://127\.0\.0\.1:\d+ PAPERROUND_OPENAI__BASE_URL=http://127\.0\.0\.1:\d+/v1 ", line
        )
        assert running.stderr.read().startswith("0 requests, 0 tokens in, 0 out")
        assert running.wait(60) == 0


def test_every_defect_comes_in_turn() -> None:
    """After the last the first again, each of them unlike the good answer."""
    schema = {"properties": {"sentence": {"type": "string"}, "takeaways": {"type": "array"}}}
    text = "Rivers bend where the ground is soft. Nine rivers were measured. Floods explain the others."
    question = Question(MODEL, "Summarize.", f"Title: Rivers\nAbstract: {text}", schema, 300)
    answer = cycle()
    written = [answer(question) for _ in DEFECTS]
    assert len({*written}) == len(DEFECTS)
    assert good(question) not in written
    assert answer(question) == written[0]
