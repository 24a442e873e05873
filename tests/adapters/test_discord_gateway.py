"""The gateway of Discord goes away in every way it can; the bot comes back, or says what an owner must do."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bot.cli.check import look_at_discord
from bot.outbox import Retry, Sent
from bot.platforms.discord.client import name_of
from bot.platforms.discord.options import Options
from bot.settings import load
from digest.errors import PlatformError
from digest.query import parse
from tests.servers.discord import DiscordServer, Fault, Refusal
from tests.servers.discord.faults import BAD_GATEWAY, UNAVAILABLE
from tests.servers.discord_ground import MESSAGES, DiscordGround, discord, silence

if TYPE_CHECKING:
    from collections.abc import Callable

SWIFT = 20.0
WRONG = Fault(Refusal(401, 0, "401: Unauthorized"))


async def send(ground: DiscordGround, key: str) -> object:
    """Send a text."""
    return await ground.platform.send(ground.one, ground.write("hello"), plain=False, key=key, sound=True)


async def complaint(ground: DiscordGround) -> str:
    """Return what the platform ends with."""
    with pytest.raises(PlatformError) as caught:
        await asyncio.wait_for(ground.platform.watch(), 60)
    return str(caught.value)


def drop(server: DiscordServer) -> None:
    """Cut the sockets."""
    server.gateway.drop()


def resumable(server: DiscordServer) -> None:
    """End the session, which may be resumed."""
    server.gateway.invalidate(resumable=True)


def over(server: DiscordServer) -> None:
    """End the session for good."""
    server.gateway.invalidate(resumable=False)


def reconnect(server: DiscordServer) -> None:
    """Ask for another connection."""
    server.gateway.reconnect()


def unknown(server: DiscordServer) -> None:
    """Close with what the library takes for the end."""
    server.gateway.close(4012)


@pytest.mark.parametrize("happens", [drop, resumable, over, reconnect, unknown])
def test_a_connection_that_breaks_comes_back(happens: Callable[[DiscordServer], None]) -> None:
    """Whatever ends it, messages go on, commands are heard again, and nobody above notices."""

    async def run() -> None:
        async with discord(swift=SWIFT) as ground:
            server = ground.server
            await server.until(lambda: server.gateway.live and server.commands)
            watching = asyncio.create_task(ground.platform.watch())
            session = server.gateway.live[0]
            happens(server)
            assert isinstance(await send(ground, "k1"), Sent)
            await server.until(
                lambda: (
                    server.gateway.live and (happens is not over or server.gateway.live[0] is not session)
                ),
            )
            asked = server.slash(ground.ada, ground.lakes, "topics")
            await server.until(asked.answered.is_set)
            assert not watching.done()
            watching.cancel()

    asyncio.run(run())


def test_a_first_connection_that_fails_is_tried_again() -> None:
    """The API answers and the gateway doesn't: messages go out, and it's open as soon as it can be."""

    async def run() -> None:
        async with DiscordServer() as server:
            server.fail(BAD_GATEWAY, route="GET /gateway/bot", times=2)
            ground = DiscordGround(server, swift=SWIFT)
            await ground.platform.start(silence)
            try:
                assert isinstance(await send(ground, "k1"), Sent)
                await server.until(lambda: server.gateway.live)
            finally:
                await ground.platform.stop()

    asyncio.run(run())


def test_a_start_waits_for_the_network() -> None:
    """Discord that doesn't answer is asked until it does."""

    async def run() -> None:
        async with DiscordServer() as server:
            server.fail(UNAVAILABLE, route="GET /users/@me", times=2)
            ground = DiscordGround(server, swift=SWIFT)
            await ground.platform.start(silence)
            assert isinstance(await send(ground, "k1"), Sent)
            await ground.platform.stop()

    asyncio.run(run())


def test_a_stop_ends_what_is_being_connected() -> None:
    """The bot stops at once also while the gateway is about to be there again, which it may never be."""

    async def run() -> None:
        async with discord(swift=SWIFT) as ground:
            gateway = ground.server.gateway
            await ground.server.until(lambda: gateway.live)
            (before,) = gateway.connections
            gateway.mute = True
            gateway.close(4000)
            await ground.server.until(lambda: any(each is not before for each in gateway.connections))
            stopping = asyncio.create_task(ground.platform.stop())
            await asyncio.wait({stopping}, timeout=30)
            assert stopping.done()

    asyncio.run(run())


def test_a_wrong_token_is_named() -> None:
    """At the start, when the gateway refuses it later, and when the API does."""

    async def run() -> None:
        async with DiscordServer() as server:
            ground = DiscordGround(server, swift=SWIFT)
            server.fail(WRONG, route="GET /users/@me", times=2)
            with pytest.raises(PlatformError, match="DISCORD_BOT_TOKEN"):
                await ground.platform.start(silence)
            options = Options(server.api_url, server.gateway.url)
            with pytest.raises(PlatformError, match="DISCORD_BOT_TOKEN"):
                await name_of(server.token, options)
            name, application = await name_of(server.token, options)
            assert (name.partition("#")[0], application) == (server.bot.name, server.bot.id)
            await ground.platform.start(silence)
            await server.until(lambda: server.gateway.live)
            server.gateway.close(4004)
            assert "DISCORD_BOT_TOKEN" in await complaint(ground)
            await ground.platform.start(silence)
            server.fail(WRONG, route=MESSAGES)
            assert isinstance(await send(ground, "k1"), Retry)
            assert "DISCORD_BOT_TOKEN" in await complaint(ground)
            await ground.platform.stop()

    asyncio.run(run())


def test_intents_that_are_not_allowed_are_named() -> None:
    """An owner is told where to look."""

    async def run() -> None:
        async with discord(swift=SWIFT) as ground:
            await ground.server.until(lambda: ground.server.gateway.live)
            ground.server.gateway.close(4014)
            assert "Privileged Gateway Intents" in await complaint(ground)

    asyncio.run(run())


def test_nothing_but_the_fewest_events_is_asked_for() -> None:
    """Servers and direct messages; neither members nor what people write in channels."""

    async def run() -> None:
        async with discord() as ground:
            await ground.server.until(lambda: ground.server.gateway.live)
            (session,) = ground.server.gateway.live
            assert int(session.intents) == 1 << 0 | 1 << 12

    asyncio.run(run())


def test_the_doctor_tells_the_link_to_a_server() -> None:
    """``check`` says whose token it is and how the bot is brought to a server, or what is wrong."""

    async def run() -> None:
        async with DiscordServer() as server:
            settings = load(None, {"PAPERROUND_DISCORD__API_URL": server.api_url}, parse)
            found = await look_at_discord(settings, server.token)
            assert found.fine
            assert f"https://discord.com/oauth2/authorize?client_id={server.bot.id}&" in found.sentence
            assert not (await look_at_discord(settings, "wrong")).fine
            await server.refuse_connections()
            found = await look_at_discord(settings, server.token)
            assert (found.fine, server.token in found.sentence) == (False, False)

    asyncio.run(run())
