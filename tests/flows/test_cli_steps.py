"""What a terminal says while somebody waits for a paper."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from bot.cli.steps import teller
from bot.commands.note_steps import in_words
from digest.notes import Progress, Stage
from digest.translation import phrases_for

if TYPE_CHECKING:
    import pytest


def test_a_step_is_said_once(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Notes that are mended are checked twice, and nobody reads that twice; a pipe reads nothing of it."""
    stages = (Stage.WRITING, Stage.CHECKING, Stage.CHECKING)
    for tty in (False, True):
        monkeypatch.setattr(sys.stderr, "isatty", lambda tty=tty: tty)
        report = teller(in_words, phrases_for("en"))
        for stage in stages:
            report(Progress(stage))
        assert capsys.readouterr().err == ("Writing notes …\nChecking the notes …\n" if tty else "")
