"""Real days of arXiv on loopback, two hundred chats that read them, and what they were sent."""

from __future__ import annotations

import contextlib
import json
import socket
import subprocess
import sys
import urllib.request
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from datetime import time as local_time
from typing import TYPE_CHECKING

from bot.app import MIGRATIONS, make_preferences
from bot.chats import Address, Choices, Detail, QuietDays, SendAt, Subscription
from bot.storage.chats import SqliteChats
from digest.model import Topic
from digest.storage.database import Database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.settings import Settings

ZONES = (
    "UTC",
    "Europe/Berlin",
    "America/Los_Angeles",
    "America/New_York",
    "Asia/Shanghai",
    "Asia/Kolkata",
    "Australia/Sydney",
    "Pacific/Auckland",
    "America/Sao_Paulo",
    "Africa/Lagos",
)
QUERIES = (
    "diffusion",
    '"large language model"',
    "cat:cs.CV AND video",
    "speech OR audio",
    '"reinforcement learning"',
    "robot*",
    "graph AND neural",
    "zebrafish AND haiku",
    "transformer*",
    "abs:benchmark",
)


@dataclass
class Pool:
    """The replayed arXiv."""

    url: str

    def days(self) -> list[str]:
        """Return its days."""
        return list(self._ask("/_days")["days"])

    def show(self, day: str) -> None:
        """Make a day the newest listing."""
        self._ask(f"/_day?date={day}")

    def _ask(self, path: str) -> dict[str, list[str]]:
        with urllib.request.urlopen(f"{self.url}{path}") as answer:  # noqa: S310 - loopback
            told: dict[str, list[str]] = json.load(answer)
            return told


@contextlib.contextmanager
def serve_pool(tools: Path) -> Iterator[Pool]:
    """Serve the recorded days."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, str(tools / "arxiv_replay.py"), "--pool", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        try:
            if process.stdout is None or not process.stdout.readline():
                raise RuntimeError("the replay doesn't start")
            yield Pool(f"http://127.0.0.1:{port}")
        finally:
            process.terminate()


async def seed(settings: Settings, count: int, at: datetime) -> dict[str, tuple[Topic, ...]]:
    """Make chats with different zones, weekdays, times and wishes; return what each subscribed."""
    wishes: dict[str, tuple[Topic, ...]] = {}
    presets = tuple(settings.topics.values())
    queries = tuple(Topic(query, query, query) for query in QUERIES)

    def fill(chats: SqliteChats) -> None:
        for number in range(count):
            name = f"chat-{number:03}"
            chat = chats.add(Address("scripted", name), title=name, parent=None, by="owner")
            chats.choose(chat.number, _choices(number))
            mixed = (presets[number % len(presets)], queries[number % len(queries)], queries[number // 20])
            wishes[name] = tuple(dict.fromkeys(mixed[: 1 + number % 3]))
            for topic in wishes[name]:
                chats.subscribe(chat.number, Subscription(topic, topic in presets, "owner", at))

    database = await Database.open(settings.storage.path, MIGRATIONS)
    try:
        await database.write(lambda db: fill(SqliteChats(db, make_preferences(settings))))
    finally:
        await database.close()
    return wishes


def _choices(number: int) -> Choices:
    zone = ZONES[number % len(ZONES)]
    # A harvest takes half a simulated day, so that an evening in the east would pass before it's in.
    evening = local_time(18, 0) if zone.startswith("America/") else SendAt.LISTED
    return Choices(
        zone=zone,
        send_at=(SendAt.LISTED, SendAt.LISTED, local_time(8, 30), evening)[number % 4],
        weekdays=frozenset({0, 2, 4}) if number % 7 == 3 else frozenset(range(5)),
        papers=1 + number % 9,
        language="zh" if number % 5 == 0 else "en",
        detail=Detail.TITLES if number % 6 == 0 else Detail.BRIEF,
        quiet_days=QuietDays.NOTHING if number % 11 == 0 else QuietDays.LINE,
    )


@dataclass
class Received:
    """What the chats were sent, as the platform wrote it down."""

    papers: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    messages: list[dict[str, object]] = field(default_factory=list)

    @classmethod
    def read(cls, path: Path) -> Received:
        """Read the scripted platform's file."""
        received = cls()
        last: dict[str, str] = {}
        for line in path.read_text("utf-8").splitlines() if path.exists() else ():
            message = json.loads(line)
            received.messages.append(message)
            chat, papers = message["chat"], message["papers"]
            # An entry that two parts of one digest share is named by both.
            shared = bool(papers) and papers[0] == last.get(chat)
            received.papers[chat].update(papers[1:] if shared else papers)
            last[chat] = papers[-1] if papers else ""
        return received
