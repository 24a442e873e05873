"""Figures of digests on the wire: albums that Telegram fetches itself, galleries that Discord does."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bot.chats import Layout
from bot.outbox import Refused, Sent
from digest.document import Actions, Button, Document, Figure, Group, Heading, Text
from tests.servers.discord_ground import discord
from tests.servers.telegram import faults
from tests.servers.telegram_ground import telegram

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.servers.telegram_ground import TelegramGround


def play(use: Callable[[TelegramGround], Awaitable[None]]) -> None:
    """Let something happen on Telegram."""

    async def run() -> None:
        async with telegram(swift=20.0) as ground:
            await use(ground)

    asyncio.run(run())


def drawn_digest(count: int, site: str = "https://arxiv.org") -> Document:
    """Write a digest of so many papers with a figure each."""
    papers = tuple(
        Group(
            (
                Heading((Text(f"Rivers {number}"),), 2, number),
                Figure(
                    f"{site}/html/2606.{number:05}v1/x1.png",
                    "a bank",
                    (Text(f"Figure {number}: 2 < 3 & @everyone"),),
                ),
                Actions((Button(f"Read {number}", f"summarize 2606.{number:05}"),)),
            ),
            f"2606.{number:05}",
        )
        for number in range(1, count + 1)
    )
    return Document("Rivers", "en", papers)


@pytest.mark.parametrize("count", [1, 2, 12])
def test_figures_of_a_digest_follow_by_their_addresses(count: int) -> None:
    """Telegram fetches them itself: albums of ten at most in the same topic, silent, after the text."""

    async def check(ground: TelegramGround) -> None:
        messages = ground.platform.render(drawn_digest(count), Layout.CLASSIC)
        for number, message in enumerate(messages):
            sent = await ground.platform.send(
                ground.two, message.body, plain=False, key=f"d{number}", sound=not number
            )
            assert isinstance(sent, Sent)
        assert [len(message.papers) for message in messages] == [count, *(0 for _ in messages[1:])]
        shown = ground.server.shown(ground.forum, ground.rivers.id)[-count - 1 :]
        assert "Figure" not in shown[0].text
        assert [each.silent for each in shown] == [False, *(True for _ in range(count))]
        assert [each.raw["photo"][0]["file_id"] for each in shown[1:]] == [
            f"https://arxiv.org/html/2606.{number:05}v1/x1.png" for number in range(1, count + 1)
        ]
        assert [each.raw["caption"].replace("\u2060", "") for each in shown[1:]] == [
            f"{number}. Rivers {number}\nFigure {number}: 2 < 3 & @everyone" for number in range(1, count + 1)
        ]
        assert len({each.raw.get("media_group_id") for each in shown[1:]}) == -(-count // 10)
        assert (ground.server.violations, ground.server.refusals) == ([], [])

    play(check)


@pytest.mark.parametrize(
    "fault",
    [faults.NOT_FETCHED, faults.NO_PHOTOS, faults.NO_PICTURES],
    ids=["unreachable", "photos forbidden", "no rights to photos"],
)
@pytest.mark.parametrize("count", [1, 3])
def test_figures_that_telegram_does_not_take_are_told_in_words(fault: faults.Fault, count: int) -> None:
    """Refused pictures cost a group no digest: a line for each says what it is and where."""

    async def check(ground: TelegramGround) -> None:
        for method in ("sendPhoto", "sendMediaGroup"):
            ground.server.fail(fault, method=method, times=None)
        _, album = ground.platform.render(drawn_digest(count), Layout.CLASSIC)
        refused = await ground.platform.send(ground.two, album.body, plain=False, key="d1", sound=False)
        assert isinstance(refused, Refused)
        sent = await ground.platform.send(ground.two, album.plain, plain=True, key="d1", sound=False)
        assert isinstance(sent, Sent)
        last = ground.server.last(ground.forum, ground.rivers.id)
        assert last.text.replace("\u2060", "") == "\n".join(
            f"{number}. Figure {number}: 2 < 3 & @everyone https://arxiv.org/html/2606.{number:05}v1/x1.png"
            for number in range(1, count + 1)
        )

    play(check)


def test_a_rich_digest_that_may_show_no_photo_comes_as_a_classic_one() -> None:
    """A group that takes no pictures isn't lost for them."""

    async def check(ground: TelegramGround) -> None:
        ground.server.fail(faults.NO_PHOTOS, method="sendRichMessage", times=None)
        (message,) = ground.platform.render(drawn_digest(2), Layout.RICH)
        sent = await ground.platform.send(ground.two, message.body, plain=False, key="d1", sound=True)
        assert isinstance(sent, Sent)
        assert "Figure 2: 2 < 3" in ground.server.last(ground.forum, ground.rivers.id).text

    play(check)


def test_a_figure_on_discord_is_a_gallery_of_its_paper() -> None:
    """It stands below its paper's text, which keeps its button, by its address and with its caption."""

    async def run() -> None:
        async with discord() as ground:
            (message,) = ground.platform.render(drawn_digest(2), Layout.CLASSIC)
            sent = await ground.platform.send(ground.one, message.body, plain=False, key="d1", sound=True)
            assert isinstance(sent, Sent)
            (shown,) = ground.server.shown(ground.lakes)
            (frame,) = shown.raw["components"]
            kinds = [each["type"] for each in frame["components"]]
            assert kinds == [9, 12, 10, 14, 9, 12, 10]
            galleries = [each["items"] for each in frame["components"] if each["type"] == 12]
            assert [[item["media"]["url"] for item in items] for items in galleries] == [
                [f"https://arxiv.org/html/2606.{number:05}v1/x1.png"] for number in (1, 2)
            ]
            assert "Figure 2: 2 \\< 3" in frame["components"][-1]["content"]

    asyncio.run(run())
