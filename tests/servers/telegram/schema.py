"""Is this a request of the Bot API? aiogram's models decide, which none of us wrote."""

from __future__ import annotations

import functools
import importlib
import json
import re
from typing import TYPE_CHECKING, Any, get_args

if TYPE_CHECKING:
    from pydantic import BaseModel

Json = dict[str, Any]

# Fields that are text whatever they look like, for who checks nothing.
_TEXTS = frozenset(
    (
        "text caption parse_mode url secret_token callback_query_id inline_query_id inline_message_id action "
        "description short_description name language_code next_offset message_effect_id "
        "business_connection_id photo document"
    ).split()
)


class WrongRequestError(ValueError):
    """A request that isn't one of the Bot API."""


def loosely(fields: dict[str, str]) -> Json:
    """Decode form fields without knowing their types."""
    return {name: value if name in _TEXTS else _decoded(value) for name, value in fields.items()}


def _decoded(value: str) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        return value


@functools.cache
def _methods() -> dict[str, type[BaseModel]]:
    # Takes seconds: it happens once, and only where something is to be checked.
    package = importlib.import_module("aiogram.methods")
    return {
        name.lower(): getattr(package, name)
        for name in package.__all__
        if name not in ("TelegramMethod", "Request", "Response")
    }


def model(method: str) -> type[BaseModel] | None:
    """The model of a method, None if Telegram has no such method."""
    return _methods().get(method.lower())


@functools.cache
def _kinds(method: str, name: str) -> tuple[bool, bool]:
    """Whether a field may be text, and whether it may be something else."""
    shape = _methods()[method.lower()].model_fields[name]
    kinds = set(_flat(shape.annotation))
    return str in kinds, bool(kinds - {str, type(None)} - {_default(), _file()})


@functools.cache
def _default() -> type:
    found: type = importlib.import_module("aiogram.client.default").Default
    return found


@functools.cache
def _file() -> type:
    found: type = importlib.import_module("aiogram.types").InputFile
    return found


def _flat(annotation: Any) -> list[Any]:
    import types
    import typing

    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        return [kind for part in get_args(annotation) for kind in _flat(part)]
    return [annotation]


def strictly(method: str, fields: dict[str, str] | None, body: Json | None = None) -> Json:
    """Decode form fields by their types, and hold them against the method's model.

    Raises:
        WrongRequestError: An unknown or missing field, or a value of the wrong type.
    """
    from pydantic import ValidationError

    shape = model(method)
    if shape is None:
        raise WrongRequestError(f"{method} isn't a method of the Bot API")
    arguments = dict(body or {})
    for name, value in (fields or {}).items():
        if name not in shape.model_fields:
            raise WrongRequestError(f"{method} has no field {name}")
        text, other = _kinds(method, name)
        decoded = _decoded(value) if other else value
        arguments[name] = value if text and (isinstance(decoded, (str, dict, list)) or not other) else decoded
    try:
        shape.model_validate_json(json.dumps(arguments), strict=True, extra="forbid")
    except ValidationError as error:
        raise WrongRequestError(f"{method}: {_first(error.errors(include_url=False))}") from error
    return arguments


def _first(errors: list[Any]) -> str:
    """The mistake that matters: unions report one for every shape that was tried."""
    deepest = max(len(error["loc"]) for error in errors)
    worst = [error for error in errors if error["type"] == "extra_forbidden"] or [
        error for error in errors if len(error["loc"]) == deepest
    ]
    place = ".".join(str(step) for step in worst[0]["loc"] if not re.match(r"[A-Z`]|function", str(step)))
    return f"{place}: {worst[0]['msg']}"
