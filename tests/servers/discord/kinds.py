"""The kinds of components by their numbers, and how they are counted; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

Json = dict[str, Any]

ROW, BUTTON, CHOICE, INPUT, USERS, ROLES, MENTIONABLES, CHANNELS, SECTION, WORDS, THUMBNAIL = range(1, 12)
GALLERY, FILE, SEPARATOR, CONTAINER, LABEL = 12, 13, 14, 17, 18
SELECTS = (CHOICE, USERS, ROLES, MENTIONABLES, CHANNELS)
IN_CONTAINER = (ROW, SECTION, WORDS, GALLERY, FILE, SEPARATOR)

MOST, MOST_LETTERS = 40, 4000
MOST_BYTES, BYTES_EACH = 10_170, 12
"""UTF-8 of all text displays, and what each of them costs beside; beyond it Discord breaks with status 500,
which long messages in Chinese meet first. https://github.com/discord/discord-api-docs/issues/8554"""

LINK, PREMIUM = 5, 6


def each(components: list[Json], path: str = "components") -> Iterator[tuple[str, Json]]:
    """Yield every component with its place, nested ones after what holds them."""
    for number, component in enumerate(components):
        place = f"{path}.{number}"
        yield place, component
        yield from each(component.get("components") or [], f"{place}.components")
        for name in ("accessory", "component"):
            if isinstance(component.get(name), dict):
                yield f"{place}.{name}", component[name]


def letters(components: list[Json]) -> int:
    """Count the letters of all text displays."""
    return sum(len(text) for text in texts(components))


def size(components: list[Json]) -> int:
    """Count the bytes of all text displays, as far as Discord's storage is concerned."""
    return sum(len(text.encode()) + BYTES_EACH for text in texts(components))


def texts(components: list[Json]) -> list[str]:
    """List what stands in the text displays."""
    return [component["content"] for _, component in each(components) if component["type"] == WORDS]
