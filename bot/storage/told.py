"""What chats were told, or were to be, as rows of deliveries and the papers that they tell."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING

from bot.deliveries import Latest, Telling
from bot.outbox import DeliveryState
from bot.storage.delivery_rows import write_time
from digest.model import PaperId

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import sqlite_utils

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
_LATEST = """
    SELECT state, coalesce(settled_at, made_at) AS at, tries, coalesce(why, '') AS why,
           (SELECT count(*) FROM deliveries INDEXED BY deliveries_unsettled
            WHERE chat = :chat AND state IN ('pending', 'claimed')) AS waiting
    FROM deliveries WHERE chat = :chat ORDER BY number DESC LIMIT 1
"""


def had(
    db: sqlite_utils.Database, chats: Collection[int], papers: Collection[PaperId]
) -> Mapping[int, frozenset[PaperId]]:
    """Return which of the papers each chat had: its deliveries' that aren't expired or dropped."""
    found: dict[int, set[PaperId]] = {chat: set() for chat in chats}
    wanted = {"chats": json.dumps(list(found)), "papers": json.dumps([paper.value for paper in papers])}
    for chat, paper in db.conn.execute(_HAD if len(found) < _MANY else _HAD_BY_MANY, wanted):
        found[chat].add(PaperId(paper))
    return {chat: frozenset(had) for chat, had in found.items()}


def tellings(db: sqlite_utils.Database, chat: int, paper: PaperId) -> tuple[Telling, ...]:
    """Return what became of the deliveries that told a chat a paper, or were to, oldest first."""
    rows = db.query(_TELLINGS, [paper.value, chat])
    return tuple(
        Telling(DeliveryState(row["state"]), datetime.fromisoformat(row["at"]), row["why"] or "")
        for row in rows
    )


def freed(
    db: sqlite_utils.Database, chats: Collection[int], since: datetime
) -> Mapping[int, frozenset[date]]:
    """Return the announcement dates of papers that deliveries made since then never told."""
    found: dict[int, set[date]] = {}
    wanted = {"chats": json.dumps(list(chats)), "since": write_time(since)}
    for chat, day in db.conn.execute(_FREED, wanted):
        found.setdefault(chat, set()).add(date.fromisoformat(day))
    return {chat: frozenset(dates) for chat, dates in found.items()}


def latest(db: sqlite_utils.Database, chat: int) -> Latest | None:
    """Return the newest delivery of a chat."""
    row = next(db.query(_LATEST, {"chat": chat}), None)
    if row is None:
        return None
    at = datetime.fromisoformat(row["at"])
    return Latest(DeliveryState(row["state"]), at, row["tries"], row["why"], row["waiting"])
