"""Discord's commands and what is filled in as words; buttons for other channels; permissions and the link."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from discord import Permissions
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.registry import COMMANDS
from bot.phrases import discord as say
from bot.platforms.discord.led import led_by, words_of
from bot.platforms.discord.menu import definitions, same
from bot.platforms.discord.rights import invitation, manages, missing
from bot.platforms.discord.words import OPTIONS, described, filled_in, focused
from bot.platforms.discord.words import words_of as filled_words

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion


def test_the_commands_are_as_they_were_looked_at(snapshot: SnapshotAssertion) -> None:
    """Names, options and descriptions in both languages, as people see them."""
    assert definitions(members_change=False) == snapshot


def test_every_command_is_somewhere_once() -> None:
    """Whatever the help shows can be used, but for what is Telegram's own."""
    found = definitions(members_change=False)
    root = next(each for each in found if each["name"] == "paperround")
    names = [*(each["name"] for each in found), *(each["name"] for each in root["options"])]
    wanted = {command.name for command in COMMANDS if command.summary} - {"start", "channel"}
    assert wanted | {"claim", "paperround", "Summarize arXiv link"} == set(names)
    assert len(names) == len(set(names))
    assert len(root["options"]) <= 25


def test_members_may_change_where_the_owner_lets_them() -> None:
    """Discord keeps /subscribe for who manages channels, or for nobody in particular."""
    kept, free = (
        {each["name"]: each.get("default_member_permissions") for each in definitions(members_change=change)}
        for change in (False, True)
    )
    assert kept["subscribe"] == kept["unsubscribe"] == Permissions(manage_channels=True).value
    assert set(free.values()) == {None}


def test_what_discord_adds_is_no_difference() -> None:
    """Ids, versions and what it takes where nothing was said change nothing; a word does."""
    wanted = definitions(members_change=False)
    known: list[dict[str, Any]] = [
        each
        | {"id": "1", "version": "2", "nsfw": False, "name_localizations": each.get("name_localizations")}
        for each in wanted
    ]
    for each in known:
        if each.get("default_member_permissions"):
            each["default_member_permissions"] = str(each["default_member_permissions"])
    assert same(known, wanted)
    assert same(list(reversed(known)), wanted)
    assert not same(known[1:], wanted)
    assert not same([*known, known[0] | {"name": "more"}], wanted)
    assert not same([known[0] | {"description": "Else"}, *known[1:]], wanted)


@pytest.mark.parametrize(
    ("command", "filled", "words"),
    [
        ("digest", {"days": 3, "topic": "rivers"}, "rivers 3"),
        ("digest", {}, ""),
        ("subscribe", {"topic": "cs.CV", "channel": "5"}, "cs.CV"),
        ("summarize", {"paper": "2408.16725", "private": True}, "2408.16725"),
        ("summarize", {"language": "German", "paper": "2408.16725"}, "2408.16725 German"),
        ("invite", {"codes": "owner"}, "owner"),
        ("pause", {"until": "2026-09-01"}, "until 2026-09-01"),
        ("settings", {"value": "5", "setting": "papers"}, "papers 5"),
        ("topics", {}, ""),
        ("save", {"paper": "2408.16725"}, "2408.16725"),
        ("saved", {"words": "rivers"}, "rivers"),
        ("export", {"format": "bibtex"}, "bibtex"),
        ("export", {"paper": "2408.16725", "format": "bibtex"}, "bibtex 2408.16725"),
    ],
)
def test_what_is_filled_in_is_what_would_be_typed(command: str, filled: dict[str, Any], words: str) -> None:
    """In the order in which the command takes words, whatever the order on the screen."""
    options = [{"name": name, "value": value} for name, value in filled.items()]
    assert filled_words(command, filled_in(options)) == words
    assert focused([*options, {"name": "topic", "value": "r", "focused": True}]) == "topic"


def test_every_command_that_takes_words_has_options() -> None:
    """Whoever can't type the words behind a command fills them in."""
    assert {command.name for command in COMMANDS if command.usage} - {"channel"} <= set(OPTIONS)


def test_every_option_belongs_to_a_command() -> None:
    """No option waits for a command that there isn't, and required ones come first, as Discord wants it."""
    assert set(OPTIONS) <= {*(command.name for command in COMMANDS), "claim"}
    for options in OPTIONS.values():
        required = [described(option)["required"] for option in options]
        assert required == sorted(required, reverse=True)


@given(st.integers(0, 2**64 - 1), st.text(min_size=1, max_size=50))
def test_a_button_for_another_channel_says_which(channel: int, action: str) -> None:
    """Every id fits, and comes back with the action as it was."""
    prefix = led_by(channel)
    assert len(prefix) <= 15
    assert words_of(prefix + action) == (channel, action)


@pytest.mark.parametrize(
    ("kind", "has", "lacks"),
    [
        (0, Permissions(view_channel=True, send_messages=True), None),
        (0, Permissions(send_messages=True), say.VIEW_CHANNEL),
        (5, Permissions(view_channel=True), say.SEND_MESSAGES),
        (11, Permissions(view_channel=True, send_messages=True), say.SEND_IN_THREADS),
        (15, Permissions(view_channel=True), say.CREATE_POSTS),
        (15, Permissions(view_channel=True, send_messages=True), say.SEND_IN_POSTS),
        (15, Permissions(administrator=True), None),
    ],
)
def test_the_missing_permission_is_named_as_discord_names_it_there(
    kind: int, has: Permissions, lacks: Any
) -> None:
    """The first that is missing, for channels, threads and forums each by its own name."""
    assert missing(has, kind) == lacks


def test_who_manages_may_change() -> None:
    """Whoever manages the channel or the server; nobody else."""
    assert manages(Permissions(manage_channels=True))
    assert manages(Permissions(administrator=True))
    assert not manages(Permissions(send_messages=True, manage_messages=True))


def test_the_link_asks_for_what_is_needed_and_no_more() -> None:
    """Seeing, writing, files; opening threads, which notes stand in, and writing there."""
    assert invitation(42) == (
        "https://discord.com/oauth2/authorize?client_id=42&scope=bot+applications.commands"
        f"&permissions={1 << 10 | 1 << 11 | 1 << 15 | 1 << 35 | 1 << 38}"
    )
