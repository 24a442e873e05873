"""What a process that ended in the middle of something leaves to the next one."""

from __future__ import annotations

import asyncio
import multiprocessing
import signal
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from digest.model import Topic
from tests.papers import DAY, announced
from tests.servers.arxiv import serve_arxiv
from tests.servers.desk import harvest_until, harvester
from tests.servers.town import MORNING, Town
from tests.servers.world import World

if TYPE_CHECKING:
    from pathlib import Path

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
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["tests.servers.desk"])
        path = tmp_path / "paperround.db"
        process = context.Process(target=harvest_until, args=("details", path, arxiv.url))
        process.start()
        process.join()
        assert process.exitcode == -signal.SIGKILL
        (message,) = asyncio.run(told(tmp_path, arxiv.url, start))
    assert message.endswith("Papers: 9906.00001\n")
