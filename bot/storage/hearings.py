"""What chats were told last, as rows. Every method belongs to one transaction."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from bot.heard import Heard

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import sqlite_utils

# A chat that was deleted meanwhile is passed over.
_TELL = """
    INSERT INTO heard (chat, {column}) SELECT number, :day FROM chats WHERE number = :chat
    ON CONFLICT (chat) DO UPDATE SET {column} = max(coalesce({column}, ''), excluded.{column})
"""


class SqliteHearings:
    """The `Hearings` of one transaction."""

    def __init__(self, db: sqlite_utils.Database) -> None:
        self._db = db

    def of(self, chats: Collection[int]) -> Mapping[int, Heard]:
        """Return what each chat was told last."""
        rows = self._db.query(
            "SELECT * FROM heard WHERE chat IN (SELECT value FROM json_each(?))", [json.dumps(list(chats))]
        )
        return {row["chat"]: Heard(_date(row["told"]), _date(row["late"])) for row in rows}

    def tell(self, chats: Mapping[int, date]) -> None:
        """Note the newest announcement date that chats were told of, or had nothing of."""
        self._note("told", chats)

    def tell_late(self, chats: Mapping[int, date]) -> None:
        """Note the announcement date that chats were told comes late."""
        self._note("late", chats)

    def _note(self, column: str, chats: Mapping[int, date]) -> None:
        self._db.conn.executemany(
            _TELL.format(column=column),
            [{"chat": chat, "day": day.isoformat()} for chat, day in chats.items()],
        )


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
