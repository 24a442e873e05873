"""A process that drains an outbox to a platform which tells another process what it got."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import socket
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from bot.dispatcher import Dispatcher
from bot.outbox import DeliveryState, Settlement
from bot.platforms.scripted import ScriptedPlatform
from bot.storage.deliveries import SqliteDeliveries
from tests.outbox import chats_of, opened

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import sqlite_utils

    from bot.outbox import Delivery
    from bot.trouble import Trouble
    from digest.storage.database import Database

T = TypeVar("T")

IN_FLIGHT = 8


class Store:
    """The store of the product, with steps at which the process can be ended."""

    deliveries: type[SqliteDeliveries] = SqliteDeliveries

    def __init__(self, database: Database, step: Callable[[], None]) -> None:
        self._database = database
        self._step = step

    async def read(self, fn: Callable[[Any], T]) -> T:
        """Run `fn` on one snapshot."""
        return await self._database.read(lambda db: fn(self.deliveries(db)))

    async def write(self, fn: Callable[[Any, Any], T]) -> T:
        """Run `fn` as one transaction, with a step before and after its commit."""

        def transaction(db: sqlite_utils.Database) -> T:
            result = fn(self.deliveries(db), chats_of(db))
            self._step()
            return result

        result = await self._database.write(transaction)
        self._step()
        return result


class ClaimAfterSend(SqliteDeliveries):
    """Broken: hands deliveries out and notes only afterwards that they were claimed."""

    def claim(self, platform: str, now: datetime, limit: int) -> tuple[Delivery, ...]:
        """Claim nothing."""
        due = super().claim(platform, now, limit)
        self._set(due_numbers(due), DeliveryState.PENDING)
        return due

    def settle(self, settlements: Sequence[Settlement], at: datetime) -> tuple[Trouble, ...]:
        """Claim, too late."""
        self._set([settlement.delivery for settlement in settlements], DeliveryState.CLAIMED)
        return super().settle(settlements, at)

    def _set(self, numbers: list[int], state: DeliveryState) -> None:
        self._db.conn.executemany(
            "UPDATE deliveries SET state = ? WHERE number = ? AND state IN ('pending', 'claimed')",
            [(state.value, number) for number in numbers],
        )


class SettleBeforeSend(SqliteDeliveries):
    """Broken: takes for sent what is only about to be."""

    def claim(self, platform: str, now: datetime, limit: int) -> tuple[Delivery, ...]:
        """Claim and settle at once."""
        due = super().claim(platform, now, limit)
        super().settle(
            [
                Settlement(one.number, one.chat, DeliveryState.SENT, now, 1, plain=False, sent_as="?")
                for one in due
            ],
            now,
        )
        return due


class NeverSettled(SqliteDeliveries):
    """Broken: forgets every outcome."""

    def settle(self, settlements: Sequence[Settlement], at: datetime) -> tuple[Trouble, ...]:  # noqa: ARG002
        """Settle nothing."""
        return ()


def due_numbers(deliveries: Sequence[Delivery]) -> list[int]:
    """Return their keys in the database."""
    return [delivery.number for delivery in deliveries]


def drain(path: Path, port: int, end_at: int | None, deliveries: type[SqliteDeliveries]) -> None:
    """Drain an outbox to the process that listens at a port; end hard at a step, if one is given."""
    steps = 0

    def step() -> None:
        nonlocal steps
        if steps == end_at:
            os.kill(os.getpid(), signal.SIGKILL)
        steps += 1

    async def run() -> None:
        def record(line: str) -> None:
            step()
            line_out.sendall(line.encode() + b"\n")
            step()

        async with opened(path) as database:
            store = Store(database, step)
            store.deliveries = deliveries
            dispatcher = Dispatcher(
                store,
                ScriptedPlatform(record, lambda: datetime.now(UTC), in_flight=IN_FLIGHT),
                now=lambda: datetime.now(UTC),
                sleep=asyncio.sleep,
                random=random.random,
                report=print,
            )
            running = asyncio.create_task(dispatcher.run())
            await dispatcher.quiet()
            await dispatcher.stop(5)
            await running

    with socket.create_connection(("127.0.0.1", port)) as line_out:
        asyncio.run(run())
