"""What Discord takes for an application command; pure."""

from __future__ import annotations

import re
from typing import Any

from .refusals import invalid
from .text_rules import text

Json = dict[str, Any]

CHAT, USER, MESSAGE = 1, 2, 3
SUBCOMMAND, GROUP, TEXT, INTEGER, FLAG, PERSON, CHANNEL, ROLE, MENTIONABLE, NUMBER, ATTACHMENT = range(1, 12)
MOST = {CHAT: 100, USER: 15, MESSAGE: 15}
LOCALES = frozenset(
    (
        "id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi "
        "th zh-CN ja zh-TW ko"
    ).split()
)
_NAME = re.compile(
    r"[-_'\w]{1,32}"
)  # \w is what the documentation writes as \p{L}\p{N} with two scripts' marks


def check(command: Json, path: str = "") -> None:
    """Hold a command against Discord's rules.

    Raises:
        Refused: It breaks one. https://docs.discord.com/developers/interactions/application-commands
    """
    at = f"{path}." if path else ""
    kind = command.get("type") or CHAT
    if kind not in MOST:
        raise invalid(f"{at}type", "BASE_TYPE_CHOICES", "Value must be one of (1, 2, 3).")
    if kind == CHAT:
        _named(command, path)
        _options(command.get("options") or [], f"{at}options", depth=0)
        if length(command) > 8000:
            raise invalid(
                path,
                "APPLICATION_COMMAND_TOO_LARGE",
                "Command exceeds maximum size (8000)",
            )
    else:
        text(command, "name", path, 1, 32)
        _localized(command, "name", path, 32, slash=False)
        for name in ("description", "options"):
            if command.get(name):
                raise invalid(
                    f"{at}{name}",
                    "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_UNSUPPORTED",
                    "Context menu commands cannot have this.",
                )
    for name, most in (("contexts", 2), ("integration_types", 1)):
        values = command.get(name)
        if values is not None and (not values or len(set(values)) < len(values) or max(values) > most):
            raise invalid(f"{at}{name}", "BASE_TYPE_CHOICES", f"Values must differ, and be 0 to {most}.")
    permissions = command.get("default_member_permissions")
    if permissions is not None and not str(permissions).isdecimal():
        raise invalid(f"{at}default_member_permissions", "NUMBER_TYPE_COERCE", "Value is not an int.")


def _named(thing: Json, path: str) -> None:
    text(thing, "name", path, 1, 32)
    _slash(thing["name"], f"{path}.name" if path else "name")
    text(thing, "description", path, 1, 100)
    _localized(thing, "name", path, 32, slash=True)
    _localized(thing, "description", path, 100, slash=False)


def _slash(name: str, path: str) -> None:
    if not _NAME.fullmatch(name) or name != name.lower():
        raise invalid(path, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")


def _localized(thing: Json, name: str, path: str, most: int, *, slash: bool) -> None:
    texts: Json = thing.get(f"{name}_localizations") or {}
    for locale in texts:
        place = ".".join(step for step in (path, f"{name}_localizations") if step)
        if locale not in LOCALES:
            raise invalid(
                f"{place}.{locale}", "ENUM_TYPE_COERCE", f'Value "{locale}" is not a valid enum value.'
            )
        text(texts, locale, place, 1, most)
        if slash:
            _slash(texts[locale], f"{place}.{locale}")


def _options(options: list[Json], path: str, depth: int) -> None:
    if len(options) > 25:
        raise invalid(path, "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.")
    names: set[str] = set()
    optional = False
    for number, option in enumerate(options):
        place = f"{path}.{number}"
        kind = option.get("type", 0)
        if kind not in range(SUBCOMMAND, ATTACHMENT + 1):
            raise invalid(f"{place}.type", "BASE_TYPE_CHOICES", "Value must be one of (1, ..., 11).")
        _named(option, place)
        wanted = {option["name"], *(option.get("name_localizations") or {}).values()}
        if option["name"] in names:
            raise invalid(place, "APPLICATION_COMMAND_OPTIONS_NAME_INVALID", "Option names must be unique")
        names |= wanted
        if kind in (SUBCOMMAND, GROUP):
            _below(option, place, depth)
            continue
        if option.get("required") and optional:
            raise invalid(
                f"{place}",
                "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                "Required options must be placed before non-required options",
            )
        optional = optional or not option.get("required")
        _value(option, place, kind)
    kinds = {option["type"] in (SUBCOMMAND, GROUP) for option in options}
    if len(kinds) > 1:
        raise invalid(
            path,
            "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
            "Sub-command and sub-command group option types are mutually exclusive to all other types",
        )


def _below(option: Json, place: str, depth: int) -> None:
    if depth > 1 or (option["type"] == GROUP and depth):
        raise invalid(
            f"{place}.type", "APPLICATION_COMMAND_INVALID_OPTION_NESTING", "Sub-commands can't be nested so."
        )
    inner: list[Json] = option.get("options") or []
    if option["type"] == SUBCOMMAND and any(child.get("type") in (SUBCOMMAND, GROUP) for child in inner):
        raise invalid(
            f"{place}.options",
            "APPLICATION_COMMAND_INVALID_OPTION_NESTING",
            "Sub-commands can't be nested so.",
        )
    if option["type"] == GROUP and any(child.get("type") != SUBCOMMAND for child in inner):
        raise invalid(
            f"{place}.options",
            "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
            "A group holds sub-commands alone.",
        )
    _options(inner, f"{place}.options", depth + 1)


def _value(option: Json, place: str, kind: int) -> None:
    choices: list[Json] = option.get("choices") or []
    if len(choices) > 25:
        raise invalid(f"{place}.choices", "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.")
    if choices and (option.get("autocomplete") or kind not in (TEXT, INTEGER, NUMBER)):
        raise invalid(
            f"{place}.choices", "APPLICATION_COMMAND_AUTOCOMPLETE_CHOICES", "Choices can't be used here"
        )
    if option.get("autocomplete") and kind not in (TEXT, INTEGER, NUMBER):
        raise invalid(f"{place}.autocomplete", "APPLICATION_COMMAND_AUTOCOMPLETE", "Can't be used here")
    names = set()
    for number, choice in enumerate(choices):
        where = f"{place}.choices.{number}"
        text(choice, "name", where, 1, 100)
        _localized(choice, "name", where, 100, slash=False)
        if kind == TEXT:
            text(choice, "value", where, 1, 100)
        if choice["name"] in names:
            raise invalid(
                where, "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_EXISTS", "Option choice names must be unique"
            )
        names.add(choice["name"])


def length(thing: Json) -> int:
    """Count the letters of a command: names, descriptions and values, in the longest language of each."""
    total = 0
    for name in ("name", "description"):
        texts = [thing.get(name) or "", *(thing.get(f"{name}_localizations") or {}).values()]
        total += max(len(text) for text in texts)
    total += len(thing["value"]) if isinstance(thing.get("value"), str) else 0
    return total + sum(length(child) for name in ("options", "choices") for child in thing.get(name) or [])


def check_all(commands: list[Json]) -> None:
    """Hold a whole list against the rules."""
    seen = set()
    for number, command in enumerate(commands):
        check(command, str(number))
        key = (command.get("type") or CHAT, command["name"])
        if key in seen:
            raise invalid(
                str(number), "APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique"
            )
        seen.add(key)
    for kind, most in MOST.items():
        if sum((command.get("type") or CHAT) == kind for command in commands) > most:
            raise invalid("", "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")
