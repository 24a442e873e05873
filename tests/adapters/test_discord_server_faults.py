"""The loopback Discord goes wrong on command, keeps limits when asked to, and runs as a process."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING, Any

import aiohttp
import discord
import pytest

from tests.servers.discord import DiscordServer, Fault, Limits, banned, faults, flood
from tests.servers.discord.limits import RateKeeper
from tests.servers.discord.refusals import MISSING_ACCESS
from tests.servers.discord_client import Bot, Raw, play, running

if TYPE_CHECKING:
    Json = dict[str, Any]

SEND = "POST /channels/{channel}/messages"


def test_faults_meet_whom_they_are_for() -> None:
    """One route, one channel, so many times; then everything is well again."""

    async def story(server: DiscordServer, raw: Raw) -> None:
        guild = server.guild("Lab")
        one, two = server.text(guild, "one"), server.text(guild, "two")
        planned = server.fail(Fault(MISSING_ACCESS), route=SEND, channel=one, times=2)
        await raw.does("POST", f"/channels/{two.id}/messages", {"content": "x"})
        await raw.does("POST", f"/channels/{one.id}/typing")
        for _ in range(2):
            assert (await raw.fails("POST", f"/channels/{one.id}/messages", {"content": "x"}))[
                "code"
            ] == 50001
        await raw.does("POST", f"/channels/{one.id}/messages", {"content": "x"})
        assert (planned.met, server.typed) == (2, [one.id])
        server.fail(Fault(hang=True), route="GET /users/@me")
        hanging = asyncio.ensure_future(raw.does("GET", "/users/@me"))
        await server.until(lambda: server.plan.planned[-1].met)
        server.heal()
        assert (await hanging)["username"] == "paperround"

    play(story)


def test_connections_break_on_command() -> None:
    """Dropped before the work or after it."""

    async def story(server: DiscordServer, raw: Raw) -> None:
        channel = server.text(server.guild("Lab"), "papers")
        for fault, shown in ((faults.DROP, 0), (faults.TAKEN_AND_DROPPED, 1)):
            server.fail(fault)
            with pytest.raises(aiohttp.ClientError):
                await raw.ask("POST", f"/channels/{channel.id}/messages", {"content": "x"})
            assert len(server.shown(channel)) == shown

    play(story)


@pytest.mark.parametrize(
    ("fault", "status"),
    [(banned(), 429), (banned(3), 429), (faults.UNAVAILABLE, 503), (Fault(MISSING_ACCESS), 403)],
)
def test_the_stock_client_gives_up_at_once(fault: Fault, status: int) -> None:
    """Cloudflare's 429 has no Via and no JSON, a 503 no JSON either: discord.py raises what it has."""

    async def story(server: DiscordServer, _: Raw) -> None:
        channel = server.text(server.guild("Lab"), "papers")
        async with running(server, Bot()) as bot:
            found = bot.get_channel(channel.id)
            assert isinstance(found, discord.TextChannel)
            server.fail(fault, route=SEND)
            with pytest.raises(discord.HTTPException) as error:
                await found.send("x")
            assert error.value.status == status
            assert len(server.calls_of(SEND)) == 1

    play(story)


def test_the_stock_client_waits_as_it_is_told() -> None:
    """A 429 of Discord's own, for a bucket or for everything, is waited for and tried again."""

    async def story(server: DiscordServer, _: Raw) -> None:
        channel = server.text(server.guild("Lab"), "papers")
        async with running(server, Bot()) as bot:
            found = bot.get_channel(channel.id)
            assert isinstance(found, discord.TextChannel)
            server.fail(flood(0.01), route=SEND)
            server.fail(flood(0.01, everywhere=True), route=SEND)
            await found.send("x")
            assert [call.status for call in server.calls_of(SEND)] == [429, 429, 200]

    play(story)


class Clock:
    """A clock that is set by hand."""

    now = 0.0

    def __call__(self) -> float:
        """The time."""
        return self.now


def test_limits_are_discords() -> None:
    """Five messages in five seconds to a channel, fifty requests in any second, answers to people beside."""
    clock = Clock()
    rates = RateKeeper(Limits(), clock)
    verdicts = [rates.ask(SEND, {"channel": "1"}) for _ in range(6)]
    assert [verdict.wait for verdict in verdicts] == [0, 0, 0, 0, 0, 5]
    assert [verdict.headers["X-RateLimit-Remaining"] for verdict in verdicts] == [
        "4",
        "3",
        "2",
        "1",
        "0",
        "0",
    ]
    for channel in range(2, 47):
        assert not rates.ask(SEND, {"channel": str(channel)}).wait
    refused = rates.ask(SEND, {"channel": "99"})
    assert (refused.everywhere, refused.wait) == (True, 1.0)
    assert not rates.ask("POST /interactions/{interaction}/{token}/callback", {"token": "t"}).wait
    clock.now = 1.0
    assert not rates.ask(SEND, {"channel": "99"}).wait
    clock.now = 4.0
    assert rates.ask(SEND, {"channel": "1"}).wait == 1.0
    clock.now = 5.0
    assert not rates.ask(SEND, {"channel": "1"}).wait
    assert sum(rates.refused.values()) == 3


def test_too_many_wrong_requests_ban_the_bot() -> None:
    """After so many 401, 403 and 429 in ten minutes Cloudflare answers alone, until the first is old."""
    clock = Clock()
    rates = RateKeeper(Limits(invalid=3), clock)
    for _ in range(3):
        rates.answered(403)
        clock.now += 1.0
    verdict = rates.ask(SEND, {"channel": "1"})
    assert (verdict.banned, verdict.wait) == (True, 597.0)
    clock.now = 600.0
    assert not rates.ask(SEND, {"channel": "1"}).banned


def test_the_stock_client_stays_within_the_limits() -> None:
    """Its buckets follow the headers: what would be one too many waits, and nothing is refused."""

    async def story(server: DiscordServer, raw: Raw) -> None:
        guild = server.guild("Lab")
        channels = [server.text(guild, str(number)) for number in range(3)]
        async with running(server, Bot()) as bot:
            for channel in channels:
                found = bot.get_channel(channel.id)
                assert isinstance(found, discord.TextChannel)
                for _ in range(4):
                    await found.send("x")
        assert not server.refusals
        path = f"/channels/{channels[0].id}/messages"
        await raw.does("POST", path, {"content": "x"})
        answer = await raw.fails("POST", path, {"content": "x"})
        assert answer["message"] == "You are being rate limited."
        assert (answer["global"], 0 < answer["retry_after"] <= 5) == (False, True)
        assert raw.headers["Via"]
        assert raw.headers["X-RateLimit-Remaining"] == "0"

    play(story, limits=Limits())


def test_the_server_runs_as_a_process() -> None:
    """Its first line says where it is; the world is made and steered over HTTP, as benches do."""

    async def story() -> None:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.servers.discord", "--no-check", stdout=asyncio.subprocess.PIPE
        )
        try:
            assert process.stdout is not None
            api, gateway, token = (await process.stdout.readline()).decode().split()
            assert gateway.startswith("ws://127.0.0.1:")
            root = api.removesuffix("/api/v10")
            async with aiohttp.ClientSession(headers={"Authorization": f"Bot {token}"}) as session:

                async def ask(place: str, **said: Any) -> Any:
                    async with session.post(
                        place if place.startswith(api) else f"{root}/{place}", json=said
                    ) as got:
                        return await got.json()

                made = await ask("world", people=1, guilds=1, channels=2, forums=1, threads=1)
                assert [len(made[kind]) for kind in ("channels", "forums", "threads", "direct")] == [
                    2,
                    1,
                    1,
                    1,
                ]
                button = {"type": 2, "style": 2, "label": "Go", "custom_id": "go"}
                body = {"content": "hello", "components": [{"type": 1, "components": [button]}]}
                await ask(f"{api}/channels/{made['channels'][0]}/messages", **body)
                place = {"user": made["people"][0], "channel": made["channels"][0]}
                assert (await ask("shown", **place))[0]["content"] == "hello"
                await ask("press", **place, label="Go")
                await ask("type", **{name: str(number) for name, number in place.items()}, text="typed")
                assert (await ask("shown", **place))[-1]["content"] == "typed"
                assert "no command 'stop'" in (await ask("type", **place, text="/stop now: yes"))["refused"]
                async with session.get(f"{root}/channels/{place['channel']}?as={place['user']}") as got:
                    page = await got.text()
                    assert ("hello" in page, 'title="go"' in page) == (True, True)
                async with session.get(root) as got:
                    assert f"/channels/{place['channel']}?as={place['user']}" in await got.text()
                assert "no button" in (await ask("press", **place, label="Stop"))["refused"]
                await ask("fail", route=SEND, status=503, body="down")
                async with session.post(f"{api}/channels/{made['channels'][1]}/messages", json=body) as got:
                    assert (got.status, await got.text()) == (503, "down")
                counts = await ask("counts")
                assert (counts["sent"], counts["violations"]) == (1, [])
                assert (await ask("interactions"))["asked"] == 1
        finally:
            process.terminate()
            await process.wait()

    asyncio.run(story())
