"""The first words and the help."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.chats import Choices, Subscription
from bot.commands.registry import COMMANDS
from digest.model import Topic
from tests.servers.talker import (
    GROUP,
    GUEST,
    MORNING,
    OWNER,
    PRESETS,
    STRANGER,
    Talker,
    buttons,
    private,
    text,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from bot.access import GroupChanges
    from bot.commands.call import Command
    from bot.talk import Place

HELLO = "Each morning I read what arXiv announced and send you the papers on your topics, in short."
HERE = "Each morning I read what arXiv announced and post the papers on your topics here, in short."


@pytest.fixture
def play(tmp_path: Path) -> Callable[..., None]:
    """Run a scene with the bot."""

    def run(scene: Callable[[Talker], Awaitable[None]], *, group_changes: GroupChanges = "admins") -> None:
        async def inside() -> None:
            async with Talker.open(tmp_path, group_changes=group_changes) as talker:
                await scene(talker)

        asyncio.run(inside())

    return run


async def subscribe(talker: Talker, where: Place, *names: str) -> int:
    """Subscribe a chat that is there to topics; return its number."""
    chat = (await talker.chat(where)).number
    for name in names:
        topic = PRESETS.get(name) or Topic(name, name.title(), name)
        subscription = Subscription(topic, preset=name in PRESETS, by="x", at=MORNING)
        await talker.store.write(
            lambda desk, subscription=subscription: desk.chats.subscribe(chat, subscription)  # type: ignore[misc]
        )
    return chat


def test_the_first_words_say_what_to_do(play: Callable[..., None]) -> None:
    """What it is, and topics to choose; whatever a link added to /start doesn't matter."""

    async def scene(talker: Talker) -> None:
        for words in ("/start", "/start utm_source", "/claim", "/START x y"):
            reply = await talker.say(words)
            assert text(reply).splitlines() == [
                HELLO,
                "Choose topics to begin, or subscribe to words of your own: /subscribe gaussian splatting.",
            ]
            assert buttons(reply) == {"Choose topics": "subscribe", "Help": "help"}
        assert "请先选择主题" in text(await talker.say("/start", who=GUEST, language="zh"))

    play(scene)


def test_who_has_topics_hears_when_the_next_digest_comes(play: Callable[..., None]) -> None:
    """In the chat's zone; not while it's paused."""

    async def scene(talker: Talker) -> None:
        await talker.say("/start")
        await talker.announce_papers(1)
        chat = await subscribe(talker, private(OWNER), "rivers", "splatting")
        reply = await talker.say("/start")
        assert text(reply).splitlines() == [
            HELLO,
            "Topics here: Rivers and Gaussian splatting.",
            "Next digest: Mon 29 June, about 07:00.",
        ]
        assert buttons(reply) == {"Topics": "topics", "Help": "help"}
        await talker.store.write(lambda desk: desk.chats.choose(chat, Choices(zone="Asia/Tokyo")))
        assert "Mon 29 June, about 13:15." in text(await talker.say("/start"))
        await subscribe(talker, private(OWNER), *"abcd")
        assert "Rivers, Gaussian splatting, A, B and C … 6 in all." in text(await talker.say("/start"))
        await talker.store.write(lambda desk: desk.chats.pause(chat, MORNING + timedelta(days=4)))
        paused = await talker.say("/start")
        assert text(paused).endswith("Digests are paused until Tue 30 June, 18:00.")
        assert buttons(paused) == {"Resume": "resume", "Topics": "topics", "Help": "help"}
        await talker.store.write(lambda desk: desk.chats.pause(chat, None))
        assert text(await talker.say("/start")).endswith("Digests are paused; /resume brings them back.")

    play(scene)


@pytest.mark.parametrize(
    ("group_changes", "who"),
    [("admins", "Admins choose the topics: "), ("everybody", "Everybody here may choose the topics: ")],
)
def test_a_group_hears_who_chooses(play: Callable[..., None], group_changes: GroupChanges, who: str) -> None:
    """When the bot is brought there, and when anybody says /start."""

    async def scene(talker: Talker) -> None:
        joined = await talker.join(GROUP)
        assert joined
        assert text(joined).startswith(f"{HERE}\n{who}")
        assert text(await talker.say("/start", who=STRANGER, where=GROUP)) == text(joined)

    play(scene, group_changes=group_changes)


def test_the_help_has_every_command(play: Callable[..., None]) -> None:
    """Those of the menu first; what is the owner's is shown to owners alone, a button's own to nobody."""

    async def scene(talker: Talker) -> None:
        lines = text(await talker.say("/help")).splitlines()
        shown = [line.removeprefix("– /").partition(":")[0] for line in lines if line.startswith("– /")]
        visible = [command for command in COMMANDS if command.summary]
        assert sorted(shown) == sorted(command.name for command in visible)
        menu = [command.name for command in visible if command.menu]
        assert shown[: len(menu)] == menu
        guests = text(await talker.say("/help", who=GUEST))
        assert "/announce" not in guests
        assert "/start" in guests

    play(scene)


@pytest.mark.parametrize(
    "command", [command for command in COMMANDS if command.summary], ids=lambda c: c.name
)
def test_the_help_explains_each_command(play: Callable[..., None], command: Command) -> None:
    """Its usage, an example, its short forms; by any name, with a slash too."""

    async def scene(talker: Talker) -> None:
        for name in (command.name, f"/{command.name.upper()}", *(command.short or {})):
            said = text(await talker.say(f"/help {name}"))
            assert said.startswith("/")
        said = text(await talker.say(f"/help {command.name}"))
        for part in (
            command.name,
            command.usage.text if command.usage else "",
            command.example,
            *(command.short or {}),
        ):
            assert part in said

    play(scene)


def test_the_help_knows_what_is_no_command(play: Callable[..., None]) -> None:
    """It names the nearest; a button's own command is none."""

    async def scene(talker: Talker) -> None:
        assert text(await talker.say("/help announc")) == "There's no /announc. Did you mean /announce?"
        assert text(await talker.say("/help sendnotice")).startswith("There's no /sendnotice.")
        assert text(await talker.say("/help /")).startswith("There's no /")

    play(scene)
