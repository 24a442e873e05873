"""The whole bot on Telegram: the real client between a loopback Bot API and a loopback arXiv."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from tests.papers import DAY, announced, paper
from tests.servers.arxiv import Answer
from tests.servers.clock import PATIENCE
from tests.servers.telegram.faults import HANG
from tests.servers.telegram_life import Life

if TYPE_CHECKING:
    import pytest

    from tests.servers.telegram import Chat, User


LATEX = Path(__file__).resolve().parent.parent / "latex"


def test_a_day_reaches_every_kind_of_chat(tmp_path: Path) -> None:
    """From the claim link to a digest, once, in a private chat, a group, a topic and a channel.

    Nothing of a topic falls into General, buttons work
    after a restart, and nothing was said that Telegram refuses.
    """

    async def run() -> None:
        async with Life.open(tmp_path) as life:
            telegram = life.telegram
            async with life.running():
                ada = await life.claimed()
                group = telegram.group("Friends", ada, bot="left")
                forum = telegram.supergroup("Readers", ada, forum=True, bot="left")
                channel = telegram.channel("Papers", ada, bot="left")
                telegram.join(telegram.bot, group, by=ada)
                telegram.join(telegram.bot, forum, by=ada)
                telegram.promote(telegram.bot, channel, by=ada)
                topic = telegram.topic(forum, "Rivers", ada)
                await life.until(lambda: all(map(life.written, (group, forum, channel))))
                places: list[tuple[Chat | User, int]] = [
                    (ada, 0),
                    (group, 0),
                    (forum, topic.id),
                    (channel, 0),
                ]
                for chat, thread in places:
                    shown = await life.hears(ada, chat, "/subscribe rivers", thread=thread)
                    assert shown.text.startswith("Subscribed to “rivers”.")
                in_general = len(telegram.shown(forum, 0))
            life.arxiv.announce(DAY, [announced(number) for number in (1, 2)])
            async with life.running():
                digests = [await life.digest(chat, thread=thread) for chat, thread in places]
            async with life.running():
                await life.presses(ada, digests[2], "Read 1")
                await life.until(lambda: "A Study of Rivers" in telegram.last(forum, topic.id).text)
            for (chat, thread), digest in zip(places, digests, strict=True):
                assert digest.text.startswith(
                    "rivers: 2 papers\nFri 26 June 2026\n\n1. A Study of Rivers, Part 1\n"
                )
                assert digest.labels == [["Read 1", "Read 2"], ["Settings"]]
                assert digest.parts("code") == ["cs.CV", "cs.CV"]
                assert digest.raw["link_preview_options"] == {"is_disabled": True}
                told = [shown for shown in telegram.shown(chat, thread) if shown.text == digest.text]
                assert len(told) == 1
            assert len(telegram.shown(forum, 0)) == in_general
            assert telegram.refusals == []

    asyncio.run(run())


def test_a_chinese_reader_is_answered_in_chinese(tmp_path: Path) -> None:
    """The language of the client is the bot's, in answers, menus and what it says of itself."""

    async def run() -> None:
        async with Life.open(tmp_path) as life, life.running():
            mei = await life.claimed("Mei", "zh-hans")
            shown = await life.hears(mei, mei, "/subscribe rivers")
            assert shown.text.startswith("已订阅“rivers”")
            await life.until(lambda: len(life.telegram.profile) == 4)
            menus = life.telegram.commands
            assert len(menus) == 6
            for (scope, language), commands in menus.items():
                named = {each["command"]: each["description"] for each in commands}
                assert {"digest", "topics", "summarize"} <= set(named)
                assert ("subscribe" in named) == ("all_group_chats" not in scope)  # its admins have it
                assert named["digest"].isascii() == (language == "")

    asyncio.run(run())


def test_a_second_start_changes_no_menu(tmp_path: Path) -> None:
    """Commands and descriptions are set once, and left alone where they are right."""

    async def run() -> None:
        async with Life.open(tmp_path) as life:
            for _ in range(2):
                async with life.running():
                    await life.until(lambda: len(life.telegram.calls_of("getMyShortDescription")) >= 2)
                    life.telegram.calls[:] = [c for c in life.telegram.calls if c.method.startswith("set")]
            assert len(life.telegram.calls_of("setMyCommands")) == 6
            assert len(life.telegram.calls_of("setMyDescription")) == 2

    asyncio.run(run())


def test_papers_are_offered_in_any_chat(tmp_path: Path) -> None:
    """Inline, an ID gives that paper's card and words give those found; strangers are offered nothing."""

    async def run() -> None:
        async with Life.open(tmp_path) as life, life.running():
            telegram, ada = life.telegram, await life.claimed()
            eve = telegram.user("Eve")
            telegram.join(eve, group := telegram.group("Friends", ada))
            await life.hears(ada, ada, "/digest")  # until the listing is read
            for query in ("9906.00090", "dunes"):
                typed = [telegram.inline(ada, query[:4]), telegram.inline(ada, query)]
                await asyncio.wait_for(typed[1].answered.wait(), PATIENCE)
                assert not typed[0].answered.is_set()
                (card,) = typed[1].results
                assert (card["id"], card["title"]) == ("9906.00090", "Of Dunes")
                assert telegram.choose(typed[1], 0, group).text.startswith("Of Dunes\nAda Ash and Ben Birch")
            stranger = telegram.inline(eve, "dunes")
            await asyncio.wait_for(stranger.answered.wait(), PATIENCE)
            assert stranger.results == []
            assert telegram.refusals == []

    asyncio.run(run())


def test_no_button_spins_while_a_reply_is_being_sent(tmp_path: Path) -> None:
    """A long reply takes its time in a group; its button is answered meanwhile, and so is the next one."""

    async def run() -> None:
        async with Life.open(tmp_path) as life, life.running():
            telegram, ada = life.telegram, await life.claimed()
            group = telegram.group("Friends", ada)
            told = await life.hears(ada, group, "/subscribe dunes")
            telegram.fail(HANG, method="sendMessage", chat=group)
            for label in ("Show the latest", "Undo"):
                await life.presses(ada, told, label)
            assert telegram.last(group).text == told.text
            telegram.release()
            await life.until(lambda: telegram.last(group).text.startswith("dunes: 1 paper"))

    asyncio.run(run())


def test_a_channel_is_managed_from_a_private_chat(tmp_path: Path) -> None:
    """Its admins subscribe it, and press buttons for it, where its readers don't see it; others can't."""

    async def run() -> None:
        async with Life.open(tmp_path, PAPERROUND_ACCESS__MODE="open") as life, life.running():
            telegram, ada = life.telegram, await life.claimed()
            eve = telegram.user("Eve")
            channel = telegram.channel("Papers", ada, username="ada_papers")
            for user, text, begins in (
                (ada, "/channel", "Make me an admin of your Telegram channel"),
                (ada, "/channel @nowhere topics", "I'm not in @nowhere."),
                (eve, "/channel @ada_papers subscribe rivers", "Only admins of @ada_papers can do that."),
                (ada, "/channel @ada_papers subscribe rivers", "Subscribed to “rivers”."),
                (ada, "/channel @ada_papers", "For “Papers”:"),
                (ada, "/topics", "This chat has no topics, so no digest comes."),
            ):
                answer = await life.hears(user, user, text)
                assert begins in answer.text.replace("\u2060", "")
            assert telegram.shown(channel) == []
            told = await life.hears(ada, ada, "/channel @ada_papers subscribe dunes")
            await life.presses(ada, told, "Undo")
            await life.until(lambda: telegram.shown(ada)[-1].text != told.text)
            assert "dunes" not in (await life.hears(ada, ada, "/channel @ada_papers topics")).text
            assert telegram.refusals == ["getChat: Bad Request: chat not found"]

    asyncio.run(run())


def test_only_admins_press_in_a_channel(tmp_path: Path) -> None:
    """What a press brings is read by everybody there, so a reader's brings that reader a word alone."""

    async def run() -> None:
        async with Life.open(tmp_path, PAPERROUND_ACCESS__MODE="open") as life, life.running():
            telegram, ada = life.telegram, await life.claimed()
            channel = telegram.channel("Papers", ada)
            telegram.join(eve := telegram.user("Eve"), channel)
            told = await life.hears(ada, channel, "/subscribe dunes")
            for label in ("Show the latest", "Undo"):
                press = await life.presses(eve, told, label)
                assert press.text == "Only admins of Papers can do that."
            assert telegram.last(channel).text == told.text
            await life.presses(ada, told, "Undo")
            await life.until(lambda: telegram.last(channel).text != told.text)

    asyncio.run(run())


def test_what_a_channel_is_asked_is_answered_by_the_next_words(tmp_path: Path) -> None:
    """A question about a channel waits for words in the private chat; a command or a later word goes past."""

    async def run() -> None:
        async with Life.open(tmp_path) as life, life.running():
            telegram, ada = life.telegram, await life.claimed()
            channel = telegram.channel("Papers", ada)
            asked = await life.hears(ada, ada, f"/channel {channel.id} subscribe")
            assert asked.text.startswith("For “Papers”:")
            told = await life.hears(ada, ada, "rivers")
            assert told.text.startswith("For “Papers”:\nSubscribed to “rivers”.")
            await life.hears(ada, ada, f"/channel {channel.id} subscribe")
            assert (
                "This chat has no topics, so no digest comes." in (await life.hears(ada, ada, "/topics")).text
            )
            await life.hears(ada, ada, "dunes")
            assert "dunes" not in (await life.hears(ada, ada, f"/channel {channel.id} topics")).text
            assert telegram.shown(channel) == []

    asyncio.run(run())


def test_a_group_that_grows_is_the_same_group(tmp_path: Path) -> None:
    """What it subscribed to is there when somebody speaks in the supergroup, before anything is sent."""

    async def run() -> None:
        async with Life.open(tmp_path) as life, life.running():
            telegram, ada = life.telegram, await life.claimed()
            group = telegram.group("Friends", ada, bot="left")
            telegram.join(telegram.bot, group, by=ada)
            await life.until(lambda: bool(life.written(group)))
            await life.hears(ada, group, "/subscribe rivers")
            grown = telegram.migrate(group, ada)
            assert "rivers" in (await life.hears(ada, grown, "/topics")).text
            assert len(telegram.shown(grown)) == 3  # that it grew, the question, the answer
            assert telegram.refusals == []

    asyncio.run(run())


def test_a_groups_settings_are_for_who_opens_them(tmp_path: Path) -> None:
    """The panel edits itself where nobody else sees it, and the digest that it was opened from stays."""

    async def run() -> None:
        async with Life.open(tmp_path) as life:
            telegram = life.telegram
            async with life.running():
                ada = await life.claimed()
                group = telegram.group("Friends", ada, bot="left")
                telegram.join(telegram.bot, group, by=ada)
                await life.until(lambda: bool(life.written(group)))
                await life.hears(ada, group, "/subscribe rivers")
            life.arxiv.announce(DAY, [announced(1)])
            async with life.running():
                digest = await life.digest(group)
                await life.presses(ada, digest, "Settings")
                await life.until(lambda: telegram.last(group).only_for == ada.id)
                panel = telegram.last(group)
                await life.presses(ada, panel, "Papers: 7")
                await life.until(lambda: telegram.last(group).text != panel.text)
                choices = telegram.last(group)
                assert (choices.only_for, choices.id) == (ada.id, panel.id)
                await life.presses(ada, choices, "Back")
                await life.until(lambda: telegram.last(group).text == panel.text)
            assert digest.text in [shown.text for shown in telegram.shown(group)]
            assert telegram.refusals == []

    asyncio.run(run())


def test_notes_come_with_the_figure_of_the_paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From /summarize to the notes of a PDF, after a restart, and what was cut out of it."""
    monkeypatch.setattr("bot.app.ARXIV_PAUSE", 0.05)

    async def run() -> None:
        async with Life.open(tmp_path, PAPERROUND_READING__CACHE=str(tmp_path / "cache")) as life:
            telegram = life.telegram
            life.arxiv.papers.append(paper(7, title="Of Marbles"))
            pdf = (LATEX / "marbles.pdf").read_bytes()
            life.arxiv.files["/pdf/9906.00007v1"] = Answer(body=pdf, content_type="application/pdf")
            async with life.running():
                ada = await life.claimed()
                shown = await life.hears(ada, ada, "/summarize 9906.00007")
                await life.until(lambda: telegram.last(ada, 0).text.startswith("Of Marbles"))
                shown = telegram.last(ada, 0)
                assert shown.labels[0] == ["Full notes", "Ask", "Save", "BibTeX"]
            async with life.running():
                await life.presses(ada, shown, "Full notes")
                await life.until(lambda: "photo" in telegram.last(ada, 0).raw)
            notes, figure = telegram.shown(ada, 0)[-2:]
            assert notes.text.startswith("Of Marbles\nAuthors: Ada Ash and Ben Birch")
            assert "Method, step by step" in notes.text
            assert (figure.raw["caption"].partition(":")[0], figure.silent) == ("Figure 1", True)
            assert telegram.files["photo"][1].startswith(b"\x89PNG")
            assert (telegram.refusals, telegram.violations) == ([], [])

    asyncio.run(run())
