"""The process that reads a file: limits itself, reads, says what it found as JSON, and ends.

It gets no token and no more time and memory than it's told; what a hostile file does to it, nobody else
notices. Its arguments are FORM FILE FOLDER ADDRESS PAGES SECONDS MEGABYTES. It writes a line with the number
of pages that it's about to read, 0 for HTML, then a line with the paper or with an error's name.
"""

from __future__ import annotations

import contextlib
import os
import resource
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from digest.errors import FileBrokenError, FileError, FileTooHeavyError
from digest.fulltext import Form

if TYPE_CHECKING:
    from digest.fulltext import FullPaper

_MOST_OUTPUT = 64 * 1024 * 1024  # bytes of one picture, or of what is said
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
    form, file, folder, address, pages, seconds, megabytes = arguments
    limit(int(seconds), int(megabytes))
    try:
        # Libraries are loaded after the limits, because they are what these are for.
        if form == Form.PDF:
            said = msgspec.json.encode(_read_pdf(Path(file), Path(folder), int(pages)))
        else:
            said = msgspec.json.encode(_read_html(Path(file), address))
    except FileError as error:
        said = msgspec.json.encode(type(error).__name__)
    except MemoryError:
        said = msgspec.json.encode(FileTooHeavyError.__name__)
    except RecursionError:
        said = msgspec.json.encode(FileBrokenError.__name__)
    sys.stdout.buffer.write(said + b"\n")
    sys.stdout.flush()
    # Freeing a broken document may crash; nothing of it is needed any more.
    os._exit(0)


def _read_pdf(file: Path, folder: Path, pages: int) -> FullPaper:
    from digest.sources.fulltext.pdf.file import PdfFile
    from digest.sources.fulltext.pdf.paper import read

    pdf = PdfFile(file)
    _say(min(pdf.pages, pages))
    return read(pdf, folder, pages)


def _read_html(file: Path, address: str) -> FullPaper:
    from digest.sources.fulltext.html.page import read

    _say(0)
    return read(file.read_bytes(), address)


def _say(pages: int) -> None:
    sys.stdout.write(f"{pages}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
