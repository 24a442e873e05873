"""Locks that end with the process that holds them, however it ends."""

from __future__ import annotations

import contextlib
import fcntl
import os
from typing import IO, TYPE_CHECKING

from digest.storage.failures import translated

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextlib.contextmanager
def try_lock(path: Path) -> Iterator[bool]:
    """Hold the lock file at `path` if nobody does; yield whether it is ours.

    The file stays behind: removing it would let two processes hold two files of one name.

    Raises:
        StorageError: the lock file can't be made.
    """
    with translated(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("ab", buffering=0)
    with file:
        with translated(path):
            ours = _flock(file)
        if ours:
            with contextlib.suppress(OSError):  # a full disk; the lock holds all the same
                file.truncate(0)
                file.write(f"{os.getpid()}\n".encode())  # for whoever wonders who it is
        yield ours


def _flock(file: IO[bytes]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
