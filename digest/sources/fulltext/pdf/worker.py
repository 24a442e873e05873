"""The process that reads a PDF: limits itself, reads, says what it found as JSON, and ends.

It gets no token, no network and no more time and memory than it's told; what a hostile file does to it, nobody
else notices. Run as ``python -m digest.sources.fulltext.pdf.worker FILE FOLDER PAGES SECONDS MEGABYTES``. It
writes a line with the number of pages that it's about to read, then a line with the paper or with an error's name.
"""

from __future__ import annotations

import contextlib
import os
import resource
import sys
from pathlib import Path

import msgspec

from digest.errors import FileError, FileTooHeavyError

_MOST_OUTPUT = 64 * 1024 * 1024  # bytes of one picture
_NICE = 5  # a digest that is due goes first


def limit(seconds: int, megabytes: int) -> None:
    """Limit this process for good.

    Args:
        seconds: of processor time.
        megabytes: of memory; where the system can't limit that, as on macOS, the parent's clock remains.
    """
    os.nice(_NICE)
    for what, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, megabytes * 1024 * 1024),
        (resource.RLIMIT_FSIZE, _MOST_OUTPUT),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))


def main(arguments: list[str]) -> None:
    """Read one file."""
    file, folder, pages, seconds, megabytes = arguments
    limit(int(seconds), int(megabytes))
    try:
        # After the limits, because this is what they are for.
        from digest.sources.fulltext.pdf.file import PdfFile
        from digest.sources.fulltext.pdf.paper import read

        pdf = PdfFile(Path(file))
        print(min(pdf.pages, int(pages)), flush=True)  # noqa: T201 - the parent reads it
        said = msgspec.json.encode(read(pdf, Path(folder), int(pages)))
    except FileError as error:
        said = msgspec.json.encode(type(error).__name__)
    except MemoryError:
        said = msgspec.json.encode(FileTooHeavyError.__name__)
    sys.stdout.buffer.write(said + b"\n")
    sys.stdout.flush()
    # Freeing a broken document may crash; nothing of it is needed any more.
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1:])
