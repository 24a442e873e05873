"""What every command begins with: settings, logs and the languages they speak."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from bot import logs
from bot.settings import load
from digest.query import parse

if TYPE_CHECKING:
    import argparse

    from bot.settings import Settings


def load_settings(args: argparse.Namespace) -> Settings:
    """Read the settings and send the logs to standard error, without the owner's secrets.

    A command that a person watches logs warnings only; ``--debug`` logs everything.
    """
    settings = load(args.config, os.environ, parse)
    logs.configure(
        "debug" if args.debug else "warning", settings.log.format, settings.private_values, sys.stderr
    )
    return settings
