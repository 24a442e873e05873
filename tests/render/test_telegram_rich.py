"""A digest as Telegram's rich layout shows it: its blocks, looked at before they were agreed on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from bot.platforms.telegram.messages import read_body, rich
from digest.compose import Presses, compose
from digest.document import Button
from digest.translation import phrases_for
from tests.servers.telegram.rich import check_rich
from tests.servers.telegram.schema import strictly

if TYPE_CHECKING:
    from collections.abc import Callable

    from syrupy.assertion import SnapshotAssertion

    from digest.document import Document
    from digest.model import Edition


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_digest_reads_as_agreed(edition: Edition, language: str, snapshot: SnapshotAssertion) -> None:
    """Titles are links under their topic, what is more is folded, each paper has its button beside it."""
    presses = Presses("summarize", "more 0626", (Button("Settings", "settings"),))
    closing = "Next: Mon 29 June, about 07:00."
    assert written(compose(edition, phrases_for(language), closing=closing, presses=presses)) == snapshot


def test_figures_read_as_agreed(drawn: Callable[[str], Document], snapshot: SnapshotAssertion) -> None:
    """A photo stands in its paper, above what unfolds."""
    assert written(drawn("en")) == snapshot


def written(document: Document) -> str:
    """Return a document's only message, after a look whether Telegram takes it."""
    (message,) = rich(document)
    body = read_body(message.body)
    rich_message = f'{{"blocks":{body["blocks"]},"skip_entity_detection":true}}'
    strictly("sendRichMessage", {"chat_id": "7", "rich_message": rich_message})
    check_rich(json.loads(rich_message))
    shown = json.dumps(json.loads(body["blocks"]), indent=1, ensure_ascii=False)
    return f"{shown}\n{json.dumps(body['keyboard'], ensure_ascii=False)}"
