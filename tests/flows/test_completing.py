"""What is suggested to somebody who fills in a command, in the bot's own words."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from bot.commands.completing import suggestions
from tests.servers.talker import GROUP, Talker

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("typed", "some"),
    [
        ("subscribe gauss", {"Gaussian splatting": "splatting"}),
        ("subscribe cs.cv", {"cs.CV": "cs.CV"}),
        ("unsubscribe", {"bending rivers": "bending rivers"}),
        ("unsubscribe nothing such", {}),
        ("digest riv", {"bending rivers": "bending rivers"}),
        ("settings language", {"English": "en", "中文": "zh"}),
        ("settings figures", {"one per paper": "on", "off": "off"}),
        ("settings papers 1", {"10": "10", "15": "15"}),
        ("settings zone berlin", {"Berlin": "Europe/Berlin"}),
        ("settings zone shang", {"Shanghai": "Asia/Shanghai"}),
        ("settings zone europe/b", {"Berlin": "Europe/Berlin"}),
        ("settings zone +8", {"Shanghai": "Asia/Shanghai"}),
        ("settings zone", {}),
        ("settings nonsense", {}),
        ("help sum", {"/summarize": "summarize"}),
        ("subscribe \x00\u202e", {}),
    ],
)
def test_suggestions_are_what_may_be_meant(tmp_path: Path, typed: str, some: dict[str, str]) -> None:
    """Topics, categories, settings' values and commands, those first that begin as it's typed."""

    async def run() -> None:
        async with Talker.open(tmp_path) as talker:
            await talker.say("/subscribe bending rivers")
            found = dict(suggestions((await talker.say(f"/complete {typed}")).document))
            assert some.items() <= found.items()
            assert len(found) <= 25
            assert bool(found) == bool(some) or "subscribe" in typed

    asyncio.run(run())


def test_saved_papers_are_suggested(tmp_path: Path) -> None:
    """By an id or words that were begun, the last saved first, behind other ids too; of this chat alone."""
    first, third = "9906.00001", "9906.00003"
    others = "9906.00005 9906.00007v2"
    cases = {
        "": [third, first],
        "rivers 3": [third],
        "9906": [third, first],
        first: [first],
        "9906.00005 part 1": [],
        f"{others} rive": [f"{others} {third}", f"{others} {first}"],
        "deserts": [],
    }

    async def run() -> None:
        async with Talker.open(tmp_path) as talker:

            async def suggested(words: str, **where: Any) -> list[tuple[str, str]]:
                return suggestions((await talker.say(f"/complete {words}", **where)).document)

            await talker.announce_papers(1, 2, 3)
            await talker.say(f"/save {first}")
            await talker.say(f"/save {third}")
            for typed, some in cases.items():
                found = await suggested(f"export {typed}")
                assert [words for _, words in found] == some
                assert all(label.startswith("A Study of Rivers") for label, _ in found)
            for command in ("summarize", "ask", "why"):
                assert len(await suggested(f"{command} rivers")) == 2
            await talker.join(GROUP)
            assert await suggested("export rivers", where=GROUP) == []

    asyncio.run(run())


def test_strangers_are_suggested_nothing(tmp_path: Path) -> None:
    """Who may not use the bot learns no topic of it."""

    async def run() -> None:
        async with Talker.open(tmp_path) as talker:
            reply = await talker.say("/complete subscribe", who="stranger")
            assert suggestions(reply.document) == []

    asyncio.run(run())
