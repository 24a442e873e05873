"""A trouble is told to whoever can do something about it, in their language; nobody else hears of it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.access import Code, Person, Role, hash_code
from bot.chats import Address
from bot.outbox import Audience, Cause, Sent, Trouble
from bot.storage.people import SqlitePeople
from bot.troubles import Troubles
from tests.servers.town import Town

if TYPE_CHECKING:
    from pathlib import Path

    from bot.outbox import Message

AT = datetime(2026, 6, 26, tzinfo=UTC)


def told(folder: Path, *troubles: Trouble, language: str = "en") -> list[tuple[Address, str]]:
    """Return what was told to whom, in a town with an owner and one chat."""

    async def run() -> list[tuple[Address, str]]:
        sent: list[tuple[Address, str]] = []
        done = asyncio.Event()

        async def reply(address: Address, message: Message) -> Sent:
            sent.append((address, message.body))
            if len(sent) == len(troubles):
                done.set()
            return Sent("1")

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
            task.cancel()
        return sent

    return asyncio.run(run())


def test_owners_hear_of_what_is_theirs(tmp_path: Path) -> None:
    """ArXiv that is away for a day, a database that fails."""
    away = Trouble(Cause.ARXIV, Audience.OWNER, "arxiv", None, "no connection.")
    full = Trouble(Cause.STORAGE, Audience.OWNER, "scripted", None, "there's no space left.")
    assert told(tmp_path, away, full) == [
        (Address("scripted", "olga"), "arXiv can't be reached for more than a day: no connection."),
        (
            Address("scripted", "olga"),
            "The database can't be written: there's no space left. Messages wait until it can.",
        ),
    ]


def test_who_subscribed_a_chat_hears_that_it_is_gone(tmp_path: Path) -> None:
    """In the chat's language."""
    gone = Trouble(Cause.GONE, Audience.SUBSCRIBER, "scripted", 1, "kicked")
    ((address, text),) = told(tmp_path, gone, language="zh")
    assert address == Address("scripted", "me")
    assert text == "无法再向 “ada” 发送消息：kicked。在那里给我发一条消息，简报就会恢复。"
