"""A trouble is told to whoever can do something about it, in their language; nobody else hears of it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.access import Code, Person, Role, hash_code
from bot.chats import Address
from bot.outbox import Gone, Sent
from bot.phrases.discord import CREATE_THREADS
from bot.storage.people import SqlitePeople
from bot.trouble import Audience, Cause, Trouble
from bot.troubles import Troubles
from digest.reading import plain
from tests.servers.talker import GUEST, OWNER, Talker, private
from tests.servers.town import Town

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from bot.outbox import Outcome
    from digest.document import Document

AT = datetime(2026, 6, 26, tzinfo=UTC)


def told(
    folder: Path, *troubles: Trouble, language: str = "en", deaf: Collection[str] = (), tries: int = 1
) -> list[tuple[Address, str]]:
    """Return what was told to whom, in a town with an owner and one chat.

    Args:
        folder: where the town lies.
        troubles: what is reported.
        language: of the chat.
        deaf: who can't be told.
        tries: how often somebody is told or tried to be, for each trouble.
    """

    async def run() -> list[tuple[Address, str]]:
        sent: list[tuple[Address, str]] = []
        done = asyncio.Event()

        async def reply(address: Address, document: Document) -> Outcome:
            sent.append((address, plain(document.blocks)))
            if len(sent) == len(troubles) * tries:
                done.set()
            return Gone("blocked") if address.chat in deaf else Sent("1")

        def own(people: SqlitePeople) -> None:
            people.claim(Code(hash_code("7K3M-9QXA-04TB-HZ2W"), Role.OWNER, None, AT))
            people.redeem("7K3M-9QXA-04TB-HZ2W", Person("scripted", "olga"), AT)

        async with Town.open(folder) as town:
            await town.chat("ada", language=language)
            await town.database.write(lambda db: own(SqlitePeople(db)))
            telling = Troubles(town.rounds.store, "en")
            for trouble in troubles:
                telling.report(trouble)
            task = asyncio.create_task(telling.run({"scripted": reply}))
            await done.wait()
            await asyncio.sleep(0)  # whoever would be told next is told now
            task.cancel()
        return sent

    return asyncio.run(run())


def test_owners_hear_of_what_is_theirs(tmp_path: Path) -> None:
    """ArXiv that is away for a day, a database that fails."""
    away = Trouble(Cause.ARXIV, Audience.OWNER, "arxiv", None, "no connection.")
    stopped = Trouble(Cause.STOPPED, Audience.OWNER, "telegram", None, "Another program asks.")
    full = Trouble(Cause.STORAGE, Audience.OWNER, "scripted", None, "there's no space left.")
    assert told(tmp_path, away, full, stopped) == [
        (Address("scripted", "olga"), "arXiv can't be reached for more than a day: no connection."),
        (
            Address("scripted", "olga"),
            "The database can't be written: there's no space left. Messages wait until it can.",
        ),
        (
            Address("scripted", "olga"),
            "Telegram stopped: Another program asks. It's tried again by itself.",
        ),
    ]


def test_who_subscribed_a_chat_hears_that_it_is_gone(tmp_path: Path) -> None:
    """In the chat's language."""
    gone = Trouble(Cause.GONE, Audience.SUBSCRIBER, "scripted", 1, "kicked")
    ((address, text),) = told(tmp_path, gone, language="zh")
    assert address == Address("scripted", "me")
    assert text == "无法再向 “ada” 发送消息：kicked。在那里给我发一条消息，简报就会恢复。"


def test_a_permission_is_named_as_its_reader_knows_it(tmp_path: Path) -> None:
    """Who can grant it hears what is missing, in their language, and what it's for."""
    lacking = Trouble(
        Cause.PERMISSION, Audience.SUBSCRIBER, "scripted", 1, CREATE_THREADS.text, CREATE_THREADS
    )
    ((_, text),) = told(tmp_path, lacking, language="zh")
    assert text == (
        "在 “ada” 中，论文笔记直接发在简报下方：缺少权限“创建公共子区”。授予该权限后，笔记会放进单独的子区。"
    )


def test_another_hears_when_who_subscribed_cannot(tmp_path: Path) -> None:
    """Who can't be reached doesn't end the telling: an owner hears of it, in the bot's language."""
    refused = Trouble(Cause.REFUSED, Audience.SUBSCRIBER, "scripted", 1, "too long")
    first, second = told(tmp_path, refused, language="zh", deaf={"me"}, tries=2)
    assert first[0] == Address("scripted", "me")
    assert second == (
        Address("scripted", "olga"),
        "“ada” refuses a message: too long. Its papers come with the next digest.",
    )


def test_nobody_hears_that_a_person_left(tmp_path: Path) -> None:
    """Somebody who blocks the bot in their own chat is no trouble of the owners."""

    async def run() -> list[Address]:
        told: list[Address] = []

        async def reply(address: Address, _: Document) -> Outcome:
            told.append(address)
            return Sent("1")

        async with Talker.open(tmp_path) as talker:
            await talker.say("/start", who=GUEST)
            chat = await talker.chat(private(GUEST))
            telling = Troubles(talker.store, "en")
            telling.report(Trouble(Cause.GONE, Audience.SUBSCRIBER, "scripted", chat.number, "blocked"))
            telling.report(Trouble(Cause.ARXIV, Audience.OWNER, "arxiv", None, "no connection."))
            task = asyncio.create_task(telling.run({"scripted": reply}))
            async with asyncio.timeout(30):
                while not told:  # noqa: ASYNC110 - a thread sets no event
                    await asyncio.sleep(0)
            task.cancel()
        return told

    assert asyncio.run(run()) == [Address("scripted", OWNER)]
