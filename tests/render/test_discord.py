"""What Discord shows, message by message; looked at before it was agreed on."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import pytest

from bot.platforms.discord.messages import components, read_body
from digest.compose import Presses, compose
from digest.compose_paper import Asked, compose_papers
from digest.document import Button
from digest.translation import phrases_for
from tests.servers.discord.components import check
from tests.servers.discord.photo import PHOTO, hashed, page, source_of
from tests.servers.discord.picture import picture
from tests.servers.talker import Talker

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from syrupy.assertion import SnapshotAssertion

    from digest.document import Document
    from digest.model import Edition

LANGUAGES = pytest.mark.parametrize("language", ["en", "zh"])


def written(document: Document) -> str:
    """Return a document's messages as they are kept, after a look whether Discord takes them."""
    shown = []
    for message in components(document):
        title, made = read_body(message.body)
        check(made, modern=True)
        shown.append(f"{title}\n{json.dumps(made, indent=1, ensure_ascii=False)}\n{message.plain}")
    return "\n=====\n".join(shown)


@LANGUAGES
def test_a_digest_reads_as_agreed(edition: Edition, language: str, snapshot: SnapshotAssertion) -> None:
    """Each paper has its button beside it, takeaways are listed, the last row leads on."""
    presses = Presses("summarize", "more 0626", (Button("Settings", "settings"),))
    closing = "Next: Mon 29 June, about 07:00."
    assert written(compose(edition, phrases_for(language), closing=closing, presses=presses)) == snapshot


def test_figures_read_as_agreed(drawn: Callable[[str], Document], snapshot: SnapshotAssertion) -> None:
    """A picture stands below its paper's text, its caption below that."""
    assert written(drawn("en")) == snapshot


@LANGUAGES
def test_a_paper_reads_as_agreed(edition: Edition, language: str, snapshot: SnapshotAssertion) -> None:
    """A paper by itself has its title above, its takeaways, its code, and links as buttons."""
    first = edition.sections[0].entries[0]
    asked = Asked(first.match.paper, first.brief)
    assert written(compose_papers([asked], phrases_for(language))) == snapshot


@LANGUAGES
@pytest.mark.parametrize(
    "text",
    [
        "/help",
        "/settings",
        "/settings papers",
        "/settings papers 900",
        "/summarize 2408.1672",
        "/subscribe ti:(",
        "/sumarize",
    ],
)
def test_replies_read_as_agreed(
    tmp_path: Path, language: str, text: str, snapshot: SnapshotAssertion
) -> None:
    """A panel says whose settings they are and has its rows; a mistake says what would be right."""

    async def run() -> str:
        async with Talker.open(tmp_path) as talker:
            answer = await talker.say(text, language=language)
            return written(answer.document)

    assert asyncio.run(run()) == snapshot


def message(made: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    """Return a message as Discord's API has it."""
    author = {"username": "paperround", "bot": True}
    return {"author": author, "timestamp": "2026-06-26T07:00:00+00:00", "components": made, **more}


def test_a_picture_shows_what_people_see(edition: Edition) -> None:
    """Titles are links, buttons are beside their papers, a reply for one person says so, by day and night."""
    presses = Presses("summarize")
    ((_, made),) = [
        read_body(each.body) for each in components(compose(edition, phrases_for("en"), presses=presses))
    ]
    for dark in (True, False):
        seen = picture([message(made), message([], content="a < b", flags=64)], "papers", dark=dark)
        assert f'<body class="{"dark" if dark else "light"}">' in seen
        assert '<a href="https://arxiv.org/abs/2606.90004">Regrowth of Arms</a>' in seen
        assert '<button class="secondary" title="pr:summarize 2606.90004">Read 4</button>' in seen
        assert "a &lt; b" in seen
        assert seen.count("Only you can see this") == 1
        assert seen.count("<h2>") == 1


def test_the_readmes_picture_is_of_this_version() -> None:
    """docs/discord.png is what a channel gets now; ``python -m tests.servers.discord.photo`` retakes it."""
    assert source_of(PHOTO.read_bytes()) == hashed(page())
