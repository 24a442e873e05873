"""Briefs that models wrote, as rows. Knows no model and no check."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Any

import msgspec

from digest.model import Brief
from digest.records import Attempt, Written
from digest.storage.database import Lane

if TYPE_CHECKING:
    from datetime import datetime

    import sqlite_utils

    from digest.records import BriefKey
    from digest.storage.database import Database

_KEY = "paper = ? AND version = ? AND language = ? AND provider = ? AND model = ? AND prompt = ?"
_FIND = f"SELECT brief, attempts FROM briefs WHERE {_KEY}"  # noqa: S608 - a constant
_KEEP = """
    INSERT OR IGNORE INTO briefs (paper, version, language, provider, model, prompt, brief, attempts, made_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


class SqliteBriefs:
    """The `KeptBriefs` over a database.

    Args:
        database: with the migrations of papers applied.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, key: BriefKey) -> Written | None:
        """Return what was kept under a key; somebody may be waiting for it."""
        return await self._database.read(lambda db: _find(db, key), Lane.PEOPLE)

    async def keep(self, key: BriefKey, written: Written, at: datetime) -> None:
        """Keep a brief; one that is there already stays."""
        row = (
            *_columns(key),
            msgspec.json.encode(written.brief).decode(),
            msgspec.json.encode(written.attempts).decode(),
            at.astimezone(UTC).isoformat(),
        )
        await self._database.write(lambda db: db.conn.execute(_KEEP, row))


def _find(db: sqlite_utils.Database, key: BriefKey) -> Written | None:
    row = db.conn.execute(_FIND, _columns(key)).fetchone()
    if row is None:
        return None
    brief, attempts = row
    return Written(
        msgspec.json.decode(brief, type=Brief), msgspec.json.decode(attempts, type=tuple[Attempt, ...])
    )


def _columns(key: BriefKey) -> tuple[Any, ...]:
    return (key.paper.value, key.version, key.language, key.provider, key.model, key.prompt)
