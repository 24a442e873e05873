"""Writes each log record as one line, text or JSON, without any secret; knows nothing of what is logged."""

from __future__ import annotations

import json
import logging
import math
import traceback
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal, TextIO

from bot.redaction import Redactor

if TYPE_CHECKING:
    from collections.abc import Iterable

_OURS = ("bot", "digest")

# What every record has; anything else came with `extra` and is a field of its own.
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_RESERVED = frozenset({"time", "level", "logger", "message", "error", "stack"})

# Characters that end a line somewhere or steer a terminal, written the way Python would.
_CONTROL = {code: repr(chr(code))[1:-1] for code in (*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029)}

# json.dumps escapes what JSON asks for; these end a line for other readers.
_CONTROL_IN_JSON = {code: f"\\u{code:04x}" for code in (*range(0x7F, 0xA0), 0x2028, 0x2029)}


def configure(
    level: Literal["debug", "info", "warning", "error"],
    format: Literal["text", "json"],  # noqa: A002 - the setting's name
    secrets: Iterable[str],
    stream: TextIO,
) -> None:
    """Send every logger's records to a stream; calling it again replaces the former call.

    The libraries' informative records are too many for a log at "info": theirs are shown from "warning" on,
    unless the level is "debug".

    Args:
        level: the least severe level to log.
        format: one line of text a record, or one JSON object.
        secrets: values that are never written (`bot.settings.Settings.private_values`); what looks like a
            token or a password isn't either.
        stream: where the lines go.
    """
    root = logging.getLogger()
    for handler in root.handlers[:]:
        if isinstance(handler, _Handler):
            root.removeHandler(handler)
    redact = Redactor(secrets)
    handler = _Handler(stream)
    handler.setFormatter(_JsonFormatter(redact) if format == "json" else _TextFormatter(redact))
    root.addHandler(handler)
    wanted = logging.getLevelNamesMapping()[level.upper()]
    root.setLevel(wanted if level == "debug" else max(wanted, logging.WARNING))
    for name in _OURS:
        logging.getLogger(name).setLevel(wanted)


class _Handler(logging.StreamHandler[TextIO]):
    def format(self, record: logging.LogRecord) -> str:
        # A stream that can't write a character gets its escape, since a failed write would lose the record.
        encoding = getattr(self.stream, "encoding", None) or "utf-8"
        return super().format(record).encode(encoding, "backslashreplace").decode(encoding)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's own name
        """Do nothing: the stream is gone, and the standard way would print the record with its secrets."""


class _Formatter(logging.Formatter):
    def __init__(self, redact: Redactor) -> None:
        super().__init__()
        self._redact = redact

    def _fields(self, record: logging.LogRecord) -> dict[str, Any]:
        at = datetime.fromtimestamp(record.created, UTC)
        fields: dict[str, Any] = {
            "time": at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _message(record),
        }
        for name, value in vars(record).items():
            if name not in _STANDARD:
                fields[f"{name}_" if name in _RESERVED else name] = value
        if record.exc_info and record.exc_info[1] is not None:
            fields["error"] = "".join(traceback.format_exception(record.exc_info[1])).rstrip()
        if record.stack_info:
            fields["stack"] = record.stack_info
        return fields


class _TextFormatter(_Formatter):
    def format(self, record: logging.LogRecord) -> str:
        """Write ``time LEVEL logger: message key=value``, then the traceback with its line ends escaped."""
        fields = self._fields(record)
        time, level, logger, message = (fields.pop(name) for name in ("time", "level", "logger", "message"))
        errors = [fields.pop(name) for name in ("error", "stack") if name in fields]
        extra = [f"{name}={_text(value)}" for name, value in fields.items()]
        first = " ".join([f"{time} {level.upper():7} {logger}: {message}", *extra])
        return self._redact("\n".join([first, *errors])).translate(_CONTROL)


class _JsonFormatter(_Formatter):
    def format(self, record: logging.LogRecord) -> str:
        """Write one JSON object; values that JSON doesn't have become text."""
        fields = {
            self._redact(name): self._clean(name, value) for name, value in self._fields(record).items()
        }
        return json.dumps(fields, ensure_ascii=False).translate(_CONTROL_IN_JSON)

    def _clean(self, name: str, value: object) -> Any:
        if value is None or isinstance(value, int) or (isinstance(value, float) and math.isfinite(value)):
            return value
        # With its name before it, a value is recognised by what it is called, as in a line of text.
        return self._redact(f"{name}={_text(value)}").removeprefix(f"{name}=")


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except Exception:  # noqa: BLE001 - a record whose arguments don't fit is still worth a line
        return f"{_text(record.msg)} {_text(record.args)}"


def _text(value: object) -> str:
    try:
        return str(value)
    except Exception:  # noqa: BLE001 - whatever a foreign __str__ raises, the record is written
        return f"<unprintable {type(value).__name__}>"
