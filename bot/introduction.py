"""What `paperround run` says of itself when it begins: what runs, where and when. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.clock import Clock, RealClock
    from bot.ports import Platform
    from bot.settings import Settings


def introduce(
    settings: Settings, clock: Clock | RealClock, platforms: Mapping[str, Platform]
) -> tuple[str, ...]:
    """Say in a line each what runs."""
    simulated = f"Clock: simulated, from {clock.now():%Y-%m-%d %H:%M} UTC, {clock.speed:g} times as fast."
    services = [name for name in platforms if name != "console"]
    return (
        f"Database: {settings.storage.path}",
        f"Harvest: {', '.join(settings.arxiv.archives)}, each weekday from 00:05 US Eastern until it's in.",
        f"Delivery: {', '.join(services)} and this console, a round a minute."
        if services
        else "Delivery: this console alone, a round a minute; to talk to it, run paperround chat.",
        *((simulated,) if clock.speed != 1 else ()),
    )


def ways_in(platform: Platform, code: str | None) -> Iterator[str]:
    """Say how the code is sent with a press, and how the bot is brought to a place, where there are links.

    Args:
        platform: connected.
        code: makes whoever sends it the owner; None if there is one.
    """
    if code and (link := platform.link(code)):
        yield f"Or open this link and press Start: {link}"
    if platform.invitation:
        yield f"Add the bot to {platform.name.capitalize()} with this link: {platform.invitation}"
