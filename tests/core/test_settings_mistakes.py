"""Each kind of mistake in the settings, and the exact sentence that it gets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.settings import load
from digest.errors import QueryError, SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

ARCHIVES = "archives of arXiv such as cs, math or astro-ph, or categories such as cs.CL, in a list"
ZONES = "a time zone such as Europe/Berlin, Asia/Shanghai or UTC"
NO = "can't be used: it takes"
PROVIDERS = '"extract", "gemini", "openai" or "gemini_legacy"'
PAPERS = "a whole number from 1 to 50."
DATES = "dates such as 2026-12-24, in a list."
SECTIONS = (
    "there are [arxiv], [network], [digest], [summary], [gemini], [openai], [gemini_legacy], [reading], "
    "[archive], [access], [delivery], [telegram], [discord], [scripted], [storage], [log] "
    "and [topics]."
)
TOKENS = "tokens and keys come from the environment, such as TELEGRAM_BOT_TOKEN."


def refuse_a_lone_parenthesis(query: str) -> None:
    """Stand for a parser that knows one mistake."""
    if query.count("(") != query.count(")"):
        raise QueryError(query, query.index("("), "a closing parenthesis is missing", "ti:(talking head)")


@pytest.fixture
def refusal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Load a file called mine.toml in the working directory and return the sentence that refuses it."""
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "mine.toml"

    def refusal(content: str | bytes = "", environ: Mapping[str, str] | None = None) -> str:
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        with pytest.raises(SettingsError) as caught:
            load(file.relative_to(tmp_path), environ or {}, refuse_a_lone_parenthesis)
        return str(caught.value)

    return refusal


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        # Types and ranges.
        (
            '[digest]\npapers = "many"',
            f'[digest] papers = "many" {NO} {PAPERS}',
        ),
        ('[digest]\npapers = "5"', f'[digest] papers = "5" {NO} {PAPERS}'),
        (
            "[digest]\npapers = 51",
            f"[digest] papers = 51 {NO} {PAPERS}",
        ),
        (
            "[digest]\npapers = 7.5",
            f"[digest] papers = 7.5 {NO} {PAPERS}",
        ),
        (
            "[digest]\npapers = true",
            f"[digest] papers = true {NO} {PAPERS}",
        ),
        (
            "[digest]\npapers = {}",
            f"[digest] papers = {{…}} {NO} {PAPERS}",
        ),
        (
            "[arxiv]\ntimeout = nan",
            f"[arxiv] timeout = nan {NO} a number of seconds from 1 to 600.",
        ),
        (
            "[arxiv]\ntimeout = 0",
            f"[arxiv] timeout = 0 {NO} a number of seconds from 1 to 600.",
        ),
        (
            f"[arxiv]\nbackfill_days = 0x{'f' * 4000}",
            f"[arxiv] backfill_days = a number too large {NO} a whole number of days from 0 to 90.",
        ),
        (
            "[summary]\nprovider = 'chatgpt'",
            f'[summary] provider = "chatgpt" {NO} {PROVIDERS}.',
        ),
        (
            "[summary]\nfallback = ['openai', 'gpt']",
            f'[summary] fallback = ["openai", "gpt"] {NO} {PROVIDERS}, in a list.',
        ),
        (
            "[gemini]\nmodel = ''",
            f'[gemini] model = "" {NO} a model\'s name.',
        ),
        (
            "[openai]\nmodel = 'two words'",
            f'[openai] model = "two words" {NO} a model\'s name, or nothing.',
        ),
        (
            "[log]\nlevel = 'INFO'",
            f'[log] level = "INFO" {NO} "debug", "info", "warning" or "error".',
        ),
        (
            "[access]\nmode = 'everybody'",
            f'[access] mode = "everybody" {NO} "owner", "invited" or "open".',
        ),
        ("[log]\nformat = 'xml'", f'[log] format = "xml" {NO} "text" or "json".'),
        ('[storage]\npath = "a\\u0000b"', f'[storage] path = "a\0b" {NO} the path of a file.'),
        ("[storage]\npath = ''", f'[storage] path = "" {NO} the path of a file.'),
        (
            "[storage]\npath = '~nobody-here/x.db'",
            f'[storage] path = "~nobody-here/x.db" {NO} the path of a file; there is no such home folder.',
        ),
        # Dates.
        (
            '[arxiv]\nholidays = ["24.12.2026"]',
            f'[arxiv] holidays = ["24.12.2026"] {NO} {DATES}',
        ),
        (
            "[arxiv]\nholidays = 2026-12-24",
            f"[arxiv] holidays = 2026-12-24 {NO} {DATES}",
        ),
        # Archives.
        ('[arxiv]\narchives = "cs"', f'[arxiv] archives = "cs" {NO} {ARCHIVES}.'),
        ("[arxiv]\narchives = []", f"[arxiv] archives = [] {NO} {ARCHIVES}; name at least one."),
        (
            '[arxiv]\narchives = ["cs", "cs.cv"]',
            f'[arxiv] archives = ["cs", "cs.cv"] {NO} {ARCHIVES}; “cs.cv” isn\'t one; did you mean “cs.CV”?',
        ),
        (
            '[arxiv]\narchives = ["maths"]',
            f'[arxiv] archives = ["maths"] {NO} {ARCHIVES}; “maths” isn\'t one; did you mean “math”?',
        ),
        (
            '[arxiv]\narchives = ["computing"]',
            f'[arxiv] archives = ["computing"] {NO} {ARCHIVES}; “computing” isn\'t one.',
        ),
        # Addresses.
        (
            '[arxiv]\nlisting_url = "rss.arxiv.org"',
            f'[arxiv] listing_url = "rss.arxiv.org" {NO} an http or https URL such as https://rss.arxiv.org.',
        ),
        (
            '[arxiv]\napi_url = "http://127.0.0.1:port"',
            (
                f'[arxiv] api_url = "http://127.0.0.1:port" {NO} an http or https URL such as '
                "https://export.arxiv.org/api/query."
            ),
        ),
        (
            '[arxiv]\nsite_url = "ftp://arxiv.org"',
            f'[arxiv] site_url = "ftp://arxiv.org" {NO} an http or https URL such as https://arxiv.org.',
        ),
        (
            '[discord]\ngateway_url = "https://discord.gg"',
            f'[discord] gateway_url = "https://discord.gg" {NO} a ws or wss URL such as wss://gateway.discord.gg.',
        ),
        (
            '[arxiv]\ncontact = "Ada"',
            f'[arxiv] contact = "Ada" {NO} an e-mail address or a URL, or nothing.',
        ),
        (
            '[arxiv]\ncontact = "ada@example.org\\r\\nX: y"',
            f'[arxiv] contact = "ada@example.org X: y" {NO} an e-mail address or a URL, or nothing.',
        ),
        # Languages and zones.
        (
            '[digest]\nlanguage = "zh_CN"',
            f'[digest] language = "zh_CN" {NO} a language tag such as en, zh or pt-BR; did you mean “zh-CN”?',
        ),
        (
            '[digest]\nlanguage = "english"',
            f'[digest] language = "english" {NO} a language tag such as en, zh or pt-BR.',
        ),
        (
            '[digest]\nzone = "Berlin"',
            f'[digest] zone = "Berlin" {NO} {ZONES}; did you mean “Europe/Berlin”?',
        ),
        (
            '[digest]\nzone = "new york"',
            f'[digest] zone = "new york" {NO} {ZONES}; did you mean “America/New_York”?',
        ),
        (
            '[digest]\nzone = "Europe/Berlim"',
            f'[digest] zone = "Europe/Berlim" {NO} {ZONES}; did you mean “Europe/Berlin”?',
        ),
        ('[digest]\nzone = "../etc/passwd"', f'[digest] zone = "../etc/passwd" {NO} {ZONES}.'),
        ('[digest]\nzone = ""', f'[digest] zone = "" {NO} {ZONES}.'),
        # Names.
        ("[digest]\npaper = 5", "[digest] has no key “paper”; did you mean “papers”?"),
        ("[digest]\nrhubarb = 5", "[digest] has no key “rhubarb”; it has papers, language and zone."),
        ("[digets]\npapers = 5", "there is no section [digets]; did you mean [digest]?"),
        (
            "[rhubarb]",
            f"there is no section [rhubarb]; {SECTIONS}",
        ),
        ("digest = 5", "[digest] must be a section with keys of its own, not a single value."),
        (
            "papers = 5",
            f"there is no section [papers]; {SECTIONS}",
        ),
        ("topics = ['cats']", "[topics] must be a section with keys of its own, not a single value."),
        # Tokens in the file.
        ('[telegram]\ntoken = "hush"', f"[telegram] has no key “token”; {TOKENS}"),
        ('[network]\napi_key = "hush"', f"[network] has no key “api_key”; {TOKENS}"),
        # Topics.
        (
            "[topics]\ncats = 'ti:cat'",
            "[topics.cats] must be a section with keys of its own, not a single value.",
        ),
        (
            "[topics.'Big cats']\ntitle = 'x'",
            (
                "[topics.Big cats] can't be used: a topic's name is up to 32 lower-case letters, digits and "
                "hyphens, such as talking-head."
            ),
        ),
        ("[topics.cats]\ntitle = 'Cats'", "[topics.cats] has no query; a topic needs a title and a query."),
        ("[topics.cats]\nquery = 'cat'", "[topics.cats] has no title; a topic needs a title and a query."),
        ("[topics.cats]\ntitel = 'Cats'", "[topics.cats] has no key “titel”; did you mean “title”?"),
        (
            "[topics.cats]\ntitle = ' '\nquery = 'cat'",
            f'[topics.cats] title = " " {NO} a heading for people to read.',
        ),
        (
            "[topics.cats]\ntitle = 'Cats'\nquery = ''",
            f'[topics.cats] query = "" {NO} a query such as ti:"talking head" OR cat:cs.CV.',
        ),
        (
            "[topics.cats]\ntitle = 'Cats'\nquery = 'cat AND (dog'",
            (
                '[topics.cats] query = "cat AND (dog" doesn\'t parse: a closing parenthesis is missing at '
                "character 9; try ti:(talking head)"
            ),
        ),
        (
            "[topics.cats]\ntitle = 'Cats'\nquery = 'cat'\narchives = ['cs.cv']",
            f'[topics.cats] archives = ["cs.cv"] {NO} {ARCHIVES}; “cs.cv” isn\'t one; did you mean “cs.CV”?',
        ),
    ],
)
def test_a_mistake_in_the_file_names_file_key_value_and_what_is_allowed(
    refusal: Callable[..., str], text: str, sentence: str
) -> None:
    """Whoever reads the sentence knows where to go and what to write there."""
    place = "mine.toml: "
    assert refusal(text) == place + sentence


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            "[digest]\npapers 5\n",
            "isn't TOML: Expected '=' after a key in a key/value pair (at line 2, column 8).",
        ),
        (
            "[digest]\npapers = 5\npapers = 6\n",
            "isn't TOML: Cannot overwrite a value (at line 3, column 11).",
        ),
        (b"[digest]\nlanguage = 'fran\xe7ais'\n", "isn't UTF-8 text at line 2, column 17; save it as UTF-8."),
        ("x = " + "[" * 100_000, "isn't TOML: it is nested too deeply."),
    ],
)
def test_a_file_that_isnt_toml_says_where(
    refusal: Callable[..., str], content: str | bytes, sentence: str
) -> None:
    """Line and column lead to the place."""
    assert refusal(content) == f"mine.toml {sentence}"


def test_a_number_beyond_pythons_reach_is_a_sentence_too(refusal: Callable[..., str]) -> None:
    """Whatever the TOML reader raises, nobody sees a traceback."""
    assert refusal(f"[digest]\npapers = 1{'0' * 5000}\n").startswith("mine.toml isn't TOML: ")


def test_a_file_that_was_named_must_exist(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistyped path never means the defaults, whether an argument or the environment names it."""
    monkeypatch.chdir(tmp_path)
    sentence = "gone.toml doesn't exist; paperround init writes one."
    for path, environ in (
        (tmp_path / "gone.toml", {}),
        (None, {"PAPERROUND_CONFIG": f"{tmp_path}/gone.toml"}),
    ):
        with pytest.raises(SettingsError) as caught:
            load(path, environ, refuse_a_lone_parenthesis)
        assert str(caught.value) == f"{tmp_path}/{sentence}"


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    """What the system says is passed on."""
    with pytest.raises(SettingsError) as caught:
        load(tmp_path, {}, refuse_a_lone_parenthesis)
    assert str(caught.value) == f"{tmp_path} can't be read: Is a directory."


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        (
            "PAPERROUND_DIGEST__PAPERS",
            "many",
            f' = "many" {NO} {PAPERS}',
        ),
        ("PAPERROUND_DIGEST__PAPERS", "", f' = "" {NO} {PAPERS}'),
        (
            "PAPERROUND_ARXIV__TIMEOUT",
            "inf",
            f' = "inf" {NO} a number of seconds from 1 to 600.',
        ),
        ("PAPERROUND_ARXIV__ARCHIVES", "", f' = "" {NO} {ARCHIVES}; name at least one.'),
        ("PAPERROUND_ARXIV__ARCHIVES", '["cs"', f' = "["cs"" {NO} {ARCHIVES}.'),
        ("PAPERROUND_ARXIV__ARCHIVES", "[1]", f' = "[1]" {NO} {ARCHIVES}.'),
        ("PAPERROUND_DIGEST__PAPER", "5", " isn't a setting; did you mean “PAPERROUND_DIGEST__PAPERS”?"),
        ("PAPERROUND_DIGEST_PAPERS", "5", " isn't a setting; did you mean “PAPERROUND_DIGEST__PAPERS”?"),
        ("PAPERROUND_digest__papers", "5", " isn't a setting; did you mean “PAPERROUND_DIGEST__PAPERS”?"),
        ("PAPERROUND_RHUBARB__X", "5", " isn't a setting; config.toml lists them all."),
        (
            "PAPERROUND_TOPICS__CATS",
            "ti:cat",
            " isn't a setting: topics are written in config.toml, as [topics.NAME].",
        ),
        (
            "PAPERROUND_TELEGRAM__TOKEN",
            "hush",
            " isn't a setting; tokens and keys have their usual names, such as TELEGRAM_BOT_TOKEN.",
        ),
    ],
)
def test_a_mistake_in_the_environment_names_the_variable(
    refusal: Callable[..., str], name: str, text: str, sentence: str
) -> None:
    """A variable that can't be used or doesn't exist is never passed over."""
    assert refusal("", {name: text}) == name + sentence
