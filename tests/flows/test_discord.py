"""The whole bot on Discord: the real client between a loopback Discord and a loopback arXiv."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from bot.phrases.talking import ONLY_MANAGERS
from tests.papers import DAY, announced, paper
from tests.servers.arxiv import Answer
from tests.servers.clock import until
from tests.servers.discord import Allow
from tests.servers.discord_life import DiscordLife, words
from tests.servers.telegram import TelegramServer

if TYPE_CHECKING:
    import pytest

    from tests.servers.discord import Channel, User

LOST = "SELECT count(*) FROM chats WHERE state = 'unreachable'"
LATEX = Path(__file__).resolve().parent.parent / "latex"


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
                await discord.until(typed.answered.is_set)
                assert "Gaussian splatting" in typed.names
                ways: tuple[tuple[Channel | None, dict[str, Channel]], ...] = (
                    (papers, {}),
                    (thread, {}),
                    (papers, {"channel": forum}),
                    (None, {}),
                )
                for channel, options in ways:
                    told = await life.uses(ada, channel, "subscribe", topic="rivers", **options)
                    begins = "For #digests:\n" if options else ""
                    assert words(told).startswith(f"{begins}Subscribed to “rivers”.")
                typed = discord.autocomplete(ada, papers, "unsubscribe", "topic", "")
                await discord.until(typed.answered.is_set)
                assert typed.names == ["rivers"]
            life.arxiv.announce(DAY, [announced(number) for number in (1, 2)])
            async with life.running():
                await discord.until(lambda: list(forum.threads.values()))
                (post,) = forum.threads.values()
                places: tuple[Channel | User, ...] = (papers, thread, post, ada)
                digests = [await life.digest(place) for place in places]
            async with life.running():
                asked = await life.presses(ada, digests[1], "Read 1")
                assert "A Study of Rivers, Part 1" in discord.reply(asked).text
                assert discord.reply(asked).only_for == ada.id
            assert post.name == "rivers: 2 papers"
            for place, digest in zip(places, digests, strict=True):
                assert digest.text.startswith("## rivers: 2 papers\n-# Fri 26 June 2026")
                assert digest.labels == ["Read 1", "Read 2", "Settings"]
                assert digest.pings == ()
                assert [shown.text for shown in discord.shown(place)].count(digest.text) == 1
            assert len(forum.threads) == 1
            assert discord.refusals == []
            assert discord.unanswered == []

    asyncio.run(run())


def test_a_lost_gateway_stops_no_digest(tmp_path: Path) -> None:
    """Digests go out while the gateway is down, each once, and people are answered when it's back."""

    async def run() -> None:
        async with DiscordLife.open(tmp_path) as life:
            discord = life.discord
            async with life.running():
                ada = await life.claimed()
                guild = discord.guild("Readers", ada, bot=None)
                channels = [discord.text(guild, f"papers-{number}") for number in range(6)]
                discord.join(guild)
                for channel in channels:
                    await life.uses(ada, channel, "subscribe", topic="rivers")
            life.arxiv.announce(DAY, [announced(number) for number in (1, 2)])
            async with life.running():
                await discord.until(lambda: any(discord.shown(channel)[-1:] for channel in channels))
                discord.gateway.invalidate(resumable=False)
                digests = [await life.digest(channel) for channel in channels]
                discord.gateway.drop()
                for channel, digest in zip(channels, digests, strict=True):
                    assert [shown.text for shown in discord.shown(channel)].count(digest.text) == 1
                await discord.until(lambda: discord.gateway.live)
                assert "rivers" in words(await life.uses(ada, channels[0], "topics"))
            assert discord.refusals == []

    asyncio.run(run())


def test_both_platforms_serve_one_day(tmp_path: Path) -> None:
    """One process tells a Telegram chat and a Discord channel the same papers, each once."""

    async def run() -> None:
        async with TelegramServer(check=False) as telegram, DiscordLife.open(tmp_path) as life:
            discord = life.discord
            life.environment |= {
                "PAPERROUND_TELEGRAM__API_URL": telegram.url,
                "TELEGRAM_BOT_TOKEN": telegram.token,
                "PAPERROUND_ACCESS__MODE": "open",
            }
            async with life.running():
                ada, _, papers = await life.readers()
                await life.uses(ada, papers, "subscribe", topic="rivers")
                grace = telegram.user("Grace")
                telegram.say(grace, grace, "/subscribe rivers")
                await until(lambda: "Subscribed" in telegram.last(grace).text)
            life.arxiv.announce(DAY, [announced(number) for number in (1, 2)])
            async with life.running():
                await life.digest(papers)
                await until(lambda: "rivers: 2 papers" in telegram.last(grace).text)
            told = [shown.text for shown in telegram.shown(grace)]
            assert sum("Part 1" in text for text in told) == 1
            assert sum("Part 1" in shown.text for shown in discord.shown(papers)) == 1
            assert discord.refusals == telegram.refusals == []

    asyncio.run(run())


def test_a_server_that_comes_back_is_the_same(tmp_path: Path) -> None:
    """Its channels get nothing while the bot is out, and again what they subscribed to afterwards."""

    async def run() -> None:
        async with DiscordLife.open(tmp_path) as life:
            discord = life.discord
            async with life.running():
                ada, guild, papers = await life.readers()
                await life.uses(ada, papers, "subscribe", topic="rivers")
                discord.leave(guild)
                await until(lambda: life.asked(LOST) == 2)
                discord.join(guild)
                await until(lambda: life.asked(LOST) == 0)
                discord.remove(papers)
                await until(lambda: life.asked(LOST) == 1)
            assert discord.refusals == []

    asyncio.run(run())


def test_a_server_may_come_back_while_the_bot_is_off(tmp_path: Path) -> None:
    """Nobody has to speak there: the next digest comes."""

    async def run() -> None:
        async with DiscordLife.open(tmp_path) as life:
            discord = life.discord
            async with life.running():
                ada, guild, papers = await life.readers()
                await life.uses(ada, papers, "subscribe", topic="rivers")
                discord.leave(guild)
                await until(lambda: life.asked(LOST) == 2)
            discord.join(guild)
            life.arxiv.announce(DAY, [announced(number) for number in (1, 2)])
            async with life.running():
                await life.digest(papers)
            assert life.asked(LOST) == 0

    asyncio.run(run())


def test_a_server_may_leave_while_the_bot_is_off(tmp_path: Path) -> None:
    """A digest finds out; when the server takes the bot in again, its channels are resumed all the same."""

    async def run() -> None:
        async with DiscordLife.open(tmp_path) as life:
            discord = life.discord
            async with life.running():
                ada, guild, papers = await life.readers()
                await life.uses(ada, papers, "subscribe", topic="rivers")
            discord.leave(guild)
            life.arxiv.announce(DAY, [announced(1)])
            async with life.running():
                await until(lambda: life.asked(LOST) == 1)
                discord.join(guild)
                await until(lambda: life.asked(LOST) == 0)

    asyncio.run(run())


def test_what_is_missing_to_post_is_named_before_anything_is_subscribed(tmp_path: Path) -> None:
    """A channel where the bot can't write isn't subscribed; after it was allowed to, one press does it."""

    async def run() -> None:
        async with DiscordLife.open(tmp_path) as life, life.running():
            discord = life.discord
            ada = await life.claimed()
            guild = discord.guild("Readers", ada, bot=None)
            here, papers = discord.text(guild, "here"), discord.text(guild, "papers")
            discord.join(guild)
            await life.uses(ada, here, "topics")
            discord.overwrite(papers, deny=Allow.SEND_MESSAGES)
            told = await life.uses(ada, here, "subscribe", topic="rivers", channel=papers)
            assert words(told) == (
                "For #papers:\nI can't post in #papers: “Send Messages” is missing. Grant it, then try again."
            )
            assert told.only_for == ada.id
            assert life.asked("SELECT count(*) FROM subscriptions") == 0
            discord.overwrite(papers)
            asked = await life.presses(ada, told, "Try again")
            assert words(discord.reply(asked)).startswith("For #papers:\nSubscribed to “rivers”.")
            assert discord.shown(papers) == []
            asked = await life.presses(ada, discord.reply(asked), "Undo")
            assert life.asked("SELECT count(*) FROM subscriptions") == 0
            assert discord.refusals == []

    asyncio.run(run())


def test_who_may_change_a_channel_is_looked_at_when_a_button_is_pressed(tmp_path: Path) -> None:
    """Members read and press what changes nothing; what does is for who manages the channel."""

    async def run() -> None:
        async with DiscordLife.open(tmp_path) as life, life.running():
            discord = life.discord
            ada, eve = await life.claimed(), discord.user("Eve")
            guild = discord.guild("Readers", ada, eve, bot=None)
            papers = discord.text(guild, "papers")
            discord.join(guild)
            told = await life.uses(ada, papers, "subscribe", topic="rivers")
            refused = discord.reply(await life.presses(eve, told, "Undo"))
            assert (refused.only_for, words(refused)) == (eve.id, ONLY_MANAGERS.text)
            assert life.asked("SELECT count(*) FROM subscriptions") == 1
            forged = discord.people.press_id(eve, told, "pr:unsubscribe rivers")
            await life.done(forged)
            assert life.asked("SELECT count(*) FROM subscriptions") == 1
            await life.presses(ada, told, "Undo")
            assert life.asked("SELECT count(*) FROM subscriptions") == 0

    asyncio.run(run())


def test_papers_are_told_wherever_they_are_named(tmp_path: Path) -> None:
    """A link in a direct message, a message's menu, a command for oneself, one in other servers."""

    async def run() -> None:
        async with DiscordLife.open(tmp_path) as life, life.running():
            discord = life.discord
            ada = await life.claimed()
            ada.installed = True
            guild = discord.guild("Readers", ada, bot=None)
            papers = discord.text(guild, "papers")
            discord.join(guild)
            await life.uses(ada, None, "digest")  # until the listing is read
            discord.say(ada, None, "https://arxiv.org/abs/9906.00090v1")
            await discord.until(lambda: "Of Dunes" in discord.last(ada).text)
            said = discord.say(ada, papers, "look: https://arxiv.org/pdf/9906.00090")
            menu = await life.done(discord.menu(ada, said, "Summarize arXiv link"))
            private = await life.uses(ada, papers, "summarize", paper="9906.00090", private=True)
            public = await life.uses(ada, papers, "summarize", paper="9906.00090")
            elsewhere = discord.text(discord.guild("Strangers", ada, bot=None), "general")
            away = await life.uses(ada, elsewhere, "summarize", paper="9906.00090")
            settings = await life.uses(ada, elsewhere, "paperround settings")
            for shown, only_for in ((menu, ada.id), (private, ada.id), (public, 0), (away, 0)):
                assert "Of Dunes" in shown.text
                assert shown.only_for == only_for
            assert settings.only_for == ada.id
            helped = words(await life.uses(ada, papers, "paperround help"))
            assert "/paperround settings:" in helped
            assert "/channel" not in helped
            assert discord.refusals == []

    asyncio.run(run())


def test_words_are_written_into_a_form(tmp_path: Path) -> None:
    """Where the bot can't read what people write, a question's answer is a form's."""

    async def run() -> None:
        async with DiscordLife.open(tmp_path) as life, life.running():
            discord = life.discord
            ada, _, papers = await life.readers()
            asked = await life.presses(ada, await life.uses(ada, papers, "subscribe"), "Write it")
            told = await life.done(discord.submit(asked, words="gaussian splatting"))
            assert words(told).startswith("Subscribed to “Gaussian splatting”.")
            assert discord.refusals == []

    asyncio.run(run())


def test_a_second_start_changes_no_command(tmp_path: Path) -> None:
    """Commands are set once, in English and Chinese, and left alone where they are right."""

    async def run() -> None:
        async with DiscordLife.open(tmp_path) as life:
            for _ in range(2):
                async with life.running():
                    await life.discord.until(lambda: life.discord.commands)
            assert len(life.discord.calls_of("GET /applications/{app}/commands")) == 2
            assert len(life.discord.calls_of("PUT /applications/{app}/commands")) == 1
            named = {card["name"]: card for card in life.discord.commands}
            assert named["summarize"]["description_localizations"]["zh-CN"] == "按 arXiv 编号或链接概述论文"

    asyncio.run(run())


def test_notes_come_with_the_figure_of_the_paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From /summarize to notes for who pressed alone, and a gallery; in a direct message from a link."""
    monkeypatch.setattr("bot.app.ARXIV_PAUSE", 0.05)

    async def run() -> None:
        cache = str(tmp_path / "cache")
        async with DiscordLife.open(tmp_path, PAPERROUND_READING__CACHE=cache) as life, life.running():
            life.arxiv.papers.append(paper(7, title="Of Marbles"))
            pdf = (LATEX / "marbles.pdf").read_bytes()
            life.arxiv.files["/pdf/9906.00007v1"] = Answer(body=pdf, content_type="application/pdf")
            discord = life.discord
            ada, _, papers = await life.readers()
            await life.uses(ada, papers, "summarize", paper="9906.00007")
            await discord.until(lambda: "Of Marbles" in discord.last(papers).text)
            await life.presses(ada, discord.last(papers), "Full notes")
            await discord.until(lambda: discord.last(papers).raw["attachments"])
            notes, figures = discord.shown(papers)[-2:]
            assert words(notes).startswith("**[Of Marbles](<https://arxiv.org/abs/9906.00007>)**")
            assert "Method, step by step" in words(notes)
            assert (notes.only_for, figures.only_for) == (ada.id, ada.id)
            assert words(figures).startswith("Figure 1: Two marbles, seen from above")
            discord.say(ada, None, "https://arxiv.org/abs/9906.00007")
            await discord.until(lambda: "Of Marbles" in discord.last(ada).text)
            await life.presses(ada, discord.last(ada), "Full notes")
            await discord.until(lambda: discord.last(ada).raw["attachments"])
            assert (discord.refusals, discord.violations) == ([], [])

    asyncio.run(run())


def test_papers_are_saved_and_taken_along(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By commands whose options are suggested in the person's language; as a file, from a button too.

    Whom nobody let in is told where their code goes.
    """
    monkeypatch.setattr("bot.app.ARXIV_PAUSE", 0.05)

    async def run() -> None:
        async with DiscordLife.open(tmp_path) as life, life.running():
            life.arxiv.papers += [paper(number, title=f"Of Marbles, Part {number}") for number in (7, 8)]
            discord = life.discord
            ada = await life.claimed(locale="zh-CN")
            guild = discord.guild("Readers", ada, bot=None)
            papers = discord.text(guild, "papers")
            discord.join(guild)
            for number in (7, 8):
                await life.uses(ada, papers, "paperround save", paper=f"9906.0000{number}")
                await discord.until(lambda number=number: f"Part {number}" in discord.last(papers).text)  # type: ignore[misc]
            typed = discord.autocomplete(ada, papers, "paperround export", "paper", "marb", format="bibtex")
            await discord.until(typed.answered.is_set)
            assert typed.names == ["Of Marbles, Part 8", "Of Marbles, Part 7"]
            everything = await life.uses(ada, papers, "paperround export", format="bibtex")
            assert everything.files == ("paperround-saved.bib",)
            one = await life.uses(ada, papers, "paperround export", format="bibtex", paper="9906.00007")
            assert one.files == ("arxiv-9906.00007.bib",)
            assert one.text.startswith("```bibtex\n@misc{")
            await life.uses(ada, papers, "summarize", paper="9906.00008")
            await discord.until(lambda: "BibTeX" in discord.last(papers).labels)
            asked = await life.presses(ada, discord.last(papers), "BibTeX")
            assert discord.reply(asked).files == ("arxiv-9906.00008.bib",)
            eve = discord.user("Eve")
            told = await life.uses(eve, None, "topics")
            assert words(told).endswith("If its owner gave you a code, send it to me.")
            elsewhere = discord.text(discord.guild("Others", eve), "papers")
            told = await life.uses(eve, elsewhere, "topics")
            assert words(told).endswith("If its owner gave you a code, use it with /paperround claim.")
            assert (discord.refusals, discord.violations) == ([], [])

    asyncio.run(run())
