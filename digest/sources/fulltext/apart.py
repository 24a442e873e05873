"""Has a file read by a process of its own, and kills that when it takes too long."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from digest import errors
from digest.errors import FileBrokenError, FileError, FileTooHeavyError
from digest.fulltext import FullPaper

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from digest.fulltext import Form

_WORKER = "digest.sources.fulltext.worker"
_MOST_SAID = 64 * 1024 * 1024  # bytes of a paper as JSON; a thousand pages are about five million
# What PDFium does when it gets no more memory, and what the system does to whoever exceeds a limit.
_EXCESS = {signal.SIGABRT, signal.SIGILL, signal.SIGTRAP, signal.SIGKILL, signal.SIGXCPU, signal.SIGXFSZ}


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading a file may take.

    Attributes:
        pages: how many of a PDF are read, from the first.
        seconds: how long it may take.
        megabytes: how much memory it may use.
    """

    pages: int
    seconds: int
    megabytes: int


async def read_apart(
    form: Form, file: Path, folder: Path, address: str, limits: Limits, begun: Callable[[int], None]
) -> FullPaper:
    """Read a file; figures of a PDF are written to `folder`.

    Args:
        form: what the file is.
        file: the file.
        folder: where pictures go; it exists.
        address: where an HTML file came from.
        limits: what reading may take.
        begun: is told how many pages are about to be read.

    Raises:
        FileError: it can't be read; the class says why.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-I",  # what lies in the current folder isn't ours
        "-m",
        _WORKER,
        form,
        str(file),
        str(folder),
        address,
        *map(str, (limits.pages, limits.seconds, limits.megabytes)),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,  # the library's complaints about the file
        env={},  # no token of ours
        limit=_MOST_SAID,
    )
    try:
        async with asyncio.timeout(limits.seconds):
            said = await _listen(process, begun)
            code = await process.wait()
    except (TimeoutError, ValueError):  # the latter of a line without an end
        raise FileTooHeavyError from None
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    if said is None:
        raise FileTooHeavyError if -code in _EXCESS else FileBrokenError
    return said


async def _listen(process: asyncio.subprocess.Process, begun: Callable[[int], None]) -> FullPaper | None:
    """Return the paper that the process found; None when it died."""
    if process.stdout is None:
        raise AssertionError("the process was started with a pipe")
    while line := await process.stdout.readline():
        if line.strip().isdigit():
            begun(int(line))
        elif line.startswith(b'"'):
            raise _error(msgspec.json.decode(line, type=str))
        else:
            return await asyncio.to_thread(msgspec.json.decode, line, type=FullPaper)
    return None


def _error(name: str) -> FileError:
    kind = getattr(errors, name, FileBrokenError)
    return kind() if isinstance(kind, type) and issubclass(kind, FileError) else FileBrokenError()
