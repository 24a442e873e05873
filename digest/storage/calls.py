"""What was asked of models and what it cost, as rows. Knows no model and no price."""

from __future__ import annotations

from datetime import UTC, date
from typing import TYPE_CHECKING

from digest.records import Spent
from digest.storage.database import Lane

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    import sqlite_utils

    from digest.records import ModelCall
    from digest.storage.database import Database

_RECORD = """
    INSERT INTO calls (day, at, provider, model, tokens_in, tokens_out, money, failed)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
_REUSE = """
    INSERT INTO reuses (day, provider, model, briefs) VALUES (?, ?, ?, ?)
    ON CONFLICT (day, provider, model) DO UPDATE SET briefs = briefs + excluded.briefs
"""
_SINCE = """
    SELECT day, provider, model, sum(calls), sum(failed), sum(tokens_in), sum(tokens_out), sum(money),
           sum(reused)
    FROM (
        SELECT day, provider, model, 1 AS calls, failed, tokens_in, tokens_out, money, 0 AS reused
        FROM calls WHERE day >= :day
        UNION ALL
        SELECT day, provider, model, 0, 0, 0, 0, 0.0, briefs FROM reuses WHERE day >= :day)
    GROUP BY day, provider, model ORDER BY day, provider, model
"""


class SqliteCalls:
    """The `KeptCalls` over a database.

    Args:
        database: with the migrations of papers applied.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def record(
        self, calls: Collection[ModelCall], reused: Mapping[tuple[str, str], int], at: datetime
    ) -> None:
        """Keep calls, and how often briefs were used again."""

        def write(db: sqlite_utils.Database) -> None:
            db.conn.executemany(_RECORD, list(map(_row, calls)))
            db.conn.executemany(_REUSE, [(_day(at), *who, times) for who, times in reused.items()])

        await self._database.write(write)

    async def since(self, day: date) -> tuple[Spent, ...]:
        """Return what each model cost on each day from this one on."""
        return await self._database.read(lambda db: spent_since(db, day), Lane.PEOPLE)


def spent_since(db: sqlite_utils.Database, day: date) -> tuple[Spent, ...]:
    """Return what each model cost on each day from this one on, inside a transaction."""
    rows = db.conn.execute(_SINCE, {"day": day.isoformat()})
    return tuple(Spent(date.fromisoformat(on), *rest) for on, *rest in rows)


def _row(call: ModelCall) -> tuple[object, ...]:
    at = call.at.astimezone(UTC)
    return (
        _day(at),
        at.isoformat(),
        call.provider,
        call.model,
        call.tokens_in,
        call.tokens_out,
        call.money,
        int(call.failed),
    )


def _day(at: datetime) -> str:
    return at.astimezone(UTC).date().isoformat()
