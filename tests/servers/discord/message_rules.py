"""What Discord takes for a message; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import components
from .messages import MODERN
from .refusals import invalid
from .text_rules import text

if TYPE_CHECKING:
    from .messages import Upload

Json = dict[str, Any]

_LEGACY = ("content", "embeds", "poll", "sticker_ids")


def check(body: Json, files: dict[str, Upload], before: Json | None = None) -> None:
    """Hold a body against the rules of messages; `before` is what it edits.

    Raises:
        Refused: It breaks a rule.
    """
    flags = (before or {"flags": 0})["flags"] & MODERN | (body.get("flags") or 0)
    modern = bool(flags & MODERN)
    for name in _LEGACY if modern else ():
        left = before is not None and before.get(name) and name not in body
        if body.get(name) or left:
            raise invalid(
                name,
                "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                f"The '{name}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2",
            )
    text(body, "content", "", 0, 2000, required=False)
    if len(body.get("embeds") or []) > 10:
        raise invalid("embeds", "BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer in length.")
    if len(files) > 10 or len(body.get("attachments") or []) > 10:
        raise invalid("attachments", "BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer in length.")
    _embeds(body.get("embeds") or [])
    _mentions(body.get("allowed_mentions") or {})
    if len(str(body.get("nonce") or "")) > 25:
        raise invalid("nonce", "NONCE_TYPE_TOO_LONG", "Nonce must be 25 or fewer in length.")
    names = {file.name for file in files.values()} | {
        file["filename"] for file in (before or {}).get("attachments", [])
    }
    if body.get("components"):
        components.check(body["components"], modern=modern, files=names)


def _embeds(embeds: list[Json]) -> None:
    together = 0
    for number, embed in enumerate(embeds):
        path = f"embeds.{number}"
        text(embed, "title", path, 0, 256, required=False)
        text(embed, "description", path, 0, 4096, required=False)
        fields = embed.get("fields") or []
        texts = [embed.get("title"), embed.get("description")]
        texts += [(embed.get("footer") or {}).get("text"), (embed.get("author") or {}).get("name")]
        if len(fields) > 25:
            raise invalid(f"{path}.fields", "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.")
        for index, field in enumerate(fields):
            text(field, "name", f"{path}.fields.{index}", 1, 256)
            text(field, "value", f"{path}.fields.{index}", 1, 1024)
            texts += [field["name"], field["value"]]
        together += sum(len(text or "") for text in texts)
    if together > 6000:
        raise invalid("embeds", "MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum size of 6000")


def _mentions(allowed: Json) -> None:
    for name in ("users", "roles"):
        if allowed.get(name) and name in (allowed.get("parse") or []):
            raise invalid(
                "allowed_mentions",
                "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                f'parse:["{name}"] and {name}: [ids...] are mutually exclusive.',
            )
