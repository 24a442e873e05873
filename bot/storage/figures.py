"""How many rows there are of what, and how big the file is. Every method belongs to one transaction."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Any

from bot.chats import State
from bot.figures import Figures
from bot.storage.chat_rows import write_time
from digest.storage.calls import spent_since

if TYPE_CHECKING:
    from datetime import datetime

    import sqlite_utils

_MOST_NAMED = 5
_WANTED = """
    SELECT (SELECT title FROM subscriptions AS one WHERE one.number = newest), chats FROM (
        SELECT max(number) AS newest, count(*) AS chats FROM subscriptions GROUP BY name
        ORDER BY chats DESC, newest LIMIT ?)
"""
# Nothing is asked of each row but the few that failed, which have an index of their own.
_SETTLED = """
    SELECT settled - failed, failed FROM
        (SELECT count(*) AS settled FROM deliveries WHERE settled_at >= ?),
        (SELECT count(*) AS failed FROM deliveries INDEXED BY deliveries_given_up
         WHERE state IN ('expired', 'dropped') AND settled_at >= ?)
"""
# Numbers are given out in turn, so the highest tells enough.
_ROWS = """
    SELECT coalesce((SELECT max(number) FROM chats), 0) + coalesce((SELECT max(number) FROM subscriptions), 0)
           + coalesce((SELECT max(number) FROM deliveries), 0)
"""


class SqliteCounts:
    """The `Counts` of one transaction."""

    def __init__(self, db: sqlite_utils.Database) -> None:
        self._db = db

    def rows(self) -> int:
        """Return about how many rows there are to count, at once."""
        return self._number(_ROWS)

    def figures(self, since: datetime) -> Figures:
        """Count everything, messages and what models cost since a time."""
        chats: dict[str, dict[State, int]] = {}
        for platform, state, count in self._rows("SELECT platform, state, count(*) FROM chats GROUP BY 1, 2"):
            chats.setdefault(platform, {})[State(state)] = count
        start = write_time(since)
        [(sent, failed)] = self._rows(_SETTLED, start, start)
        return Figures(
            chats=chats,
            subscriptions=self._number("SELECT count(*) FROM subscriptions"),
            wanted=self._rows(_WANTED, _MOST_NAMED),
            papers=self._number("SELECT count(*) FROM papers"),
            days=self._number("SELECT count(DISTINCT date) FROM listings"),
            sent=sent,
            failed=failed,
            waiting=self._number(
                "SELECT count(*) FROM deliveries WHERE state IN ('pending', 'claimed')"  # as its index has it
            ),
            size=self._number("PRAGMA page_count") * self._number("PRAGMA page_size"),
            spent=spent_since(self._db, since.astimezone(UTC).date()),
        )

    def _rows(self, sql: str, *values: object) -> list[Any]:
        return self._db.conn.execute(sql, values).fetchall()

    def _number(self, sql: str) -> int:
        [(number,)] = self._rows(sql)
        return int(number)
