"""Chats as rows: where they are, what each level chose and subscribed. Knows no rule of when one is due.

A chat's `due_at` is never later than the first moment at which it is due: whatever may bring that moment
forward has the chat looked at in the next round, which sets it right when the chat isn't due. A chat that
subscribed nothing is never looked at, so the levels that only carry settings cost nothing.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bot.chats import KEPT, Address, Chat, Choices
from bot.storage.chat_loading import load
from bot.storage.chat_rows import (
    NEVER,
    SOON,
    read_choices,
    read_subscription,
    write_choices,
    write_subscription,
    write_time,
)
from bot.storage.chat_statements import (
    ADD,
    BELOW,
    DUE,
    DUE_FROM,
    LOST,
    LOST_WITH,
    NEWEST,
    READING,
    SUBSCRIBE,
)
from bot.storage.merging import merge

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    import sqlite_utils

    from bot.chats import Preferences, Subscription

_AT = "platform = :platform AND chat = :chat AND thread = :thread"


class SqliteChats:
    """The `Chats` of one transaction.

    Args:
        db: the database.
        defaults: of config.toml, for what no level chose.
    """

    def __init__(self, db: sqlite_utils.Database, defaults: Preferences) -> None:
        self._db = db
        self._defaults = defaults

    def due(self, now: datetime, newest: int, limit: int) -> tuple[Chat, ...]:
        """Return chats that may be sent something now and weren't told of listing `newest` yet."""
        found = self._db.query(DUE, {"newest": newest, "now": write_time(now), "limit": limit})
        return load(self._db, self._defaults, [row["number"] for row in found])

    def get(self, address: Address) -> Chat | None:
        """Return a chat with its subscriptions and the preferences of all levels."""
        number = self._find(address)
        return None if number is None else load(self._db, self._defaults, [number])[0]

    def numbered(self, chat: int) -> Chat | None:
        """Return the chat that has this key."""
        return next(iter(load(self._db, self._defaults, [chat])), None) if self._is_there(chat) else None

    def reading(self, platforms: Collection[str], now: datetime, after: int, limit: int) -> tuple[Chat, ...]:
        """Return the chats of these platforms that get digests, by their keys, from the one `after`."""
        wanted = {"platforms": json.dumps(list(platforms)), "now": write_time(now), "after": after}
        rows = self._db.query(
            f"SELECT number {READING} ORDER BY number LIMIT :limit",
            {**wanted, "limit": limit},
        )
        return load(self._db, self._defaults, [row["number"] for row in rows])

    def count_reading(self, platforms: Collection[str], now: datetime) -> int:
        """Return how many chats of these platforms get digests."""
        wanted = {"platforms": json.dumps(list(platforms)), "now": write_time(now), "after": 0}
        [(count,)] = self._db.conn.execute(f"SELECT count(*) {READING}", wanted).fetchall()
        return int(count)

    def told(self, chats: Mapping[int, datetime], serial: int) -> None:
        """Note that chats heard of everything up to a serial, and from when each may be due again."""
        self._db.conn.executemany(
            "UPDATE chats SET told = max(told, ?) WHERE number = ?", [(serial, number) for number in chats]
        )
        self.wait(chats)

    def wait(self, chats: Mapping[int, datetime]) -> None:
        """Note from when chats may be due that `due` returned and that aren't."""
        self._db.conn.executemany(
            DUE_FROM, [{"number": number, "at": write_time(at)} for number, at in chats.items()]
        )

    def newest_told(self) -> int:
        """Return the highest serial that a chat with subscriptions was told of; 0 if there's none."""
        [(newest,)] = self._db.conn.execute(
            "SELECT coalesce(max(told), 0) FROM chats WHERE number IN (SELECT chat FROM subscriptions)"
        ).fetchall()
        return int(newest)

    def wait_no_longer(self) -> None:
        """Have every chat looked at in the next round, because the defaults may have changed."""
        self._db.conn.execute("UPDATE chats SET due_at = ? WHERE due_at < ?", [SOON, NEVER])

    def add(self, address: Address, *, title: str, parent: Address | None, by: str) -> Chat:
        """Store a chat, or its new title and parent; who brought the bot there first stays."""
        above = None if parent is None else self._add(parent, "", None, "")
        return load(self._db, self._defaults, [self._add(address, title, above, by)])[0]

    def chosen(self, chat: int) -> Choices:
        """Return what this chat's own level chose."""
        found = self._db.conn.execute("SELECT choices FROM chats WHERE number = ?", [chat]).fetchone()
        return read_choices(found[0]) if found else Choices()

    def inherited(self, chat: int) -> Preferences:
        """Return what would hold for a chat whose own level chose nothing."""
        found = self._db.conn.execute("SELECT parent FROM chats WHERE number = ?", [chat]).fetchone()
        above = self.numbered(found[0]) if found and found[0] is not None else None
        return above.preferences if above else self._defaults

    def choose(self, chat: int, choices: Choices) -> None:
        """Replace what a level chose, for itself and for whatever inherits it."""
        for (before,) in self._db.conn.execute(
            "SELECT choices FROM chats WHERE number = ?", [chat]
        ).fetchall():
            self._db.conn.execute(
                "UPDATE chats SET choices = ? WHERE number = ?", [write_choices(choices, before), chat]
            )
        self._look_again(chat)

    def subscribe(self, chat: int, subscription: Subscription) -> bool:
        """Subscribe a topic, replacing one of this name; return whether the name is new.

        A chat's first subscription starts with the next listing.
        """
        row = {"chat": chat, **write_subscription(subscription)}
        names = {name for (name,) in self._names(chat)}
        if not names:
            self._db.conn.execute(f"UPDATE chats SET told = {NEWEST} WHERE number = ?", [chat])  # noqa: S608
        self._db.conn.execute(SUBSCRIBE, row)
        self._look_again(chat)
        return subscription.topic.name not in names

    def unsubscribe(self, chat: int, name: str) -> Subscription | None:
        """Remove a subscription and return it, None if there is none of this name."""
        rows = list(self._db.query("SELECT * FROM subscriptions WHERE chat = ? AND name = ?", [chat, name]))
        self._db.conn.execute("DELETE FROM subscriptions WHERE chat = ? AND name = ?", [chat, name])
        if not self._names(chat):
            self._db.conn.execute("UPDATE chats SET due_at = ? WHERE number = ?", [NEVER, chat])
        return read_subscription(rows[0]) if rows else None

    def pause(self, chat: int, until: datetime | None) -> None:
        """Send nothing until then, or until somebody resumes it; what it misses comes afterwards, at once."""
        self._db.conn.execute(
            "UPDATE chats SET state = 'paused', since = NULL, until = ? WHERE number = ?",
            [until and write_time(until), chat],
        )
        if until is not None:
            self.wait({chat: until})

    def resume(self, chat: int) -> None:
        """Send again."""
        self._db.conn.execute(
            "UPDATE chats SET state = 'active', since = NULL, until = NULL WHERE number = ?", [chat]
        )
        self._look_again(chat)

    def heard(self, address: Address) -> bool:
        """Note that somebody spoke in a chat; return whether it was out of reach, and is resumed by that.

        What was lost with it is resumed with it.
        """
        number = self._find(address, "AND state = 'unreachable'")
        if number is not None:
            self._resume_all(LOST_WITH, number)
        return number is not None

    def regain(self, chat: int) -> None:
        """Resume a chat and all that inherits from it, as far as it's out of reach, whenever it was lost."""
        self._resume_all(LOST, chat)

    def follow(self, chat: int, to: Address) -> None:
        """Give a chat another address; a chat that is there already becomes one with it."""
        there = self._find(to)
        if there is not None and there != chat:
            merge(self._db, chat, there)
            self._look_again(chat)
        self._db.conn.execute(
            """UPDATE chats SET platform = :platform, chat = :chat, thread = :thread, since = NULL,
                   state = CASE state WHEN 'unreachable' THEN 'active' ELSE state END
               WHERE number = :number""",
            {**_place(to), "number": chat},
        )

    def lose(self, chat: int, at: datetime) -> None:
        """Note that a chat can't be reached since `at`."""
        self._db.conn.execute(
            """UPDATE chats SET state = 'unreachable', since = coalesce(since, ?), until = NULL
               WHERE number = ?""",
            [write_time(at), chat],
        )

    def lose_all(self, chat: int, at: datetime) -> None:
        """Note the same of a chat and of everything that inherits its choices."""
        for (number,) in self._db.conn.execute(BELOW, {"number": chat}).fetchall():
            self.lose(number, at)

    def forget(self, now: datetime) -> int:
        """Delete the chats that couldn't be reached for longer than they are kept; return how many."""
        lost = self._db.query("SELECT number FROM chats WHERE since < ?", [write_time(now - KEPT)])
        numbers = [row["number"] for row in lost]
        for number in numbers:
            self.delete(number)
        return len(numbers)

    def delete(self, chat: int) -> None:
        """Delete all that is known of a chat; what inherited its choices inherits those above it."""
        self._look_again(chat)
        self._db.conn.execute(
            """UPDATE chats SET parent = (SELECT parent FROM chats WHERE number = :chat)
               WHERE parent = :chat""",
            {"chat": chat},
        )
        self._db.conn.execute("DELETE FROM chats WHERE number = ?", [chat])

    def _add(self, address: Address, title: str, parent: int | None, by: str) -> int:
        row = {**_place(address), "parent": parent, "title": title, "never": NEVER, "by": by}
        moved = parent and self._find(address, "AND parent IS NOT :parent", parent=parent)
        [(number,)] = self._db.conn.execute(ADD, row).fetchall()
        if moved:  # its preferences may be others
            self._look_again(number)
        return int(number)

    def _find(self, address: Address, condition: str = "", **values: object) -> int | None:
        found = self._db.conn.execute(
            f"SELECT number FROM chats WHERE {_AT} {condition}",  # noqa: S608 - constants
            {**_place(address), **values},
        ).fetchone()
        return found[0] if found else None

    def _is_there(self, chat: int) -> bool:
        return bool(self._db.conn.execute("SELECT 1 FROM chats WHERE number = ?", [chat]).fetchone())

    def _names(self, chat: int) -> list[tuple[str]]:
        found: list[tuple[str]] = self._db.conn.execute(
            "SELECT name FROM subscriptions WHERE chat = ?", [chat]
        ).fetchall()
        return found

    def _resume_all(self, wanted: str, chat: int) -> None:
        for (number,) in self._db.conn.execute(wanted, {"number": chat}).fetchall():
            self.resume(number)

    def _look_again(self, chat: int) -> None:
        """Have a chat, and those that inherit its choices, looked at in the next round."""
        below = self._db.query(BELOW, {"number": chat})
        self._db.conn.executemany(DUE_FROM, [{"number": row["number"], "at": SOON} for row in below])


def _place(address: Address) -> dict[str, str]:
    return {"platform": address.platform, "chat": address.chat, "thread": address.thread}
