"""A whole session of ``paperround chat`` as a person has it: claimed, set up, read, paused, stopped."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from digest.model import PaperId
from tests.papers import DAY, announced, paper
from tests.servers.arxiv import serve_arxiv
from tests.servers.desk import harvest

if TYPE_CHECKING:
    from pathlib import Path

    from syrupy.assertion import SnapshotAssertion

GRAPH = paper(
    id=PaperId("1805.02262"),
    title="Construction of a Literature Graph",
    abstract="We describe a system that makes a graph of literature. It has 280M nodes.",
    categories=("cs.CL",),
    submitted=datetime(2018, 5, 5, tzinfo=UTC),
)
SPLATTING = [announced(n, title=f"Gaussian Splatting, Part {n}") for n in range(1, 4)]
AGENTS = [
    announced(n, title=f"LLM Agents, Part {n}", categories=("cs.AI",), abstract="Agents act. They plan.")
    for n in range(4, 13)
]
SESSION = """
/start
/subscribe gaussian splatting
/subscribe llm-agents
/topics
/subscribe
/cancel
/settings detail titles
/digest
8
/summarize 1805.02262
3
/saved
3
https://www.alphaxiv.org/abs/1805.02262
/summarize 2408.1672
/why 9906.00001
/search splatting
1
/settings papers
5
/settings
1
2
/settings zone
北京
/settings send 12:30
/status
/pause
2
/resume
/help digest
/sumarize 1805.02262
/stop
2
2
/stop
2
1
/unsubscribe
/deletedata
1
"""


@pytest.fixture
def transcript(tmp_path: Path) -> str:
    """Talk from beginning to end; what differs each time has a name instead."""
    database = tmp_path / "paperround.db"
    with serve_arxiv() as server:
        server.announce(DAY, [*SPLATTING, *AGENTS])
        server.papers.append(GRAPH)
        harvest(database, server.url)
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))}
        environment = kept | {
            "PAPERROUND_ARXIV__LISTING_URL": server.url,
            "PAPERROUND_ARXIV__API_URL": f"{server.url}/api/query",
            "PAPERROUND_STORAGE__PATH": str(database),
            "PAPERROUND_CLOCK": "2026-06-26T09:00Z@0.001",  # it stands still, so that times can be compared
            "COLUMNS": "80",
            "LANG": "en_US.UTF-8",
        }
        with subprocess.Popen(
            [sys.executable, "-m", "bot", "chat"],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        ) as process:
            assert process.stdin
            assert process.stdout
            told = ""
            while not (code := re.search(r"^(?:\w{4}-){3}\w{4}$", told, re.MULTILINE)):
                line = process.stdout.readline()
                assert line, told
                told += line
            process.stdin.write(f"{code[0]}{SESSION}")
            process.stdin.close()
            told += process.stdout.read()
            assert process.wait() == 0
    begin = told.index("Nobody owns this bot yet.")
    return re.sub(r"read \w+ \d+ \w+, [\d:]+|读取于 .*?。", "read …", told[begin:].replace(code[0], "CODE"))


def test_a_session_walks_through(transcript: str, snapshot: SnapshotAssertion) -> None:
    """Each thing that a person says gets what they need next, and all of it reads well aloud."""
    answers = dict(re.findall(r"^> (.+)\n((?:(?!> ).*\n)*)", transcript, re.MULTILINE))
    assert "You own this bot now. Only you can use it." in answers["CODE"]
    assert "Subscribed to “Gaussian splatting”." in answers["/subscribe gaussian splatting"]
    assert "3 papers" in answers["/subscribe gaussian splatting"]
    assert "First digest: Mon 29 June, about 07:00." in answers["/subscribe gaussian splatting"]
    assert "Next digest: Mon 29 June, about 07:00." in answers["/subscribe llm-agents"]
    assert "– LLM agents: 9 papers" in answers["/topics"]
    assert "5 more papers matched." in answers["/digest"]
    assert "12. LLM Agents" in answers["8 [Show 5 more]"]
    assert GRAPH.title in answers["/summarize 1805.02262"]
    assert GRAPH.title in answers["https://www.alphaxiv.org/abs/1805.02262"]
    assert "Saved: “Construction of a Literature Graph”." in answers["3 [Save]"]
    assert "1 saved paper" in answers["/saved"]
    assert "eprint = {1805.02262}," in answers["3 [Export]"]
    assert "isn't an arXiv ID" in answers["/summarize 2408.1672"]
    assert answers["/cancel"] == "\nThe question is dropped.\n\n"
    assert "title has “gaussian splatting”" in answers["/why 9906.00001"]
    assert "“splatting”: 3 papers" in answers["/search splatting"]
    assert "Papers: 5." in answers["5 [5]"]
    assert "语言：中文" in answers["2 [中文]"]
    assert "时区：上海 17:00" in answers["北京"]
    assert "发送：12:30" in answers["/settings send 12:30"]
    assert "简报已暂停至" in answers["2 [1 周]"]
    assert "下次简报" in answers["/resume"]
    assert "/summarize" in answers["/sumarize 1805.02262"]
    assert "要退订全部 2 个主题吗" in answers["2 [全部退订]"]
    assert "已退订全部 2 个主题" in answers["1 [全部退订]"]
    assert "已删除" in answers["1 [删除，仍是主人]"]
    assert transcript == snapshot


def test_nothing_is_said_in_the_wrong_language(transcript: str) -> None:
    """From the moment at which somebody chose Chinese, only papers, names and what is typed are English."""
    chinese = transcript[transcript.index("> 2 [中文]") :]
    said = [line for line in chinese.splitlines() if not line.startswith(("> ", "  "))]
    english = [
        line for line in said if re.search(r"[a-z]{3}", line) and not re.search(r"[\u4e00-\u9fff]", line)
    ]
    assert english == []
