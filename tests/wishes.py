"""What chats want in tests, where nothing else is said."""

from __future__ import annotations

from bot.chats import Detail, Layout, Preferences, QuietDays, SendAt

DEFAULTS = Preferences(
    language="en",
    brief_language="en",
    send_at=SendAt.LISTED,
    zone="UTC",
    weekdays=frozenset(range(7)),
    papers=7,
    detail=Detail.BRIEF,
    figures=False,
    quiet_days=QuietDays.LINE,
    sound=True,
    layout=Layout.CLASSIC,
)
