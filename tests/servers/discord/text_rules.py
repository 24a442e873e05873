"""Rules of texts and lists that components, commands and messages share; pure."""

from __future__ import annotations

from typing import Any

from .refusals import Refused, invalid

Json = dict[str, Any]


def text(holder: Json, name: str, path: str, least: int, most: int, *, required: bool = True) -> None:
    """Refuse a text that's missing, of the wrong type, or of the wrong length."""
    value = holder.get(name)
    if value is None and not required:
        return
    if value is None:
        raise missing(f"{path}.{name}" if path else name)
    place = f"{path}.{name}" if path else name
    if not isinstance(value, str):
        raise invalid(place, "STRING_TYPE_CONVERT", "Could not interpret as string.")
    if not least <= len(value) <= most:
        raise bad_length(place, least, most)


def bad_length(path: str, least: int, most: int) -> Refused:
    """What a text or list hears that is too short or too long."""
    if not least:
        return invalid(path, "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")
    return invalid(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")


def missing(path: str) -> Refused:
    """What a body hears that lacks something."""
    return invalid(path, "BASE_TYPE_REQUIRED", "This field is required")
