"""Is this Discord's? Its own OpenAPI description decides, where it lies beside the project."""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from .refusals import invalid

if TYPE_CHECKING:
    from jsonschema_rs import ValidationError

    from .request import Request

Json = dict[str, Any]

_PATH = Path(__file__).resolve().parents[4] / "shared/data/discord/schema_discord_openapi.json"
_UNTOLD = {
    "ApplicationCommandUpdateRequest": ("nsfw",),
    "MessageEditRequestPartial": ("tts",),
    "IncomingWebhookUpdateForInteractionCallbackRequestPartial": ("tts",),
    "ApplicationCommandResponse": ("nsfw",),
    "BaseCreateMessageCreateRequest": ("tts",),
    "CreateForumThreadRequest": ("type",),
    "CreatedThreadResponse": ("message",),
}
"""Fields that Discord takes, of which the description doesn't know; discord.py sends and reads them."""


def present() -> bool:
    """Whether the description is at hand."""
    return _PATH.is_file()


@functools.cache
def _description() -> Json:
    """Read the description, made strict: it lets unknown fields pass, which mistyped names would be."""
    read: Json = msgspec.json.decode(_PATH.read_bytes())
    schemas = read["components"]["schemas"]
    for name, fields in _UNTOLD.items():
        schemas[name]["properties"] |= dict.fromkeys(fields, True)
    schemas["SnowflakeType"] = {"type": ["string", "integer"]}  # Discord takes both, discord.py sends both
    _close(read)
    return read


def _close(node: Any, *, open_ended: bool = False) -> None:
    if isinstance(node, list):
        for below in node:
            _close(below)
    elif isinstance(node, dict):
        if not open_ended and "properties" in node and node.get("type") == "object":
            node.setdefault("additionalProperties", False)
        for name, below in node.items():
            if name == "allOf":  # each part of it knows only some of the fields
                for part in below:
                    _close(part, open_ended=True)
            else:
                _close(below)


@functools.cache
def _operations() -> dict[str, Json]:
    """All operations, by method and path with nameless holes."""
    return {
        f"{method.upper()} {_shape(path)}": operation
        for path, operations in _description()["paths"].items()
        for method, operation in operations.items()
        if isinstance(operation, dict)
    }


def _shape(path: str) -> str:
    return re.sub(r"\{\w+\}", "{}", path)


@functools.cache
def _validator(route: str, status: int) -> Any:
    """What holds a route's body (status 0) or answer against its schema; None if it has none."""
    operation = _operations().get(_shape(route), {})
    place = (
        operation.get("responses", {}).get(str(status), {}) if status else operation.get("requestBody", {})
    )
    schema = place.get("content", {}).get("application/json", {}).get("schema")
    return None if schema is None else _compiled(schema)


@functools.cache
def _named(name: str) -> Any:
    return _compiled({"$ref": f"#/components/schemas/{name}"})


def _compiled(schema: Json) -> Any:
    import jsonschema_rs  # takes a moment, and only who has the description needs it

    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema"} | schema
    return jsonschema_rs.validator_for(whole | {"components": _description()["components"]})


def described(method: str, path: str) -> bool:
    """Whether Discord has such an operation at all."""
    if not present():
        return False
    wanted = path.strip("/").split("/")
    for operation in _operations():
        known_method, known_path = operation.split()
        steps = known_path.strip("/").split("/")
        if (
            known_method == method
            and len(steps) == len(wanted)
            and all(step in ("{}", one) for step, one in zip(steps, wanted, strict=True))
        ):
            return True
    return False


def ready() -> None:
    """Read the description now, if it's there."""
    if present():
        _operations()


def check(request: Request) -> None:
    """Hold a request's body against the description.

    Raises:
        Refused: It doesn't fit.
    """
    wrong = _wrong(request.route, 0, request.body) if request.body != {} else None
    if wrong:
        raise invalid(wrong[0], "OPENAPI", wrong[1])


def check_answer(route: str, status: int, answer: Any) -> str:
    """Hold what this server answers against the description; what is wrong, or nothing."""
    wrong = _wrong(route, status, answer)
    return f"{route}: this server's answer is wrong at {wrong[0]}: {wrong[1]}" if wrong else ""


def _wrong(route: str, status: int, what: Any) -> tuple[str, str] | None:
    if not present():
        return None
    return _mistake(_validator(route, status), what)


def misfit(name: str, what: Any) -> str:
    """Hold something against one of the description's schemas; what is wrong, or nothing."""
    wrong = _mistake(_named(name), what)
    return f"{wrong[0]}: {wrong[1]}" if wrong else ""


def _mistake(validator: Any, what: Any) -> tuple[str, str] | None:
    if validator is None or validator.is_valid(what):
        return None
    error = _deepest(next(validator.iter_errors(what)))
    return ".".join(str(step) for step in error.instance_path), error.message[:300]


def _deepest(error: ValidationError) -> ValidationError:
    """The mistake that matters: of the shapes that were tried, follow the one that was meant."""
    context = getattr(error.kind, "context", None)
    if not context:
        return error
    depth = len(error.instance_path)
    meant = [errors for errors in context if not any(_about_kind(one, depth) for one in errors)] or context
    deepest = max(meant, key=lambda errors: max(len(one.instance_path) for one in errors))
    return _deepest(max(deepest, key=lambda one: len(one.instance_path)))


def _about_kind(error: ValidationError, depth: int) -> bool:
    path = error.instance_path
    near = len(path) <= depth or (len(path) == depth + 1 and path[-1] == "type")
    return near and error.kind.name in ("type", "enum", "const")
