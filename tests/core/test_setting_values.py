"""What people type becomes a choice or is refused; nothing else ever comes of it."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.chats import Choices, Detail, QuietDays, SendAt, effective
from bot.commands.setting_values import (
    DAYS,
    INHERIT,
    Key,
    NotAllowedError,
    choose,
    is_chosen,
    key_of,
)
from digest.translation import languages
from tests.wishes import DEFAULTS

WEEK = replace(DEFAULTS, weekdays=frozenset(range(5)))
WORDS = st.one_of(
    st.text(),
    st.sampled_from(
        ["mon", "周一", "sun-mon", "7:30", "25:00", "7 pm", "listed", "de", "zh-CN", "Asia/Tokyo"]
    ),
    st.integers().map(str),
    st.times().map(str),
)


@pytest.mark.parametrize(
    ("key", "words", "field", "value"),
    [
        (Key.PAPERS, "5", "papers", 5),
        (Key.PAPERS, "50", "papers", 50),
        (Key.SEND, "7", "send_at", time(7)),
        (Key.SEND, "07:30", "send_at", time(7, 30)),
        (Key.SEND, "7.30 PM", "send_at", time(19, 30)),
        (Key.SEND, "12am", "send_at", time(0)),
        (Key.SEND, "8点", "send_at", time(8)),
        (Key.SEND, "Listed", "send_at", SendAt.LISTED),
        (Key.DAYS, "Mon-Fri", "weekdays", frozenset(range(5))),
        (Key.DAYS, "mon, wed fri", "weekdays", frozenset({0, 2, 4})),
        (Key.DAYS, "saturday to monday", "weekdays", frozenset({5, 6, 0})),
        (Key.DAYS, "周一至周三", "weekdays", frozenset({0, 1, 2})),
        (Key.DAYS, "every day", "weekdays", frozenset(range(7))),
        (Key.DAYS, "+sat", "weekdays", frozenset(range(6))),
        (Key.DAYS, "-mon", "weekdays", frozenset({1, 2, 3, 4})),
        (Key.DETAIL, "titles", "detail", Detail.TITLES),
        (Key.DETAIL, "笔记", "detail", Detail.NOTES),
        (Key.QUIET, "nothing", "quiet_days", QuietDays.NOTHING),
        (Key.SOUND, "Off", "sound", False),
        (Key.FIGURES, "One per paper", "figures", True),
        (Key.FIGURES, "off", "figures", False),
        (Key.ZONE, "Europe/Berlin", "zone", "Europe/Berlin"),
        (Key.LANGUAGE, "zh-CN", "language", "zh"),
        (Key.LANGUAGE, "中文", "brief_language", "zh"),
        (Key.BRIEFS, "pt-BR", "brief_language", "pt-BR"),
    ],
)
def test_a_value_is_chosen(key: Key, words: str, field: str, value: object) -> None:
    """Buttons' words, and what people are likely to type instead, become the choice that they mean."""
    assert getattr(choose(key, words, Choices(), WEEK), field) == value


@pytest.mark.parametrize(
    ("key", "words"),
    [
        (Key.PAPERS, "0"),
        (Key.PAPERS, "51"),
        (Key.PAPERS, "-3"),
        (Key.PAPERS, "9" * 5000),
        (Key.SEND, "24:00"),
        (Key.SEND, "13 pm"),
        (Key.SEND, "noonish"),
        (Key.DAYS, ""),
        (Key.DAYS, "mon-xyz"),
        (Key.DETAIL, "everything"),
        (Key.SOUND, "loud"),
        (Key.FIGURES, "two"),
        (Key.ZONE, "../../etc/passwd"),
        (Key.ZONE, "Europe"),
        (Key.LANGUAGE, "de"),
        (Key.BRIEFS, "klingon!"),
    ],
)
def test_what_is_no_value_is_refused(key: Key, words: str) -> None:
    """A value out of bounds, or of another kind, is refused and not bent."""
    with pytest.raises(NotAllowedError):
        choose(key, words, Choices(), WEEK)


def test_one_day_stays() -> None:
    """The last day can't be taken away: a chat without days would wait for ever."""
    with pytest.raises(NotAllowedError):
        choose(Key.DAYS, "-mon", Choices(), replace(WEEK, weekdays=frozenset({0})))


@given(key=st.sampled_from(Key), words=WORDS)
@example(key=Key.ZONE, words="\0")
@example(key=Key.ZONE, words="a" * 5000)
@example(key=Key.SEND, words="٣")
def test_any_words_are_a_choice_or_refused(key: Key, words: str) -> None:
    """Whatever is typed, what comes out is allowed, concerns this setting alone and can be taken back."""
    own = Choices(papers=3, sound=False)
    try:
        chosen = choose(key, words, own, WEEK)
    except NotAllowedError:
        return
    wants = effective(WEEK, chosen)
    assert 1 <= wants.papers <= 50
    assert wants.weekdays
    assert wants.language in languages()
    changed = {field.name for field in fields(own) if getattr(own, field.name) != getattr(chosen, field.name)}
    assert len(changed) <= 2
    back = choose(key, INHERIT, chosen, wants)
    assert not is_chosen(key, back)
    assert choose(key, INHERIT, own, WEEK) == back


@given(start=st.frozensets(st.integers(0, 6), min_size=1), day=st.integers(0, 6))
def test_switching_a_day_twice_is_switching_it_once(start: frozenset[int], day: int) -> None:
    """A button that is pressed twice, or an old one, does what stands on it and no more."""
    once = choose(Key.DAYS, f"+{DAYS[day]}", Choices(), replace(WEEK, weekdays=start)).weekdays
    assert once == start | {day}
    assert choose(Key.DAYS, f"+{DAYS[day]}", Choices(), replace(WEEK, weekdays=once)).weekdays == once


def test_settings_are_found_by_several_names() -> None:
    """A setting is found by its own name, by what people call it, and by its Chinese name."""
    assert {key_of(key.value) for key in Key} == set(Key)
    assert [key_of(word) for word in ("Timezone", "时区", "lang", "nonsense")] == [
        Key.ZONE,
        Key.ZONE,
        Key.LANGUAGE,
        None,
    ]
