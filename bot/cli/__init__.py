"""The command line: reads arguments, starts one command, turns every error into a sentence and a status.

A command is a module of this package with ``run(args) -> int``, imported only when it is asked for.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

from bot.cli.arguments import parser
from digest.errors import PaperroundError, QueryError, SettingsError

if TYPE_CHECKING:
    from collections.abc import Sequence

FAILED, MISUSED, INTERRUPTED = 1, 2, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status: 0, 1 when it failed, 2 when it was asked wrongly."""
    args = parser().parse_args(argv)
    try:
        status: int = import_module(f"bot.cli.{args.command}").run(args)
    except (SettingsError, QueryError) as error:
        return _complain(error, MISUSED, debug=args.debug)
    except PaperroundError as error:
        return _complain(error, FAILED, debug=args.debug)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()  # whoever read our output has gone; Python would complain about it at exit
        return FAILED
    except Exception as error:
        if args.debug:
            raise
        sentence = (
            f"This is a bug in paperround: {type(error).__name__}. Run it again with --debug and report it."
        )
        return _complain(PaperroundError(sentence), FAILED, debug=False)
    return status


def _complain(error: PaperroundError, status: int, *, debug: bool) -> int:
    if debug:
        raise error
    sys.stderr.write(f"paperround: {error}\n")
    return status
