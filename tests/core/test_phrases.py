"""Every label exists in every language, fits its place and is used; dates are said as people say them."""

from __future__ import annotations

import ast
import re
from datetime import date, timedelta
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

import bot
import digest
from digest import phrases as say
from digest.phrases import Phrase, Plural
from digest.translation import languages, negotiate, phrases_for

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

PACKAGES = [Path(package.__path__[0]) for package in (bot, digest)]
PHRASE_FILES = [
    file for package in PACKAGES for form in ("phrases.py", "phrases/*.py") for file in package.glob(form)
]
TRANSLATED = [language for language in languages() if language != "en"]


def defined() -> dict[str, Phrase | Plural]:
    """Return every phrase that a phrases module defines, read without importing it."""
    found: dict[str, Phrase | Plural] = {}
    kinds: dict[str, type[Phrase | Plural]] = {"Phrase": Phrase, "Plural": Plural}
    for file in PHRASE_FILES:
        subject = file.parent.name if file.stem == "phrases" else file.stem
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            match node:
                case ast.Assign(
                    targets=[ast.Name(id=name)], value=ast.Call(func=ast.Name(id=kind), args=args)
                ):
                    found[f"{subject}.{name}"] = kinds[kind](*map(ast.literal_eval, args))
                case _:
                    pass
    return found


def used() -> set[str]:
    """Return every name that the packages read from a phrases module."""
    names: set[str] = set()
    for package in PACKAGES:
        for file in package.rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                    names.add(node.attr)
    return names


def catalog(language: str) -> Catalog:
    """Return a language's catalog as it is committed."""
    path = Path(digest.__path__[0]) / "locale" / f"{language}.po"
    with path.open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def msgid(phrase: Phrase | Plural) -> str | tuple[str, str]:
    """Return a phrase as catalogs name it."""
    return phrase.text if isinstance(phrase, Phrase) else (phrase.one, phrase.other)


def braces(text: str) -> set[str]:
    """Return the names of a phrase's placeholders."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def texts(forms: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    """Return every form of a phrase or a translation."""
    return (forms,) if isinstance(forms, str) else tuple(forms or ())


def test_the_phrases_are_found() -> None:
    """The test reads what the module defines, so that the promises below hold for all of it."""
    names = {name for name, value in vars(say).items() if isinstance(value, Phrase | Plural)}
    assert {f"digest.{name}" for name in names} <= set(defined())
    assert TRANSLATED


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_phrase_is_translated(language: str) -> None:
    """No reader of a translation meets an English label."""
    entries = {message.id: message.string for message in catalog(language) if message.id}
    missing = [name for name, phrase in defined().items() if not entries.get(msgid(phrase))]
    assert missing == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_outlives_its_phrase(language: str) -> None:
    """A catalog holds what is said today, nothing fuzzy and nothing obsolete."""
    phrases = {msgid(phrase) for phrase in defined().values()}
    catalogue = catalog(language)
    assert [message.id for message in catalogue if message.id and message.id not in phrases] == []
    assert [message.id for message in catalogue if message.id and message.fuzzy] == []
    assert not catalogue.obsolete


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_fill_the_same_braces(language: str) -> None:
    """A translation can be filled with what its phrase is filled with, and leaves nothing of it out."""
    for message in catalog(language):
        if message.id:
            assert (
                len({frozenset(braces(text)) for text in (*texts(message.id), *texts(message.string))}) == 1
            )


def test_every_phrase_is_used() -> None:
    """No translator works on a label that nobody sees."""
    names = used()
    assert [name for name in defined() if name.partition(".")[2] not in names] == []


def test_every_phrase_is_defined_once() -> None:
    """The same words have one name, so that they are changed and translated in one place."""
    names: dict[object, list[str]] = {}
    for name, phrase in defined().items():
        names.setdefault(msgid(phrase), []).append(name)
    assert [same for same in names.values() if len(same) > 1] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_phrase_is_translated_once(language: str) -> None:
    """A catalog that was merged has no second translation, of which one would be lost."""
    path = Path(digest.__path__[0]) / "locale" / f"{language}.po"
    ids = re.findall(r"^msgid .*(?:\n\".*\")*", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert [one for one in set(ids) if ids.count(one) > 1] == []


def test_no_phrase_shouts_or_apologises() -> None:
    """The voice is calm in every phrase: no exclamation mark, no apology."""
    said = [text.lower() for phrase in defined().values() for text in texts(msgid(phrase))]
    assert not [text for text in said if "!" in text or "sorry" in text or "oops" in text]


@pytest.mark.parametrize(
    ("tag", "language"),
    [("en", "en"), ("en-GB", "en"), ("zh", "zh"), ("zh-CN", "zh"), ("zh_Hans", "zh"), ("zh-TW", "zh"),
     ("ZH-hant-hk", "zh"), ("fr", "en"), ("", "en"), ("zhx", "en"), ("x-zh", "en")],
)  # fmt: skip
def test_negotiates_tags(tag: str, language: str) -> None:
    """A BCP 47 tag, however it's written, finds its language; an unknown one finds English."""
    assert negotiate(tag) == language


def test_catalogs_are_compiled_once() -> None:
    """The phrases of a language are made once and shared by all its tags."""
    assert phrases_for("zh-CN") is phrases_for("zh_TW")


DAY = date(2026, 6, 22)  # a Monday


@pytest.mark.parametrize(
    ("days", "english", "chinese"),
    [
        ([4], "Fri 26 June 2026", "2026 年 6 月 26 日周五"),
        ([3, 4], "Thu 25 and Fri 26 June 2026", "2026 年 6 月 25 日周四和 26 日周五"),
        ([0, 1, 2], "Mon 22 – Wed 24 June 2026", "2026 年 6 月 22 日周一至 24 日周三"),
        (
            [0, 2, 4],
            "Mon 22, Wed 24 and Fri 26 June 2026",
            "2026 年 6 月 22 日周一、24 日周三和 26 日周五",
        ),
        ([3, 4, 7], "Thu 25 – Mon 29 June 2026", "2026 年 6 月 25 日周四至 29 日周一"),
        ([7, 8, 9], "Mon 29 June – Wed 1 July 2026", "2026 年 6 月 29 日周一至 7 月 1 日周三"),
        ([0, 1, 3, 4], "Mon 22 – Fri 26 June 2026, 4 days", "2026 年 6 月 22 日周一至 26 日周五，共 4 天"),
        (
            [192, 193],
            "Thu 31 December 2026 and Fri 1 January 2027",
            "2026 年 12 月 31 日周四和 2027 年 1 月 1 日周五",
        ),
        ([], "", ""),
    ],
)
def test_says_dates_as_people_do(days: list[int], english: str, chinese: str) -> None:
    """One date is said whole; several say their month and year once, across a weekend too."""
    dates = [DAY + timedelta(day) for day in days]
    assert phrases_for("en").dates(dates) == english
    assert phrases_for("zh").dates(dates) == chinese


def test_and_stands_close_between_chinese_words() -> None:
    """The blanks around it are for Latin neighbours; those inside of what is listed stay as written."""
    listed = phrases_for("zh").listed
    assert listed(["周一", "周三"]) == "周一和周三"
    assert listed(["LLM agents", "cs.CV"]) == "LLM agents 和 cs.CV"
    assert listed(["三维 重建", "cs.CV", "语音 合成"]) == "三维 重建、cs.CV 和语音 合成"
    assert listed(["周三"]) == "周三"


@given(
    st.lists(st.dates(date(2024, 1, 1), date(2028, 12, 31)), unique=True, min_size=1, max_size=9).map(sorted)
)
def test_always_names_the_first_and_last_day(dates: list[date]) -> None:
    """However many days are caught up, the reader knows from when until when."""
    said = phrases_for("en").dates(dates)
    assert str(dates[0].day) in said
    assert f"{dates[-1].day} {dates[-1]:%B %Y}" in said


def test_names_authors() -> None:
    """Two authors are named; of more the rest is counted, and a thousand has its comma."""
    say_en, say_zh = phrases_for("en"), phrases_for("zh")
    assert say_en.authors([]) == ""
    assert say_en.authors(["A"]) == "A"
    assert say_en.authors(["A", "B"]) == "A and B"
    assert say_en.authors(["A", "B", "C"]) == "A, B and 1 more"
    assert say_en.authors(["A"] * 3002) == "A, A and 3,000 more"
    assert say_zh.authors(["A", "B", "C"]) == "A、B 及另外 1 人"
