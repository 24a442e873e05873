"""The same answers on a simulated Discord that somebody else wrote, and that forgives nothing."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any

import simcord

from bot.platforms.discord.admins import Admins
from bot.platforms.discord.answering import Answering
from bot.platforms.discord.client import Client
from bot.platforms.discord.delivering import Delivering
from bot.platforms.discord.ears import Hearer
from bot.platforms.discord.http import Http
from bot.platforms.discord.menu import introduce
from bot.platforms.discord.options import Options
from bot.platforms.discord.pace import Pace
from bot.platforms.discord.platform import DiscordPlatform
from bot.platforms.discord.posts import Posts
from bot.sender import Sender
from bot.talk import Pressed, Reply, Said
from digest.document import Actions, Button, Code, Document, List, Paragraph, Text

if TYPE_CHECKING:
    from discord.http import Route

    from bot.talk import Incoming, Progress

OPTIONS = Options("https://discord.com/api/v10", "wss://gateway.discord.gg")


class InProcess(Http):
    """Asks the simulation, which stands in the place of the library's HTTP client."""

    def __init__(self, simulated: Any) -> None:
        pace = Pace(1e6, time.monotonic, asyncio.sleep)
        super().__init__(asyncio.get_running_loop(), OPTIONS.api_url, OPTIONS.gateway_url, "", pace)
        self._simulated = simulated

    async def request(self, route: Route, *, urgent: bool = True, **kwargs: Any) -> Any:  # noqa: ARG002 - the same for it
        """Ask it."""
        return await self._simulated.request(route, **kwargs)


def panel(words: str, *labels: str) -> Document:
    """Make a document of a sentence and buttons, whose labels are their actions."""
    return Document(
        "", "en", (Paragraph((Text(words),)), Actions(tuple(Button(each, each) for each in labels)))
    )


def test_commands_presses_and_suggestions_keep_its_rules() -> None:
    """Commands are taken, each interaction is acknowledged once, and who asked alone sees asides."""
    heard: list[Incoming] = []

    async def receive(said: Incoming, _: Progress) -> Reply | None:
        heard.append(said)
        if isinstance(said, Said) and said.text.startswith("/complete"):
            items = (((Paragraph((Text(word), Text(": "), Code(word))),)) for word in ("rivers", "lakes"))
            return Reply(Document("", "en", (List(tuple(items)),)), aside=True)
        if isinstance(said, Pressed):
            return Reply(panel("changed", "again"), instead=True)
        return Reply(panel("the answer", "go on"), aside=isinstance(said, Said) and "why" in said.text)

    async def run() -> None:
        hearer = Hearer(time.monotonic, asyncio.sleep)
        platform = DiscordPlatform("", OPTIONS)
        started: Any = Http(asyncio.get_running_loop(), "", "", "", Pace(1.0, time.monotonic, asyncio.sleep))
        client = Client(started, hearer, asyncio.sleep)
        sender, admins = Sender(platform, asyncio.sleep, lambda: 0.0), Admins(lambda: client, time.monotonic)
        answering = Answering(
            lambda: client, platform, sender, admins, receive, time.monotonic, asyncio.sleep
        )
        async with simcord.run(client, shard_count=1) as env:
            client.http = InProcess(client.http)
            delivering = Delivering(client.http, lambda: client, Posts(client.http, 0), threads=False)
            hearer.listen(answering, delivering, receive)
            await introduce(client.http, client.application_id or 0, members_change=False)
            guild = env.create_guild()
            channel = guild.create_text_channel("papers")
            ada = guild.add_member(env.create_user("ada"))
            asked = await ada.slash(channel, "topics")
            assert (asked.ephemeral, asked.deferred) == (False, False)
            assert channel.last_message is not None
            await ada.click(channel.last_message, label="go on")
            assert "changed" in str(channel.last_message.components)
            aside = await ada.slash(channel, "paperround why", paper="9906.00001")
            assert aside.ephemeral
            offered = await ada.autocomplete(channel, "digest", "topic", "ri")
            assert [each["value"] for each in offered] == ["rivers", "lakes"]
        await client.http.end()
        await started.end()

    asyncio.run(run())
    assert [said.text if isinstance(said, Said) else "" for said in heard][-2:] == [
        "/why 9906.00001",
        "/complete digest ri",
    ]
