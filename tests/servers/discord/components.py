"""What Discord takes for a message's components together, and for a form; pure.

Sources: https://docs.discord.com/developers/components/reference, and the answers that Discord gives.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .component_rules import check_one, select
from .kinds import (
    CONTAINER,
    IN_CONTAINER,
    INPUT,
    LABEL,
    MOST,
    MOST_BYTES,
    MOST_LETTERS,
    ROW,
    SELECTS,
    WORDS,
    each,
    letters,
    size,
)
from .refusals import INTERNAL, Refused, invalid
from .text_rules import bad_length, text

if TYPE_CHECKING:
    from collections.abc import Collection

Json = dict[str, Any]


def check(components: list[Json], *, modern: bool, files: Collection[str] = ()) -> None:
    """Hold a message's components against Discord's rules.

    Args:
        components: As they came.
        modern: The message has the flag IS_COMPONENTS_V2.
        files: Names of the files that came along.

    Raises:
        Refused: They break a rule.
    """
    allowed = (*IN_CONTAINER, CONTAINER) if modern else (ROW,)
    if not modern and len(components) > 5:
        raise bad_length("components", 1, 5)
    for number, component in enumerate(components):
        check_one(component, f"components.{number}", allowed, files)
    found = list(each(components))
    if len(found) > MOST:
        raise invalid(
            "components",
            "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
            f"The total number of components must not exceed {MOST}",
        )
    if letters(components) > MOST_LETTERS:
        raise invalid(
            "components",
            "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
            f"The total displayable text size of components must not exceed {MOST_LETTERS}",
        )
    if size(components) > MOST_BYTES:
        raise Refused(INTERNAL)
    unique(found)


def unique(found: list[tuple[str, Json]]) -> None:
    """Refuse two of the same custom id, or of the same number."""
    for name, code in (("custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED"), ("id", "COMPONENT_ID_DUPLICATED")):
        seen = set()
        for place, component in found:
            value = component.get(name)
            if value and value in seen:
                raise invalid(f"{place}.{name}", code, f"Component {name} cannot be duplicated")
            seen.add(value)


def check_modal(modal: Json) -> None:
    """Hold a form against Discord's rules.

    Raises:
        Refused: It breaks one.
    """
    text(modal, "title", "", 1, 45)
    text(modal, "custom_id", "", 1, 100)
    rows = modal.get("components") or []
    if not 1 <= len(rows) <= 5:
        raise bad_length("components", 1, 5)
    for number, row in enumerate(rows):
        path = f"components.{number}"
        if row.get("type") not in (ROW, WORDS, LABEL):
            raise invalid(
                f"{path}.type", "UNION_TYPE_CHOICES", 'Value of field "type" must be one of (1, 18).'
            )
        if row["type"] == LABEL:
            text(row, "label", path, 1, 45)
            text(row, "description", path, 0, 100, required=False)
    found = list(each(rows))
    for path, component in found:
        if component["type"] == INPUT:
            text(component, "custom_id", path, 1, 100)
            text(component, "placeholder", path, 0, 100, required=False)
            text(component, "value", path, 0, 4000, required=False)
        elif component["type"] in SELECTS:
            select(component, path)
    unique(found)
