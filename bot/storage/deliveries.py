"""The outbox as rows: keeps parcels, hands out what can be sent. Every method belongs to one transaction.

A delivery is held while an earlier one for its chat isn't settled, so that what can be sent is always the
front of one index, however much waits behind.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING

from bot.storage import told
from bot.storage.delivery_rows import read_delivery, write_day, write_settlement, write_time

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    import sqlite_utils

    from bot.deliveries import Latest, Parcel, Telling
    from bot.outbox import Delivery, Settlement
    from bot.trouble import Trouble
    from digest.model import PaperId

# Numbers are given out here, chat by chat, because keys are made of them; the parts of a parcel have
# numbers in a row, by which those before a part are found. A chat that waits for an equal parcel gets it
# once; one that was forgotten meanwhile gets nothing; only the first part makes a sound.
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
           (SELECT earlier.sent_as FROM deliveries AS earlier
            WHERE earlier.number BETWEEN deliveries.number - deliveries.part AND deliveries.number - 1
              AND earlier.chat = deliveries.chat AND earlier.sent_as IS NOT NULL
            ORDER BY earlier.number DESC LIMIT 1) AS after
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
_NOTE_TROUBLE = """
    INSERT OR IGNORE INTO troubles (day, cause, about, why)
    SELECT :day, :cause, :about, :why
    WHERE NOT (:lasts AND EXISTS (SELECT 1 FROM troubles WHERE cause = :cause AND about = :about))
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
                | {"at": write_time(at)},
            )

    def had(self, chats: Collection[int], papers: Collection[PaperId]) -> Mapping[int, frozenset[PaperId]]:
        """Return which of the papers each chat had: its deliveries' that aren't expired or dropped."""
        return told.had(self._db, chats, papers)

    def tellings(self, chat: int, paper: PaperId) -> tuple[Telling, ...]:
        """Return what became of the deliveries that told a chat a paper, or were to, oldest first."""
        return told.tellings(self._db, chat, paper)

    def freed(self, chats: Collection[int], since: datetime) -> Mapping[int, frozenset[date]]:
        """Return the announcement dates of papers that deliveries made since then never told."""
        return told.freed(self._db, chats, since)

    def claim(self, platform: str, now: datetime, limit: int) -> tuple[Delivery, ...]:
        """Claim deliveries that are due: the first unsettled part of each chat, the oldest first."""
        due = tuple(read_delivery(row) for row in self._db.query(_DUE, [platform, write_time(now), limit]))
        self._db.conn.executemany(
            "UPDATE deliveries SET state = 'claimed' WHERE number = ?",
            [(delivery.number,) for delivery in due],
        )
        return due

    def settle(self, settlements: Sequence[Settlement], at: datetime) -> tuple[Trouble, ...]:
        """Write down what became of claimed deliveries; let the next part of their chats be claimed."""
        connection = self._db.conn
        connection.executemany(_SETTLE, [write_settlement(settlement, at) for settlement in settlements])
        connection.executemany(
            _DROP_THE_REST,
            [
                {"chat": settlement.chat, "why": settlement.why, "at": write_time(at)}
                for settlement in settlements
                if settlement.lost
            ],
        )
        connection.executemany(
            _LET_THE_NEXT_GO, [(settlement.delivery,) for settlement in settlements if settlement.final]
        )
        troubles = [settlement.trouble for settlement in settlements if settlement.trouble]
        return tuple(trouble for trouble in troubles if self.is_news(trouble, at))

    def is_news(self, trouble: Trouble, at: datetime) -> bool:
        """Note a trouble; tell whether it's the day's first of its cause; of one that lasts, the first."""
        noted = {"day": write_day(at), "cause": trouble.cause.value, "about": trouble.about}
        more = {"why": trouble.why, "lasts": trouble.lasts}
        return bool(self._db.conn.execute(_NOTE_TROUBLE, {**noted, **more}).rowcount)

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
            {"platform": platform, "now": write_time(now)},
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
        return told.latest(self._db, chat)

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
        deliveries = connection.execute(_FORGET_DELIVERIES, [write_time(before), limit]).rowcount
        parcels = connection.execute(_FORGET_PARCELS, [write_time(before), limit]).rowcount
        connection.execute("DELETE FROM troubles WHERE day < ?", [write_day(before)])
        return deliveries + parcels

    def _parcel(self, parcel: Parcel, at: datetime) -> int:
        """Return the number of a parcel, storing it unless an equal one is there."""
        connection = self._db.conn
        found = connection.execute("SELECT number FROM parcels WHERE key = ?", [parcel.key]).fetchone()
        if found:
            return int(found[0])
        number = connection.execute(
            "INSERT INTO parcels (key, summary, made_at) VALUES (?, ?, ?)",
            [parcel.key, parcel.summary, write_time(at)],
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
