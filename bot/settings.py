"""The settings as frozen values, made from the shipped config.toml, the user's file and the environment.

The shipped config.toml holds the defaults, so the types here have none.
"""

# Annotations are read while the program runs, so this module doesn't postpone them.

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

import msgspec

from bot import settings_checks as checks
from bot.access import Mode
from bot.redaction import Redactor
from bot.settings_checks import Allowed
from bot.settings_sources import Source, find_file, read_environment, read_file, shipped_path
from bot.settings_values import build, show
from digest.errors import QueryError, SettingsError
from digest.model import Topic

_ARCHIVES = "archives of arXiv such as cs, math or astro-ph, or categories such as cs.CL, in a list"
_PROXY = "a URL such as http://HOST:PORT or socks5://HOST:PORT, or nothing"
_URL = "an http or https URL such as {}"


class Arxiv(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is read from arXiv, and from where.

    Attributes:
        archives: archives and categories, at least one, each once.
        listing_url: a base without a slash at its end; ``/rss/cs+stat`` is appended.
        api_url: the API's full address, ending in ``/api/query``.
        site_url: a base without a slash at its end; ``/pdf/ID`` is appended.
        contact: an e-mail address or a URL for the User-Agent, or empty.
        holidays: days on whose evening arXiv announces nothing.
        timeout: in seconds.
        backfill_days: how far back missed days are made up for.
    """

    archives: Annotated[tuple[str, ...], Allowed(_ARCHIVES, checks.check_some_archives)]
    listing_url: Annotated[str, Allowed(_URL.format("https://rss.arxiv.org"), checks.check_listing_url)]
    api_url: Annotated[str, Allowed(_URL.format("https://export.arxiv.org/api/query"), checks.check_api_url)]
    site_url: Annotated[str, Allowed(_URL.format("https://arxiv.org"), checks.check_url)]
    contact: Annotated[str, Allowed("an e-mail address or a URL, or nothing", checks.check_contact)]
    holidays: Annotated[tuple[date, ...], Allowed("dates such as 2026-12-24, in a list")]
    timeout: Annotated[float, msgspec.Meta(ge=1, le=600), Allowed("a number of seconds from 1 to 600")]
    backfill_days: Annotated[int, msgspec.Meta(ge=0, le=90), Allowed("a whole number of days from 0 to 90")]


class Network(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How connections are made.

    Attributes:
        proxy: an http, https, socks5 or socks5h URL that may hold a password; empty: the environment's.
    """

    proxy: Annotated[str, Allowed(_PROXY, checks.check_proxy, private=True)]

    def __repr__(self) -> str:
        return f"Network(proxy={Redactor(_passwords(self.proxy))(self.proxy)!r})"


class Digest(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What digests look like where a chat says nothing else.

    Attributes:
        papers: the most papers in one digest.
        language: a BCP 47 tag.
        zone: a name of the IANA time zone database.
    """

    papers: Annotated[int, msgspec.Meta(ge=1, le=50), Allowed("a whole number from 1 to 50")]
    language: Annotated[str, Allowed("a language tag such as en, zh or pt-BR", checks.check_language)]
    zone: Annotated[
        str, Allowed("a time zone such as Europe/Berlin, Asia/Shanghai or UTC", checks.check_zone)
    ]


class Access(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Who may use the bot."""

    mode: Annotated[Mode, Allowed('"owner", "invited" or "open"')]


class Delivery(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How messages are sent.

    Attributes:
        in_flight: how many messages a platform may have under way; as many may be repeated by a crash.
    """

    in_flight: Annotated[int, msgspec.Meta(ge=1, le=100), Allowed("a whole number from 1 to 100")]


class Scripted(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A platform for trials, which writes what it is sent to a file.

    Attributes:
        path: the file, from where the program was started; empty: there's no such platform.
        seconds: how long each message takes, by the clock that may be simulated.
    """

    path: Annotated[str, Allowed("the path of a file, or nothing")]
    seconds: Annotated[float, msgspec.Meta(ge=0, le=60), Allowed("a number of seconds from 0 to 60")]


class Storage(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where the papers are kept.

    Attributes:
        path: the database file; already joined to the folder of the user's file where there is one.
    """

    path: Annotated[Path, Allowed("the path of a file", checks.check_path)]


class Log(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is logged, and how it is written."""

    level: Annotated[
        Literal["debug", "info", "warning", "error"], Allowed('"debug", "info", "warning" or "error"')
    ]
    format: Annotated[Literal["text", "json"], Allowed('"text" or "json"')]


class Secrets(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Tokens and keys; a repr never shows them. None means that the environment doesn't have it."""

    telegram_bot_token: str | None
    discord_bot_token: str | None
    gemini_api_key: str | None
    openai_api_key: str | None

    @property
    def values(self) -> tuple[str, ...]:
        """Those that are set."""
        return tuple(value for name in self.__struct_fields__ if (value := getattr(self, name)))

    def __repr__(self) -> str:
        states = (f"{name}={'set' if getattr(self, name) else 'None'}" for name in self.__struct_fields__)
        return f"Secrets({', '.join(states)})"


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Everything that the owner decided.

    Attributes:
        topics: by name, in the order of the file.
        secrets: from the environment alone.
        file: the user's file, if one was read.
    """

    arxiv: Arxiv
    network: Network
    digest: Digest
    access: Access
    delivery: Delivery
    scripted: Scripted
    storage: Storage
    log: Log
    topics: Mapping[str, Topic]
    secrets: Secrets
    file: Path | None

    @property
    def private_values(self) -> tuple[str, ...]:
        """Every value that a log must never show: tokens, keys and the proxy's password."""
        return (*self.secrets.values, *_passwords(self.network.proxy))


class _TopicTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    # The two defaults can't stand in config.toml, whose topics are only its own.
    title: Annotated[str, Allowed("a heading for people to read", checks.check_filled)]
    query: Annotated[str, Allowed('a query such as ti:"talking head" OR cat:cs.CV', checks.check_filled)]
    archives: Annotated[tuple[str, ...], Allowed(_ARCHIVES, checks.check_archives)] = ()
    about: Annotated[str, Allowed("the topic in plain words")] = ""


_SECTIONS: Mapping[str, type[msgspec.Struct]] = MappingProxyType(
    {
        "arxiv": Arxiv,
        "network": Network,
        "digest": Digest,
        "access": Access,
        "delivery": Delivery,
        "scripted": Scripted,
        "storage": Storage,
        "log": Log,
    }
)


def load(path: Path | None, environ: Mapping[str, str], check_query: Callable[[str], object]) -> Settings:
    """Read the settings.

    Args:
        path: the user's file, which must exist; None takes PAPERROUND_CONFIG's, else ./config.toml if there
            is one, else the shipped file alone.
        environ: the environment.
        check_query: parses a topic's query and raises QueryError if it can't.

    Raises:
        SettingsError: something can't be used; one sentence that names file or variable, key, value and what
            is allowed, without any secret.
    """
    secrets = read_secrets(environ)
    try:
        return _load(path, environ, secrets, check_query)
    except SettingsError as error:
        # Somebody may have put a token in the wrong place; the cause is dropped because it would quote it.
        raise SettingsError(Redactor(secrets.values)(str(error))) from None


def read_secrets(environ: Mapping[str, str]) -> Secrets:
    """Return the tokens and keys of the environment."""
    return Secrets(
        **{name: environ.get(name.upper(), "").strip() or None for name in Secrets.__struct_fields__}
    )


def _load(
    path: Path | None, environ: Mapping[str, str], secrets: Secrets, check_query: Callable[[str], object]
) -> Settings:
    schema = {section: fields.__struct_fields__ for section, fields in _SECTIONS.items()}
    shipped = read_file(shipped_path(), schema, _TopicTable.__struct_fields__)
    file = find_file(path, environ)
    users = read_file(file, schema, _TopicTable.__struct_fields__) if file else Source("nothing", {}, {})
    written = {**shipped.keys, **users.keys, **read_environment(environ, schema).keys}
    sections: dict[str, Any] = {}
    for section, fields in _SECTIONS.items():
        for key in fields.__struct_fields__:
            if (section, key) not in written:
                raise SettingsError(f"{shipped.name}: [{section}] has no {key}; the shipped file needs all.")
        sections[section] = build(fields, {key: written[section, key] for key in fields.__struct_fields__})
    if file:
        sections["storage"] = Storage(path=file.parent / sections["storage"].path)
    source = users if users.topics else shipped
    topics = {name: _read_topic(name, source, check_query) for name in source.topics}
    return Settings(**sections, topics=MappingProxyType(topics), secrets=secrets, file=file)


def _read_topic(name: str, source: Source, check_query: Callable[[str], object]) -> Topic:
    written = source.topics[name]
    for key in ("title", "query"):
        if key not in written:
            raise SettingsError(
                f"{source.name}: [topics.{name}] has no {key}; a topic needs a title and a query."
            )
    table = build(_TopicTable, written)
    query = " ".join(table.query.split())
    try:
        check_query(query)
    except QueryError as error:
        raise SettingsError(
            f"{written['query'].place} = {show(query)} doesn't parse: {error.expected} at character "
            f"{error.offset + 1}; try {error.example}"
        ) from None
    return Topic(name=name, title=table.title, query=query, archives=table.archives, about=table.about)


def _passwords(url: str) -> tuple[str, ...]:
    password = urlsplit(url).password
    return (password,) if password else ()
