"""Turns what was written into typed values and back into words; knows types, not the settings."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args, get_origin, get_type_hints

import msgspec

from bot.settings_checks import Allowed
from digest.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.settings_sources import Written

_LONGEST_NUMBER = 64  # bits; Python refuses to write out numbers of thousands of digits


def build(fields: type[Any], written: Mapping[str, Written]) -> Any:
    """Make a struct of what was written, key by key.

    Args:
        fields: the struct; every field is ``Annotated`` with an `Allowed`.
        written: by key; keys without one take the struct's default.

    Raises:
        SettingsError: a value can't be used.
    """
    hints = get_type_hints(fields, include_extras=True)
    return fields(**{key: _convert(value, hints[key]) for key, value in written.items()})


def _convert(written: Written, hint: Any) -> Any:
    allowed = next(note for note in hint.__metadata__ if isinstance(note, Allowed))
    plain = get_args(hint)[0]
    value = written.value
    try:
        if written.textual and get_origin(plain) is tuple:
            value = _split_list(value)
        found = msgspec.convert(value, hint, strict=not written.textual, dec_hook=_decode_path)
        return allowed.check(found)
    except msgspec.ValidationError:
        advice = ""
    except ValueError as error:
        advice = str(error)
    shown = " can't be used" if allowed.private else f" = {show(written.value)} can't be used"
    sentence = f"{written.place}{shown}: it takes {allowed.words}"
    if advice:
        sentence = f"{sentence}; {advice}"
    raise SettingsError(sentence if sentence.endswith("?") else f"{sentence}.")


def _decode_path(_: type, value: object) -> Path:
    if not isinstance(value, str) or not value:
        raise ValueError
    return Path(value)


def _split_list(text: str) -> list[Any]:
    """Read ``cs, stat`` or TOML's ``["cs", "stat"]``; empty is no item."""
    if text.startswith("["):
        try:
            return list(tomllib.loads(f"list = {text}")["list"])
        except tomllib.TOMLDecodeError:
            raise ValueError from None
    return [item.strip() for item in text.split(",") if item.strip()]


def show(value: object) -> str:
    """Write a value on one line, about as TOML would; whole, since a token cut short can't be recognised."""
    match value:
        case bool():
            text = str(value).lower()
        case str():
            text = f'"{value}"'
        case date():
            text = value.isoformat()
        case list():
            text = f"[{', '.join(map(show, value))}]"
        case dict():
            text = "{…}"
        case int() if value.bit_length() > _LONGEST_NUMBER:
            text = "a number too large"
        case _:
            text = str(value)
    return " ".join(text.split())
