"""A folder that others read and edit: files appear in it whole, and what isn't ours stays. Blocks."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from digest.errors import StorageError, StorageFullError, StorageReadOnlyError

if TYPE_CHECKING:
    from collections.abc import Iterator

_ASIDE = ".unfinished-"
_FULL = {errno.ENOSPC, errno.EDQUOT}
_READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}


@dataclass(frozen=True, slots=True)
class Folder:
    """Where posts are put. Any method may raise `StorageError`.

    Args:
        path: made when it's needed.
    """

    path: Path

    def prepare(self) -> None:
        """Make sure that files can be written, and remove what a crash left unfinished."""
        with self._said():
            self.path.mkdir(parents=True, exist_ok=True)
            for left in self.path.glob(f"{_ASIDE}*"):
                left.unlink(missing_ok=True)
            with tempfile.TemporaryFile(dir=self.path) as file:
                file.write(b"\0")

    def add(self, name: str, body: bytes) -> None:
        """Put a file there, unless one of its name is: somebody may have edited it.

        Args:
            name: its own, or a folder's and its own.
            body: what it holds.
        """
        with self._said():
            file = self.path / name
            if not os.path.lexists(file):
                file.parent.mkdir(exist_ok=True)
                self._put(file, body)

    def since(self, name: str) -> datetime | None:
        """Return when a file was put there or edited, to the second; None if there's none."""
        with self._said():
            try:
                seconds = (self.path / name).stat().st_mtime
            except FileNotFoundError:
                return None
            return datetime.fromtimestamp(int(seconds), UTC)

    def renew(self, name: str, body: bytes, mark: bytes) -> bool:
        """Put a file there, in the place of one that has our mark; return whether it's there now.

        A file of that name without the mark is somebody else's, and stays.
        """
        with self._said():
            file = self.path / name
            if os.path.lexists(file):
                before = file.read_bytes()
                if before == body or mark not in before:
                    return before == body
            self._put(file, body)
            return True

    def _put(self, file: Path, body: bytes) -> None:
        """Write a file aside and move it to its place once it's whole on the disk."""
        descriptor, aside = tempfile.mkstemp(prefix=_ASIDE, dir=self.path)
        try:
            with os.fdopen(descriptor, "wb") as written:
                written.write(body)
                written.flush()
                os.fsync(descriptor)
            Path(aside).chmod(0o644)  # it's there to be read; a temporary file's owner alone may
            Path(aside).replace(file)
        finally:
            Path(aside).unlink(missing_ok=True)

    @contextlib.contextmanager
    def _said(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            if error.errno in _FULL:
                raise StorageFullError(f"There's no space left in {self.path}. Make some.") from error
            if error.errno in _READ_ONLY:
                raise StorageReadOnlyError(
                    f"{self.path} can't be written: {error.strerror}. Allow that, or change [archive] path."
                ) from error
            raise StorageError(
                f"{self.path} can't be written: {error.strerror or error}. Change [archive] path."
            ) from error
