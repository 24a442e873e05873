"""The schema of papers, step by step; a landed step is never changed, only followed by another.

`migrate` works for every set of migrations (`bot` brings its own); it copies the file before each step.
"""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING

import sqlite_utils
from sqlite_utils.migrations import Migrations

from digest.errors import StorageCorruptError, StorageTooNewError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

PAPERS = Migrations("digest")


@PAPERS()
def m001_papers(db: sqlite_utils.Database) -> None:
    """Papers at their newest version, what was announced when, and which listings were read."""
    db.execute("""
        CREATE TABLE papers (
            number INTEGER PRIMARY KEY,  -- stable, so that a full-text index can point here
            id TEXT NOT NULL UNIQUE,
            version INTEGER NOT NULL CHECK (version > 0),
            title TEXT NOT NULL,
            abstract TEXT NOT NULL,
            authors TEXT NOT NULL,       -- JSON array, in order
            categories TEXT NOT NULL,    -- JSON array, the primary one first
            comment TEXT,
            journal_ref TEXT,
            doi TEXT,
            submitted TEXT,              -- ISO 8601, UTC
            updated TEXT,
            detailed INTEGER NOT NULL    -- 1: read from the API, which knows what the feed leaves out
        ) STRICT
    """)
    db.execute("""
        CREATE TABLE announcements (
            date TEXT NOT NULL,
            paper INTEGER NOT NULL REFERENCES papers (number),
            kind TEXT NOT NULL CHECK (kind IN ('new', 'cross', 'replace', 'replace-cross')),
            version INTEGER NOT NULL,
            inferred INTEGER NOT NULL,
            PRIMARY KEY (date, paper)
        ) STRICT, WITHOUT ROWID
    """)
    db.execute("CREATE INDEX announcements_by_paper ON announcements (paper)")
    db.execute("""
        CREATE TABLE listings (
            date TEXT NOT NULL,
            archive TEXT NOT NULL,
            inferred INTEGER NOT NULL,
            harvested_at TEXT NOT NULL,
            PRIMARY KEY (date, archive)
        ) STRICT, WITHOUT ROWID
    """)


@PAPERS()
def m002_full_text(db: sqlite_utils.Database) -> None:
    """Full-text search over papers, kept in step by triggers."""
    db.table("papers").enable_fts(
        ["title", "abstract", "authors"],
        tokenize="porter unicode61 remove_diacritics 2",
        create_triggers=True,
    )


@PAPERS()
def m003_pace(db: sqlite_utils.Database) -> None:
    """When each service was last asked, so that every process keeps its rate together."""
    db.execute("CREATE TABLE pace (service TEXT PRIMARY KEY, asked_at REAL NOT NULL) STRICT, WITHOUT ROWID")


@PAPERS()
def m004_serial(db: sqlite_utils.Database) -> None:
    """Numbers listings in the order in which they, or more of them, came."""
    db.execute("ALTER TABLE listings ADD COLUMN serial INTEGER NOT NULL DEFAULT 0")
    db.execute("UPDATE listings SET serial = 1")
    db.execute("CREATE INDEX listings_by_serial ON listings (serial)")


@PAPERS()
def m005_categories(db: sqlite_utils.Database) -> None:
    """Finds the papers of a category without reading whole papers."""
    db.execute("CREATE INDEX papers_by_categories ON papers (number, categories)")


@PAPERS()
def m006_briefs(db: sqlite_utils.Database) -> None:
    """Briefs that models wrote, so that each is made once; every call of a model, with what it cost."""
    db.execute("""
        CREATE TABLE briefs (
            paper TEXT NOT NULL,         -- an arXiv id, whether or not the paper is kept
            version INTEGER NOT NULL,
            language TEXT NOT NULL,
            provider TEXT NOT NULL,
            model TEXT NOT NULL,         -- the one that settings name
            prompt TEXT NOT NULL,
            brief TEXT NOT NULL,         -- JSON
            attempts TEXT NOT NULL,      -- JSON: each answer and what the check said of it
            made_at TEXT NOT NULL,
            PRIMARY KEY (paper, version, language, provider, model, prompt)
        ) STRICT, WITHOUT ROWID
    """)
    db.execute("""
        CREATE TABLE calls (
            number INTEGER PRIMARY KEY,
            day TEXT NOT NULL,           -- UTC
            at TEXT NOT NULL,
            provider TEXT NOT NULL,
            model TEXT NOT NULL,         -- the one that answered
            tokens_in INTEGER NOT NULL,
            tokens_out INTEGER NOT NULL,
            money REAL NOT NULL,         -- in the currency of the prices that settings name
            failed INTEGER NOT NULL
        ) STRICT
    """)
    db.execute("CREATE INDEX calls_by_day ON calls (day)")
    db.execute("""
        CREATE TABLE reuses (
            day TEXT NOT NULL,
            provider TEXT NOT NULL,
            model TEXT NOT NULL,
            briefs INTEGER NOT NULL,     -- asked for and there already
            PRIMARY KEY (day, provider, model)
        ) STRICT, WITHOUT ROWID
    """)


@PAPERS()
def m007_notes(db: sqlite_utils.Database) -> None:
    """Notes that models took of whole papers, with what their files tell beside."""
    db.execute("""
        CREATE TABLE notes (
            paper TEXT NOT NULL,         -- an arXiv id, whether or not the paper is kept
            version INTEGER NOT NULL,
            language TEXT NOT NULL,
            provider TEXT NOT NULL,
            model TEXT NOT NULL,         -- the one that settings name
            prompt TEXT NOT NULL,
            taken TEXT NOT NULL,         -- JSON: the notes, and the outline of the full text
            attempts TEXT NOT NULL,      -- JSON: each answer and what the check said of it
            made_at TEXT NOT NULL,
            PRIMARY KEY (paper, version, language, provider, model, prompt)
        ) STRICT, WITHOUT ROWID
    """)


def migrate(db: sqlite_utils.Database, path: Path, sets: Sequence[Migrations]) -> None:
    """Bring the schema up to date, each step in one transaction, after a copy of the file.

    The copy is named after the step it precedes: ``paperround.db.before-m002_full_text``. A file that is
    only just being made isn't copied.
    """
    fresh = not db.table_names()
    for migrations in sets:
        while pending := migrations.pending(db):
            step, *later = pending
            db.conn.execute("BEGIN IMMEDIATE")
            try:
                # Another process may have taken the step while this one waited for its turn.
                if step.name in {waiting.name for waiting in migrations.pending(db)}:
                    if not fresh:
                        _copy(path, f"{path}.before-{step.name}")
                    migrations.apply(db, stop_before=[other.name for other in later])
                db.conn.execute("COMMIT")
            except BaseException:
                with contextlib.suppress(sqlite3.Error):  # a full disk may have ended the transaction
                    db.conn.execute("ROLLBACK")
                raise


def refuse_foreign(db: sqlite_utils.Database, path: Path, sets: Sequence[Migrations]) -> None:
    """Make sure that a database is empty or ours, and not from the future.

    Raises:
        StorageTooNewError: it has steps that this version doesn't know.
        StorageCorruptError: it belongs to some other program.
    """
    tables = db.table_names()
    if tables and Migrations.migrations_table not in tables:
        raise StorageCorruptError(
            f"{path} is a database of another program. Name another file in [storage] path."
        )
    with contextlib.closing(sqlite_utils.Database(memory=True, execute_plugins=False)) as nothing:
        steps = [{step.name for step in migrations.pending(nothing)} for migrations in sets]
    for migrations, known in zip(sets, steps, strict=True):
        unknown = [step.name for step in migrations.applied(db) if step.name not in known]
        if unknown:
            raise StorageTooNewError(
                f"{path} was written by a newer paperround (it has “{unknown[0]}”). Upgrade paperround, "
                "or bring back a backup made by this version."
            )


def _copy(source: Path, target: str) -> None:
    with (
        contextlib.closing(sqlite3.connect(source)) as before,
        contextlib.closing(sqlite3.connect(target)) as copy,
    ):
        before.backup(copy)
