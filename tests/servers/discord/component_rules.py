"""What Discord takes for a single component; pure.

Source: https://docs.discord.com/developers/components/reference
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .kinds import (
    BUTTON,
    CHOICE,
    CONTAINER,
    FILE,
    GALLERY,
    IN_CONTAINER,
    LINK,
    MOST,
    MOST_LETTERS,
    PREMIUM,
    ROW,
    SECTION,
    SELECTS,
    SEPARATOR,
    THUMBNAIL,
    WORDS,
)
from .refusals import invalid
from .text_rules import bad_length, missing, text

if TYPE_CHECKING:
    from collections.abc import Collection

Json = dict[str, Any]


def check_one(component: Json, path: str, allowed: Collection[int], files: Collection[str]) -> None:
    """Hold a component, and what it holds, against the rules; `allowed` may stand there."""
    kind = component.get("type")
    if kind not in allowed:
        kinds = ", ".join(str(number) for number in allowed)
        raise invalid(
            f"{path}.type", "UNION_TYPE_CHOICES", f'Value of field "type" must be one of ({kinds}).'
        )
    if kind == ROW:
        _row(component, path, files)
    elif kind == SECTION:
        _children(component, path, (WORDS,), 3, files)
        accessory = component.get("accessory")
        if not isinstance(accessory, dict):
            raise missing(f"{path}.accessory")
        check_one(accessory, f"{path}.accessory", (BUTTON, THUMBNAIL), files)
    elif kind == CONTAINER:
        color = component.get("accent_color")
        if color is not None and not 0 <= color <= 0xFFFFFF:
            raise invalid(f"{path}.accent_color", "NUMBER_TYPE_MAX", "int value should be at most 16777215.")
        _children(component, path, IN_CONTAINER, MOST, files)
    elif kind == WORDS:
        text(component, "content", path, 1, MOST_LETTERS)
        if not component["content"].strip():
            raise missing(f"{path}.content")
    else:
        _leaf(component, path, files)


def _leaf(component: Json, path: str, files: Collection[str]) -> None:
    kind = component["type"]
    if kind == BUTTON:
        _button(component, path)
    elif kind in SELECTS:
        select(component, path)
    elif kind == GALLERY:
        items = component.get("items") or []
        if not 1 <= len(items) <= 10:
            raise bad_length(f"{path}.items", 1, 10)
        for number, item in enumerate(items):
            _media(item, "media", f"{path}.items.{number}", files)
    elif kind == THUMBNAIL:
        _media(component, "media", path, files)
    elif kind == FILE:
        _media(component, "file", path, files, uploaded=True)
    elif kind == SEPARATOR and component.get("spacing", 1) not in (1, 2):
        raise invalid(f"{path}.spacing", "BASE_TYPE_CHOICES", "Value must be one of (1, 2).")


def _children(
    component: Json, path: str, allowed: Collection[int], most: int, files: Collection[str]
) -> None:
    below = component.get("components") or []
    if not 1 <= len(below) <= most:
        raise bad_length(f"{path}.components", 1, most)
    for number, child in enumerate(below):
        check_one(child, f"{path}.components.{number}", allowed, files)


def _row(row: Json, path: str, files: Collection[str]) -> None:
    _children(row, path, (BUTTON, *SELECTS), 5, files)
    kinds = [child["type"] for child in row["components"]]
    if len(kinds) > 1 and set(kinds) != {BUTTON}:
        raise invalid(
            f"{path}.components",
            "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
            "The specified component exceeds the maximum width",
        )


def _button(button: Json, path: str) -> None:
    style = button.get("style")
    if style not in range(1, 7):
        raise invalid(f"{path}.style", "BASE_TYPE_CHOICES", "Value must be one of (1, 2, 3, 4, 5, 6).")
    text(button, "label", path, 0, 80, required=False)
    if style != PREMIUM and not button.get("label") and not button.get("emoji"):
        raise invalid(
            f"{path}.label", "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", "A label or emoji is required"
        )
    if style == LINK:
        text(button, "url", path, 1, 512)
        if not button["url"].startswith(("http://", "https://", "discord://")):
            raise invalid(
                f"{path}.url",
                "URL_TYPE_INVALID_SCHEME",
                f'Scheme "{button["url"].partition(":")[0]}" is not supported. Scheme must be one of '
                "('http', 'https', 'discord').",
            )
        if button.get("custom_id"):
            raise invalid(
                f"{path}.custom_id",
                "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
                "A custom id and url cannot both be specified",
            )
    elif style != PREMIUM:
        text(button, "custom_id", path, 1, 100)
        if button.get("url"):
            raise invalid(
                f"{path}.url",
                "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
                "A custom id and url cannot both be specified",
            )


def select(component: Json, path: str) -> None:
    """Hold a select menu against the rules."""
    text(component, "custom_id", path, 1, 100)
    text(component, "placeholder", path, 0, 150, required=False)
    least, most = component.get("min_values", 1), component.get("max_values", 1)
    if component["type"] == CHOICE:
        options = component.get("options") or []
        if not 1 <= len(options) <= 25:
            raise bad_length(f"{path}.options", 1, 25)
        values = set()
        for number, option in enumerate(options):
            place = f"{path}.options.{number}"
            text(option, "label", place, 1, 100)
            text(option, "value", place, 1, 100)
            text(option, "description", place, 0, 100, required=False)
            if option["value"] in values:
                raise invalid(
                    f"{place}.value",
                    "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                    "The specified option value is already used",
                )
            values.add(option["value"])
        if max(least, most) > len(options):
            raise invalid(f"{path}.max_values", "BASE_TYPE_MAX", "There are fewer options than that.")
    if not 0 <= least <= 25 or not 1 <= most <= 25 or least > most:
        raise invalid(f"{path}.min_values", "BASE_TYPE_BAD_RANGE", "Must be between 0 and max_values.")


def _media(holder: Json, name: str, path: str, files: Collection[str], *, uploaded: bool = False) -> None:
    text(holder, "description", path, 0, 1024, required=False)
    url = (holder.get(name) or {}).get("url") or ""
    place = f"{path}.{name}.url"
    if url.startswith("attachment://"):
        if url.removeprefix("attachment://") not in files:
            raise invalid(
                place,
                "MEDIA_ATTACHMENT_NOT_FOUND",
                "The referenced attachment does not exist in this message",
            )
    elif uploaded or not url.startswith(("http://", "https://")):
        schemes = "('attachment')" if uploaded else "('http', 'https', 'attachment')"
        raise invalid(place, "URL_TYPE_INVALID_SCHEME", f"Scheme must be one of {schemes}.")
