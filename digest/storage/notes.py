"""Notes that models took, as rows. Knows no model and no check."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

import msgspec

from digest.notes import Taken
from digest.storage.database import Lane

if TYPE_CHECKING:
    from datetime import datetime

    import sqlite_utils

    from digest.records import Attempt, BriefKey
    from digest.storage.database import Database

_FIND = """
    SELECT taken FROM notes
    WHERE paper = ? AND version = ? AND language = ? AND provider = ? AND model = ? AND prompt = ?
"""
_KEEP = """
    INSERT OR IGNORE INTO notes (paper, version, language, provider, model, prompt, taken, attempts, made_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


class SqliteNotes:
    """The `KeptNotes` over a database.

    Args:
        database: with the migrations of papers applied.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, key: BriefKey) -> Taken | None:
        """Return what was kept under a key; somebody is waiting for it."""
        return await self._database.read(lambda db: _find(db, key), Lane.PEOPLE)

    async def keep(self, key: BriefKey, taken: Taken, attempts: tuple[Attempt, ...], at: datetime) -> None:
        """Keep notes; those that are there already stay."""
        row = (
            *_columns(key),
            msgspec.json.encode(taken).decode(),
            msgspec.json.encode(attempts).decode(),
            at.astimezone(UTC).isoformat(),
        )
        await self._database.write(lambda db: db.conn.execute(_KEEP, row))


def _find(db: sqlite_utils.Database, key: BriefKey) -> Taken | None:
    row = db.conn.execute(_FIND, _columns(key)).fetchone()
    return None if row is None else msgspec.json.decode(row[0], type=Taken)


def _columns(key: BriefKey) -> tuple[str, int, str, str, str, str]:
    return (key.paper.value, key.version, key.language, key.provider, key.model, key.prompt)
