"""Turns what sqlite3 raises into our errors, with what to do next."""

from __future__ import annotations

import contextlib
import errno
import sqlite3
from typing import TYPE_CHECKING

from digest.errors import (
    StorageCorruptError,
    StorageError,
    StorageFullError,
    StorageGoneError,
    StorageLockedError,
    StorageReadOnlyError,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PRIMARY_CODE = 0xFF  # the low byte of an extended result code: https://www.sqlite.org/rescode.html


@contextlib.contextmanager
def translated(path: Path) -> Iterator[None]:
    """Raise what goes wrong with the database at `path` as a `StorageError`."""
    try:
        yield
    except sqlite3.Error as error:
        if _code(error) == sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
            raise StorageGoneError("What this belongs to was deleted meanwhile.") from error
        raise _translate(error, path) from error
    except PermissionError as error:
        raise StorageReadOnlyError(
            f"May not write {error.filename or path}. Check its permissions."
        ) from error
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise _full(path) from error
        raise StorageError(f"Can't use the database {path}: {error.strerror or error}.") from error


def _full(path: Path) -> StorageFullError:
    return StorageFullError(f"No space left to write {path}. Free some, then try again.")


def _code(error: sqlite3.Error) -> int:
    code: int = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    return code


def _translate(error: sqlite3.Error, path: Path) -> StorageError:
    match _code(error) & _PRIMARY_CODE:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return StorageLockedError(
                f"The database {path} is held by another process. Wait for it to finish, then try again."
            )
        case sqlite3.SQLITE_FULL:
            return _full(path)
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return StorageReadOnlyError(
                f"The database {path} may not be written. Check its permissions and its folder's."
            )
        case sqlite3.SQLITE_CANTOPEN:
            return StorageReadOnlyError(
                f"Can't open the database {path}. Check that it's a file in a folder that may be written."
            )
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return StorageCorruptError(
                f"{path} isn't a sound database ({error}). Move it away, or bring back a backup: "
                "paperround restore FILE."
            )
        case _:
            return StorageError(f"The database {path} failed: {error}.")
