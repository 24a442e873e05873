"""JSON schemas as single providers take them; knows schemas, no provider. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


def narrowed(schema: Mapping[str, Any], keywords: frozenset[str]) -> dict[str, Any]:
    """Return a schema with nothing but these keywords, for providers that refuse others.

    Args:
        schema: of an object, an array or a plain value.
        keywords: those that stay; what stands under ``properties`` are names, not keywords.
    """
    kept: dict[str, Any] = {}
    for keyword, value in schema.items():
        if keyword not in keywords:
            continue
        if keyword == "properties":
            kept[keyword] = {name: narrowed(each, keywords) for name, each in value.items()}
        elif keyword == "items":
            kept[keyword] = narrowed(value, keywords)
        else:
            kept[keyword] = value
    return kept


def closed(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return a schema whose objects have all of their properties and no others."""
    shut = dict(schema)
    if "properties" in shut:
        shut["properties"] = {name: closed(each) for name, each in shut["properties"].items()}
        shut["required"] = [*shut["properties"]]
        shut["additionalProperties"] = False
    if "items" in shut:
        shut["items"] = closed(shut["items"])
    return shut
