"""Announcements of owners as rows. Every method belongs to one transaction."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from bot.notices import Notice
from bot.storage.chat_rows import write_time

if TYPE_CHECKING:
    import sqlite_utils


class SqliteNotices:
    """The `Notices` of one transaction."""

    def __init__(self, db: sqlite_utils.Database) -> None:
        self._db = db

    def keep(self, notice: Notice) -> None:
        """Store one, or how far it came; those before it that nobody began to send are forgotten."""
        self._db.conn.execute("DELETE FROM notices WHERE reached = 0 AND NOT done AND key <> ?", [notice.key])
        self._db.table("notices").upsert(
            {
                "key": notice.key,
                "text": notice.text,
                "made_at": write_time(notice.made_at),
                "reached": notice.reached,
                "chats": notice.chats,
                "done": int(notice.done),
            },
            pk="key",
        )

    def get(self, key: str) -> Notice | None:
        """Return the announcement of this key."""
        for row in self._db.query("SELECT * FROM notices WHERE key = ?", [key]):
            return Notice(
                key=row["key"],
                text=row["text"],
                made_at=datetime.fromisoformat(row["made_at"]),
                reached=row["reached"],
                chats=row["chats"],
                done=bool(row["done"]),
            )
        return None

    def begun(self, since: datetime) -> tuple[str, ...]:
        """Return the keys of those made since then that some chats had, but not all."""
        rows = self._db.query(
            "SELECT key FROM notices WHERE reached > 0 AND NOT done AND made_at >= ? ORDER BY made_at",
            [write_time(since)],
        )
        return tuple(row["key"] for row in rows)

    def drop(self, key: str) -> bool:
        """Forget one that wasn't begun to be sent; return whether there was one."""
        return bool(
            self._db.conn.execute(
                "DELETE FROM notices WHERE key = ? AND reached = 0 AND NOT done", [key]
            ).rowcount
        )
