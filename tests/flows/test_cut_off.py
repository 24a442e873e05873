"""What a process that ended in the middle of something leaves to the next one."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from digest.model import Topic
from digest.storage.papers import SqlitePapers
from tests.papers import DAY, announced
from tests.servers.arxiv import serve_arxiv
from tests.servers.desk import harvest_until, harvester
from tests.servers.forks import forks
from tests.servers.pool import Received
from tests.servers.process import UNSENT, ask, running, wait_for
from tests.servers.town import MORNING, Town
from tests.servers.world import World

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

NOWHERE = "http://127.0.0.1:9"  # nothing listens there
FINISHED = "SELECT count(*) FROM deliveries WHERE state = 'sent'"
UNTOUCHED = "SELECT count(*) FROM deliveries WHERE state = 'pending' AND tries = 0"
MOST_SECONDS = 120.0
WORKSHOPS = Topic("workshops", "Workshops", "workshop")


async def subscribe(folder: Path) -> None:
    """Make a chat that reads of workshops."""
    async with Town.open(folder) as town:
        await town.chat("ada", WORKSHOPS, zone="Asia/Shanghai")


async def told(folder: Path, url: str, start: datetime) -> list[str]:
    """Start a service and return what its chats are told in ten minutes."""
    async with Town.open(folder) as town, harvester(folder / "paperround.db", url) as reader:
        world = World.over(town, reader)
        world.arxiv.now = start
        await world.live(start + timedelta(minutes=10), timedelta(minutes=1))
        return [body for _, body in world.told]


@pytest.mark.parametrize(
    "start",
    [MORNING, MORNING.replace(day=29, hour=4)],
    ids=["in the morning", "while the feed turns over and is left alone"],
)
def test_a_start_completes_details_before_it_serves(tmp_path: Path, start: datetime) -> None:
    """A paper that meets a topic by its comment alone is told, though a kill came before it was read."""
    asyncio.run(subscribe(tmp_path))
    with serve_arxiv() as arxiv:
        arxiv.announce(DAY, [announced(1, comment="Accepted at the workshop on bends"), announced(2)])
        path = tmp_path / "paperround.db"
        process = forks().Process(target=harvest_until, args=("details", path, arxiv.url))
        process.start()
        process.join()
        assert process.exitcode == -signal.SIGKILL
        (message,) = asyncio.run(told(tmp_path, arxiv.url, start))
    assert message.endswith("Papers: 9906.00001\n")


async def make_digests(chats: Sequence[str], folder: Path) -> None:
    """Make a digest of one paper for each of these chats; nothing is sent yet."""
    async with Town.open(folder) as town:
        for chat in chats:
            await town.chat(chat)
        await town.announce(announced(1))
        await town.database.write(lambda db: SqlitePapers(db).complete([announced(1).paper]))
        await town.serve()


def test_a_stop_while_sending_is_clean(tmp_path: Path) -> None:
    """SIGTERM ends it, status 0; what is being sent is finished; a start sends the rest."""
    chats = [f"chat-{number}" for number in range(60)]
    asyncio.run(make_digests(chats, tmp_path))
    database, sent, log = (tmp_path / name for name in ("paperround.db", "sent.jsonl", "log"))
    environment = os.environ | {
        "PAPERROUND_ARXIV__LISTING_URL": NOWHERE,
        "PAPERROUND_DELIVERY__IN_FLIGHT": "4",
        "PAPERROUND_STORAGE__PATH": str(database),
        "PAPERROUND_SCRIPTED__PATH": str(sent),
        "PAPERROUND_LOG__LEVEL": "warning",
    }
    until = time.monotonic() + MOST_SECONDS
    with running(environment | {"PAPERROUND_SCRIPTED__SECONDS": "0.5"}, f"{MORNING:%FT%H:%MZ}@1", log):
        wait_for(until, database, FINISHED.replace("count(*)", "count(*) = 0"))
    finished, untouched = (ask(database, question) for question in (FINISHED, UNTOUCHED))
    assert (finished + untouched, finished > 0, untouched > 0) == (len(chats), True, True)
    assert len(Received.read(sent).messages) == finished
    with running(environment, f"{MORNING:%FT%H:10Z}@1", log):
        wait_for(until, database, UNSENT)
    assert "WARNING" not in log.read_text("utf-8")
    assert Received.read(sent).papers == {chat: {"9906.00001": 1} for chat in chats}
