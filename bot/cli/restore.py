"""``paperround restore FILE``: puts a backup in the database's place."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from bot.app import MIGRATIONS
from bot.cli.context import load_settings
from digest.storage.backup import restore

if TYPE_CHECKING:
    import argparse


def run(args: argparse.Namespace) -> int:
    """Swap the files, keeping the old one."""
    path = load_settings(args).storage.path
    kept = restore(args.file, path, MIGRATIONS)
    sys.stdout.write(f"Restored {path} from {args.file}.\n")
    if kept:
        sys.stdout.write(f"The database that was there is kept as {kept}.\n")
    return 0
