"""The settings as frozen values, made from the shipped config.toml, the user's file and the environment.

The shipped config.toml holds the defaults, so the types here have none.
"""

# Annotations are read while the program runs, so this module doesn't postpone them.

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import msgspec

from bot.redaction import Redactor
from bot.settings_models import Gemini, OpenAI, Summary
from bot.settings_sections import (
    Access,
    Archive,
    Arxiv,
    Delivery,
    Digest,
    Discord,
    Log,
    Network,
    Reading,
    Scripted,
    Storage,
    Telegram,
    TopicTable,
    passwords,
)
from bot.settings_sources import Source, find_file, read_environment, read_file, shipped_path
from bot.settings_values import build, show
from digest.errors import QueryError, SettingsError
from digest.model import Topic


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
    summary: Summary
    gemini: Gemini
    openai: OpenAI
    gemini_legacy: Gemini
    reading: Reading
    archive: Archive
    access: Access
    delivery: Delivery
    telegram: Telegram
    discord: Discord
    scripted: Scripted
    storage: Storage
    log: Log
    topics: Mapping[str, Topic]
    secrets: Secrets
    file: Path | None

    @property
    def private_values(self) -> tuple[str, ...]:
        """Every value that a log must never show: tokens, keys and the proxy's password."""
        return (*self.secrets.values, *passwords(self.network.proxy))


_SECTIONS: Mapping[str, type[msgspec.Struct]] = MappingProxyType(
    {
        "arxiv": Arxiv,
        "network": Network,
        "digest": Digest,
        "summary": Summary,
        "gemini": Gemini,
        "openai": OpenAI,
        "gemini_legacy": Gemini,
        "reading": Reading,
        "archive": Archive,
        "access": Access,
        "delivery": Delivery,
        "telegram": Telegram,
        "discord": Discord,
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
    shipped = read_file(shipped_path(), schema, TopicTable.__struct_fields__)
    file = find_file(path, environ)
    users = read_file(file, schema, TopicTable.__struct_fields__) if file else Source("nothing", {}, {})
    written = {**shipped.keys, **users.keys, **read_environment(environ, schema).keys}
    sections: dict[str, Any] = {}
    for section, fields in _SECTIONS.items():
        for key in fields.__struct_fields__:
            if (section, key) not in written:
                raise SettingsError(f"{shipped.name}: [{section}] has no {key}; the shipped file needs all.")
        sections[section] = build(fields, {key: written[section, key] for key in fields.__struct_fields__})
    if file:
        # What is kept lies beside the file, wherever the program was started.
        sections["storage"] = Storage(path=file.parent / sections["storage"].path)
        reading = sections["reading"]
        sections["reading"] = msgspec.structs.replace(reading, cache=file.parent / reading.cache)
        if (archive := sections["archive"]).path:
            sections["archive"] = msgspec.structs.replace(archive, path=str(file.parent / archive.path))
    source = users if users.topics else shipped
    topics = {name: _read_topic(name, source, check_query) for name in source.topics}
    if unknown := [name for name in sections["archive"].topics if name not in topics]:
        place = written["archive", "topics"].place
        raise SettingsError(f"{place} names {show(unknown[0])}, which is no topic of {source.name}.")
    return Settings(**sections, topics=MappingProxyType(topics), secrets=secrets, file=file)


def _read_topic(name: str, source: Source, check_query: Callable[[str], object]) -> Topic:
    written = source.topics[name]
    for key in ("title", "query"):
        if key not in written:
            raise SettingsError(
                f"{source.name}: [topics.{name}] has no {key}; a topic needs a title and a query."
            )
    table = build(TopicTable, written)
    query = " ".join(table.query.split())
    try:
        check_query(query)
    except QueryError as error:
        raise SettingsError(
            f"{written['query'].place} = {show(query)} doesn't parse: {error.expected} at character "
            f"{error.offset + 1}; try {error.example}"
        ) from None
    return Topic(name=name, title=table.title, query=query, archives=table.archives, about=table.about)
