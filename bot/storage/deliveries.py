"""The outbox as rows: keeps parcels, hands out what can be sent. Every method belongs to one transaction.

A delivery is held while an earlier one for its chat isn't settled, so that what can be sent is always the
front of one index, however much waits behind.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from bot.chats import Address
from bot.outbox import Delivery, DeliveryState, Message
from bot.records import Latest, Telling
from digest.model import PaperId

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    import sqlite_utils

    from bot.outbox import Settlement, Trouble
    from bot.records import Chats, Deliveries, Parcel
    from digest.storage.database import Database

T = TypeVar("T")

# Numbers are given out here, chat by chat, because keys are made of them. A chat that waits for an equal
# parcel gets it once; one that was forgotten meanwhile gets nothing; only the first part makes a sound.
_KEEP_DELIVERIES = """
    INSERT INTO deliveries
        (number, chat, platform, message, part, state, key, tries, plain, sound, due_at, made_at, held)
    SELECT number, chat, platform, message, part, 'pending', printf('%s-%x', substr(:key, 1, 8), number),
           0, 0, sound AND part = 0, :at, :at, held OR part > 0
    FROM (
        SELECT (SELECT coalesce(max(number), 0) FROM deliveries)
                   + row_number() OVER (ORDER BY wanted.id, messages.part) AS number,
               chats.number AS chat, chats.platform, messages.number AS message, messages.part,
               wanted.value AS sound,
               EXISTS (SELECT 1 FROM deliveries AS earlier INDEXED BY deliveries_unsettled
                       WHERE earlier.chat = chats.number AND earlier.state IN ('pending', 'claimed')) AS held
        FROM json_each(:chats) AS wanted
        JOIN chats ON chats.number = CAST(wanted.key AS INTEGER)
        JOIN messages ON messages.parcel = :parcel
        WHERE NOT EXISTS (
            SELECT 1 FROM deliveries AS equal INDEXED BY deliveries_unsettled
            JOIN messages AS told ON told.number = equal.message
            WHERE equal.chat = chats.number AND equal.state IN ('pending', 'claimed')
              AND told.parcel = :parcel)
    )
"""
_DUE = """
    SELECT deliveries.*, chats.chat AS chat_id, chats.thread, messages.body, messages.plain AS plain_body,
           (SELECT json_group_array(paper) FROM message_papers
            WHERE message_papers.message = deliveries.message) AS papers
    FROM deliveries
    JOIN chats ON chats.number = deliveries.chat
    JOIN messages ON messages.number = deliveries.message
    WHERE deliveries.platform = ? AND deliveries.state = 'pending' AND deliveries.held = 0
      AND deliveries.due_at <= ?
    ORDER BY deliveries.due_at, deliveries.number LIMIT ?
"""
_SETTLE = """
    UPDATE deliveries
    SET state = :state, due_at = :due_at, tries = :tries, plain = :plain, sent_as = :sent_as, why = :why,
        settled_at = :settled_at
    WHERE number = :delivery AND state = 'claimed'
"""
_DROP_THE_REST = """
    UPDATE deliveries INDEXED BY deliveries_unsettled SET state = 'dropped', why = :why, settled_at = :at
    WHERE chat = :chat AND state IN ('pending', 'claimed')
"""
# The chat is looked up, because chats that turn out to be one are merged while something is being sent.
_LET_THE_NEXT_GO = """
    UPDATE deliveries SET held = 0
    WHERE held = 1 AND number = (
        SELECT min(number) FROM deliveries INDEXED BY deliveries_unsettled
        WHERE chat = (SELECT chat FROM deliveries WHERE number = ?) AND state IN ('pending', 'claimed'))
"""
# It begins with the papers: most are new, and what chats had of others costs nothing.
_HAD = """
    SELECT DISTINCT deliveries.chat, message_papers.paper
    FROM json_each(:papers) AS asked
    CROSS JOIN message_papers ON message_papers.paper = asked.value
    CROSS JOIN deliveries ON deliveries.message = message_papers.message
    WHERE deliveries.state IN ('pending', 'claimed', 'sent')
      AND deliveries.chat IN (SELECT value FROM json_each(:chats))
"""
# For many chats a look at all deliveries of a paper is cheaper than a search for each; + says so to SQLite.
_HAD_BY_MANY = _HAD.replace("AND deliveries.chat", "AND +deliveries.chat")
_MANY = 100
_TELLINGS = """
    SELECT deliveries.state, coalesce(settled_at, made_at) AS at, why
    FROM message_papers CROSS JOIN deliveries ON deliveries.message = message_papers.message
    WHERE message_papers.paper = ? AND deliveries.chat = ? ORDER BY deliveries.number
"""
_FREED = """
    SELECT DISTINCT given_up.chat, announcements.date
    FROM deliveries AS given_up
    JOIN message_papers USING (message)
    JOIN papers ON papers.id = message_papers.paper
    JOIN announcements ON announcements.paper = papers.number AND kind IN ('new', 'cross')
    WHERE given_up.chat IN (SELECT value FROM json_each(:chats))
      AND given_up.state IN ('expired', 'dropped') AND given_up.made_at >= :since
      AND NOT EXISTS (
          SELECT 1 FROM message_papers AS told JOIN deliveries ON deliveries.message = told.message
          WHERE told.paper = message_papers.paper AND deliveries.chat = given_up.chat
            AND deliveries.state IN ('pending', 'claimed', 'sent'))
"""
_FORGET_DELIVERIES = """
    DELETE FROM deliveries WHERE number IN (
        SELECT number FROM deliveries WHERE settled_at < ? ORDER BY settled_at LIMIT ?)
"""
_FORGET_PARCELS = """
    DELETE FROM parcels WHERE number IN (
        SELECT number FROM parcels WHERE made_at < ? AND NOT EXISTS (
            SELECT 1 FROM messages JOIN deliveries ON deliveries.message = messages.number
            WHERE messages.parcel = parcels.number)
        LIMIT ?)
"""

_LATEST = """
    SELECT state, coalesce(settled_at, made_at) AS at, tries, coalesce(why, '') AS why,
           (SELECT count(*) FROM deliveries INDEXED BY deliveries_unsettled
            WHERE chat = :chat AND state IN ('pending', 'claimed')) AS waiting
    FROM deliveries WHERE chat = :chat ORDER BY number DESC LIMIT 1
"""
_PARCELS_OF = """
    SELECT DISTINCT messages.parcel FROM deliveries JOIN messages ON messages.number = deliveries.message
    WHERE deliveries.chat = ?
"""
_FORGET_PARCEL = """
    DELETE FROM parcels WHERE number = ? AND NOT EXISTS (
        SELECT 1 FROM messages JOIN deliveries ON deliveries.message = messages.number
        WHERE messages.parcel = parcels.number)
"""


class SqliteDeliveries:
    """The `Deliveries` of one transaction."""

    def __init__(self, db: sqlite_utils.Database) -> None:
        self._db = db

    def keep(self, parcels: Sequence[Parcel], at: datetime) -> None:
        """Store parcels and a pending delivery for every message and chat."""
        for parcel in parcels:
            chats = {str(chat): int(sound) for chat, sound in parcel.chats.items()}
            self._db.conn.execute(
                _KEEP_DELIVERIES,
                {"parcel": self._parcel(parcel, at), "key": parcel.key, "chats": json.dumps(chats)}
                | {"at": _text(at)},
            )

    def had(self, chats: Collection[int], papers: Collection[PaperId]) -> Mapping[int, frozenset[PaperId]]:
        """Return which of the papers each chat had: its deliveries' that aren't expired or dropped."""
        found: dict[int, set[PaperId]] = {chat: set() for chat in chats}
        wanted = {"chats": json.dumps(list(found)), "papers": json.dumps([paper.value for paper in papers])}
        for chat, paper in self._db.conn.execute(_HAD if len(found) < _MANY else _HAD_BY_MANY, wanted):
            found[chat].add(PaperId(paper))
        return {chat: frozenset(had) for chat, had in found.items()}

    def tellings(self, chat: int, paper: PaperId) -> tuple[Telling, ...]:
        """Return what became of the deliveries that told a chat a paper, or were to, oldest first."""
        rows = self._db.query(_TELLINGS, [paper.value, chat])
        return tuple(
            Telling(DeliveryState(row["state"]), datetime.fromisoformat(row["at"]), row["why"] or "")
            for row in rows
        )

    def freed(self, chats: Collection[int], since: datetime) -> Mapping[int, frozenset[date]]:
        """Return the announcement dates of papers that deliveries made since then never told."""
        found: dict[int, set[date]] = {}
        wanted = {"chats": json.dumps(list(chats)), "since": _text(since)}
        for chat, day in self._db.conn.execute(_FREED, wanted):
            found.setdefault(chat, set()).add(date.fromisoformat(day))
        return {chat: frozenset(dates) for chat, dates in found.items()}

    def claim(self, platform: str, now: datetime, limit: int) -> tuple[Delivery, ...]:
        """Claim deliveries that are due: the first unsettled part of each chat, the oldest first."""
        due = tuple(_delivery(row) for row in self._db.query(_DUE, [platform, _text(now), limit]))
        self._db.conn.executemany(
            "UPDATE deliveries SET state = 'claimed' WHERE number = ?",
            [(delivery.number,) for delivery in due],
        )
        return due

    def settle(self, settlements: Sequence[Settlement], at: datetime) -> tuple[Trouble, ...]:
        """Write down what became of claimed deliveries; let the next part of their chats be claimed."""
        connection = self._db.conn
        connection.executemany(_SETTLE, [_row(settlement, at) for settlement in settlements])
        connection.executemany(
            _DROP_THE_REST,
            [
                {"chat": settlement.chat, "why": settlement.why, "at": _text(at)}
                for settlement in settlements
                if settlement.lost
            ],
        )
        connection.executemany(
            _LET_THE_NEXT_GO, [(settlement.delivery,) for settlement in settlements if settlement.final]
        )
        troubles = [settlement.trouble for settlement in settlements if settlement.trouble]
        return tuple(trouble for trouble in troubles if self._news(trouble, at))

    def release(self, platform: str) -> int:
        """Make what a crash left claimed pending again, under the same keys; return how many."""
        return self._db.conn.execute(
            "UPDATE deliveries SET state = 'pending', tries = tries + 1 "
            "WHERE state IN ('pending', 'claimed') AND state = 'claimed' AND platform = ?",  # by the index
            [platform],
        ).rowcount

    def rewind(self, platform: str, now: datetime) -> int:
        """Make due what was made later than `now`: the clock was set back; return how many."""
        return self._db.conn.execute(
            "UPDATE deliveries SET due_at = :now, made_at = :now "
            "WHERE platform = :platform AND state IN ('pending', 'claimed') AND made_at > :now",
            {"platform": platform, "now": _text(now)},
        ).rowcount

    def next_due(self, platform: str) -> datetime | None:
        """Return when the next delivery can be claimed; None if nothing waits."""
        (due_at,) = self._db.conn.execute(
            "SELECT min(due_at) FROM deliveries WHERE platform = ? AND state = 'pending' AND held = 0",
            [platform],
        ).fetchone()
        return datetime.fromisoformat(due_at) if due_at else None

    def latest(self, chat: int) -> Latest | None:
        """Return the newest delivery of a chat."""
        row = next(self._db.query(_LATEST, {"chat": chat}), None)
        if row is None:
            return None
        at = datetime.fromisoformat(row["at"])
        return Latest(DeliveryState(row["state"]), at, row["tries"], row["why"], row["waiting"])

    def forget(self, chat: int) -> None:
        """Forget what a chat was sent and what waits for it, with the messages that nobody else was sent."""
        connection = self._db.conn
        parcels = connection.execute(_PARCELS_OF, [chat]).fetchall()
        connection.execute("DELETE FROM deliveries WHERE chat = ?", [chat])
        connection.executemany(_FORGET_PARCEL, parcels)
        connection.execute(
            """DELETE FROM troubles
               WHERE about = (SELECT platform || '/' || number FROM chats WHERE number = ?)""",
            [chat],
        )

    def unsettled(self) -> Mapping[str, int]:
        """Return how many deliveries each platform's outbox holds."""
        return dict(
            self._db.conn.execute(
                "SELECT platform, count(*) FROM deliveries WHERE state IN ('pending', 'claimed') "
                "GROUP BY platform"
            ).fetchall()
        )

    def tidy(self, before: datetime, limit: int) -> int:
        """Forget what was settled before, at most `limit` of each kind of row; 0 means that all is done."""
        connection = self._db.conn
        deliveries = connection.execute(_FORGET_DELIVERIES, [_text(before), limit]).rowcount
        parcels = connection.execute(_FORGET_PARCELS, [_text(before), limit]).rowcount
        connection.execute("DELETE FROM troubles WHERE day < ?", [_day(before)])
        return deliveries + parcels

    def _parcel(self, parcel: Parcel, at: datetime) -> int:
        """Return the number of a parcel, storing it unless an equal one is there."""
        connection = self._db.conn
        found = connection.execute("SELECT number FROM parcels WHERE key = ?", [parcel.key]).fetchone()
        if found:
            return int(found[0])
        number = connection.execute(
            "INSERT INTO parcels (key, summary, made_at) VALUES (?, ?, ?)",
            [parcel.key, parcel.summary, _text(at)],
        ).lastrowid
        for part, message in enumerate(parcel.messages):
            row = connection.execute(
                "INSERT INTO messages (parcel, part, body, plain) VALUES (?, ?, ?, ?)",
                [number, part, message.body, message.plain],
            ).lastrowid
            connection.executemany(
                "INSERT OR IGNORE INTO message_papers (message, paper) VALUES (?, ?)",
                [(row, paper.value) for paper in message.papers],
            )
        return int(number or 0)

    def _news(self, trouble: Trouble, at: datetime) -> bool:
        """Note a trouble; tell whether it's the day's first of its cause."""
        return bool(
            self._db.conn.execute(
                "INSERT OR IGNORE INTO troubles (day, cause, about, why) VALUES (?, ?, ?, ?)",
                [_day(at), trouble.cause.value, trouble.about, trouble.why],
            ).rowcount
        )


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


def _text(at: datetime) -> str:
    """Write a time so that the order of texts is the order of times."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _day(at: datetime) -> str:
    return at.astimezone(UTC).date().isoformat()


def _row(settlement: Settlement, at: datetime) -> dict[str, object]:
    return {
        "delivery": settlement.delivery,
        "state": settlement.state.value,
        "due_at": _text(settlement.due_at),
        "tries": settlement.tries,
        "plain": settlement.plain,
        "sent_as": settlement.sent_as,
        "why": settlement.why,
        "settled_at": _text(at) if settlement.state is not DeliveryState.PENDING else None,
    }


def _delivery(row: dict[str, Any]) -> Delivery:
    return Delivery(
        number=row["number"],
        chat=row["chat"],
        address=Address(row["platform"], row["chat_id"], row["thread"]),
        message=Message(
            row["body"], row["plain_body"], tuple(PaperId(paper) for paper in json.loads(row["papers"]))
        ),
        part=row["part"],
        key=row["key"],
        tries=row["tries"],
        made_at=datetime.fromisoformat(row["made_at"]),
        sound=bool(row["sound"]),
        plain=bool(row["plain"]),
    )
