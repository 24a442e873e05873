"""``paperround init``: writes the shipped config.toml, which is also its documentation."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from bot.settings_sources import shipped_path
from digest.errors import SettingsError

if TYPE_CHECKING:
    import argparse


def run(args: argparse.Namespace) -> int:
    """Write the file, unless there is one."""
    try:
        with args.file.open("xb") as file:
            file.write(shipped_path().read_bytes())
    except FileExistsError:
        raise SettingsError(f"{args.file} exists already. Name another file: paperround init FILE.") from None
    except OSError as error:
        raise SettingsError(f"{args.file} can't be written: {error.strerror or error}.") from None
    sys.stdout.write(f"Wrote {args.file}. Every key is explained there. Next: paperround check\n")
    return 0
