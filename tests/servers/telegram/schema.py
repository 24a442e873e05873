"""Is this a request of the Bot API? aiogram's models decide, which none of us wrote."""

from __future__ import annotations

import contextlib
import functools
import importlib
import json
import re
from typing import TYPE_CHECKING, Any, Literal, Optional, Union, get_args

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

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
def _package(name: str) -> ModuleType:
    # Takes more than a second: it happens once, and only where something is to be checked.
    with _nothing_built():
        return importlib.import_module(f"aiogram.{name}")


@contextlib.contextmanager
def _nothing_built() -> Iterator[None]:
    """Let pydantic build no model: an import of aiogram has it build hundreds, of which few are used."""
    from pydantic import BaseModel

    build = vars(BaseModel)["model_rebuild"]
    setattr(BaseModel, "model_rebuild", classmethod(lambda _, **__: None))  # noqa: B010 - mypy sees no method here
    try:
        yield
    finally:
        setattr(BaseModel, "model_rebuild", build)  # noqa: B010


@functools.cache
def _names() -> Json:
    """What aiogram's types call each other, and what else their annotations name."""
    types = _package("types")
    others = {"List": list, "Optional": Optional, "Union": Union, "Literal": Literal, "Default": _default()}
    return others | {name: getattr(types, name) for name in types.__all__}


def _built(shape: type[BaseModel]) -> type[BaseModel]:
    shape.model_rebuild(_types_namespace=_names())
    return shape


@functools.cache
def _methods() -> dict[str, type[BaseModel]]:
    package = _package("methods")
    return {
        name.lower(): getattr(package, name)
        for name in package.__all__
        if name not in ("TelegramMethod", "Request", "Response")
    }


def model(method: str) -> type[BaseModel] | None:
    """The model of a method, None if Telegram has no such method."""
    shape = _methods().get(method.lower())
    return shape and _built(shape)


def kind(name: str) -> type[BaseModel]:
    """The model of a type of the Bot API, such as Update."""
    return _built(getattr(_package("types"), name))


@functools.cache
def _kinds(method: str, name: str) -> tuple[bool, bool]:
    """Whether a field may be text, and whether it may be something else."""
    shape = _methods()[method.lower()].model_fields[name]
    kinds = set(_flat(shape.annotation))
    return str in kinds, bool(kinds - {str, type(None)} - {_default(), _file()})


@functools.cache
def _default() -> type:
    found: type = _package("client.default").Default
    return found


@functools.cache
def _file() -> type:
    found: type = _package("types").InputFile
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
