"""What `paperround run` says of itself when it begins: what runs, where and when. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.clock import Clock, RealClock
    from bot.ports import Platform
    from bot.settings import Settings


def introduce(
    settings: Settings,
    clock: Clock | RealClock,
    platforms: Mapping[str, Platform],
    readers: Sequence[str] = (),
) -> tuple[str, ...]:
    """Say in a line each what runs.

    Args:
        settings: what the owner decided.
        clock: the time.
        platforms: by name.
        readers: the models that are asked for summaries, in words and in their order.
    """
    simulated = f"Clock: simulated, from {clock.now():%Y-%m-%d %H:%M} UTC, {clock.speed:g} times as fast."
    services = [name for name in platforms if name != "console"]
    return (
        f"Database: {settings.storage.path}",
        f"Harvest: {', '.join(settings.arxiv.archives)}, each weekday from 00:05 US Eastern until it's in.",
        f"Delivery: {', '.join(services)} and this console, a round a minute."
        if services
        else "Delivery: this console alone, a round a minute; to talk to it, run paperround chat.",
        f"Summaries: {_writers(settings, readers)}.",
        *((simulated,) if clock.speed != 1 else ()),
    )


def _writers(settings: Settings, readers: Sequence[str]) -> str:
    """Say who writes summaries, and what they may take."""
    if not readers:
        return "sentences of the abstracts; no model is asked"
    budget, money = settings.summary.daily_budget, settings.summary.budget_in == "money"
    most = f"at most {budget:g} in money a day" if money else f"at most {budget:,.0f} tokens a day"
    asked = ", then ".join((*readers, "sentences of the abstracts"))
    return f"{asked}; {most if budget else 'as many tokens as they take'}"
