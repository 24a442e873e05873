"""Settings that load: the shipped file, the order of the sources, the environment, the secrets."""

from __future__ import annotations

import json
import re
import tomllib
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from bot.settings import Secrets, Settings, load
from bot.settings_sources import shipped_path
from digest.model import Topic

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SECTIONS = tuple(
    """arxiv network digest summary gemini openai gemini_legacy reading access delivery telegram discord
    scripted storage log""".split()
)


def accept(query: str) -> str:
    """Stand for a parser that takes every query."""
    return query


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Settings]:
    """Load settings from a file with this text and these environment variables."""

    def read(text: str = "", environ: Mapping[str, str] | None = None) -> Settings:
        file = tmp_path / "mine.toml"
        file.write_text(text, encoding="utf-8")
        return load(file, environ or {}, accept)

    return read


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Go to a folder without a config.toml."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("nowhere")
def test_without_a_file_the_shipped_one_holds() -> None:
    """Every default is the one that config.toml shows."""
    settings = load(None, {}, accept)
    shown = tomllib.loads(shipped_path().read_text(encoding="utf-8"))
    for section in SECTIONS:
        fields = {name: getattr(getattr(settings, section), name) for name in shown[section]}
        assert json.loads(msgspec.json.encode(fields, enc_hook=str)) == shown[section]
    assert list(settings.topics) == list(shown["topics"])
    assert settings.file is None


def test_the_shipped_file_names_every_key_and_only_those() -> None:
    """The types and the file have the same sections and keys, so none lacks a default or a comment."""
    shown = tomllib.loads(shipped_path().read_text(encoding="utf-8"))
    hints = Settings.__annotations__
    assert set(shown) == {*SECTIONS, "topics"}
    for section in SECTIONS:
        assert tuple(shown[section]) == hints[section].__struct_fields__


def test_every_shipped_key_is_explained() -> None:
    """Above each key, or above a neighbour directly above it in the same comment block, stands a comment."""
    lines = shipped_path().read_text(encoding="utf-8").split("# Topics")[0].splitlines()
    keys = [(above, line) for above, line in pairwise(lines) if re.match(r"\w+ =", line)]
    shown = tomllib.loads(shipped_path().read_text(encoding="utf-8"))
    assert len(keys) == sum(len(shown[section]) for section in SECTIONS)
    for above, line in keys:
        assert above.startswith("#") or "  #" in line, line


def test_every_topic_key_is_explained() -> None:
    """Before the first topic stands a line for each key that a topic takes."""
    lines = shipped_path().read_text(encoding="utf-8").split("# Topics")[1].split("[topics.talking-head]")[0]
    explained = re.findall(r"^#   (\w+)  ", lines, re.MULTILINE)
    assert explained == [name for name in Topic.__slots__ if name != "name"]


def test_the_users_file_holds_only_what_it_changes(read: Callable[..., Settings]) -> None:
    """A key of the user's file replaces the shipped one; its neighbours stay."""
    settings = read('[digest]\npapers = 3\n[arxiv]\narchives = ["math", "cs.CL", "math"]\n')
    assert settings.digest.papers == 3
    assert settings.digest.language == "en"
    assert settings.arxiv.archives == ("math", "cs.CL")
    assert settings.arxiv.timeout == 30.0


def test_the_environment_comes_last(read: Callable[..., Settings]) -> None:
    """A variable beats the user's file, which beats the shipped one."""
    settings = read("[digest]\npapers = 3\nlanguage = 'de'\n", {"PAPERROUND_DIGEST__PAPERS": "5"})
    assert settings.digest.papers == 5
    assert settings.digest.language == "de"


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("ARXIV__ARCHIVES", "cs, stat", ("cs", "stat")),
        ("ARXIV__ARCHIVES", '["cs.CL", "stat"]', ("cs.CL", "stat")),
        ("ARXIV__LISTING_URL", "http://127.0.0.1:8901", "http://127.0.0.1:8901"),
        ("ARXIV__API_URL", "http://127.0.0.1:8901", "http://127.0.0.1:8901/api/query"),
        ("ARXIV__SITE_URL", "http://127.0.0.1:8901/", "http://127.0.0.1:8901"),
        ("ARXIV__CONTACT", "ada@example.org", "ada@example.org"),
        ("ARXIV__HOLIDAYS", "2026-12-24,2026-12-25", (date(2026, 12, 24), date(2026, 12, 25))),
        ("ARXIV__HOLIDAYS", "[2026-12-24]", (date(2026, 12, 24),)),
        ("ARXIV__HOLIDAYS", "", ()),
        ("ARXIV__TIMEOUT", "2.5", 2.5),
        ("ARXIV__BACKFILL_DAYS", "0", 0),
        ("NETWORK__PROXY", "socks5://127.0.0.1:1080", "socks5://127.0.0.1:1080"),
        ("NETWORK__PROXY", "", ""),
        ("READING__CACHE", "/srv/papers", Path("/srv/papers")),
        ("READING__CACHE_MEGABYTES", "10", 10),
        ("READING__CACHE_DAYS", "1", 1),
        ("READING__MEGABYTES", "500", 500),
        ("READING__PAGES", "2000", 2000),
        ("READING__SECONDS", "5", 5),
        ("READING__MEMORY", "256", 256),
        ("DIGEST__PAPERS", " 50 ", 50),
        ("DIGEST__LANGUAGE", "zh-Hant-TW", "zh-Hant-TW"),
        ("DIGEST__ZONE", "Asia/Shanghai", "Asia/Shanghai"),
        ("SUMMARY__PROVIDER", "gemini", "gemini"),
        ("SUMMARY__FALLBACK", "openai, extract", ("openai", "extract")),
        ("SUMMARY__AT_ONCE", "3", 3),
        ("SUMMARY__PATIENCE", "600", 600.0),
        ("SUMMARY__DAILY_BUDGET", "200000", 200_000.0),
        ("SUMMARY__BUDGET_IN", "money", "money"),
        ("SUMMARY__PER_CHAT", "20", 20),
        ("GEMINI__MODEL", "models/gemini-3-pro", "gemini-3-pro"),
        ("GEMINI__API_URL", "http://127.0.0.1:8901/v1beta/", "http://127.0.0.1:8901"),
        ("GEMINI__TIMEOUT", "90", 90.0),
        ("GEMINI__THINKING", "0", 0),
        ("GEMINI__CONTEXT", "64000", 64_000),
        ("GEMINI__PRICE_IN", "0.3", 0.3),
        ("GEMINI__PRICE_OUT", "2.5", 2.5),
        ("OPENAI__MODEL", "qwen3:8b", "qwen3:8b"),
        ("OPENAI__BASE_URL", "http://127.0.0.1:11434/v1/", "http://127.0.0.1:11434/v1"),
        ("OPENAI__TIMEOUT", "600", 600.0),
        ("OPENAI__THINKING", "100000", 100_000),
        ("OPENAI__CONTEXT", "64000", 64_000),
        ("OPENAI__PRICE_IN", "0.3", 0.3),
        ("OPENAI__PRICE_OUT", "2.5", 2.5),
        ("GEMINI_LEGACY__MODEL", "gemini-flash-latest", "gemini-flash-latest"),
        ("GEMINI_LEGACY__API_URL", "https://example.org", "https://example.org"),
        ("GEMINI_LEGACY__TIMEOUT", "5", 5.0),
        ("GEMINI_LEGACY__THINKING", "1", 1),
        ("GEMINI_LEGACY__CONTEXT", "64000", 64_000),
        ("GEMINI_LEGACY__PRICE_IN", "0.3", 0.3),
        ("GEMINI_LEGACY__PRICE_OUT", "2.5", 2.5),
        ("ACCESS__MODE", "invited", "invited"),
        ("ACCESS__GROUP_CHANGES", "everybody", "everybody"),
        ("ACCESS__OPERATOR", "Ada Lovelace, ada@example.org", "Ada Lovelace, ada@example.org"),
        ("ACCESS__PER_PERSON", "5", 5),
        ("ACCESS__PER_CHAT", "7", 7),
        ("DELIVERY__IN_FLIGHT", "3", 3),
        ("TELEGRAM__API_URL", "http://127.0.0.1:8081/", "http://127.0.0.1:8081"),
        ("TELEGRAM__PAID_BROADCAST", "true", True),
        ("TELEGRAM__WEBHOOK_URL", "https://example.org/hook", "https://example.org/hook"),
        ("TELEGRAM__WEBHOOK_LISTEN", "[::1]:8443", "[::1]:8443"),
        ("DISCORD__API_URL", "http://127.0.0.1:8082/api/v10/", "http://127.0.0.1:8082/api/v10"),
        ("DISCORD__GATEWAY_URL", "ws://127.0.0.1:8082/", "ws://127.0.0.1:8082"),
        ("DISCORD__THREADS", "true", True),
        ("SCRIPTED__PATH", "sent.jsonl", "sent.jsonl"),
        ("SCRIPTED__SECONDS", "0.5", 0.5),
        ("STORAGE__PATH", "/var/lib/paperround.db", Path("/var/lib/paperround.db")),
        ("LOG__LEVEL", "debug", "debug"),
        ("LOG__FORMAT", "json", "json"),
    ],
)
def test_each_key_has_its_environment_variable(
    read: Callable[..., Settings], name: str, text: str, value: object
) -> None:
    """PAPERROUND_<SECTION>__<KEY> sets the key, whatever its type; empty is a value."""
    section, key = name.lower().split("__")
    settings = read('[network]\nproxy = "http://127.0.0.1:1"\n', {f"PAPERROUND_{name}": text})
    assert getattr(getattr(settings, section), key) == value


def test_the_table_above_names_every_variable() -> None:
    """A key that is added later gets a line there."""
    (mark,) = test_each_key_has_its_environment_variable.pytestmark
    tried = {row[0].lower() for row in mark.args[1]}
    shown = tomllib.loads(shipped_path().read_text(encoding="utf-8"))
    assert tried == {f"{section}__{key}" for section in SECTIONS for key in shown[section]}


def test_variables_of_other_kinds_are_left_alone(read: Callable[..., Settings]) -> None:
    """The reserved names, a container host's, and other programs' aren't settings."""
    others = {
        "PAPERROUND_CLOCK": "x",
        "PAPERROUND_PORT": "tcp://10.0.0.1:80",
        "HOME__X": "1",
        "PAPERROUNDS__X": "1",
    }
    assert read("", others) == read()


@pytest.mark.parametrize(
    ("key", "written", "kept"),
    [
        ("api_url", "http://localhost:8901/", "http://localhost:8901/api/query"),
        ("api_url", "http://localhost:8901/mirror", "http://localhost:8901/mirror/api/query"),
        ("api_url", "http://localhost:8901/api", "http://localhost:8901/api/query"),
        ("api_url", "HTTPS://export.arxiv.org/api/query/", "https://export.arxiv.org/api/query"),
        ("listing_url", "https://rss.arxiv.org/rss/", "https://rss.arxiv.org"),
        ("site_url", "http://[::1]:8901", "http://[::1]:8901"),
    ],
)
def test_addresses_are_brought_to_one_form(
    read: Callable[..., Settings], key: str, written: str, kept: str
) -> None:
    """A base, a base with a slash and a full address all work."""
    assert getattr(read(f'[arxiv]\n{key} = "{written}"\n').arxiv, key) == kept


def test_holidays_may_be_dates_or_texts(read: Callable[..., Settings]) -> None:
    """TOML's dates and ISO texts mean the same."""
    settings = read('[arxiv]\nholidays = [2026-12-24, "2026-12-25"]\n')
    assert settings.arxiv.holidays == (date(2026, 12, 24), date(2026, 12, 25))


def test_a_users_topics_replace_the_shipped_ones(read: Callable[..., Settings]) -> None:
    """Who names a topic has only their own, as values of the model with the query on one line."""
    settings = read(
        '[topics.cats]\ntitle = "Cats"\nquery = """\nti:cat\n  OR ti:cats"""\narchives = ["q-bio"]\n'
    )
    assert dict(settings.topics) == {
        "cats": Topic(name="cats", title="Cats", query="ti:cat OR ti:cats", archives=("q-bio",), about="")
    }


def test_an_empty_topics_section_names_none(read: Callable[..., Settings]) -> None:
    """A heading without a topic under it leaves the shipped ones."""
    assert "talking-head" in read("[topics]\n").topics


def test_every_query_is_checked(nowhere: Path) -> None:
    """The parser sees each topic's query, as it is kept."""
    assert not (nowhere / "config.toml").exists()
    seen: list[str] = []
    settings = load(None, {}, seen.append)
    assert seen == [topic.query for topic in settings.topics.values()]


def test_the_file_is_found_where_people_expect_it(nowhere: Path) -> None:
    """The file named wins over PAPERROUND_CONFIG's, which wins over ./config.toml."""
    for name, papers in (("config.toml", 1), ("named.toml", 2), ("given.toml", 3)):
        (nowhere / name).write_text(f"[digest]\npapers = {papers}\n", encoding="utf-8")
    named = {"PAPERROUND_CONFIG": str(nowhere / "named.toml")}
    assert load(None, {}, accept).digest.papers == 1
    assert load(None, named, accept).digest.papers == 2
    assert load(nowhere / "given.toml", named, accept).digest.papers == 3


def test_the_database_lies_beside_the_users_file(read: Callable[..., Settings], tmp_path: Path) -> None:
    """A relative path starts from the file's folder; an absolute one and ~ stay what they are."""
    assert read().storage.path == tmp_path / "paperround.db"
    assert read().reading.cache == tmp_path / "paperround-papers"
    assert read('[storage]\npath = "data/x.db"').storage.path == tmp_path / "data" / "x.db"
    assert read('[storage]\npath = "/srv/x.db"').storage.path == Path("/srv/x.db")
    assert read('[storage]\npath = "~/x.db"').storage.path == Path.home() / "x.db"


@pytest.mark.usefixtures("nowhere")
def test_without_a_file_the_database_lies_here() -> None:
    """A relative path then starts from the working directory, not from where the program is installed."""
    assert load(None, {}, accept).storage.path == Path("paperround.db")


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    """A file saved by a Windows editor loads."""
    file = tmp_path / "config.toml"
    file.write_bytes(b"\xef\xbb\xbf[digest]\r\npapers = 3\r\n")
    assert load(file, {}, accept).digest.papers == 3


SECRETS = {
    "TELEGRAM_BOT_TOKEN": "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1",
    "DISCORD_BOT_TOKEN": "discord-value",
    "GEMINI_API_KEY": "gemini-value",
    "OPENAI_API_KEY": "openai-value",
}


def test_secrets_come_from_the_environment_by_their_usual_names(read: Callable[..., Settings]) -> None:
    """Each is taken without the line end that files of secrets have; an empty one isn't set."""
    settings = read("", {name: f"{value}\n" for name, value in SECRETS.items()})
    assert settings.secrets == Secrets(**{name.lower(): value for name, value in SECRETS.items()})
    assert read("", {"GEMINI_API_KEY": ""}).secrets.gemini_api_key is None
    assert settings.private_values == tuple(SECRETS.values())


def test_no_repr_shows_a_secret(read: Callable[..., Settings]) -> None:
    """Settings can be printed anywhere: tokens, keys and the proxy's password stay out."""
    settings = read("", {**SECRETS, "PAPERROUND_NETWORK__PROXY": "http://ada:hush%40me@proxy.example:3128"})
    for text in (
        repr(settings),
        str(settings),
        repr(settings.secrets),
        repr(settings.network),
        f"{settings}",
    ):
        assert "hush" not in text
        assert not any(value in text for value in SECRETS.values())
    assert repr(settings.secrets).startswith("Secrets(telegram_bot_token=set, ")
    assert "proxy.example:3128" in repr(settings.network)
    assert "hush%40me" in settings.private_values


@pytest.mark.parametrize(
    ("section", "key", "value"),
    [("digest", "papers", 3), ("secrets", "gemini_api_key", "x"), ("arxiv", "archives", ("math",))],
)
def test_settings_are_frozen(read: Callable[..., Settings], section: str, key: str, value: object) -> None:
    """Nothing changes a setting after the start."""
    settings = read()
    with pytest.raises(AttributeError):
        setattr(getattr(settings, section), key, value)
    with pytest.raises(AttributeError):
        setattr(settings, section, None)


def test_topics_are_frozen(read: Callable[..., Settings]) -> None:
    """Nobody adds a topic behind the owner's back."""
    topics: Any = read().topics
    with pytest.raises(TypeError):
        topics["x"] = topics["speech"]
