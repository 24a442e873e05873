"""The whole bot on Discord: the real client between a loopback Discord and a loopback arXiv."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tests.papers import DAY, announced
from tests.servers.discord_life import DiscordLife, words

if TYPE_CHECKING:
    from pathlib import Path


def test_a_day_reaches_every_kind_of_channel(tmp_path: Path) -> None:
    """From the claim code to a digest, once, in a text channel, a thread, a forum and a direct chat.

    Topics are suggested while somebody types, a forum's digest is a post, buttons work after a restart, and
    nothing was asked that Discord refuses.
    """

    async def run() -> None:
        async with DiscordLife.open(tmp_path) as life:
            discord = life.discord
            async with life.running():
                ada = await life.claimed()
                guild = discord.guild("Readers", ada, bot=None)
                papers = discord.text(guild, "papers")
                forum = discord.forum(guild, "digests")
                thread = discord.thread(papers, "Rivers only", ada)
                discord.join(guild)
                assert any("scope=bot+applications.commands" in line for line in life.lines)
                typed = discord.autocomplete(ada, papers, "subscribe", "topic", "gauss")
                await discord.until(lambda: typed.answered.is_set())
                assert "Gaussian splatting" in typed.names
                for channel, options in ((papers, {}), (thread, {}), (papers, {"channel": forum}), (None, {})):
                    told = await life.uses(ada, channel, "subscribe", topic="rivers", **options)
                    begins = "For #digests:\n" if options else ""
                    assert words(told).startswith(f"{begins}Subscribed to “rivers”.")
                typed = discord.autocomplete(ada, papers, "unsubscribe", "topic", "")
                await discord.until(lambda: typed.answered.is_set())
                assert typed.names == ["rivers"]
            life.arxiv.announce(DAY, [announced(number) for number in (1, 2)])
            async with life.running():
                await discord.until(lambda: list(forum.threads.values()))
                (post,) = forum.threads.values()
                digests = [await life.digest(place) for place in (papers, thread, post, ada)]
            async with life.running():
                asked = await life.presses(ada, digests[1], "Read 1")
                assert "A Study of Rivers, Part 1" in discord.reply(asked).text
                assert discord.reply(asked).only_for == ada.id
                assert asked.took < 1.0
            assert post.name == "rivers: 2 papers"
            for place, digest in zip((papers, thread, post, ada), digests, strict=True):
                assert digest.text.startswith("## rivers: 2 papers\n-# Fri 26 June 2026")
                assert digest.labels == ["Read 1", "Read 2", "Settings"]
                assert digest.pings == ()
                assert [shown.text for shown in discord.shown(place)].count(digest.text) == 1
            assert len(forum.threads) == 1
            assert discord.refusals == []
            assert discord.unanswered == []

    asyncio.run(run())
