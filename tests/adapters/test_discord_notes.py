"""Notes that come with a digest on Discord: each once, in a thread under it or where none can be."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

import pytest

from bot.chats import Address, Layout
from bot.deliveries import Parcel
from bot.dispatcher import Dispatcher
from bot.outbox import Sent, Unknown
from bot.trouble import Cause
from digest.document import Actions, Button, Details, Document, Group, Heading, Link, Paragraph, Text
from tests.outbox import AT, opened, store_of
from tests.servers.clock import Alarm
from tests.servers.discord import Allow
from tests.servers.discord.faults import TAKEN_AND_DROPPED
from tests.servers.discord_ground import discord, silence

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    import sqlite_utils

    from bot.deliveries import Deliveries
    from bot.outbox import Message
    from bot.records import Chats
    from bot.trouble import Trouble
    from digest.document import Block
    from tests.servers.discord import Channel
    from tests.servers.discord_ground import DiscordGround

OPENING = "POST /channels/{channel}/messages/{message}/threads"


def keep(parcel: Parcel, deliveries: Deliveries, _: Chats) -> None:
    """Put a parcel into the outbox."""
    deliveries.keep([parcel], AT)


def entry(number: int) -> Block:
    """Make an entry of a digest with its notes."""
    title = Link((Text(f"Paper {number}"),), f"https://arxiv.org/abs/9906.{number:05}")
    notes = Details((Text("Full notes"),), (Paragraph((Text(f"Notes of paper {number}"),)),), apart=True)
    read = Actions((Button(f"Read {number}", f"notes 9906.{number:05}"),))
    said = Paragraph((Text(f"Sentence {number}"),))
    return Group((Heading((title,), 2, number), said, notes, read), f"9906.{number:05}")


DIGEST = Document("Rivers: 2 papers", "en", (Heading((Text("Rivers: 2 papers"),), 1), entry(1), entry(2)))


def play(use: Callable[[DiscordGround], Awaitable[None]]) -> None:
    """Let something happen on a ground of its own, where the bot may open threads."""

    async def run() -> None:
        async with discord() as ground:
            ground.server.overwrite(ground.lakes, allow=Allow.CREATE_PUBLIC_THREADS)
            await ground.server.until(lambda: ground.server.gateway.live)
            await use(ground)

    asyncio.run(run())


def parts(ground: DiscordGround) -> tuple[Message, ...]:
    """Write the digest, and see that it's one message and that of each paper's notes another."""
    messages = ground.platform.render(DIGEST, Layout.CLASSIC)
    assert [len(message.papers) for message in messages] == [2, 0, 0]
    return messages


async def send(ground: DiscordGround, to: Address, message: Message, part: int, after: str) -> Sent:
    """Send a part as the outbox does: again under the same key until it's known to be there."""
    while True:
        outcome = await ground.platform.send(
            to, message.body, plain=False, key=f"k{part}", sound=False, after=after
        )
        if not isinstance(outcome, Unknown):
            assert isinstance(outcome, Sent), outcome
            return outcome


async def send_all(ground: DiscordGround, to: Address) -> list[Sent]:
    """Send the digest, each part after the one before."""
    outcomes: list[Sent] = []
    for part, message in enumerate(parts(ground)):
        outcomes.append(await send(ground, to, message, part, outcomes[-1].message if outcomes else ""))
    return outcomes


def notes_in(ground: DiscordGround, channel: Channel) -> list[int]:
    """Return of which papers a channel shows the notes, message by message."""
    told = [shown.text for shown in ground.server.shown(channel)]
    return [number for text in told for number in (1, 2) if f"Notes of paper {number}" in text]


def test_notes_stand_in_a_thread_under_the_digest() -> None:
    """Each paper's begin with its title; the digest above has none, and no other thread is opened."""

    async def use(ground: DiscordGround) -> None:
        outcomes = await send_all(ground, ground.one)
        (digest,) = ground.server.shown(ground.lakes)
        assert digest.labels == ["Read 1", "Read 2"]
        assert "Notes of paper" not in digest.text
        (thread,) = ground.lakes.threads.values()
        assert (thread.id, thread.name) == (digest.id, "Rivers: 2 papers")
        assert notes_in(ground, thread) == [1, 2]
        first = ground.server.shown(thread)[0]
        assert "Paper 1" in first.text.splitlines()[0]
        assert "https://arxiv.org/abs/9906.00001" in first.text
        assert all(outcome.lacking is None for outcome in outcomes)
        assert isinstance(
            await ground.platform.edit(ground.one, outcomes[1].message, ground.write("after")), Sent
        )
        assert ground.server.refusals == []

    play(use)


def test_notes_come_once_whatever_is_lost_on_the_way() -> None:
    """After lost answers, and a restart between the parts, the thread is the same and has each part once."""

    async def use(ground: DiscordGround) -> None:
        digest, *notes = parts(ground)
        after = (await send(ground, ground.one, digest, 0, "")).message
        ground.server.fail(TAKEN_AND_DROPPED, route=OPENING)
        for part, message in enumerate(notes, 1):
            after = (await send(ground, ground.one, message, part, after)).message
            await ground.platform.stop()
            await ground.platform.start(silence)
        (thread,) = ground.lakes.threads.values()
        ground.lose_the_answer(Address("discord", str(ground.lakes.id), str(thread.id)))
        await send(ground, ground.one, notes[1], 3, after)
        assert notes_in(ground, thread) == [1, 2, 2]
        assert len(ground.server.shown(ground.lakes)) == 1

    play(use)


@pytest.mark.parametrize("place", ["thread", "person", "forum"])
def test_where_no_thread_can_be_notes_follow_the_digest(place: str) -> None:
    """In a thread and in a direct chat they come below it, in a forum within its post."""

    async def use(ground: DiscordGround) -> None:
        forum = ground.server.forum(ground.guild, "digests")
        where = {
            "thread": ground.two,
            "person": Address("discord", f"@{ground.ada.id}"),
            "forum": Address("discord", str(forum.id)),
        }
        await send_all(ground, where[place])
        if place == "forum":
            (post,) = forum.threads.values()
            assert notes_in(ground, post) == [1, 2]
            assert len(ground.server.shown(post)) == 3
        else:
            shown = ground.server.shown(ground.rivers if place == "thread" else ground.ada)
            assert ["Notes of paper" in message.text for message in shown] == [False, True, True]
        assert ground.server.calls_of(OPENING) == []
        assert [refusal for refusal in ground.server.refusals if "threads" in str(refusal)] == []

    play(use)


def test_a_thread_that_is_deleted_or_locked_costs_no_notes() -> None:
    """The notes that are left come below the digest, and stay together there."""

    async def use(ground: DiscordGround) -> None:
        digest, first, second = parts(ground)
        for key, deleted in ((0, False), (10, True)):
            before = await send(ground, ground.one, digest, key, "")
            begun = await send(ground, ground.one, first, key + 1, before.message)
            thread = ground.lakes.threads[int(before.message)]
            if deleted:
                ground.server.crowds.remove(thread)
            else:
                ground.server.crowds.archive(thread, locked=True)
            left = await send(ground, ground.one, second, key + 2, begun.message)
            last = await send(ground, ground.one, second, key + 3, left.message)
            assert {outcome.message.split("/")[0] for outcome in (left, last)} == {str(ground.lakes.id)}
        assert notes_in(ground, ground.lakes) == [2, 2, 2, 2]

    play(use)


def test_whoever_subscribed_hears_once_which_permission_is_missing(tmp_path: Path) -> None:
    """Without it the notes come below the digest, in order; granted, the next digest's have a thread."""

    async def use(ground: DiscordGround) -> None:
        ground.server.overwrite(ground.lakes, deny=Allow.CREATE_PUBLIC_THREADS)
        troubles: list[Trouble] = []
        clock = Alarm()
        async with opened(tmp_path / "paperround.db") as database:
            store = store_of(database)

            def add(db: sqlite_utils.Database) -> None:
                """Store the channel."""
                db.conn.execute(
                    """INSERT INTO chats
                           (number, platform, chat, thread, title, choices, state, told, due_at, claimed_by)
                       VALUES (1, 'discord', ?, '', '', '{}', 'active', 0, '', '')""",
                    [ground.one.chat],
                )

            await database.write(add)
            dispatcher = Dispatcher(
                store,
                ground.platform,
                now=clock.now,
                sleep=clock.sleep,
                random=lambda: 0.5,
                report=troubles.append,
                network_sleep=asyncio.sleep,
            )
            draining = asyncio.create_task(dispatcher.run())
            try:
                for day in range(3):
                    if day == 2:
                        ground.server.overwrite(ground.lakes, allow=Allow.CREATE_PUBLIC_THREADS)
                    kept = Parcel(f"{day}" * 16, "a test", parts(ground), {1: True})
                    await store.write(partial(keep, kept))
                    dispatcher.wake()
                    await dispatcher.quiet()
            finally:
                await dispatcher.stop(5)
                await draining
        shown = ground.server.shown(ground.lakes)
        assert ["Notes of paper" in message.text for message in shown] == [False, True, True] * 2 + [False]
        assert notes_in(ground, ground.lakes) == [1, 2, 1, 2]
        (thread,) = ground.lakes.threads.values()
        assert notes_in(ground, thread) == [1, 2]
        (trouble,) = troubles
        assert trouble.cause is Cause.PERMISSION
        assert trouble.why == "Create Public Threads"

    play(use)
