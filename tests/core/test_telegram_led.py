"""Buttons that mean another chat than the one where they are shown."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.leading import meant_for
from bot.platforms.telegram.keyboard import keyboard
from bot.platforms.telegram.led import led_id, words_of
from bot.talk import ACTION_BYTES, Reply
from digest.document import Actions, Button, Document, Group


@given(st.integers(min_value=1, max_value=2**52 - 1), st.text(min_size=1))
def test_a_button_names_its_chat(number: int, words: str) -> None:
    """Whatever chat and words, both are read from the action as they were."""
    assert words_of(f"#{led_id(str(-number))} {words}") == (str(-number), words)


def test_other_actions_name_none() -> None:
    """Commands and what hostile clients send."""
    for action in ("settings", "", "#", "# a", "#abc", "#abcdefghijklm x", "#A b"):
        assert words_of(action) is None


def test_the_longest_action_still_fits() -> None:
    """No button is lost on the way to whoever speaks for a channel, wherever it stands."""
    longest = Actions((Button("Go", "x" * ACTION_BYTES), Button("Web", url="https://arxiv.org/")))
    reply = Reply(Document("", "en", (Group((longest,)), longest)))
    led = meant_for(reply, f"#{led_id(str(-(2**52) + 1))} ", "For “Papers”:")
    shown = [key for row in keyboard(led.document.blocks) for key in row]
    assert [words_of(key["callback_data"]) for key in shown if "callback_data" in key] == [
        (str(-(2**52) + 1), "x" * ACTION_BYTES)
    ] * 2
