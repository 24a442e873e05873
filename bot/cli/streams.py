"""Makes standard output and standard error fit to write to: closed ones, and those that lack characters."""

from __future__ import annotations

import codecs
import contextlib
import io
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import NoReturn, TextIO

_SUBSTITUTE = "paperround.substitute"
_TYPOGRAPHY = {"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "·": "-", "•": "*", "→": "->"}


def prepare() -> None:
    """Let every write succeed that can: into nothing if a stream is closed, in plain letters if it is narrow.

    A closed stream's number would also go to the next file that is opened, which could be the database.
    """
    codecs.register_error(_SUBSTITUTE, _substitute)
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123 - until the end
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_SUBSTITUTE)


def speak_utf8() -> None:
    """Write UTF-8 to standard output, whatever the terminal's encoding; for what programs read."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors=_SUBSTITUTE)


def abandon(stream: TextIO) -> None:
    """Send what a stream still holds into nothing, or Python would fail on it once more at its end."""
    with contextlib.suppress(OSError, ValueError):
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, stream.fileno())
        os.close(nothing)


def leave(status: int) -> NoReturn:
    """End the process at once, with everything closed; Python would wait for threads that arXiv lets hang.

    Raises:
        OSError: the output can't be written.
    """
    import logging

    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


def _substitute(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_plain, error.object[error.start : error.end])), error.end


def _plain(character: str) -> str:
    """Write a character in ASCII as well as it goes: é as e, “ as a straight quote, 你 as a question mark."""
    from unicodedata import normalize

    letters = normalize("NFKD", _TYPOGRAPHY.get(character, character))
    return letters.encode("ascii", "ignore").decode() or "?"
