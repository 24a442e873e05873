"""A large database for benches: many papers and chats, made up from a fixed seed within a minute or so.

Words come as often as in English (the nth most common one with a share of 1/n); abstracts have 120 words. The
papers are put together of ready sentences by SQLite, and the full text is indexed at once at the end.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import sqlite3
from datetime import timedelta
from itertools import accumulate, product
from typing import TYPE_CHECKING

import sqlite_utils

from bot.app import MIGRATIONS
from tests.papers import DAY

if TYPE_CHECKING:
    from pathlib import Path

PAPERS, CHATS = 500_000, 100_000
A_DAY = 700
CATEGORIES = ("cs.CV", "cs.CL", "cs.LG", "math.AG", "hep-th", "stat.ML", "quant-ph")

_POOL = 40_000  # sentences, titles and lists of authors that papers are made of
_SENTENCES, _WORDS = 4, 30
_SYLLABLES = [first + second for first in "bdfglmnrst" for second in "aeiou"]
_MEMORY = 64 * 2**20  # bytes of index that are gathered before they're written


def vocabulary() -> list[str]:
    """Return the words, the most common first."""
    words = ["".join(parts) for parts in product(_SYLLABLES, repeat=3)]
    random.Random(0).shuffle(words)  # noqa: S311 - the same words in every run
    return words[:30_000]


def make(path: Path) -> None:
    """Make the database; each chat subscribes one to three words."""
    rng = random.Random(1)  # noqa: S311 - the same papers in every run
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        db = sqlite_utils.Database(connection, execute_plugins=False)
        for pragma in (
            "auto_vacuum = INCREMENTAL",
            "journal_mode = OFF",
            "synchronous = OFF",
            "cache_size = -200000",
        ):
            connection.execute(f"PRAGMA {pragma}")
        for migrations in MIGRATIONS:
            migrations.apply(db)
        if connection.in_transaction:
            connection.execute("COMMIT")
        _add_papers(connection, rng)
        _add_chats(connection, rng)
    with path.open("rb") as file:
        os.fsync(file.fileno())  # what is measured mustn't wait while the disk takes in half a gigabyte


def _add_papers(connection: sqlite3.Connection, rng: random.Random) -> None:
    words = vocabulary()
    shares = list(accumulate(1 / (rank + 2) for rank in range(len(words))))
    connection.execute("CREATE TEMP TABLE pool (number INTEGER PRIMARY KEY, sentence, title, authors, cats)")
    connection.executemany(
        "INSERT INTO pool VALUES (?, ?, ?, ?, ?)",
        (
            (
                number,
                " ".join(rng.choices(words, cum_weights=shares, k=_WORDS)),
                " ".join(rng.choices(words, cum_weights=shares, k=4)),
                json.dumps([" ".join(rng.sample(words, 2)).title() for _ in range(4)]),
                json.dumps(rng.sample(CATEGORIES, 2)),
            )
            for number in range(_POOL)
        ),
    )
    triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    abstract = " || '. ' || ".join(
        f"(SELECT sentence FROM pool WHERE number = (n * {7919 + 2018 * each} + {131 * each}) % {_POOL})"  # noqa: S608
        for each in range(_SENTENCES)
    )

    def some(column: str, step: int) -> str:
        return f"(SELECT {column} FROM pool WHERE number = (n * {step} + n / {_POOL}) % {_POOL})"  # noqa: S608

    connection.execute("BEGIN")
    connection.execute(
        f"""WITH RECURSIVE counted (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < {PAPERS})
            INSERT INTO papers
            SELECT n, printf('%02d%02d.%05d', 10 + n / 20000, 1 + n % 20000 / 1700, n % 20000), 1,
                   {some("title", 1009)} || ' ' || {some("title", 7)}, {abstract}, {some("authors", 31)},
                   {some("cats", 17)}, NULL, NULL, NULL, '2020-01-01T00:00:00+00:00', NULL, 1 FROM counted"""  # noqa: S608
    )
    for ago in range(PAPERS // A_DAY, -1, -1):
        last = PAPERS - ago * A_DAY
        connection.execute(
            "INSERT INTO announcements"
            " SELECT ?, number, 'new', 1, 0 FROM papers WHERE number BETWEEN ? AND ?",
            [(DAY - timedelta(days=ago)).isoformat(), last - A_DAY + 1, last],
        )
    connection.execute(
        "INSERT INTO listings"
        " SELECT date, 'cs', 0, date || 'T04:10:00+00:00', row_number() OVER (ORDER BY date)"
        " FROM (SELECT DISTINCT date FROM announcements)"
    )
    connection.execute("INSERT INTO papers_fts (papers_fts, rank) VALUES ('hashsize', ?)", [_MEMORY])
    connection.execute("INSERT INTO papers_fts (papers_fts) VALUES ('rebuild')")
    for _, sql in triggers:
        connection.execute(sql)
    connection.execute("COMMIT")


def _add_chats(connection: sqlite3.Connection, rng: random.Random) -> None:
    words = vocabulary()[100:2_000]
    connection.execute("BEGIN")
    connection.execute(
        f"""WITH RECURSIVE counted (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < {CHATS})
            INSERT INTO chats
                (number, platform, chat, thread, title, choices, state, told, due_at, claimed_by)
            SELECT n, 'scripted', n, '', 'Chat ' || n, '{{}}', 'active',
                   (SELECT max(serial) FROM listings), '9999', '' FROM counted"""  # noqa: S608
    )
    connection.executemany(
        """INSERT INTO subscriptions (chat, name, title, query, archives, about, preset, by, at)
           VALUES (?, ?, ?, ?, '[]', '', 0, 'bench', '2026-01-05T09:00:00+00:00')""",
        (
            (chat, word, word, word)
            for chat in range(1, CHATS + 1)
            for word in rng.sample(words, rng.randint(1, 3))
        ),
    )
    connection.execute("COMMIT")
