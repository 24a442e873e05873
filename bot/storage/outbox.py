"""The outbox of a database: who drains it has deliveries and chats in one transaction. Holds no SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from bot.storage.deliveries import SqliteDeliveries

if TYPE_CHECKING:
    from collections.abc import Callable

    import sqlite_utils

    from bot.deliveries import Deliveries
    from bot.records import Chats
    from digest.storage.database import Database

T = TypeVar("T")


class SqliteOutboxStore:
    """The `OutboxStore` over a database; who keeps chats is handed in, because both share transactions."""

    def __init__(self, database: Database, chats: Callable[[sqlite_utils.Database], Chats]) -> None:
        self._database = database
        self._chats = chats

    async def read(self, fn: Callable[[Deliveries], T]) -> T:
        """Run `fn` on one snapshot."""
        return await self._database.read(lambda db: fn(SqliteDeliveries(db)))

    async def write(self, fn: Callable[[Deliveries, Chats], T]) -> T:
        """Run `fn` as one transaction over the outbox and the chats."""
        return await self._database.write(lambda db: fn(SqliteDeliveries(db), self._chats(db)))
