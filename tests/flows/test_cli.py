"""The command line, as a person uses it."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from bot.cli import main
from digest import __version__
from digest.model import Kind
from tests.papers import DAY, announced
from tests.servers.arxiv import Answer, ArxivServer, serve_arxiv
from tests.servers.desk import harvest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SPLAT = (
    "Gaussian splatting renders fast. We propose Drift, which splats rivers. It reaches 90 frames a second."
)


@pytest.fixture
def arxiv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ArxivServer]:
    """A loopback arXiv that the environment names, and an empty working directory."""
    monkeypatch.chdir(tmp_path)
    with serve_arxiv() as server:
        for name in ("LISTING", "API", "SITE"):
            monkeypatch.setenv(f"PAPERROUND_ARXIV__{name}_URL", server.url)
        server.announce(
            DAY,
            [
                announced(1, abstract=SPLAT, comment="Code: https://github.com/example/drift"),
                announced(2),
                announced(
                    3, Kind.CROSS, title="Gaussian Splatting for Birds", categories=("math.AG", "cs.GR")
                ),
                announced(4, Kind.REPLACE, abstract=SPLAT, version=2),
            ],
        )
        yield server


@pytest.fixture
def harvested(arxiv: ArxivServer, tmp_path: Path) -> ArxivServer:
    """The same, harvested."""
    harvest(tmp_path / "paperround.db", arxiv.url)
    return arxiv


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """``--version`` prints the version."""
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"paperround {__version__}\n"


@pytest.mark.parametrize(
    "command",
    [
        [],
        *(
            [name]
            for name in "demo harvest digest summarize topics run chat init check backup restore".split()
        ),
    ],
)
def test_every_command_has_help(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """``--help`` says what a command does, in a sentence."""
    with pytest.raises(SystemExit) as left:
        main([*command, "--help"])
    assert left.value.code == 0
    assert capsys.readouterr().out.count(".") >= 1


def test_starting_imports_nothing_heavy() -> None:
    """``--version`` and ``--help`` load none of the libraries that take their time."""
    heavy = (
        "asyncio babel httpx lark lxml msgspec prompt_toolkit pylatexenc requests rich sqlite3 sqlite_utils "
        "snowballstemmer"
    )
    program = (
        "import sys; from bot.cli import main\n"
        "try: main([sys.argv[1]])\n"
        "except SystemExit: pass\n"
        f"print(sorted(set(sys.modules) & set({heavy.split()})))"
    )
    for option in ("--version", "--help"):
        done = subprocess.run(
            [sys.executable, "-c", program, option], capture_output=True, text=True, check=True
        )
        assert done.stdout.splitlines()[-1] == "[]"


def test_a_command_imports_only_what_it_needs() -> None:
    """Writing a digest loads no HTTP client; nothing loads a chat platform's library."""
    program = "import sys, bot.cli.digest; print('requests' in sys.modules, 'telegram' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


def test_what_serves_or_reads_a_pipe_has_no_use_for_a_terminal() -> None:
    """`run` loads neither rich nor babel before it writes, a chat no prompt before somebody types."""
    program = (
        "import sys, bot.serve; print(sorted({'babel', 'prompt_toolkit', 'rich'} & {*sys.modules}))\n"
        "import bot.cli.chat; print('prompt_toolkit' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["[]", "False"]


def test_a_harvest_says_what_it_found(arxiv: ArxivServer, capsys: pytest.CaptureFixture[str]) -> None:
    """A harvest tells day, archives and counts, and what isn't out yet; it asks as whom it was told to."""
    assert main(["harvest"]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first == "Fri 26 June 2026: 4 papers announced in cs, 4 of them new here."
    assert second.startswith("The listing of ")
    assert second.endswith(" isn't out yet.")
    assert {request.user_agent for request in arxiv.requests} == {f"paperround/{__version__}"}


def test_a_record_that_was_left_out_is_told(arxiv: ArxivServer, capsys: pytest.CaptureFixture[str]) -> None:
    """What couldn't be read is one plain sentence, whatever the feed says."""
    feed = (
        arxiv.answer("/rss/cs", {})
        .body.replace(b"9906.00002v1", b"nonsense")
        .replace(b"A Study", b"\xc2\x9b")
    )
    arxiv.faults = [Answer(200, feed, "application/rss+xml")]
    assert main(["harvest"]) == 0
    (told,) = [line for line in capsys.readouterr().out.splitlines() if line.startswith("Left out")]
    assert told.endswith("Try 2408.16725.")
    assert told.isprintable()


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (Answer(404, b""), "arXiv rejected the request (HTTP 404)"),
        (Answer(429, b"", headers={"Retry-After": "600"}), "arXiv is busy (HTTP 429)"),
    ],
)
def test_a_harvest_that_fails_is_a_sentence_and_status_1(
    arxiv: ArxivServer, capsys: pytest.CaptureFixture[str], fault: Answer, words: str
) -> None:
    """Whatever arXiv answers, a person reads one sentence; never a traceback."""
    arxiv.faults = [fault]
    assert main(["harvest"]) == 1
    told = capsys.readouterr()
    assert words in told.err
    assert "Traceback" not in told.err
    assert told.out == ""


def test_a_digest_tells_the_topics_papers(harvested: ArxivServer, capsys: pytest.CaptureFixture[str]) -> None:
    """New and cross-listed papers of the topic are told with authors, category, link, sentence and why."""
    assert harvested.requests
    assert main(["digest", 'ti:"gaussian splatting" OR abs:"gaussian splatting"']) == 0
    told = capsys.readouterr().out
    assert "2 papers" in told
    assert "Ada Ash and Ben Birch · cs.CV · code" in told
    assert "https://arxiv.org/abs/9906.00001" in told
    assert "We propose Drift, which splats rivers." in told
    assert "Matched: title has “gaussian splatting”" in told
    assert "9906.00004" not in told


def test_a_digest_as_json_holds_every_fact(
    harvested: ArxivServer, capsys: pytest.CaptureFixture[str]
) -> None:
    """Programs get id, title, authors, categories, link, code, brief and why."""
    assert harvested.requests
    assert main(["digest", "drift splats", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    (paper,) = told["topics"][0]["papers"]
    assert (told["dates"], told["checked"], told["sample"]) == (["2026-06-26"], 3, False)
    assert (paper["id"], paper["code"]) == ("9906.00001", "https://github.com/example/drift")
    assert paper["authors"] == ["Ada Ash", "Ben Birch"]
    assert paper["brief"]["sentence"] == "We propose Drift, which splats rivers."
    assert paper["brief"]["model"] == "extract"
    assert {reason["field"] for reason in paper["why"]} == {"abstract"}


@pytest.mark.parametrize(
    ("form", "begin"), [("html", "<!doctype html>"), ("markdown", "---\ntitle:"), ("terminal", "Gaussian")]
)
def test_a_digest_can_be_written_to_a_file(
    harvested: ArxivServer, tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str, begin: str
) -> None:
    """Each format goes to the file that is named; the screen says where it is."""
    assert harvested.requests
    assert main(["digest", "gaussian-splatting", "--format", form, "-o", "out", "--language", "en"]) == 0
    assert capsys.readouterr().out == "Wrote out.\n"
    assert (tmp_path / "out").read_text("utf-8").startswith(begin)


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["digest", "ti:(river"], 2, "this parenthesis is never closed"),
        (
            ["digest", "river", "--date", "2026-06-25"],
            1,
            "Nothing was harvested for 2026-06-25. There is 2026-06-26 alone.",
        ),
        (["digest", "river", "--language", "tlh"], 2, "no “tlh” here yet. Known languages: en, zh"),
        (["digest", "river", "-o", "no/such/folder"], 1, "no/such/folder can't be written: No such file"),
        (
            ["digest", "river", "--config", "none.toml"],
            2,
            "none.toml doesn't exist; paperround init writes one",
        ),
        (["backup", "paperround.db"], 1, "paperround.db exists already. Name a new file"),
        (["restore", "none.db"], 1, "There is no backup at none.db"),
        (["topics", "--config", "bad.toml"], 2, "bad.toml"),
    ],
)
def test_what_cannot_be_done_is_a_sentence(
    harvested: ArxivServer,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    status: int,
    words: str,
) -> None:
    """A misuse ends with 2, a failure with 1, either with one sentence that says what to do."""
    assert harvested.requests
    (tmp_path / "bad.toml").write_text("[digest]\npaper = 3\n", "utf-8")
    assert main(arguments) == status
    told = capsys.readouterr().err
    assert words in told
    assert told.startswith("paperround: ")
    assert told.count("\n") == 1


def test_debug_shows_the_traceback_without_secrets(
    arxiv: ArxivServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """``--debug`` shows where an error came from, and keeps the owner's keys to itself."""
    assert arxiv.url
    monkeypatch.setenv("OPENAI_API_KEY", "topsecretvalue")
    assert main(["digest", "ti:(topsecretvalue", "--debug"]) == 2
    told = capsys.readouterr().err
    assert "Traceback" in told
    assert "topsecretvalue" not in told


def test_a_topic_that_was_misspelt_is_named(
    harvested: ArxivServer, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where a query finds nothing and a topic is called almost the same, that is said."""
    assert harvested.requests
    assert main(["digest", "gausian-splating"]) == 0
    told = capsys.readouterr()
    assert "Nothing on “gausian-splating”" in told.out
    assert told.err == (
        "No topic is called “gausian-splating”, so it was read as a query. "
        "To read the topic: paperround digest gaussian-splatting\n"
    )
    for query in ("federated learning", 'ti:"talking head"'):
        assert main(["digest", query]) == 0
        assert capsys.readouterr().err == ""


def test_topics_are_listed_with_counts(harvested: ArxivServer, capsys: pytest.CaptureFixture[str]) -> None:
    """Every preset stands with how many papers the days that were read have for it."""
    assert harvested.requests
    assert main(["topics"]) == 0
    told = capsys.readouterr().out
    (line,) = [line for line in told.splitlines() if line.startswith("gaussian-splatting")]
    assert line.split() == ["gaussian-splatting", "Gaussian", "splatting", "2"]
    assert "Counted over Fri 26 June 2026. Read one: paperround digest gaussian-splatting" in told


def test_before_a_harvest_the_next_step_is_named(
    arxiv: ArxivServer, capsys: pytest.CaptureFixture[str]
) -> None:
    """On an empty database the commands say how to fill it."""
    assert arxiv.url
    assert main(["digest", "river"]) == 1
    assert capsys.readouterr().err == "paperround: Nothing was harvested yet. Run: paperround harvest\n"
    assert main(["topics"]) == 0
    assert "Run: paperround harvest" in capsys.readouterr().out


def test_init_writes_a_file_that_works_and_never_overwrites(
    arxiv: ArxivServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """``init`` writes the commented settings, which load as they are; a second time it refuses."""
    assert arxiv.url
    assert main(["init"]) == 0
    assert main(["topics"]) == 0
    (tmp_path / "config.toml").write_text("mine", "utf-8")
    assert main(["init"]) == 2
    assert "exists already" in capsys.readouterr().err
    assert (tmp_path / "config.toml").read_text("utf-8") == "mine"


def test_the_doctor_finds_what_is_wrong(
    arxiv: ArxivServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """``check`` is content with what works, and names database, arXiv and settings when they don't."""
    assert main(["check"]) == 0
    assert capsys.readouterr().out.count("ok ") == 7
    arxiv.faults = [Answer(503, b"")]
    assert main(["check"]) == 1
    assert "FAIL  arxiv: arXiv is busy (HTTP 503)" in capsys.readouterr().out
    (tmp_path / "paperround.db").write_bytes(b"no database at all, but long enough to be one" * 30)
    for side in ("-wal", "-shm"):
        (tmp_path / f"paperround.db{side}").unlink(missing_ok=True)
    assert main(["check"]) == 1
    assert "FAIL  database: paperround.db isn't a sound database" in capsys.readouterr().out
    monkeypatch.setenv("PAPERROUND_DIGEST__ZONE", "Moon/Base")
    assert main(["check"]) == 2
    assert "FAIL  settings: PAPERROUND_DIGEST__ZONE" in capsys.readouterr().out


def test_the_demo_shows_a_sample_where_arxiv_is_away(
    arxiv: ArxivServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without arXiv the demo says so, shows invented papers as such, and writes the page all the same."""
    arxiv.faults = [Answer(503, b"")] * 9
    assert main(["demo"]) == 0
    told = capsys.readouterr()
    assert "Here is a sample instead." in told.err
    assert "These papers are invented" in told.out
    assert "LLM agents: 3 of 4 papers" in told.out
    page = (tmp_path / "paperround-demo.html").read_text("utf-8")
    assert "Logbook: LLM Agents" in page
    assert str(tmp_path / "paperround-demo.html") in told.out
    assert not (tmp_path / "paperround.db").exists()
