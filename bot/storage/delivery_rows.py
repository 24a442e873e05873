"""Deliveries as they stand in columns, and back. Knows no SQL."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from bot.chats import Address
from bot.outbox import Delivery, DeliveryState, Message

if TYPE_CHECKING:
    from bot.outbox import Settlement


def write_time(at: datetime) -> str:
    """Write a time so that the order of texts is the order of times."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def write_day(at: datetime) -> str:
    """Write the day of a time, in UTC."""
    return at.astimezone(UTC).date().isoformat()


def write_settlement(settlement: Settlement, at: datetime) -> dict[str, object]:
    """Make what is written of a settlement at a time."""
    return {
        "delivery": settlement.delivery,
        "state": settlement.state.value,
        "due_at": write_time(settlement.due_at),
        "tries": settlement.tries,
        "plain": settlement.plain,
        "sent_as": settlement.sent_as,
        "why": settlement.why,
        "settled_at": write_time(at) if settlement.state is not DeliveryState.PENDING else None,
    }


def read_delivery(row: dict[str, Any]) -> Delivery:
    """Make a delivery of its row, with its chat's and its message's."""
    return Delivery(
        number=row["number"],
        chat=row["chat"],
        address=Address(row["platform"], row["chat_id"], row["thread"]),
        message=Message(row["body"], row["plain_body"]),
        part=row["part"],
        key=row["key"],
        tries=row["tries"],
        made_at=datetime.fromisoformat(row["made_at"]),
        sound=bool(row["sound"]),
        plain=bool(row["plain"]),
        after=row["after"] or "",
    )
