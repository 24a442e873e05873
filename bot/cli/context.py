"""What every command begins with: settings, logs and the languages they speak."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from bot import logs
from bot.settings import load
from digest.errors import ModelAnswerError, SettingsError
from digest.query import parse
from digest.safety import printable
from digest.translation import languages, negotiate

if TYPE_CHECKING:
    import argparse

    from bot.settings import Settings
    from bot.summaries import Tell
    from digest.errors import ModelError


def load_settings(args: argparse.Namespace, *, watched: bool = True) -> Settings:
    """Read the settings and send the logs to standard error, without the owner's secrets.

    Args:
        args: ``--config`` and ``--debug``, which logs everything.
        watched: a person watches the command, so it logs warnings only, whatever the settings say.
    """
    settings = load(args.config, os.environ, parse)
    level = "warning" if watched else settings.log.level
    logs.configure("debug" if args.debug else level, settings.log.format, settings.private_values, sys.stderr)
    return settings


def choose_language(args: argparse.Namespace, settings: Settings) -> str:
    """Return the language that ``--language`` or else the settings ask for.

    Raises:
        SettingsError: nothing here speaks it.
    """
    asked: str | None = args.language
    if asked and negotiate(asked).split("-")[0] != asked.lower().split("-")[0]:
        raise SettingsError(f"There's no “{asked}” here yet. Known languages: {', '.join(languages())}.")
    return asked or settings.digest.language


def tell_once() -> Tell:
    """Return what says on standard error, once for each reason, why a provider of models can't write.

    What is wrong with a single answer isn't said: the summary itself says what is missing.
    """
    told: set[tuple[str, type[ModelError]]] = set()

    async def tell(provider: str, error: ModelError) -> None:
        if (provider, type(error)) not in told and not isinstance(error, ModelAnswerError):
            told.add((provider, type(error)))
            sys.stderr.write(f"paperround: {printable(str(error))} Others write the summaries meanwhile.\n")

    return tell
