"""Saved papers as rows. Every method belongs to one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.storage.chat_rows import write_time
from digest.model import PaperId

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    import sqlite_utils


class SqliteSaved:
    """The `Saved` of one transaction."""

    def __init__(self, db: sqlite_utils.Database) -> None:
        self._db = db

    def add(self, chat: int, papers: Collection[PaperId], at: datetime) -> tuple[PaperId, ...]:
        """Save papers; return those that weren't there."""
        return tuple(
            paper
            for paper in papers
            if self._db.conn.execute(
                "INSERT OR IGNORE INTO saved (chat, paper, at) VALUES (?, ?, ?)",
                [chat, str(paper), write_time(at)],
            ).rowcount
        )

    def remove(self, chat: int, paper: PaperId) -> bool:
        """Take a paper off the list; return whether it was there."""
        return bool(
            self._db.conn.execute(
                "DELETE FROM saved WHERE chat = ? AND paper = ?", [chat, str(paper)]
            ).rowcount
        )

    def of(self, chat: int) -> tuple[PaperId, ...]:
        """Return the papers of a chat, in the order in which they were saved."""
        rows = self._db.query("SELECT paper FROM saved WHERE chat = ? ORDER BY number", [chat])
        return tuple(PaperId(row["paper"]) for row in rows)
