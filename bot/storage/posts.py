"""Posts of the archive as rows. Knows no folder."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from bot.storage.chat_rows import write_time
from digest.posts import Post

if TYPE_CHECKING:
    from collections.abc import Mapping

    import sqlite_utils

    from digest.storage.database import Database

_NEWEST = "SELECT * FROM posts ORDER BY day DESC, written_at DESC, topic LIMIT ?"
_FADE = """
    UPDATE posts SET content = '' WHERE content <> '' AND (day, topic) NOT IN
    (SELECT day, topic FROM posts ORDER BY day DESC, written_at DESC, topic LIMIT ?)
"""


class SqlitePosts:
    """The `Posts` over a database.

    Args:
        database: with the migrations of chats applied.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def written(self) -> Mapping[str, frozenset[date]]:
        """Return the days of each topic that have a post."""
        return await self._database.read(_written)

    async def newest(self, count: int) -> tuple[Post, ...]:
        """Return so many of the newest posts, the newest first."""
        return await self._database.read(lambda db: tuple(map(_post, db.query(_NEWEST, [count]))))

    async def keep(self, post: Post, shown: int) -> None:
        """Note that a post was written; of all but the `shown` newest, the content is let go."""
        await self._database.write(lambda db: _keep(db, post, shown))


def _written(db: sqlite_utils.Database) -> Mapping[str, frozenset[date]]:
    found: dict[str, set[date]] = {}
    for topic, day in db.conn.execute("SELECT topic, day FROM posts"):
        found.setdefault(topic, set()).add(date.fromisoformat(day))
    return {topic: frozenset(days) for topic, days in found.items()}


def _keep(db: sqlite_utils.Database, post: Post, shown: int) -> None:
    db.table("posts").insert(
        {
            "day": post.day.isoformat(),
            "topic": post.topic,
            "label": post.label,
            "identity": post.identity,
            "archive": post.archive,
            "title": post.title,
            "description": post.description,
            "content": post.content,
            "written_at": write_time(post.written),
        }
    )
    db.conn.execute(_FADE, [shown])


def _post(row: dict[str, Any]) -> Post:
    return Post(
        day=date.fromisoformat(row["day"]),
        topic=row["topic"],
        label=row["label"],
        identity=row["identity"],
        archive=row["archive"],
        title=row["title"],
        description=row["description"],
        content=row["content"],
        written=datetime.fromisoformat(row["written_at"]),
    )
