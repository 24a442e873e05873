"""The whole service, from outside: real days of arXiv, two hundred chats, a clock that runs fast."""

from __future__ import annotations

import asyncio
import os
import re
import time
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from bot.settings import load
from digest.editions import ANNOUNCED_AS
from digest.index import index
from digest.query import parse
from digest.rank import rank
from digest.storage.database import Database
from digest.storage.migrations import PAPERS
from digest.storage.papers import SqlitePapers
from tests.conftest import SHARED
from tests.servers.pool import Received, seed, serve_pool
from tests.servers.process import UNSENT, running, wait_for

if TYPE_CHECKING:
    from pathlib import Path

    from digest.index import DayIndex

TOOLS = SHARED / "tools"
DAYS = ("2025-05-20", "2025-05-21", "2025-05-22")
CHATS = 200
SPEED = 14_400  # a day in six seconds; arXiv's pace stays real, so a harvest takes half a day
UNTOLD = "SELECT count(*) FROM chats WHERE told < (SELECT max(serial) FROM listings)"
MOST_SECONDS = 300.0


async def harvested(database: Path) -> DayIndex:
    """Return the index of all that was announced."""
    opened = await Database.open(database, (PAPERS,))
    try:
        days = [date.fromisoformat(day) for day in DAYS]
        announced = await opened.read(lambda db: SqlitePapers(db).announced(days, ANNOUNCED_AS))
    finally:
        await opened.close()
    return index({entry.paper.id: entry.paper for entry in announced}.values())


def counted(body: object) -> int:
    """Return how many papers a message says that it leaves out."""
    words = re.sub(r"\s+", " ", str(body))
    found = re.findall(r"(\d+) more papers? matched|另有 (\d+) 篇", words)
    return sum(int(english or chinese) for english, chinese in found)


@pytest.mark.skipif(not TOOLS.is_dir(), reason=f"needs the replay server in {TOOLS}")
def test_every_match_reaches_every_chat_once_or_is_counted(tmp_path: Path) -> None:
    """Over real days, no chat gets a paper twice, and what it doesn't get its digests count."""
    database, sent = tmp_path / "paperround.db", tmp_path / "sent.jsonl"
    log = tmp_path / "log"
    with serve_pool(TOOLS) as pool:
        environment = os.environ | {
            "PAPERROUND_ARXIV__LISTING_URL": pool.url,
            "PAPERROUND_ARXIV__API_URL": pool.url,
            "PAPERROUND_ARXIV__ARCHIVES": '["cs.RO"]',
            "PAPERROUND_ARXIV__BACKFILL_DAYS": "0",
            "PAPERROUND_STORAGE__PATH": str(database),
            "PAPERROUND_SCRIPTED__PATH": str(sent),
            "PAPERROUND_LOG__LEVEL": "warning",
        }
        wishes = asyncio.run(seed(load(None, environment, parse), CHATS, datetime(2025, 5, 20, tzinfo=UTC)))
        pool.show(DAYS[0])
        until = time.monotonic() + MOST_SECONDS
        with running(environment, f"2025-05-20T04:00Z@{SPEED}", log):
            for day, following in zip(DAYS, (*DAYS[1:], None), strict=True):
                wait_for(until, database, "SELECT count(*) = 0 FROM listings WHERE date = ?", day)
                if following:
                    pool.show(following)
            wait_for(until, database, UNTOLD)
            wait_for(until, database, UNSENT)
    assert re.search("WARNING|ERROR", log.read_text("utf-8")) is None
    received = Received.read(sent)
    twice = {chat: papers for chat, papers in received.papers.items() if max(papers.values(), default=0) > 1}
    assert not twice
    left_out: dict[str, int] = {}
    for message in received.messages:
        chat = str(message["chat"])
        left_out[chat] = left_out.get(chat, 0) + counted(message["body"])
    papers = asyncio.run(harvested(database))
    for chat, topics in wishes.items():
        expected = {match.paper.id.value for topic in topics for match in rank(topic, papers)}
        got = set(received.papers[chat])
        assert got <= expected, chat
        assert len(got) + left_out.get(chat, 0) == len(expected), chat
