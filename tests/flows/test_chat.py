"""``paperround chat`` as a process, through a pipe and at a terminal."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from typing import TYPE_CHECKING

import pytest

from bot.commands.registry import NAMES
from tests.papers import DAY, announced
from tests.servers.arxiv import serve_arxiv
from tests.servers.desk import harvest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOWHERE = "http://127.0.0.1:9"  # nothing listens there
CODE = re.compile(r"^(?:\w{4}-){3}\w{4}$", re.MULTILINE)
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
COMMAND = [sys.executable, "-m", "bot", "chat"]
PATIENCE = 60.0


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """An environment of its own, with an arXiv that can't be reached."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))}
    return kept | {
        "PAPERROUND_ARXIV__LISTING_URL": NOWHERE,
        "PAPERROUND_ARXIV__API_URL": NOWHERE,
        "PAPERROUND_STORAGE__PATH": str(tmp_path / "paperround.db"),
        "XDG_STATE_HOME": str(tmp_path / "state"),
        "LANG": "C.UTF-8",
        "COLUMNS": "80",
    }


def chat(environment: dict[str, str], *lines: str) -> str:
    """Send the code that the chat prints, then lines, and return the whole transcript."""
    with subprocess.Popen(
        COMMAND,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        told = ""
        while not (code := CODE.search(told)) and (line := process.stdout.readline()):
            told += line
        assert code, told
        process.stdin.write("\n".join([code[0], *lines]))
        process.stdin.close()
        told += process.stdout.read()
        assert (process.wait(), process.stderr.read()) == (0, "")
    return told


def piped(environment: dict[str, str], text: str) -> subprocess.CompletedProcess[str]:
    """Let the chat read a text to its end."""
    return subprocess.run(
        COMMAND, env=environment, input=text, capture_output=True, encoding="utf-8", check=False
    )


def test_a_transcript_reads_as_a_conversation(environment: dict[str, str], tmp_path: Path) -> None:
    """Where one is and what to do first; then each line with its answer, without colours."""
    with serve_arxiv() as server:
        server.announce(DAY, [announced(1)])
        harvest(tmp_path / "paperround.db", server.url)
    told = chat(environment, "", "/nosuchthing")
    code = CODE.findall(told)[0]
    head, _, text = told.partition(code)
    expected = (
        f"paperround, on {tmp_path / 'paperround.db'}. Everything that works: /help. "
        "Nobody owns this bot yet. Send this code to become its owner:"
    )
    assert "".join(head.split()) == "".join(expected.split())  # a long path breaks anywhere
    assert text.startswith(f"\n\n> {code}\n\nYou own this bot now.")
    assert "\n\n> /nosuchthing\n\nThere's no /nosuchthing." in text
    assert text.count("\n> ") == 2
    assert "\x1b" not in told
    again = piped(environment, "/start\n")
    assert (again.returncode, CODE.search(again.stdout)) == (0, None)
    assert "private" not in again.stdout


def test_it_speaks_the_language_of_the_locale(environment: dict[str, str]) -> None:
    """A Chinese locale is answered in Chinese, and told that papers are missing."""
    told = chat(environment | {"LC_ALL": "zh_CN.UTF-8", "PYTHONUTF8": "1"})
    assert "还没有论文。请运行 paperround harvest" in told
    assert "你现在是这个机器人的主人" in told


def test_beside_run_the_code_is_the_one_that_run_printed(environment: dict[str, str]) -> None:
    """Chatting works while the service runs, and doesn't make its code worthless."""
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "run"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    ) as service:
        try:
            assert service.stdout
            printed = [service.stdout.readline() for _ in range(5)][-1]
            code = printed.split()[-1]
            done = piped(environment, f"{code}\n")
        finally:
            service.send_signal(signal.SIGTERM)
    assert done.returncode == 0
    assert CODE.findall(done.stdout) == []
    assert "Send the code that paperround run printed" in " ".join(done.stdout.split())
    assert "You own this bot now." in done.stdout


class Terminal:
    """A person at a terminal of 80 columns."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._end, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        more = {"TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1"}
        self.process = subprocess.Popen(
            COMMAND,
            env=environment | more,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )
        os.close(theirs)
        self._told = ""

    def type(self, text: str) -> None:
        """Press keys."""
        os.write(self._end, text.encode())

    def sees(self, text: str) -> None:
        """Wait until a text is shown, after what was seen before."""
        until = time.monotonic() + PATIENCE
        while text not in self._told:
            assert select.select([self._end], [], [], until - time.monotonic())[0], (text, self._told)
            self._read()
        self._told = self._told.partition(text)[2]

    def type_until(self, key: str, text: str) -> None:
        """Press a key until a text is shown: earlier lines are there a moment after the prompt."""
        until = time.monotonic() + PATIENCE
        while text not in self._told:
            assert time.monotonic() < until, (text, self._told)
            self.type(key)
            while text not in self._told and select.select([self._end], [], [], 0.2)[0]:
                self._read()
        self.sees(text)

    def _read(self) -> None:
        data = os.read(self._end, 65536)
        self._told = ESCAPES.sub("", self._told + data.decode("utf-8", "replace"))

    def close(self) -> None:
        """End it, however it fares."""
        self.process.kill()
        self.process.wait()
        os.close(self._end)


@pytest.fixture
def terminal(environment: dict[str, str]) -> Iterator[Terminal]:
    """A chat at a terminal."""
    made = Terminal(environment)
    yield made
    made.close()


def test_a_person_at_a_terminal_is_helped(terminal: Terminal, tmp_path: Path) -> None:
    """Tab completes a command, the arrow brings a line back, Ctrl-C cancels a line, Ctrl-D leaves."""
    terminal.sees("Ctrl-D leaves.")
    terminal.sees(">")
    terminal.type("/star")
    summary = NAMES.commands["start"].summary
    assert summary
    terminal.sees(summary.text.split()[0])
    terminal.type("\t\r")
    terminal.sees("This bot is private.")
    terminal.sees(">")
    terminal.type_until("\x1b[A", "/start")
    terminal.type("\x03")
    terminal.sees("Ctrl-C once more leaves.")
    terminal.sees(">")
    terminal.type("\x04")
    assert terminal.process.wait(PATIENCE) == 0
    kept = (tmp_path / "state" / "paperround" / "chat-history").read_text("utf-8")
    assert re.findall(r"^\+(.+)$", kept, re.MULTILINE) == ["/start"]


def test_a_session_presses_buttons_by_number(environment: dict[str, str], tmp_path: Path) -> None:
    """Subscribing offers buttons; their numbers press them, and the transcript names what was pressed."""
    with serve_arxiv() as server:
        server.announce(DAY, [announced(number, title=f"Rivers {number}") for number in (1, 2)])
        harvest(tmp_path / "paperround.db", server.url)
    told = chat(environment, "/subscribe rivers", "1", "/topics")
    assert "\n> /subscribe rivers\n\nSubscribed to “rivers”.\n" in told
    assert (
        "\n\n[1] Show the latest  [2] Narrow it  [3] Undo\n\n> 1 [Show the latest]\n\nrivers: 2 papers\n"
        in told
    )
    assert told.count("\n> ") == 4
