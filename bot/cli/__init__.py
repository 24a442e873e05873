"""The command line: reads arguments, starts one command, turns every error into a sentence and a status.

A command is a module of this package with ``run(args) -> int``, imported only when it is asked for.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

from bot.cli import streams
from digest import __version__
from digest.errors import InvalidPaperIdError, PaperroundError, QueryError, SettingsError

if TYPE_CHECKING:
    from collections.abc import Sequence

FAILED, MISUSED, INTERRUPTED = 1, 2, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status: 0, 1 when it failed, 2 when it was asked wrongly."""
    arguments = sys.argv[1:] if argv is None else argv
    streams.prepare()
    try:
        try:
            return _run(arguments)
        finally:
            sys.stdout.flush()  # here, where an error is ours to tell
    except OSError as error:
        streams.abandon(sys.stdout)
        if isinstance(error, BrokenPipeError):  # whoever read our output has gone
            return FAILED
        subject = f"{error.filename} can't be used" if error.filename else "The output can't be written"
        return _complain(f"{subject}: {error.strerror or error}.", FAILED, debug="--debug" in arguments)


def _run(arguments: Sequence[str]) -> int:
    if arguments == ["--version"]:
        sys.stdout.write(f"paperround {__version__}\n")  # without the parser, which takes longer than Python
        return 0
    from bot.cli.arguments import parser

    args = parser().parse_args(arguments)
    try:
        status: int = import_module(f"bot.cli.{args.command}").run(args)
    except PaperroundError as error:
        misused = isinstance(error, SettingsError | QueryError | InvalidPaperIdError)
        return _complain(str(error), MISUSED if misused else FAILED, debug=args.debug)
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError:
        raise
    except Exception as error:  # noqa: BLE001 - nobody is to see a traceback who didn't ask for one
        sentence = f"This is a bug in paperround ({type(error).__name__}). Please report what --debug shows."
        return _complain(sentence, FAILED, debug=args.debug)
    return status


def _complain(sentence: str, status: int, *, debug: bool) -> int:
    try:
        sys.stderr.write(_told(f"{_traceback() if debug else ''}paperround: {sentence}\n"))
        sys.stderr.flush()
    except OSError:
        streams.abandon(sys.stderr)  # with nobody to tell, the status still says it
    return status


def _traceback() -> str:
    import traceback

    return traceback.format_exc()


def _told(text: str) -> str:
    """Return what is said without the secrets that it may quote."""
    from bot.redaction import Redactor
    from bot.settings import read_secrets

    return Redactor(read_secrets(os.environ).values)(text)
