"""Sending on Discord: what its errors mean, what a message says beside its text, and at what pace."""

from __future__ import annotations

import asyncio
import json
import time
from typing import TYPE_CHECKING

import pytest

from bot.chats import Address, Layout
from bot.outbox import Gone, Refused, Retry, Sent, Unknown
from bot.platforms.discord.platform import DiscordPlatform
from bot.platforms.discord.sending import nonce
from digest.document import Document, Group, Heading, Paragraph, Text
from tests.servers.discord import Allow, Fault, Limits, Refusal, banned, flood
from tests.servers.discord.faults import BAD_GATEWAY, DROP, GARBAGE, INTERNAL, UNAVAILABLE
from tests.servers.discord_ground import MESSAGES, DiscordGround, discord, silence

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.outbox import Outcome


def play(use: Callable[[DiscordGround], Awaitable[None]]) -> None:
    """Let something happen on a ground of its own."""

    async def run() -> None:
        async with discord() as ground:
            await use(ground)

    asyncio.run(run())


async def send(
    ground: DiscordGround, to: Address, text: str = "hello", key: str = "k1", *, sound: bool = True
) -> Outcome:
    """Send a text."""
    return await ground.platform.send(to, ground.write(text), plain=False, key=key, sound=sound)


def refusal(status: int, code: int) -> Fault:
    """Refuse as Discord does."""
    return Fault(Refusal(status, code, "No"))


@pytest.mark.parametrize("key", ["digest-1", "r1"], ids=["digest", "reply"])
@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        (refusal(404, 10003), Gone),
        (refusal(404, 10004), Gone),
        (refusal(403, 50001), Gone),
        (refusal(403, 50007), Gone),
        (refusal(403, 50013), Gone),
        (refusal(400, 50083), Gone),
        (refusal(400, 160005), Gone),
        (refusal(400, 50035), Refused),
        (refusal(413, 40005), Refused),
        (refusal(400, 99999), Refused),
        (refusal(401, 0), Retry),
        (flood(600.25), Retry),
        (flood(601.5, everywhere=True), Retry),
        (banned(), Retry),
        (banned(607), Retry),
        (INTERNAL, Unknown),
        (BAD_GATEWAY, Unknown),
        (UNAVAILABLE, Unknown),
        (DROP, Unknown),
        (GARBAGE, Unknown),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else "",
)
def test_each_error_means_something(fault: Fault, outcome: type[Outcome], key: str) -> None:
    """Nothing is raised or tried again behind the outbox's back, whatever Discord answers to whom."""

    async def use(ground: DiscordGround) -> None:
        ground.server.fail(fault, route=MESSAGES)
        async with asyncio.timeout(60):  # less than any wait that is asked for
            answer = await send(ground, ground.one, key=key)
        assert type(answer) is outcome
        assert len(ground.server.calls_of(MESSAGES)) == 1
        if isinstance(answer, Retry) and fault.status == 429:
            said = (fault.headers.get("Retry-After") or "").removesuffix(".000")
            assert answer.after == (float(said) if said else None)

    play(use)


def test_a_repeat_is_shown_once() -> None:
    """The same key is the same nonce of at most 25 characters, so Discord makes no second message of it."""

    async def use(ground: DiscordGround) -> None:
        ground.lose_the_answer(ground.one)
        assert isinstance(await send(ground, ground.one), Unknown)
        first, other = await send(ground, ground.one), await send(ground, ground.one, key="k2")
        assert ground.shown(ground.one) == ["hello", "hello"]
        assert isinstance(first, Sent)
        assert first != other

    play(use)
    assert len(nonce("a" * 200)) <= 25
    assert nonce("k1") == nonce("k1") != nonce("k2")


def test_nobody_is_called_and_quiet_chats_stay_quiet() -> None:
    """Whatever a text says, it mentions nobody; without a sound, it makes none."""

    async def use(ground: DiscordGround) -> None:
        text = f"@everyone @here <@{ground.ada.id}>"
        assert isinstance(await send(ground, ground.one, text, sound=False), Sent)
        assert isinstance(await ground.platform.send(ground.one, text, plain=True, key="p", sound=True), Sent)
        quiet, loud = ground.server.shown(ground.lakes)
        assert quiet.pings == loud.pings == ()
        assert (quiet.silent, loud.silent) == (True, False)
        assert loud.content == text

    play(use)


def test_a_person_is_written_to_directly() -> None:
    """The address of a person is theirs without anybody having written before; a closed door is gone."""

    async def use(ground: DiscordGround) -> None:
        eve = ground.server.user("Eve")
        ada, closed = (Address("discord", f"@{user.id}") for user in (ground.ada, eve))
        assert isinstance(await send(ground, ada), Sent)
        assert isinstance(await send(ground, ada, key="k2"), Sent)
        assert [shown.text for shown in ground.server.shown(ground.ada)] == ["hello", "hello"]
        assert len(ground.server.calls_of("POST /users/@me/channels")) == 1
        eve.closed = True
        assert isinstance(await send(ground, closed), Gone)
        assert isinstance(await send(ground, Address("discord", "no place")), Gone)

    play(use)


def pages(count: int) -> Document:
    """Make a document of several messages that tells papers."""
    groups = tuple(
        Group(
            (Heading((Text(f"Paper {number}"),), 2), Paragraph((Text("word " * 150),))),
            paper=f"9906.{number:05}",
        )
        for number in range(count)
    )
    return Document("Rivers", "en", (Heading((Text("Rivers: 12 papers"),), 1), *groups))


def test_a_forum_gets_one_post_a_digest() -> None:
    """Its parts stand in one post, also after a restart between them and after an answer that was lost."""

    async def use(ground: DiscordGround) -> None:
        forum = ground.server.forum(ground.guild, "digests", "arXiv", tag_required=True)
        await ground.server.until(lambda: ground.server.gateway.live)
        address = Address("discord", str(forum.id))
        messages = ground.platform.render(pages(12), Layout.CLASSIC)
        assert len(messages) > 2
        ground.server.fail(
            Fault(drop=True, taken=True), route="POST /channels/{channel}/threads", channel=forum
        )
        body = messages[0].body
        sending = ground.platform.send(address, body, plain=False, key="k0", sound=True)
        assert isinstance(await sending, Unknown)
        outcomes = [await ground.platform.send(address, body, plain=False, key="k0", sound=True)]
        for part, message in enumerate(messages[1:], 1):
            if part == 2:
                await ground.platform.stop()
                await ground.platform.start(silence)
            outcomes.append(
                await ground.platform.send(address, message.body, plain=False, key=f"k{part}", sound=True)
            )
        assert all(isinstance(outcome, Sent) for outcome in outcomes)
        (post,) = forum.threads.values()
        assert post.name == "Rivers"
        assert len(ground.server.shown(post)) == len(messages)
        again = await ground.platform.send(address, body, plain=False, key="k9", sound=True)
        assert isinstance(again, Sent)
        assert len(forum.threads) == 2
        assert isinstance(await ground.platform.edit(address, again.message, ground.write("after")), Sent)

    play(use)


def test_a_digest_may_get_a_thread() -> None:
    """Where the owner wants it, people talk under the last part of a digest, and nowhere else."""

    async def use(ground: DiscordGround) -> None:
        ground.server.overwrite(ground.lakes, allow=Allow.CREATE_PUBLIC_THREADS)
        platform = ground.make(threads=True)
        await platform.start(silence)
        try:
            messages = platform.render(pages(12), Layout.CLASSIC)
            for part, message in enumerate(messages):
                await platform.send(ground.one, message.body, plain=False, key=f"k{part}", sound=True)
                await platform.send(ground.two, message.body, plain=False, key=f"l{part}", sound=True)
            (line,) = platform.render(Document("", "en", (Paragraph((Text("Nothing"),)),)), Layout.CLASSIC)
            await platform.send(ground.one, line.body, plain=False, key="quiet", sound=True)
            assert "permissions=" in platform.invitation
        finally:
            await platform.stop()
        (thread,) = ground.lakes.threads.values()
        assert (thread.name, thread.id) == ("Rivers", ground.server.shown(ground.lakes)[-2].id)

    play(use)


def test_people_are_answered_before_digests_at_the_pace_that_discord_allows() -> None:
    """Digests never meet a 429, however many there are, and an answer goes before those that wait."""

    async def run() -> None:
        async with discord(limits=Limits()) as ground:
            assert ground.server.rates
            ground.server.rates.now = lambda: 2 * time.monotonic()  # requests may be held up on their way
            channels = [ground.server.text(ground.guild, f"c{number}") for number in range(60)]
            addresses = [Address("discord", str(channel.id)) for channel in channels]
            began = time.monotonic()
            digests = asyncio.gather(
                *(send(ground, address, key=f"d{number}") for number, address in enumerate(addresses))
            )
            await ground.server.until(lambda: ground.server.calls_of(MESSAGES))
            assert isinstance(await send(ground, ground.one, "answer", "r1"), Sent)
            assert len(ground.server.calls_of(MESSAGES)) < 60
            assert {type(outcome) for outcome in await digests} == {Sent}, await digests
            assert time.monotonic() - began > 1.1
            assert ground.server.refusals == []

    asyncio.run(run())


def test_a_wait_for_everybody_is_kept() -> None:
    """After a global 429 no digest is sent before its time, and nobody asks Discord meanwhile."""

    async def use(ground: DiscordGround) -> None:
        ground.server.fail(flood(30.0, everywhere=True), route=MESSAGES)
        assert isinstance(await send(ground, ground.one), Retry)
        later = await send(ground, ground.two)
        assert isinstance(later, Retry)
        assert later.after == pytest.approx(30.0, abs=1.0)
        assert len(ground.server.calls_of(MESSAGES)) == 1
        ground.later()
        assert isinstance(await send(ground, ground.two), Sent)

    play(use)


def test_nothing_is_sent_without_a_connection() -> None:
    """A platform that isn't started, or was stopped, asks for another try."""

    async def use(ground: DiscordGround) -> None:
        await ground.platform.stop()
        assert isinstance(await send(ground, ground.one), Retry)
        assert isinstance(await ground.platform.edit(ground.one, "1", ground.write("x")), Retry)
        assert not await ground.platform.administers(ground.one, "@1")
        assert ground.platform.invitation == ""

    play(use)


def test_whoever_manages_a_channel_may_change_it() -> None:
    """Without an interaction at hand Discord is asked; who is nobody there may nothing."""

    async def use(ground: DiscordGround) -> None:
        eve = ground.server.user("Eve")
        await ground.server.until(lambda: ground.server.gateway.live)
        async with asyncio.timeout(60):
            while not await ground.platform.administers(ground.one, f"@{ground.ada.id}"):  # noqa: ASYNC110
                await asyncio.sleep(0)  # what the gateway told isn't read yet
        assert not await ground.platform.administers(ground.one, f"@{eve.id}")
        assert not await ground.platform.administers(Address("discord", "1"), f"@{ground.ada.id}")

    play(use)


def test_a_body_that_is_none_is_refused() -> None:
    """What another version kept and this one can't read is sent as plain text in the end."""

    async def use(ground: DiscordGround) -> None:
        for body in ("not json", json.dumps({"title": 1}), "[]"):
            sending = ground.platform.send(ground.one, body, plain=False, key="k", sound=True)
            assert isinstance(await sending, Refused)

    play(use)
    assert DiscordPlatform.name == "discord"
