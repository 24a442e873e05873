"""The loopback Discord as discord.py sees it: what stands where, who sees it, what is told."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import discord
import pytest
from discord import app_commands, ui

from tests.servers.discord import Allow, Intents
from tests.servers.discord.schema import misfit, present
from tests.servers.discord_client import Bot, play, running

if TYPE_CHECKING:
    from tests.servers.discord import DiscordServer, Interaction
    from tests.servers.discord_client import Raw

    Json = dict[str, Any]


_MORE = (
    "joined_at large unavailable member_count members channels threads presences voice_states "
    "stage_instances guild_scheduled_events soundboard_sounds"
)
_SCHEMAS = {
    "MESSAGE_CREATE": ("MessageResponse", "guild_id member channel_type"),
    "CHANNEL_CREATE": ("GuildChannelResponse", ""),
    "GUILD_CREATE": ("GuildResponse", _MORE),
}
"""What describes the data of an event, and the fields that the gateway adds to it."""


def _schema(event: str, data: Json) -> tuple[str, Json]:
    name, more = _SCHEMAS[event]
    return name, {field: value for field, value in data.items() if field not in more.split()}


class Card(ui.LayoutView):
    """A paper with a button and a menu."""

    def __init__(self, said: str = "A paper") -> None:
        super().__init__(timeout=None)
        read: ui.Button[Card] = ui.Button(label="Read", custom_id="pr:read")
        more: ui.Button[Card] = ui.Button(label="Open", url="https://arxiv.org/abs/2408.16725")
        days: ui.Select[Card] = ui.Select(
            placeholder="Days", custom_id="pr:days", options=[discord.SelectOption(label="Mon")]
        )
        section: ui.Section[Card] = ui.Section(said, accessory=read)
        self.add_item(ui.Container(section, ui.ActionRow(more), ui.ActionRow(days), accent_color=0x336699))


class Reader(Bot):
    """A bot with commands, and answers to everything that is pressed."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        tree = self.tree

        @tree.command(description="Follow a topic")
        @app_commands.describe(topic="What about", channel="Where to")
        @app_commands.allowed_installs(guilds=True, users=True)
        @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
        async def subscribe(
            asked: discord.Interaction, topic: str, channel: discord.TextChannel | None = None
        ) -> None:
            await asked.response.defer(ephemeral=True, thinking=True)
            await asked.followup.send(f"{topic} in {channel and channel.name}", ephemeral=True)
            await asked.followup.send("Anything else?")

        @subscribe.autocomplete("topic")
        async def suggest(_: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
            return [app_commands.Choice(name=f"{current} splatting", value="splatting")]

        @tree.command(description="Manage")
        @app_commands.default_permissions(manage_channels=True)
        async def manage(asked: discord.Interaction) -> None:
            await asked.response.send_message(view=Card(), ephemeral=True)

        @tree.context_menu(name="Summarize")
        async def summarize(asked: discord.Interaction, message: discord.Message) -> None:
            await asked.response.send_message(f"read: {message.content}")

    async def on_interaction(self, asked: discord.Interaction) -> None:
        """Answer presses and choices."""
        if asked.type is discord.InteractionType.component:
            data: Any = asked.data
            chosen = data.get("values")
            await asked.response.edit_message(view=Card(f"Chose {chosen}" if chosen else "Pressed"))


async def answered(server: DiscordServer, asked: Interaction) -> Interaction:
    """Wait until an interaction is answered."""
    await server.until(lambda: asked.done)
    return asked


def test_a_command_is_suggested_used_and_answered_in_time() -> None:
    """What was registered is offered, completes, gets typed values, and only who asked sees the answer."""

    async def story(server: DiscordServer, _: Raw) -> None:
        ada, bob = server.user("Ada"), server.user("Bob")
        guild = server.guild("Lab", ada, bob)
        papers = server.text(guild, "papers")
        async with running(server, Reader()) as bot:
            await bot.tree.sync()
            offered = await answered(
                server, server.autocomplete(ada, papers, "subscribe", "topic", "gaussian")
            )
            assert offered.names == ["gaussian splatting"]
            asked = server.slash(ada, papers, "subscribe", topic="splatting", channel=papers)
            await server.until(lambda: asked.follow_ups)
            assert server.reply(asked).text == "splatting in papers"
            assert server.unanswered == []
            assert [message.text for message in server.shown(papers, bob)] == ["Anything else?"]
            assert [message.only_for for message in server.shown(papers)] == [ada.id, 0]
            with pytest.raises(AssertionError, match="needs \\['topic'\\]"):
                server.slash(ada, papers, "subscribe")
            with pytest.raises(AssertionError, match="no command 'search'"):
                server.slash(ada, papers, "search")

    play(story)


def test_commands_are_for_whom_they_are_for() -> None:
    """Permissions, places and installs decide who is offered a command, as in a client."""

    async def story(server: DiscordServer, _: Raw) -> None:
        ada, bob, cleo = server.user("Ada"), server.user("Bob"), server.user("Cleo", installed=True)
        guild, elsewhere = server.guild("Lab", ada, bob), server.guild("Elsewhere", cleo, bot=None)
        papers, other = server.text(guild, "papers"), server.text(elsewhere, "other")
        async with running(server, Reader()) as bot:
            await bot.tree.sync()
            await answered(server, server.slash(ada, papers, "manage"))
            with pytest.raises(AssertionError, match="MANAGE_CHANNELS"):
                server.slash(bob, papers, "manage")
            server.crowds.role(guild, "editors", Allow.MANAGE_CHANNELS, bob)
            await answered(server, server.slash(bob, papers, "manage"))
            with pytest.raises(AssertionError, match="not installed"):
                server.slash(cleo, other, "manage")
            private = server.people.private(cleo, bob)
            for place in (other, private, None):
                asked = await answered(server, server.slash(cleo, place, "subscribe", topic="x"))
                assert server.reply(asked).text == "x in None"

    play(story)


def test_buttons_menus_and_messages_of_people_work() -> None:
    """A press, a choice and a command on a message change what is shown; links tell the bot nothing."""

    async def story(server: DiscordServer, _: Raw) -> None:
        ada = server.user("Ada")
        papers = server.text(server.guild("Lab", ada), "papers")
        async with running(server, Reader()) as bot:
            await bot.tree.sync()
            channel = bot.get_channel(papers.id)
            assert isinstance(channel, discord.TextChannel)
            await channel.send(view=Card(), silent=True)
            assert (server.last(papers).labels, server.last(papers).silent) == (["Read", "Open"], True)
            await answered(server, server.press(ada, server.last(papers), "Read"))
            assert server.last(papers).texts == ["Pressed"]
            await answered(server, server.select(ada, server.last(papers), "Days", "Mon"))
            assert server.last(papers).texts == ["Chose ['Mon']"]
            with pytest.raises(AssertionError, match="is a link"):
                server.press(ada, server.last(papers), "Open")
            with pytest.raises(AssertionError, match="no button 'Stop'"):
                server.press(ada, server.last(papers), "Stop")
            said = server.say(ada, papers, "https://arxiv.org/abs/2408.16725")
            asked = await answered(server, server.menu(ada, said, "Summarize"))
            assert server.reply(asked).text == "read: https://arxiv.org/abs/2408.16725"

    play(story)


def test_forms_are_shown_and_sent() -> None:
    """A form that answers a command can be filled in; what was written comes back."""

    async def story(server: DiscordServer, _: Raw) -> None:
        ada = server.user("Ada")
        papers = server.text(server.guild("Lab", ada), "papers")

        class Form(ui.Modal, title="Ask"):
            question: ui.TextInput[Form] = ui.TextInput(label="Question", custom_id="question")

            async def on_submit(self, asked: discord.Interaction) -> None:
                await asked.response.send_message(f"You asked: {self.question.value}")

        bot = Bot()

        @bot.tree.command(description="Ask")
        async def ask(asked: discord.Interaction) -> None:
            await asked.response.send_modal(Form())

        async with running(server, bot):
            await bot.tree.sync()
            asked = await answered(server, server.slash(ada, papers, "ask"))
            sent = await answered(server, server.submit(asked, question="why?"))
            assert server.reply(sent).text == "You asked: why?"

    play(story)


@pytest.mark.skipif(not present(), reason="needs Discord's description in ../shared/data/discord")
def test_what_is_told_is_discords() -> None:
    """Messages of the gateway fit Discord's description of a message, and servers that of a server."""

    async def story(server: DiscordServer, _: Raw) -> None:
        ada = server.user("Ada")
        server.gateway.privileged = Intents.MESSAGE_CONTENT
        intents = discord.Intents(guilds=True, guild_messages=True, dm_messages=True, message_content=True)
        async with running(server, Reader(intents=intents)) as bot:
            papers = server.text(server.guild("Lab", ada), "papers")
            await bot.tree.sync()
            said = server.say(ada, papers, "hello")
            server.say(ada, None, "hello", reply_to=said)
            await answered(server, server.slash(ada, papers, "manage"))
            (session,) = server.gateway.live
            told = [json.loads(payload) for _, payload in session.told]
            mistakes = [misfit(*_schema(event["t"], event["d"])) for event in told if event["t"] in _SCHEMAS]
            assert mistakes == [""] * 4

    play(story)
