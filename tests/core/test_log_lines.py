"""The lines that a log is made of: their form, their levels, and that nothing gets past the redaction."""

from __future__ import annotations

import io
import json
import logging
from typing import TYPE_CHECKING, Literal

import pytest

from bot.logs import configure

if TYPE_CHECKING:
    from collections.abc import Iterator

log = logging.getLogger("bot.trial")


class Record:
    """Writes through a configured logger and returns what came out."""

    def __init__(self, form: Literal["text", "json"], secrets: tuple[str, ...] = ()) -> None:
        self.stream = io.StringIO()
        configure("info", form, secrets, self.stream)

    def be_alone(self) -> None:
        """Take away the handlers of others, such as pytest's, which report a bad record in their own way."""
        root = logging.getLogger()
        root.handlers[:] = [each for each in root.handlers if getattr(each, "stream", None) is self.stream]

    @property
    def line(self) -> str:
        """The one line that was written."""
        (line,) = self.stream.getvalue().splitlines()
        return line


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    """Put logging back as it was."""
    root, ours = logging.getLogger(), [logging.getLogger(name) for name in ("bot", "digest")]
    handlers, levels = root.handlers[:], [logger.level for logger in (root, *ours)]
    yield
    root.handlers[:] = handlers
    for logger, level in zip((root, *ours), levels, strict=True):
        logger.setLevel(level)


@pytest.fixture
def text() -> Record:
    """Log as text."""
    return Record("text")


@pytest.fixture
def as_json() -> Record:
    """Log as JSON."""
    return Record("json")


def test_a_record_is_a_line_of_text(text: Record) -> None:
    """Time in UTC, level, logger, message, then the fields that came with it."""
    log.info("harvested %d papers", 412, extra={"archive": "cs", "语": "中文"})
    time, rest = text.line.split(" ", 1)
    assert rest == "INFO    bot.trial: harvested 412 papers archive=cs 语=中文"
    assert len(time) == len("2026-06-26T04:05:00.123Z")
    assert time.endswith("Z")


def test_a_record_is_a_json_object(as_json: Record) -> None:
    """Numbers stay numbers, what JSON doesn't have becomes text, names of ours aren't taken."""
    extra = {"papers": 412, "ratio": float("nan"), "day": {"a"}, "ok": True, "none": None, "level": "high"}
    log.warning("harvested\nall", extra=extra)
    record = json.loads(as_json.line)
    assert record.pop("time").endswith("Z")
    assert record == {
        "level": "warning",
        "logger": "bot.trial",
        "message": "harvested\nall",
        "papers": 412,
        "ratio": "nan",
        "day": "{'a'}",
        "ok": True,
        "none": None,
        "level_": "high",
    }


@pytest.mark.parametrize("form", ["text", "json"])
def test_nothing_breaks_a_line_or_steers_the_terminal(form: Literal["text", "json"]) -> None:
    """A paper's title can't forge a record: every line end and escape sequence is written out."""
    record = Record(form)
    log.info("a\nb\r\nc\x1b[2Jd\x85e\u2028f\u2029g\x00h", stack_info=True, extra={"x": "\n2026"})
    assert record.line.isprintable()


def test_a_traceback_is_on_the_records_line() -> None:
    """An error with its cause is one line, and both are in it."""
    record = Record("text")
    second = ValueError("second")
    second.__cause__ = KeyError("first")
    log.error("failed", exc_info=second)
    assert "bot.trial: failed\\nKeyError: 'first'\\n\\nThe above exception" in record.line
    assert record.line.endswith("ValueError: second")


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_stack_that_was_asked_for_is_written(form: Literal["text", "json"]) -> None:
    """Where a record came from is on its line too."""
    record = Record(form)
    log.info("here", stack_info=True)
    assert "test_a_stack_that_was_asked_for_is_written" in record.line


@pytest.mark.parametrize("form", ["text", "json"])
def test_secrets_leave_every_part_of_a_record(form: Literal["text", "json"]) -> None:
    """Message, arguments, fields, their names, the logger's name and the error: each is looked through."""
    record = Record(form, ("hush-hush",))
    logging.getLogger("bot.hush-hush").error(
        "hush-hush %s %r",
        "hush-hush",
        ["hush-hush"],
        extra={"hush-hush": "hush-hush", "token": "swordfish"},
        exc_info=ValueError({"hush-hush": 1}),
    )
    assert "hush" not in record.line
    assert "swordfish" not in record.line
    assert record.line.count("[redacted]") >= 8


@pytest.mark.parametrize("form", ["text", "json"])
def test_arguments_that_dont_fit_are_written_without_secrets(
    form: Literal["text", "json"], capsys: pytest.CaptureFixture[str]
) -> None:
    """A slip in a logging call costs neither the record nor the token, which logging itself would print."""

    class Unprintable:
        def __str__(self) -> str:
            raise RuntimeError

    record = Record(form, ("hush-hush",))
    logging.getLogger().handlers[:] = [
        handler
        for handler in logging.getLogger().handlers
        if getattr(handler, "stream", None) is record.stream
    ]
    log.info("%d papers", "hush-hush", extra={"odd": Unprintable()})
    assert "%d papers" in record.line
    assert "<unprintable Unprintable>" in record.line
    assert "hush" not in record.line
    assert capsys.readouterr() == ("", "")


def test_a_stream_that_is_gone_prints_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """When the log can't be written, the record doesn't go elsewhere with its secrets."""
    record = Record("text")
    record.stream.close()
    logging.getLogger().handlers[:] = [
        handler
        for handler in logging.getLogger().handlers
        if getattr(handler, "stream", None) is record.stream
    ]
    log.info("hush-hush")
    assert capsys.readouterr() == ("", "")


def test_a_character_that_the_stream_lacks_is_escaped() -> None:
    """Under an ASCII locale, or with half a character from the network, the record is still written."""
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii", write_through=True)
    configure("info", "text", (), stream)
    (ours,) = [one for one in logging.getLogger().handlers if getattr(one, "stream", None) is stream]
    # Not through the logger: whoever else listens there may be unable to pass half a character on.
    ours.handle(logging.makeLogRecord({"name": "digest", "levelno": logging.INFO, "msg": "高斯 \ud800"}))
    assert raw.getvalue().endswith(rb"\u9ad8\u65af \ud800" + b"\n")


@pytest.mark.parametrize(
    ("level", "ours", "theirs"),
    [
        ("debug", ["debug", "info", "warning", "error"], ["debug", "info", "warning", "error"]),
        ("info", ["info", "warning", "error"], ["warning", "error"]),
        ("warning", ["warning", "error"], ["warning", "error"]),
        ("error", ["error"], ["error"]),
    ],
)
def test_the_level_holds(
    level: Literal["debug", "info", "warning", "error"], ours: list[str], theirs: list[str]
) -> None:
    """Our records from the level on; the libraries' from "warning" on, or all of them at "debug"."""
    stream = io.StringIO()
    configure(level, "json", (), stream)
    for name in ("digest.trial", "httpx"):
        for each in ("debug", "info", "warning", "error"):
            getattr(logging.getLogger(name), each)("x")
    records = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [record["level"] for record in records if record["logger"] == "digest.trial"] == ours
    assert [record["level"] for record in records if record["logger"] == "httpx"] == theirs


def test_configuring_again_replaces_the_first() -> None:
    """A second call moves the log; no record is written twice."""
    first, second = Record("text"), Record("text")
    log.info("once")
    assert not first.stream.getvalue()
    assert second.line.endswith("once")
