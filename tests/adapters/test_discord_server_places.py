"""Servers, threads, forums and files of the loopback Discord, as discord.py sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
import pytest
from discord import ui

from tests.servers.discord import Allow, Role
from tests.servers.discord.messages import pings
from tests.servers.discord.world import PUBLIC_THREAD, TEXT, Overwrite, World
from tests.servers.discord_client import Bot, play, running

if TYPE_CHECKING:
    from tests.servers.discord import DiscordServer, User
    from tests.servers.discord_client import Raw


def said(text: str) -> ui.LayoutView:
    """A message of components."""
    return ui.LayoutView().add_item(ui.TextDisplay(text))


def test_threads_and_forums_are_opened() -> None:
    """A thread has its message's id, a post its first message; forums take no messages of their own."""

    async def story(server: DiscordServer, _: Raw) -> None:
        guild = server.guild("Lab")
        papers, daily = (
            server.text(guild, "papers"),
            server.forum(guild, "daily", "digest", tag_required=True),
        )
        async with running(server, Bot()) as bot:
            channel, forum = bot.get_channel(papers.id), bot.get_channel(daily.id)
            assert isinstance(channel, discord.TextChannel)
            assert isinstance(forum, discord.ForumChannel)
            message = await channel.send("digest")
            thread = await message.create_thread(name="Talk about it")
            assert thread.id == message.id
            await thread.send("inside")
            made = server.world.channels[thread.id]
            assert [shown.text for shown in server.shown(made)] == ["inside"]
            with pytest.raises(discord.HTTPException) as refused:
                await forum.create_thread(name="Monday", view=said("A paper"))
            assert refused.value.code == 40067
            post, first = await forum.create_thread(
                name="Monday", view=said("A paper"), applied_tags=list(forum.available_tags)
            )
            assert (post.id, post.name) == (first.id, "Monday")
            assert server.shown(server.world.channels[post.id])[0].texts == ["A paper"]
            await bot.until(lambda: post in forum.threads)
            server.remove(server.world.channels[post.id])
            await bot.until(lambda: "thread_delete" in bot.noted)

    play(story)


def test_a_bot_reads_only_what_is_meant_for_it() -> None:
    """Direct messages and mentions have words, others come blank, or not at all without the intent."""

    async def story(server: DiscordServer, _: Raw) -> None:
        ada = server.user("Ada")
        papers = server.text(server.guild("Lab", ada), "papers")
        intents = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
        async with running(server, Bot(intents)) as bot:
            server.say(ada, papers, "a talk among us")
            server.say(ada, papers, f"<@{server.bot.id}> read this")
            server.say(ada, None, "https://arxiv.org/abs/2408.16725")
            await bot.until(lambda: len(bot.heard) == 3)
            words = ["", f"<@{server.bot.id}> read this", "https://arxiv.org/abs/2408.16725"]
            assert [message.content for message in bot.heard] == words
            assert [message.guild is None for message in bot.heard] == [False, False, True]
        async with running(server, Bot()) as bot:
            server.say(ada, papers, "unheard")
            server.say(ada, None, "heard")
            await bot.until(lambda: bot.heard)
            assert [message.content for message in bot.heard] == ["heard"]

    play(story)


def test_servers_come_go_and_change() -> None:
    """Joining, leaving, outages, channels and permissions are told as they happen."""

    async def story(server: DiscordServer, _: Raw) -> None:
        ada = server.user("Ada")
        async with running(server, Bot()) as bot:
            guild = server.guild("Lab", ada)
            await bot.until(lambda: "guild_join" in bot.noted)
            papers = server.text(guild, "papers")
            await bot.until(lambda: bot.get_channel(papers.id))
            channel = bot.get_channel(papers.id)
            assert isinstance(channel, discord.TextChannel)
            assert channel.permissions_for(channel.guild.me).send_messages
            server.overwrite(papers, deny=Allow.SEND_MESSAGES)
            await bot.until(lambda: not channel.permissions_for(channel.guild.me).send_messages)
            server.crowds.outage(guild)
            await bot.until(lambda: "guild_unavailable" in bot.noted)
            server.crowds.outage(guild, over=True)
            await bot.until(lambda: "guild_available" in bot.noted)
            server.remove(papers)
            await bot.until(lambda: "guild_channel_delete" in bot.noted)
            server.leave(guild)
            await bot.until(lambda: "guild_remove" in bot.noted)
            assert not bot.guilds

    play(story)


def test_files_and_mentions_are_seen() -> None:
    """An upload lies where its address says; who would be notified is known."""

    async def story(server: DiscordServer, _: Raw) -> None:
        ada = server.user("Ada")
        papers = server.text(server.guild("Lab", ada, bot=Allow.MENTION_EVERYONE), "papers")
        async with running(server, Bot()) as bot:
            channel = bot.get_channel(papers.id)
            assert isinstance(channel, discord.TextChannel)
            file = discord.File(__file__, filename="papers.bib", description="References")
            message = await channel.send(f"<@{ada.id}> @everyone", file=file)
            assert (server.last(papers).files, server.last(papers).pings) == (
                ("papers.bib",),
                ("everyone", str(ada.id)),
            )
            with open(__file__, "rb") as source:  # noqa: ASYNC230, PTH123 - a small file
                assert await message.attachments[0].read() == source.read()
            await message.edit(content=f"<@{ada.id}>", allowed_mentions=discord.AllowedMentions.none())
            assert (server.last(papers).pings, server.last(papers).edited) == ((), True)
            view = ui.LayoutView().add_item(ui.MediaGallery(discord.MediaGalleryItem("attachment://f.png")))
            await channel.send(view=view, file=discord.File(__file__, filename="f.png"))
            (gallery,) = server.last(papers).components
            assert gallery["items"][0]["media"]["url"].endswith("/f.png")

    play(story)


@pytest.mark.parametrize(
    ("allowed", "notified"),
    [
        (None, ["everyone", "7", "8"]),
        ({}, []),
        ({"parse": []}, []),
        ({"parse": ["roles"]}, ["8"]),
        ({"parse": [], "users": ["7"], "roles": [9]}, ["7"]),
        ({"parse": ["everyone", "users"]}, ["everyone", "7"]),
    ],
)
def test_mentions_notify_whom_they_may(allowed: dict[str, Any] | None, notified: list[str]) -> None:
    """What is allowed decides, wherever the words stand; everyone needs the permission as well."""
    message = {"content": "@here", "components": [{"type": 10, "content": "<@7> <@&8>"}]}
    assert pings(message, allowed, Allow.MENTION_EVERYONE) == notified
    assert pings(message, allowed, Allow.NOTHING) == [who for who in notified if who != "everyone"]


def test_permissions_come_in_layers() -> None:
    """Roles add up; a channel's word for everyone, then for roles, then for a member is the last."""
    world = World()
    ada, bob = world.user("Ada"), world.user("Bob")
    guild = world.make_guild("Lab", ada, bob, locale="en-US")
    editors, muted = (Role(world.new_id(), name, Allow.NOTHING) for name in ("editors", "muted"))
    guild.roles |= {role.id: role for role in (editors, muted)}
    papers = world.channel(TEXT, name="papers", guild=guild)
    thread = world.channel(PUBLIC_THREAD, name="talk", guild=guild, parent=papers, owner_id=ada.id)

    def may(whom: User) -> bool:
        found = {bool(world.may(whom, place) & Allow.SEND_MESSAGES) for place in (papers, thread)}
        (same,) = found
        return same

    assert may(bob)
    papers.overwrites[guild.id] = Overwrite(deny=Allow.SEND_MESSAGES)
    assert (may(bob), may(ada)) == (False, True)
    guild.members[bob.id].roles = {editors.id, muted.id}
    papers.overwrites[muted.id] = Overwrite(deny=Allow.SEND_MESSAGES)
    papers.overwrites[editors.id] = Overwrite(allow=Allow.SEND_MESSAGES)
    assert may(bob)
    papers.overwrites[bob.id] = Overwrite(deny=Allow.SEND_MESSAGES, person=True)
    assert not may(bob)
    editors.permissions = Allow.ADMINISTRATOR
    assert may(bob)
    del guild.members[bob.id]
    assert world.may(bob, papers) == Allow.NOTHING
