"""``paperround costs``: what was asked of models day by day, and what that cost."""

from __future__ import annotations

import asyncio
import sys
from datetime import timedelta
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from bot.app import now, open_database
from bot.cli.context import load_settings
from digest.safety import printable
from digest.storage.calls import SqliteCalls

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from datetime import date

    from bot.settings import Settings
    from digest.records import Spent


def run(args: argparse.Namespace) -> int:
    """Print a line a day and model, and how much of today's budget is left."""
    settings = load_settings(args)
    today = now().date()
    spent = asyncio.run(_spent(settings, today - timedelta(days=args.days - 1)))
    if spent:
        Console(highlight=False, markup=False).print(_table(spent))
        sys.stdout.write("\n")
    else:
        days = f"last {args.days} days" if args.days > 1 else "current day"
        sys.stdout.write(f"No model was asked for a summary in the {days}.\n")
    sys.stdout.write(f"{_budget(settings, [each for each in spent if each.day == today])}\n")
    return 0


async def _spent(settings: Settings, since: date) -> tuple[Spent, ...]:
    async with open_database(settings.storage.path) as database:
        return await SqliteCalls(database).since(since)


def _table(spent: Sequence[Spent]) -> Table:
    table = Table(box=None, pad_edge=False)
    for heading in ("day (UTC)", "provider"):
        table.add_column(heading, no_wrap=True)
    table.add_column("model", overflow="fold")
    for heading in ("calls", "failed", "tokens in", "tokens out", "cost", "used again"):
        table.add_column(heading, justify="right")
    for each in spent:
        table.add_row(
            each.day.isoformat(),
            each.provider,
            printable(each.model),
            *(f"{number:,}" for number in (each.calls, each.failed, each.tokens_in, each.tokens_out)),
            f"{each.money:.4f}" if each.money else "–",
            f"{each.reused:,}",
        )
    return table


def _budget(settings: Settings, today: Sequence[Spent]) -> str:
    """Say how much of today's budget is used."""
    summary = settings.summary
    if not summary.daily_budget:
        return "There's no budget: [summary] daily_budget is 0."
    if summary.budget_in == "money":
        used = sum(each.money for each in today)
        return f"Today {used:.4f} of {summary.daily_budget:g}, by the prices of the providers' sections."
    tokens = sum(each.tokens_in + each.tokens_out for each in today)
    return f"Today {tokens:,} of {summary.daily_budget:,.0f} tokens."
