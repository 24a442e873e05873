"""Somebody opens a paper's notes: the real inbox, notebook and note taker over a scripted full text."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bot.talk import ACTION_BYTES
from digest.errors import SourceUnreachableError
from digest.fulltext import Form, Miss, Passage, Picture, Shortfall
from digest.model import PaperId
from digest.render.terminal import render
from tests.fullpapers import RIVERS, full_paper
from tests.papers import paper
from tests.servers.readings import PNG
from tests.servers.talker import GROUP, GUEST, Talker, buttons, text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from syrupy.assertion import SnapshotAssertion

    from bot.talk import Illustration
    from digest.model import Paper
    from digest.notes import Notes

PAPERS = (
    RIVERS,
    paper(2, title="Of Dunes"),
    paper(3, comment="This paper has been withdrawn by the authors"),
)


def _say(text_: str, folder: Path, *, language: str = "en", known: Iterable[Paper] = PAPERS) -> str:
    async def say() -> str:
        async with Talker.open(folder) as talker:
            talker.library.add(*known)
            await talker.say(f"/settings language {language}")
            return render((await talker.say(text_)).document, 100)

    return asyncio.run(say())


@pytest.mark.parametrize("language", ["en", "zh"])
def test_notes_are_read(tmp_path: Path, snapshot: SnapshotAssertion, language: str) -> None:
    """The button under a paper opens its notes, in sections with labels of one language."""

    async def press() -> str:
        async with Talker.open(tmp_path) as talker:
            talker.library.add(*PAPERS)
            await talker.say(f"/settings language {language}")
            brief = await talker.say(f"/summarize {RIVERS.id}")
            label = {"en": "Full notes", "zh": "完整笔记"}[language]
            assert buttons(brief)[label] == f"notes {RIVERS.id}"
            notes = await talker.press(buttons(brief)[label])
            return "\n\n".join((*talker.steps, render(notes.document, 100), str(buttons(notes))))

    assert asyncio.run(press()) == snapshot
