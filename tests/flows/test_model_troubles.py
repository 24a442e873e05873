"""Owners hear once a day of what they can mend about a model, and of nothing that passes by itself."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.model_troubles import ModelTroubles
from bot.troubles import Troubles
from digest.errors import (
    ModelAnswerError,
    ModelBudgetError,
    ModelBusyError,
    ModelQuotaError,
    ModelSettingsError,
    StorageFullError,
)
from digest.reading import plain
from tests.servers.talker import Talker

if TYPE_CHECKING:
    from pathlib import Path

    from bot.chats import Address
    from bot.outbox import Outcome
    from bot.trouble import Trouble
    from digest.document import Document

NOW = datetime(2026, 6, 26, 9, 0, tzinfo=UTC)
KEY = ModelSettingsError("Gemini doesn't accept the key. Set GEMINI_API_KEY to a valid one.")
QUOTA = ModelQuotaError("Gemini's quota for the day is used up for this key.")
BUDGET = ModelBudgetError("Today's budget is used up: [summary] daily_budget is 200,000 tokens.")


def test_each_cause_is_told_once_a_day(tmp_path: Path) -> None:
    """For each provider, across restarts; the budget once, whoever ran into it; the next day again."""

    async def run() -> list[tuple[str, str]]:
        told: list[Trouble] = []
        now = [NOW]
        async with Talker.open(tmp_path) as talker:
            for _ in range(2):  # a restart
                troubles = ModelTroubles(talker.store, told.append, lambda: now[0])
                for error in (KEY, KEY, QUOTA, ModelBusyError("late"), ModelAnswerError("blocked"), BUDGET):
                    await troubles.tell("gemini", error)
                await troubles.tell("openai", QUOTA)
                await troubles.tell("openai", BUDGET)
            now[0] += timedelta(days=1)
            await troubles.tell("gemini", KEY)
        return [(trouble.cause.value, trouble.platform) for trouble in told]

    assert asyncio.run(run()) == [
        ("model", "gemini"),
        ("quota", "gemini"),
        ("budget", "summary"),
        ("quota", "openai"),
        ("model", "gemini"),
    ]


def test_what_owners_read_is_a_sentence_that_names_the_setting(tmp_path: Path) -> None:
    """And what happens meanwhile, in the bot's language."""

    async def run() -> list[str]:
        sent: list[str] = []
        done = asyncio.Event()

        async def show(_: Address, document: Document) -> Outcome | None:
            sent.append(plain(document.blocks))
            if len(sent) == 3:
                done.set()
            return None

        async with Talker.open(tmp_path) as talker:
            telling = Troubles(talker.store, "en")
            task = asyncio.create_task(telling.run({"scripted": show}))  # type: ignore[dict-item]
            troubles = ModelTroubles(talker.store, telling.report, lambda: NOW)
            for error in (KEY, QUOTA, BUDGET):
                await troubles.tell("gemini", error)
            await done.wait()
            task.cancel()
        return sent

    assert asyncio.run(run()) == [
        f"{KEY} Meanwhile the fallback writes the summaries.",
        f"{QUOTA} Meanwhile the fallback writes the summaries.",
        f"{BUDGET} Until midnight UTC sentences are extracted instead.",
    ]


def test_a_full_disk_stops_nothing() -> None:
    """Whether an owner knows can't be looked up; the brief is written by the next all the same."""

    class Full:
        async def write(self, _: object) -> bool:
            raise StorageFullError("there's no space left")

    told: list[Trouble] = []
    troubles = ModelTroubles(Full(), told.append, lambda: NOW)  # type: ignore[arg-type]  # writes alone
    asyncio.run(troubles.tell("gemini", KEY))
    assert told == []
