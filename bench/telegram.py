"""Measures Telegram against a loopback Bot API in a process of its own, with nothing left out on our side.

Digests of three messages go to private chats: rendered, kept as rows, claimed, sent and settled. Meanwhile
people press buttons of their settings, through the real inbox.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import aiohttp
import telegram
from telegram.request import HTTPXRequest

from bench._bot_api import Api, bot_api
from bench._serving import add_chats, serving, settled
from bench.render import edition
from bench.report import report
from bot.app import open_database
from bot.chats import Layout
from bot.deliveries import Parcel
from bot.platforms.telegram.messages import read_body
from bot.platforms.telegram.options import Options
from bot.platforms.telegram.platform import TelegramPlatform
from bot.serve import SWITCH
from bot.storage.deliveries import SqliteDeliveries
from digest.compose import compose
from digest.translation import phrases_for

if TYPE_CHECKING:
    from collections.abc import Iterator

SLOW = 30.0  # messages a second that every bot may send
SHARING = 100  # chats that get the same edition
PAPERS = 5  # in three messages, as many as a private chat may get at once
PRESSERS = 40
PANEL = ("settings papers", "settings back")  # what is pressed in turn
STOCK_SECONDS = 4.0
AT_ONCE = 8  # messages under way; what the outbox has unless told otherwise
IN_FLIGHT = 32  # what config.toml advises where more than 30 a second are paid for; else it's 8
BUTTON_MS = 50.0


@dataclass(frozen=True)
class Course:
    """One way to measure.

    Attributes:
        name: as the report has it.
        allowed: messages a second that Telegram lets through; 0: any number.
        goal: messages a second.
        chats: who gets a digest.
        pause: seconds between two presses.
        seconds: how long it's measured, in the middle; 0: all of it, from rendering to the last row.
    """

    name: str
    allowed: float
    goal: float
    chats: int
    pause: float
    seconds: float = 0


STOCK = 388.0
"""Messages a second of the library's own client where the goals were set; a slower machine's are lower."""

COURSES = (
    Course("no limit", 0, 1_200, 4_000, 0.1),
    Course("1,000/s", 1_000, 950, 4_000, 0.1, 10),
    Course("30/s", SLOW, 0.98 * SLOW, 2_000, 0.2, 30),
)


async def stock(url: str, token: str, body: str) -> float:
    """Return how many messages a second the library's own client sends."""
    found = read_body(body)
    async with telegram.Bot(token, f"{url}/bot", request=HTTPXRequest(AT_ONCE)) as client:
        async with aiohttp.ClientSession() as session:
            (person,) = await Api(url, session).people(1)
        start = time.perf_counter()
        sent = 0

        async def send() -> None:
            nonlocal sent
            while time.perf_counter() - start < STOCK_SECONDS:
                await client.send_message(person, found["text"], parse_mode="HTML")
                sent += 1

        await asyncio.gather(*(send() for _ in range(AT_ONCE)))
        return sent / (time.perf_counter() - start)


def parcels(platform: TelegramPlatform, chats: range) -> Iterator[Parcel]:
    """Render an edition for some chats at a time."""
    ten = edition()
    for start in chats[::SHARING]:
        (section,) = ten.sections
        topic = replace(section.topic, name=f"Topic {start}")
        own = replace(ten, sections=(replace(section, topic=topic, entries=section.entries[:PAPERS]),))
        messages = platform.render(compose(own, phrases_for("en")), Layout.CLASSIC)
        readers = dict.fromkeys(range(start, min(start + SHARING, chats.stop)), True)
        yield Parcel(f"{start:08x}", "a bench", messages, readers)


async def press(api: Api, people: list[int], pause: float) -> None:
    """Press the buttons of settings that people were shown, one after the other, until it's cancelled."""
    count = 0
    while True:
        person = people[count % len(people)]
        data = PANEL[count // len(people) % len(PANEL)]
        shown = 2  # after what they wrote
        await api.ask("press", user=person, chat=person, message=shown, data=data)
        count += 1
        await asyncio.sleep(pause)


async def measure(course: Course, url: str, token: str, path: Path, pace: float) -> None:
    """Let the outbox drain while people press, and report.

    Args:
        course: which way.
        url: where the Bot API is.
        token: the bot's.
        path: of the database.
        pace: of this machine, 1 where the goals were set.
    """
    platform = TelegramPlatform(
        token,
        Options(url, paid_broadcast=course.allowed > SLOW),
        AT_ONCE if course.allowed == SLOW else IN_FLIGHT,
        overall=course.allowed or 1_000_000.0,
    )
    async with (
        aiohttp.ClientSession() as session,
        open_database(path) as database,
        serving(platform, database) as dispatcher,
    ):
        api = Api(url, session)
        people, pressers = await api.people(course.chats), await api.people(PRESSERS)
        for person in pressers:
            await api.ask("say", user=person, chat=person, text="/settings")
        while (await api.ask("counts"))["sent"] < PRESSERS:  # noqa: ASYNC110 - it's another process
            await asyncio.sleep(0.1)
        chats = await add_chats(database, "telegram", people)
        start = time.perf_counter()
        made = list(parcels(platform, chats))
        await database.write(lambda db: SqliteDeliveries(db).keep(made, datetime.now(UTC)))
        dispatcher.wake()
        if course.seconds:
            await asyncio.sleep(1.0)  # for the limits' first burst
            start = time.perf_counter()
        before = await database.read(settled)
        edited = (await api.ask("counts"))["edited"]
        pressing = asyncio.create_task(press(api, pressers, course.pause))
        await (asyncio.sleep(course.seconds) if course.seconds else dispatcher.quiet())
        sent = await database.read(settled) - (before if course.seconds else 0)
        took = time.perf_counter() - start
        pressing.cancel()
        counts, presses = await api.ask("counts"), await api.ask("presses")
        if counts["violations"]:
            raise AssertionError(counts["violations"][:3])
    goal = course.goal if course.allowed == SLOW else course.goal * pace
    tell(course, (sent + counts["edited"] - edited) / took, goal, counts["throttled"], presses["took"])


def tell(course: Course, rate: float, goal: float, refused: int, took: list[float]) -> None:
    """Report one course."""
    name = f"telegram, {course.name}"
    report(f"{name}: messages, edits", round(rate, 2), "/s", f"≥ {goal:.4g}/s", ok=rate >= goal)
    if course.allowed:
        report(f"{name}: 429", refused, "", "0", ok=refused == 0)
    slow = round(1000 * statistics.quantiles(took, n=100, method="inclusive")[98], 1)
    report(f"{name}: a button meanwhile, p99", slow, "ms", f"≤ {BUTTON_MS:g} ms", ok=slow <= BUTTON_MS)


def main() -> None:
    """Report the library's own client and each course."""
    body = (
        TelegramPlatform("", Options(""))
        .render(compose(edition(), phrases_for("en")), Layout.CLASSIC)[0]
        .body
    )
    with bot_api() as (url, token):
        speed = asyncio.run(stock(url, token, body))
    report("telegram, the library's own client", round(speed), "/s", f"{STOCK:g}/s, for comparison", ok=True)
    sys.setswitchinterval(SWITCH)
    for course in COURSES:
        with tempfile.TemporaryDirectory() as folder, bot_api(course.allowed) as (url, token):
            asyncio.run(measure(course, url, token, Path(folder) / "bot.db", min(1.0, speed / STOCK)))


if __name__ == "__main__":
    main()
