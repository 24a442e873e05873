"""The talker of the tests is the bot that people talk to."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tests.servers.talker import GROUP, GUEST, STRANGER, Talker, private, text

if TYPE_CHECKING:
    from pathlib import Path


def test_everybody_can_be_played(tmp_path: Path) -> None:
    """An owner and a guest are answered as such, a stranger isn't let in but to a group that has the bot."""

    async def talk() -> None:
        async with Talker.open(tmp_path) as talker:
            assert "arXiv" in text(await talker.say("/start"))
            assert "arXiv" in text(await talker.say("/start", who=GUEST))
            assert "private" in text(await talker.say("/start", who=STRANGER))
            assert await talker.join(GROUP)
            assert "arXiv" in text(await talker.say("/start", who=STRANGER, where=GROUP))
            assert (await talker.chat(GROUP)).title == "Readers"
            assert (await talker.chat(private(GUEST))).claimed_by == GUEST

    asyncio.run(talk())
