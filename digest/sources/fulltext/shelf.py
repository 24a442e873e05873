"""Keeps what was read of papers on disk, within a size and for a time. Blocks; knows no network.

One folder holds one version of one paper: the reading as JSON, and its pictures. It appears whole or not at
all.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from digest.errors import StorageError, StorageFullError
from digest.fulltext import Form, FullPaper

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from digest.model import Paper

FORMAT = 2
"""Of the readings; one that was read another way is read again."""

_READING = "paper.json"
_UNFINISHED = ".unfinished-"
_ABSTRACT_LIFETIME = 24 * 3600.0  # seconds until a paper that had neither HTML nor PDF is asked for again
_NO_SPACE = 28


@dataclass(frozen=True, slots=True)
class Shelf:
    """A folder of readings.

    Attributes:
        folder: made when it's needed.
        most_bytes: of all readings together; the oldest go first.
        lifetime: seconds after which a reading goes.
        clock: seconds since the epoch.
    """

    folder: Path
    most_bytes: int
    lifetime: float
    clock: Callable[[], float]

    def find(self, paper: Paper) -> FullPaper | None:
        """Return what was read of this version of a paper, if it's there and young enough."""
        file = self._place(paper) / _READING
        try:
            age = self.clock() - file.stat().st_mtime
            reading = msgspec.json.decode(file.read_bytes(), type=FullPaper)
        except (OSError, msgspec.MsgspecError):
            return None
        lifetime = min(self.lifetime, _ABSTRACT_LIFETIME) if reading.form is Form.ABSTRACT else self.lifetime
        return reading if age < lifetime else None

    @contextlib.contextmanager
    def desk(self) -> Iterator[Path]:
        """Yield a folder to read in; it's gone afterwards.

        Raises:
            StorageError: there's no place for one.
        """
        with _said():
            self.folder.mkdir(parents=True, exist_ok=True)
            desk = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=self.folder))
        try:
            yield desk
        finally:
            shutil.rmtree(desk, ignore_errors=True)

    def keep(self, paper: Paper, reading: FullPaper, desk: Path) -> None:
        """Put a reading on the shelf with the pictures that lie on its desk, and make room.

        Raises:
            StorageError: it can't be written.
        """
        with _said():
            file = desk / _READING
            file.write_bytes(msgspec.json.encode(reading))
            os.utime(file, (self.clock(), self.clock()))
            place = self._place(paper)
            shutil.rmtree(place, ignore_errors=True)
            desk.rename(place)
        self._tidy(place)

    def picture(self, paper: Paper, image: str) -> bytes | None:
        """Return a picture that lies beside a reading, if it does."""
        try:
            return (self._place(paper) / _file_name(image)).read_bytes()
        except OSError:
            return None

    def places(self, paper: Paper, images: Iterable[str]) -> dict[str, str]:
        """Return the files of the pictures that lie beside a reading, each with its whole path."""
        files = {image: self._place(paper).absolute() / _file_name(image) for image in images}
        return {image: str(file) for image, file in files.items() if file.is_file()}

    def keep_picture(self, paper: Paper, image: str, file: Path) -> bytes:
        """Put a picture beside its reading and return it.

        Raises:
            StorageError: it can't be written.
        """
        with _said():
            body = file.read_bytes()
            if (place := self._place(paper)).is_dir():
                file.rename(place / _file_name(image))
        return body

    def _place(self, paper: Paper) -> Path:
        return self.folder / f"{str(paper.id).replace('/', '_')}v{paper.version}.{FORMAT}"

    def _tidy(self, newest: Path) -> None:
        """Remove what is too old, what nobody finished, and the oldest until the rest fits."""
        kept = []
        for place in self.folder.iterdir():
            try:
                age = self.clock() - (place / _READING).stat().st_mtime
            except OSError:
                age = self.clock() - _modified(place)
                if not place.name.startswith(_UNFINISHED) or age > _ABSTRACT_LIFETIME:
                    shutil.rmtree(place, ignore_errors=True)
                continue
            if age > self.lifetime:
                shutil.rmtree(place, ignore_errors=True)
            else:
                kept.append((age, place, _size(place)))
        room = self.most_bytes - sum(size for _, _, size in kept)
        for _, place, size in sorted(kept, key=lambda one: -one[0]):
            if room >= 0:
                return
            if place != newest:
                shutil.rmtree(place, ignore_errors=True)
                room += size


def _file_name(image: str) -> str:
    """Return the name of a picture's file; one that comes from a network is no name of ours."""
    if "/" not in image and "\\" not in image and not image.startswith("."):
        return image
    return hashlib.sha256(image.encode()).hexdigest()[:32]


def _modified(place: Path) -> float:
    try:
        return place.stat().st_mtime
    except OSError:
        return 0.0


def _size(place: Path) -> int:
    total = 0
    for file in place.iterdir():
        with contextlib.suppress(OSError):
            total += file.stat().st_size
    return total


@contextlib.contextmanager
def _said() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno == _NO_SPACE:
            raise StorageFullError(
                "There's no space left for papers. Make some, or lower [reading] cache."
            ) from error
        raise StorageError(f"A paper couldn't be written to disk: {error.strerror}.") from error
