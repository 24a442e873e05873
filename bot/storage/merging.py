"""Two chats that turned out to be one: what becomes of their rows. Knows nothing of why they are one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.chats import inherited
from bot.storage.chat_rows import read_choices, write_choices

if TYPE_CHECKING:
    import sqlite_utils

# Of two chats that subscribed, the one that heard less decides: a paper that the other had isn't sent again,
# because deliveries move along, whereas one that nobody was told of would be lost.
_TOLD = """
    UPDATE chats SET
        told = coalesce((SELECT min(told) FROM chats AS both WHERE number IN (:kept, :other)
            AND EXISTS (SELECT 1 FROM subscriptions WHERE subscriptions.chat = both.number)), told),
        claimed_by = coalesce(nullif(claimed_by, ''),
            (SELECT claimed_by FROM chats WHERE number = :other)),
        title = coalesce(nullif(title, ''), (SELECT title FROM chats WHERE number = :other))
    WHERE number = :kept
"""
# A chat that inherited from the other one moves up, so that no chat ends under itself.
_PARENT = """
    WITH RECURSIVE above (number) AS (
        SELECT parent FROM chats WHERE number = :kept
        UNION SELECT chats.parent FROM chats JOIN above USING (number)
    )
    UPDATE chats SET parent = (SELECT parent FROM chats WHERE number = :other)
    WHERE number = :kept AND :other IN (SELECT number FROM above)
"""
_MOVE = (
    "UPDATE OR IGNORE subscriptions SET chat = :kept WHERE chat = :other",
    "UPDATE deliveries SET chat = :kept WHERE chat = :other",
    "UPDATE OR IGNORE saved SET chat = :kept WHERE chat = :other",
    "UPDATE chats SET parent = :kept WHERE parent = :other AND number <> :kept",
    "DELETE FROM chats WHERE number = :other",
)


def merge(db: sqlite_utils.Database, kept: int, other: int) -> None:
    """Make one chat of two, and free the other's address.

    The first keeps its number, state and choices; the other's subscriptions, deliveries, saved papers,
    children and whatever the first left open come to it.
    """
    both = {"kept": kept, "other": other}
    stored: dict[int, str] = dict(
        db.conn.execute("SELECT number, choices FROM chats WHERE number IN (:kept, :other)", both).fetchall()
    )
    choices = inherited(read_choices(stored[kept]), read_choices(stored[other]))
    db.conn.execute(
        "UPDATE chats SET choices = ? WHERE number = ?", [write_choices(choices, stored[kept]), kept]
    )
    for statement in (_TOLD, _PARENT, *_MOVE):
        db.conn.execute(statement, both)
