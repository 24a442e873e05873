"""What Telegram's classic layout says, message by message; looked at before it was agreed on."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import pytest

from bot.chats import Address
from bot.platforms.telegram.messages import classic, read_body
from bot.platforms.telegram.requests import sending
from digest.compose import Presses, compose
from digest.document import Button
from digest.translation import phrases_for
from tests.servers.talker import Talker
from tests.servers.telegram.schema import strictly

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from syrupy.assertion import SnapshotAssertion

    from digest.document import Document
    from digest.model import Edition

LANGUAGES = pytest.mark.parametrize("language", ["en", "zh"])


def written(document: Document) -> str:
    """Return a document's messages as they are kept, after a look whether Telegram takes them."""
    shown = []
    for message in classic(document):
        method, parameters = sending(Address("telegram", "7"), message.body, sound=True, paid=False)
        given = {name: value for name, value in parameters.items() if value is not None}
        form = {name: each if isinstance(each, str) else json.dumps(each) for name, each in given.items()}
        strictly(method, form)
        body = read_body(message.body)
        if body["form"] == "photos":
            shown.append(f"{json.dumps(body['photos'], indent=1)}\n{read_body(message.plain)['text']}")
            continue
        shown.append(f"{body['text']}\n{json.dumps(body.get('keyboard', []), ensure_ascii=False)}")
    return "\n=====\n".join(shown)


@LANGUAGES
def test_a_digest_reads_as_agreed(edition: Edition, language: str, snapshot: SnapshotAssertion) -> None:
    """A topic's heading stands apart, takeaways and abstract unfold, the last row leads on."""
    presses = Presses("summarize", "more 0626", (Button("Settings", "settings"),))
    closing = "Next: Mon 29 June, about 07:00."
    document = compose(edition, phrases_for(language), closing=closing, presses=presses)
    assert written(document) == snapshot


@LANGUAGES
def test_figures_follow_as_agreed(
    drawn: Callable[[str], Document], language: str, snapshot: SnapshotAssertion
) -> None:
    """The text says nothing of them; the album that follows has titles and captions."""
    assert written(drawn(language)) == snapshot


@LANGUAGES
@pytest.mark.parametrize(
    "text",
    [
        "/settings",
        "/settings papers",
        "/settings papers 900",
        "/summarize 2408.1672",
        "/subscribe ti:(",
        "/sumarize",
    ],
)
def test_settings_and_mistakes_read_as_agreed(
    tmp_path: Path, language: str, text: str, snapshot: SnapshotAssertion
) -> None:
    """A panel says whose settings they are; a mistake says what would be right."""

    async def run() -> str:
        async with Talker.open(tmp_path) as talker:
            answer = await talker.say(text, language=language)
            assert answer is not None
            return written(answer.document)

    assert asyncio.run(run()) == snapshot
