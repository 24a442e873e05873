"""``paperround backup FILE``: a verified copy of the database, also while paperround runs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from bot.cli.context import load_settings
from digest.storage.backup import backup

if TYPE_CHECKING:
    import argparse


def run(args: argparse.Namespace) -> int:
    """Write the copy."""
    settings = load_settings(args)
    backup(settings.storage.path, args.file)
    sys.stdout.write(f"Copied {settings.storage.path} to {args.file}; the copy is sound.\n")
    return 0
