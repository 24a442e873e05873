"""The loopback gateway: sessions that go on, sessions that don't, and connections that end for a reason."""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING, Any

import aiohttp
import discord
import pytest

from tests.servers.discord import Intents
from tests.servers.discord_client import Bot, play, pointed_at, running

if TYPE_CHECKING:
    from tests.servers.discord import DiscordServer
    from tests.servers.discord_client import Raw

    Json = dict[str, Any]


def test_a_dropped_connection_resumes_and_loses_nothing() -> None:
    """What happened meanwhile is told once the client is back, in order, in the same session."""

    async def story(server: DiscordServer, _: Raw) -> None:
        ada = server.user("Ada")
        async with running(server, Bot()) as bot:
            (session,) = server.gateway.live
            for number in range(3):
                server.gateway.drop()
                server.say(ada, None, f"missed {number}")
                await bot.until(lambda: bot.noted.count("resumed") == number + 1)  # noqa: B023 - awaited here
            server.say(ada, None, "live")
            await bot.until(lambda: len(bot.heard) == 4)
            assert [m.content for m in bot.heard] == ["missed 0", "missed 1", "missed 2", "live"]
            assert (server.gateway.identified, session.resumed) == (1, 3)

    play(story)


@pytest.mark.parametrize("way", ["reconnect", "resumable", "close"])
def test_who_is_asked_to_connect_anew_resumes(way: str) -> None:
    """Opcode 7, opcode 9 with true and a close code that allows it: the session goes on."""

    async def story(server: DiscordServer, _: Raw) -> None:
        async with running(server, Bot()) as bot:
            if way == "reconnect":
                server.gateway.reconnect()
            elif way == "resumable":
                server.gateway.invalidate(resumable=True)
            else:
                server.gateway.close(4000, "Unknown error")
            server.say(server.user("Ada"), None, "hello")
            await bot.until(lambda: bot.heard)
            assert "resumed" in bot.noted
            assert server.gateway.identified == 1

    play(story)


def test_an_invalid_session_begins_anew() -> None:
    """Opcode 9 with false: the client identifies again and is told of all servers again."""

    async def story(server: DiscordServer, _: Raw) -> None:
        server.guild("Lab")
        async with running(server, Bot()) as bot:
            (first,) = server.gateway.live
            bot.became_ready.clear()
            server.gateway.invalidate(resumable=False)
            await bot.became_ready.wait()
            (second,) = server.gateway.live
            assert first.id != second.id
            assert [guild.name for guild in bot.guilds] == ["Lab"]
            bot.became_ready.clear()
            server.gateway.refuse_sessions = 1
            server.gateway.forget(second)
            server.gateway.drop()
            await bot.became_ready.wait()
            assert server.gateway.identified == 3

    play(story)


def test_a_wrong_token_is_refused() -> None:
    """REST says 401 before there's any connection; the gateway closes with 4004."""

    async def story(server: DiscordServer, _: Raw) -> None:
        with pytest.raises(discord.LoginFailure):
            async with running(server, Bot(), token="wrong"):  # noqa: S106 - it is
                raise AssertionError("nobody logs in with that")
        assert await _closed(server, _identify("wrong")) == 4004

    play(story)


def test_intents_must_have_been_given() -> None:
    """Privileged ones close with 4014 until the portal allows them, then they open what they are for."""

    async def story(server: DiscordServer, _: Raw) -> None:
        ada = server.user("Ada")
        guild = server.guild("Lab", ada)
        intents = discord.Intents(guilds=True, members=True)
        with pytest.raises(discord.PrivilegedIntentsRequired):
            async with running(server, Bot(intents)):
                raise AssertionError("members aren't allowed")
        server.gateway.privileged = Intents.GUILD_MEMBERS
        async with running(server, Bot(intents)) as bot:
            assert {member.name for member in bot.guilds[0].members} == {"ada", "paperround"}
            server.crowds.enter(server.user("Bob"), guild)
            await bot.until(lambda: "member_join" in bot.noted)

    play(story)


def test_shards_share_servers() -> None:
    """Each hears of its own servers, the first of direct messages."""

    async def story(server: DiscordServer, _: Raw) -> None:
        guilds = [server.guild(f"Lab {number}", shard=number) for number in (0, 1)]
        async with running(server, Bot()) as bot:
            assert {guild.id: guild.shard_id for guild in bot.guilds} == {guilds[0].id: 0, guilds[1].id: 1}
            server.say(server.user("Ada"), None, "hello")
            await bot.until(lambda: bot.heard)
            server.gateway.drop()
            await bot.until(lambda: bot.noted.count("shard_resumed") == 2)

    play(story, shards=2)


def test_a_gateway_that_is_down_comes_back() -> None:
    """Connections are refused, REST is too; on the same port the same session goes on afterwards."""

    async def story(server: DiscordServer, raw: Raw) -> None:
        async with running(server, Bot()) as bot:
            url = server.url
            server.gateway.refuse_connections = 1
            with pytest.raises(aiohttp.WSServerHandshakeError):
                await raw.session.ws_connect(server.gateway.url)
            await server.refuse_connections()
            with pytest.raises(aiohttp.ClientConnectorError):
                await raw.ask("GET", "/gateway")
            await server.start()
            assert server.url == url
            await bot.until(lambda: "resumed" in bot.noted or bot.noted.count("shard_connect") == 2)

    play(story)


def test_heartbeats_are_counted_and_can_go_unheard() -> None:
    """A client beats when it's asked; a deaf gateway acknowledges nothing, a mute one says nothing."""

    async def story(server: DiscordServer, raw: Raw) -> None:
        server.gateway.heartbeat = 0.2
        async with raw.session.ws_connect(f"{server.gateway.url}/?v=10&encoding=json") as socket:
            hello = await socket.receive_json()
            assert hello["d"]["heartbeat_interval"] == 200
            await socket.send_json({"op": 1, "d": None})
            assert (await socket.receive_json())["op"] == 11
            server.gateway.deaf = True
            await socket.send_json({"op": 1, "d": None})
            await socket.send_json(_identify(server.token))
            assert (await socket.receive_json())["t"] == "READY"
            server.gateway.mute = True
            server.guild("Lab")
            server.gateway.mute = False
        server.gateway.deaf = False
        async with running(server, Bot()):
            (session,) = server.gateway.live
            connection = session.connection
            await server.until(lambda: connection is not None and connection.beats > 2)

    play(story)


def _identify(token: str, **more: Any) -> Json:
    return {"op": 2, "d": {"token": token, "intents": 1, "properties": {}} | more}


async def _closed(server: DiscordServer, *said: Json | str, query: str = "v=10") -> int | None:
    """Say something to the gateway and return the code with which it closes."""
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(f"{server.gateway.url}/?{query}&encoding=json") as socket,
    ):
        for one in said:
            await socket.send_str(one if isinstance(one, str) else json.dumps(one))
        async for _ in socket:
            pass
        return socket.close_code


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (["no JSON"], 4002),
        ([{"op": 3, "d": {}}], 4003),
        ([_identify("TOKEN"), _identify("TOKEN")], 4005),
        ([_identify("TOKEN"), {"op": 99, "d": {}}], 4001),
        ([_identify("TOKEN", shard=[2, 2])], 4010),
        ([_identify("TOKEN", intents=1 << 40)], 4013),
        ([{"op": 1, "d": None}] * 121, 4008),
    ],
)
def test_what_the_gateway_closes_for(said: list[Any], code: int) -> None:
    """Every mistake of a client has Discord's code."""

    async def story(server: DiscordServer, _: Raw) -> None:
        texts = [one if isinstance(one, str) else json.dumps(one) for one in said]
        assert await _closed(server, *(text.replace("TOKEN", server.token) for text in texts)) == code
        assert await _closed(server, query="v=5") == 4012

    play(story)


def test_a_number_that_never_was_cant_be_resumed_from() -> None:
    """The gateway closes with 4007; an unknown session is invalid instead."""

    async def story(server: DiscordServer, raw: Raw) -> None:
        url = f"{server.gateway.url}/?v=10&encoding=json"
        async with raw.session.ws_connect(url) as socket:
            await socket.receive_json()
            await socket.send_json(_identify(server.token))
            ready = await socket.receive_json()
            server.gateway.drop()
        resume = {"token": server.token, "session_id": ready["d"]["session_id"], "seq": 99}
        assert await _closed(server, {"op": 6, "d": resume}) == 4007
        async with raw.session.ws_connect(url) as socket:
            await socket.receive_json()
            await socket.send_json({"op": 6, "d": resume | {"session_id": "unknown"}})
            assert await socket.receive_json() == {"op": 9, "d": False, "s": None, "t": None}

    play(story)


def test_payloads_are_packed_as_asked() -> None:
    """A zlib stream goes over the whole connection, each payload flushed."""

    async def story(server: DiscordServer, raw: Raw) -> None:
        url = f"{server.gateway.url}/?v=10&encoding=json&compress=zlib-stream"
        async with raw.session.ws_connect(url) as socket:
            stream = zlib.decompressobj()
            for number in (10, 11):
                packed = await socket.receive_bytes()
                assert packed.endswith(b"\x00\x00\xff\xff")
                assert json.loads(stream.decompress(packed))["op"] == number
                await socket.send_json({"op": 1, "d": None})

    play(story)


def test_discord_py_is_left_as_it_was() -> None:
    """Pointing the library at the loopback server ends with the block."""

    async def story(server: DiscordServer, _: Raw) -> None:
        before = discord.http.Route.BASE
        with pointed_at(server):
            assert server.api_url == discord.http.Route.BASE
        assert before == discord.http.Route.BASE == "https://discord.com/api/v10"

    play(story)
