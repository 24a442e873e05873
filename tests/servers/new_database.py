"""Databases for tests: a new one is a copy of one that was migrated once, which takes a tenth of the time."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from digest.storage.database import BUSY_SECONDS, Database

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlite_utils.migrations import Migrations

_MIGRATED: dict[tuple[str, ...], bytes] = {}
"""Empty databases, by the sets that own them."""


async def open_database(
    path: Path, migrations: Sequence[Migrations], *, busy_seconds: float = BUSY_SECONDS
) -> Database:
    """Open a database as `Database.open` does."""
    await lay(path, migrations)
    return await Database.open(path, migrations, busy_seconds=busy_seconds)


async def lay(path: Path, migrations: Sequence[Migrations]) -> None:
    """Put an empty database where there is none."""
    sets = tuple(each.name for each in migrations)
    if sets not in _MIGRATED:
        with tempfile.TemporaryDirectory() as folder:
            made = Path(folder) / "empty.db"
            await (await Database.open(made, migrations)).close()
            _MIGRATED[sets] = _content(made)
    _put(path, _MIGRATED[sets])


def _content(path: Path) -> bytes:
    return path.read_bytes()


def _put(path: Path, content: bytes) -> None:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
