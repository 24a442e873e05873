"""Commands in replies on Discord: named as Discord has them."""

from __future__ import annotations

import pytest

from bot.platforms.discord.naming import as_named_here
from digest.document import Code, Document, Group, List, Paragraph, Text
from digest.reading import plain


def shown(*values: str) -> Document:
    """Return a reply that says these lines."""
    return as_named_here(Document("", "en", tuple(Paragraph((Text(value),)) for value in values)))


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("Everything that works: /help.", "Everything that works: /paperround help."),
        ("/settings send 07:30", "/paperround settings send 07:30"),
        ("查看某个命令的用法：/help subscribe。", "查看某个命令的用法：/paperround help subscribe。"),
        ("Try /topics, or /subscribe stop", "Try /topics, or /subscribe stop"),
        ("/paperround status", "/paperround status"),
        (
            "on/stop, https://example.org/help and /status/1",
            "on/stop, https://example.org/help and /status/1",
        ),
        ("/helpless", "/helpless"),
        (
            "If its owner gave you a code, use it with /claim.",
            "If its owner gave you a code, use it with /paperround claim.",
        ),
    ],
)
def test_a_command_below_another_has_its_full_name(said: str, named: str) -> None:
    """Whoever types what a reply says finds it; what only looks like a command stays."""
    assert plain(shown(said).blocks).strip() == named


def test_what_discord_has_not_is_not_listed() -> None:
    """Telegram's own commands are left out of a list of commands."""
    items = tuple((Paragraph((Text(f"/{name}: something"),)),) for name in ("start", "channel", "stop"))
    (listed,) = as_named_here(Document("", "en", (List(items),))).blocks
    assert isinstance(listed, List)
    assert listed.items == ((Paragraph((Text("/paperround stop: something"),)),),)


def test_papers_and_code_say_what_they_say() -> None:
    """A paper may be about a command, and code is what somebody typed."""
    blocks = (Group((Paragraph((Text("We study /help."),)),)), Paragraph((Code("/help"),)))
    assert as_named_here(Document("", "en", blocks)).blocks == blocks
