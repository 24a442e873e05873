"""Reads what was written in config.toml and the environment, key by key; knows names, not values."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.settings_checks import is_topic_name, meant, nearest
from digest.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

_PREFIX = "PAPERROUND_"
_BETWEEN = "__"
_SECRET_NAME = re.compile(r"token|secret|passw|api_?key", re.IGNORECASE)
_TOKENS_ELSEWHERE = "tokens and keys come from the environment, such as TELEGRAM_BOT_TOKEN"


@dataclass(frozen=True, slots=True)
class Written:
    """One value as somebody wrote it.

    Attributes:
        place: the file and key, or the environment variable, as people know it.
        textual: it came from the environment, where everything is text.
    """

    value: Any
    place: str
    textual: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """What one place says.

    Attributes:
        keys: by section and key.
        topics: by the topic's name, then by key.
    """

    name: str
    keys: Mapping[tuple[str, str], Written]
    topics: Mapping[str, Mapping[str, Written]]


def shipped_path() -> Path:
    """Return where the shipped config.toml is: in the installed package, else at the checkout's top."""
    installed = Path(__file__).with_name("config.toml")
    return installed if installed.is_file() else installed.parents[1] / "config.toml"


def find_file(path: Path | None, environ: Mapping[str, str]) -> Path | None:
    """Return the user's file: the one named, PAPERROUND_CONFIG's, ./config.toml, or none."""
    if path is not None:
        return path
    if named := environ.get("PAPERROUND_CONFIG"):
        return Path(named)
    here = Path("config.toml")
    return here if here.exists() else None


def read_file(path: Path, schema: Mapping[str, Collection[str]], topic_keys: Collection[str]) -> Source:
    """Read a settings file.

    Args:
        path: the file.
        schema: the keys of each section.
        topic_keys: the keys of a topic.

    Raises:
        SettingsError: the file can't be read, or it has a section or a key that there isn't.
    """
    tables = _parse(path)
    keys: dict[tuple[str, str], Written] = {}
    topics: dict[str, dict[str, Written]] = {}
    for section, table in tables.items():
        if section == "topics":
            for name, topic in _table(table, f"{path}: [topics]").items():
                topics[name] = _read_topic(name, topic, path, topic_keys)
            continue
        if section not in schema:
            inside = table if isinstance(table, dict) else ()
            raise SettingsError(f"{path}: {_describe_unknown_section(section, inside, (*schema, 'topics'))}")
        for key, value in _table(table, f"{path}: [{section}]").items():
            if key not in schema[section]:
                raise SettingsError(f"{path}: [{section}] {_describe_unknown_key(key, schema[section])}")
            keys[section, key] = Written(value, f"{path}: [{section}] {key}")
    return Source(str(path), keys, topics)


def read_environment(environ: Mapping[str, str], schema: Mapping[str, Collection[str]]) -> Source:
    """Read the settings among environment variables: ``PAPERROUND_<SECTION>__<KEY>``.

    Names without the double underscore aren't settings (a container's host sets some of its own), except
    where somebody clearly meant one.

    Raises:
        SettingsError: a variable names a setting that there isn't.
    """
    known = {
        f"{_PREFIX}{section}{_BETWEEN}{key}".upper(): (section, key)
        for section in schema
        for key in schema[section]
    }
    one_underscore = {name.replace(_BETWEEN, "_"): name for name in known}
    keys: dict[tuple[str, str], Written] = {}
    for name, text in environ.items():
        if name in known:
            keys[known[name]] = Written(text.strip(), name, textual=True)
        elif name in one_underscore:
            raise SettingsError(f"{name} isn't a setting; did you mean “{one_underscore[name]}”?")
        elif name.startswith(f"{_PREFIX}TOPICS{_BETWEEN}"):
            raise SettingsError(
                f"{name} isn't a setting: topics are written in config.toml, as [topics.NAME]."
            )
        elif name.startswith(_PREFIX) and _BETWEEN in name:
            raise SettingsError(_describe_unknown_variable(name, known))
    return Source("the environment", keys, {})


def _parse(path: Path) -> dict[str, Any]:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise SettingsError(f"{path} doesn't exist; paperround init writes one.") from None
    except OSError as error:
        raise SettingsError(f"{path} can't be read: {error.strerror or error}.") from None
    try:
        text = data.decode("utf-8-sig")  # some editors put a byte order mark first
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise SettingsError(
            f"{path} isn't UTF-8 text at line {line}, column {column}; save it as UTF-8."
        ) from None
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise SettingsError(f"{path} isn't TOML: it is nested too deeply.") from None
    except ValueError as error:  # TOMLDecodeError, or a number of thousands of digits
        raise SettingsError(f"{path} isn't TOML: {error}.") from None


def _read_topic(name: str, topic: object, path: Path, keys: Collection[str]) -> dict[str, Written]:
    place = f"{path}: [topics.{name}]"
    if not is_topic_name(name):
        raise SettingsError(
            f"{place} can't be used: a topic's name is up to 32 lower-case letters, digits and hyphens, "
            f"such as talking-head."
        )
    table = _table(topic, place)
    for key in table:
        if key not in keys:
            raise SettingsError(f"{place} {_describe_unknown_key(key, keys)}")
    return {key: Written(value, f"{place} {key}") for key, value in table.items()}


def _table(value: object, place: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise SettingsError(f"{place} must be a section with keys of its own, not a single value.")
    return value


def _describe_unknown_section(section: str, keys: Iterable[str], sections: Collection[str]) -> str:
    if any(_SECRET_NAME.search(name) for name in (section, *keys)):
        return f"there is no section [{section}]; {_TOKENS_ELSEWHERE}."
    if near := nearest(section, sections):
        return f"there is no section [{section}]; did you mean [{near}]?"
    return f"there is no section [{section}]; there are {_join(f'[{name}]' for name in sections)}."


def _describe_unknown_key(key: str, keys: Collection[str]) -> str:
    if _SECRET_NAME.search(key):
        return f"has no key “{key}”; {_TOKENS_ELSEWHERE}."
    return f"has no key “{key}”; {meant(nearest(key, keys)) or f'it has {_join(keys)}.'}"


def _describe_unknown_variable(name: str, names: Collection[str]) -> str:
    if _SECRET_NAME.search(name):
        return f"{name} isn't a setting; tokens and keys have their usual names, such as TELEGRAM_BOT_TOKEN."
    near = nearest(name.removeprefix(_PREFIX), (known.removeprefix(_PREFIX) for known in names))
    return f"{name} isn't a setting; {meant(near and _PREFIX + near) or 'config.toml lists them all.'}"


def _join(words: Iterable[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last
