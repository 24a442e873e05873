"""Measures one round: 10,000 chats that are due, with 500 distinct wishes, over a day of 700 papers.

The papers and chats are made up from a fixed seed. A chat subscribes one to three of 600 topics; 500 wishes
differ in topics, papers or detail, and chats choose among them. Nobody had anything yet.
The memory is what the process's peak grew by during the round.
"""

from __future__ import annotations

import asyncio
import random
import resource
import tempfile
import time
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

from bench.report import report
from bot.allowances import Allowances
from bot.app import MIGRATIONS, make_calendar, make_preferences
from bot.chats import Address, Choices, Detail, Subscription
from bot.figures_ahead import FiguresAhead
from bot.notes_ahead import NotesAhead
from bot.platforms.scripted import ScriptedPlatform
from bot.rounds import Rounds
from bot.settings import load
from bot.storage.chats import SqliteChats
from bot.storage.desk import SqliteStore
from bot.summaries import extracted
from digest.briefs import Briefs
from digest.model import Announcement, Kind, Listing, Topic
from digest.query import parse
from digest.storage.database import Database
from digest.storage.papers import SqlitePapers, SqlitePaperStore
from digest.summaries.extract import ExtractiveSummarizer
from tests.papers import DAY, paper

PAPERS, TOPICS, WISHES, CHATS = 700, 600, 500, 10_000
MOST_SECONDS = 15.0
MOST_MEGABYTES = 150.0
AT = datetime(2026, 6, 26, 9, 0, tzinfo=UTC)
SYLLABLES = [first + second for first in "bdfglmnrst" for second in "aeiou"]


def vocabulary(rng: random.Random) -> tuple[list[str], list[float]]:
    """Make words, and how often each comes."""
    words = [f"{first}{second}{third}" for first, second, third in product(SYLLABLES, repeat=3)][:6000]
    rng.shuffle(words)
    return words, [1 / rank for rank in range(1, len(words) + 1)]


def listing(rng: random.Random, words: list[str], shares: list[float]) -> Listing:
    """Make a day of papers."""
    announced = [
        Announcement(
            paper(
                number,
                title=" ".join(rng.choices(words, shares, k=8)),
                abstract=". ".join(" ".join(rng.choices(words, shares, k=20)).capitalize() for _ in range(9)),
            ),
            DAY,
            Kind.NEW,
        )
        for number in range(PAPERS)
    ]
    return Listing(DAY, ("cs",), tuple(announced))


def fill(chats: SqliteChats, rng: random.Random, words: list[str]) -> None:
    """Make chats that choose among the wishes."""
    topics = [Topic(word, word, word) for word in words[20 : 20 + TOPICS]]
    details = (Detail.BRIEF, Detail.TITLES)
    wishes = [
        (rng.sample(topics, rng.randint(1, 3)), rng.randint(3, 12), details[number % 2])
        for number in range(WISHES)
    ]
    for number in range(CHATS):
        chosen, papers, detail = wishes[number % WISHES]
        chat = chats.add(Address("scripted", str(number)), title="", parent=None, by="bench")
        chats.choose(chat.number, Choices(papers=papers, detail=detail))
        for topic in chosen:
            chats.subscribe(chat.number, Subscription(topic, preset=False, by="bench", at=AT))


async def measure(path: Path) -> tuple[float, float]:
    """Serve everybody once; return the seconds and the megabytes that it took."""
    rng = random.Random(0)  # noqa: S311 - the same day in every run
    settings = load(None, {}, parse)
    words, shares = vocabulary(rng)
    database = await Database.open(path, MIGRATIONS)
    try:
        await database.write(lambda db: fill(SqliteChats(db, make_preferences(settings)), rng, words))
        await database.write(lambda db: SqlitePapers(db).keep(listing(rng, words, shares), AT))
        rounds = Rounds(
            store=SqliteStore(database, make_preferences(settings)),
            papers=SqlitePaperStore(database),
            briefs=Briefs(ExtractiveSummarizer()),
            ahead=NotesAhead(extracted(settings, database, lambda: AT).notebook),
            allowances=Allowances(100, lambda: AT),
            platforms={"scripted": ScriptedPlatform(lambda _: None, lambda: AT)},
            presets={},
            calendar=make_calendar(settings),
            figures=FiguresAhead(extracted(settings, database, lambda: AT).notebook, settings.arxiv.site_url),
        )
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        start = time.perf_counter()
        served = await rounds.serve(AT)
        took = time.perf_counter() - start
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    finally:
        await database.close()
    if served.chats + served.silent != CHATS:
        raise AssertionError(f"{served} of {CHATS} chats")
    return took, grown


def main() -> None:
    """Measure once; what comes first is most of it."""
    with tempfile.TemporaryDirectory() as folder:
        took, grown = asyncio.run(measure(Path(folder) / "paperround.db"))
    name = f"a round for {CHATS:,} chats with {WISHES} wishes"
    report(name, round(took, 1), "s", f"<= {MOST_SECONDS}", ok=took <= MOST_SECONDS)
    report(f"{name}, memory", round(grown), "MB", f"<= {MOST_MEGABYTES}", ok=grown <= MOST_MEGABYTES)


if __name__ == "__main__":
    main()
