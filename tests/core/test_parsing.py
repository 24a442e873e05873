"""What is typed finds its command: with either slash, in any case, by short forms."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.commands.call import Call, Command, Tools
from bot.commands.parsing import command_text, names_of, unknown
from bot.commands.registry import NAMES
from bot.phrases import general as say
from bot.talk import Reply
from digest.document import Document
from digest.translation import phrases_for


async def nothing(_: Call, __: Tools) -> Reply:
    """Do nothing."""
    return Reply(Document("", "", ()))


SUBSCRIBE = Command("subscribe", nothing, summary=say.START, short={"sub": "subscribe"})
SETTINGS = Command("settings", nothing, summary=say.HELP, short={"lang": "settings language"})
SECRET = Command("subscribed", nothing)
KNOWN = names_of((SUBSCRIBE, SETTINGS, SECRET))


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("/start", "start"), ("  /start now ", "start now"), ("／开始", "开始"), ("/ start", "start"),
        ("start", None), ("/", None), ("", None), ("a /start", None), ("  ", None),
    ],
)  # fmt: skip
def test_a_command_begins_with_a_slash(text: str, command: str | None) -> None:
    """A full-width slash too, which Chinese keyboards type; a slash alone is none."""
    assert command_text(text) == command


@pytest.mark.parametrize(
    ("text", "command", "words"),
    [
        ("subscribe cs.CV", SUBSCRIBE, "cs.CV"),
        ("SUB  gaussian  splatting ", SUBSCRIBE, "gaussian  splatting"),
        ("sub\tcs.CV", SUBSCRIBE, "cs.CV"),
        ("settings", SETTINGS, ""),
        ("lang", SETTINGS, "language"),
        ("lang zh", SETTINGS, "language zh"),
        ("subscribed 1", SECRET, "1"),
    ],
)
def test_names_and_short_forms_are_found(text: str, command: Command, words: str) -> None:
    """In any case, with any blanks; a short form brings the words that it stands for."""
    assert KNOWN.find(text) == (command, words)


@pytest.mark.parametrize("text", ["", "subscrib", "subscribecs.CV", "sub/scribe"])
def test_nothing_else_is_found(text: str) -> None:
    """A name is whole or it isn't one."""
    assert KNOWN.find(text) is None


def test_the_nearest_name_is_one_that_people_see() -> None:
    """Not a button's own; a name that is like none has no neighbour."""
    assert KNOWN.nearest("subscribd x") == "subscribe"
    assert KNOWN.nearest("settngs") == "settings"
    assert KNOWN.nearest("q") is None


def test_two_commands_of_one_name_are_refused() -> None:
    """A short form counts too."""
    with pytest.raises(ValueError, match="sub"):
        names_of((SUBSCRIBE, Command("sub", nothing)))


@given(text=st.text())
@example("LANG")
@example("lang zh")
def test_any_text_is_a_command_or_none(text: str) -> None:
    """Nothing raises, and words that were found stand in the text, after those that a short form brings."""
    typed = command_text(text)
    if found := NAMES.find(text if typed is None else typed):
        brought = {"", *(stands.partition(" ")[2] for stands in NAMES.short.values())}
        assert any(found[1].removeprefix(words).strip() in text for words in brought)
    assert unknown(phrases_for("en"), NAMES, text).startswith("There's no /")
