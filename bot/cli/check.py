"""``paperround check``: the doctor. Looks at everything that has to be in place and says what to do."""

from __future__ import annotations

import asyncio
import contextlib
import importlib.metadata
import os
import sqlite3
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot import logs
from bot.app import discord_options, make_source, open_database
from bot.cli import FAILED, MISUSED
from bot.settings import load
from digest.errors import ModelError, PlatformError, SettingsError, SourceError, StorageError
from digest.query import parse
from digest.writers import Prompt

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Mapping, Sequence

    from bot.settings import Settings
    from digest.storage.database import Database

OLDEST_SQLITE = (3, 37, 0)  # STRICT tables

_GREETING = Prompt(
    orders="Answer with the JSON object of the schema, its ok true.",
    data="Are you there?",
    schema={"type": "object", "properties": {"ok": {"type": "boolean"}}, "required": ["ok"]},
    most_tokens=100,
)
"""What models are asked: a few tokens that show whether key, model and quota will do."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one look found: whether it's fine, and a sentence that says so or what to do."""

    subject: str
    fine: bool
    sentence: str


def run(args: argparse.Namespace) -> int:
    """Print every finding; the status says whether all are fine, 2 when the settings can't be used."""
    findings = []
    for finding in (*_look_at_installation(), *_look_at_service(args)):
        findings.append(finding)
        mark = "ok  " if finding.fine else "FAIL"
        sys.stdout.write(f"{mark}  {finding.subject}: {finding.sentence}\n")
        sys.stdout.flush()
    if all(finding.fine for finding in findings):
        return 0
    return (
        MISUSED if any(finding.subject == "settings" and not finding.fine for finding in findings) else FAILED
    )


def _fine(subject: str, sentence: str) -> Finding:
    return Finding(subject, fine=True, sentence=sentence)


def _wrong(subject: str, sentence: str) -> Finding:
    return Finding(subject, fine=False, sentence=sentence)


def _look_at_installation() -> Iterator[Finding]:
    yield _fine("python", ".".join(map(str, sys.version_info[:3])))
    yield _look_at_sqlite(sqlite3.sqlite_version_info)
    yield look_at_packages(importlib.metadata.packages_distributions())


def _look_at_sqlite(version: tuple[int, ...]) -> Finding:
    written = ".".join(map(str, version))
    if version < OLDEST_SQLITE:
        needed = ".".join(map(str, OLDEST_SQLITE))
        return _wrong("sqlite", f"{written}; use a Python that has SQLite {needed} or newer")
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        options = {row[0] for row in connection.execute("PRAGMA compile_options")}
    if "ENABLE_FTS5" not in options:
        return _wrong("sqlite", f"{written} without FTS5; use a Python whose SQLite has it")
    return _fine("sqlite", f"{written} with FTS5")


def look_at_packages(owners: Mapping[str, Sequence[str]]) -> Finding:
    """See whether another distribution installed a package of one of our names over ours.

    Args:
        owners: the distributions that own each top-level package.
    """
    for package in ("bot", "digest"):
        others = sorted(set(owners.get(package, [])) - {"paperround"})
        if others:
            return _wrong(
                "packages", f"“{others[0]}” also has a package {package}; give paperround its own environment"
            )
    return _fine("packages", "bot and digest are paperround's own")


def _look_at_service(args: argparse.Namespace) -> Iterator[Finding]:
    try:
        settings = load(args.config, os.environ, parse)
    except SettingsError as error:
        yield _wrong("settings", str(error))
        return
    logs.configure(
        "debug" if args.debug else "error", settings.log.format, settings.private_values, sys.stderr
    )
    yield _fine("settings", str(settings.file or "the defaults; paperround init writes a file to change"))
    if not settings.arxiv.contact:
        yield _fine("contact", "not set; arXiv asks for one: [arxiv] contact")
    yield from asyncio.run(_look_outside(settings))


async def _look_outside(settings: Settings) -> list[Finding]:
    path = settings.storage.path
    findings = []
    try:
        async with open_database(path) as database:
            complaint = await database.read(lambda db: str(db.execute("PRAGMA quick_check(1)").fetchone()[0]))
            if complaint == "ok":
                findings.append(_fine("database", str(path)))
            else:
                advice = "bring back a backup: paperround restore FILE"
                findings.append(_wrong("database", f"{path} is damaged ({complaint}); {advice}"))
            findings.append(await _look_at_arxiv(settings, database))
    except StorageError as error:
        findings.append(_wrong("database", str(error)))
    if token := settings.secrets.telegram_bot_token:
        findings.append(await _look_at_telegram(settings, token))
    if token := settings.secrets.discord_bot_token:
        findings.append(await look_at_discord(settings, token))
    findings += [await _look_at_model(settings, name) for name in settings.summary.models]
    if not settings.summary.models and (settings.secrets.gemini_api_key or settings.secrets.openai_api_key):
        findings.append(_fine("summaries", "no model is asked, though there's a key: [summary] provider"))
    return findings


async def _look_at_model(settings: Settings, provider: str) -> Finding:
    from bot.models import make_model, reader_of

    model = make_model(settings, provider, most_tries=1)
    try:
        answer = await model.ask(_GREETING)
    except ModelError as error:
        return _wrong(provider, str(error))
    finally:
        await model.close()
    return _fine(provider, f"{reader_of(settings, provider)} answers, as {answer.model}")


async def _look_at_telegram(settings: Settings, token: str) -> Finding:
    from bot.platforms.telegram.client import name_of  # half a second

    try:
        name = await name_of(token, settings.telegram.api_url, settings.network.proxy)
    except PlatformError as error:
        return _wrong("telegram", str(error))
    return _fine("telegram", f"the token is that of https://t.me/{name}")


async def look_at_discord(settings: Settings, token: str) -> Finding:
    """See whether Discord knows the token, and tell the link that brings the bot to a server."""
    from bot.platforms.discord.client import name_of  # half a second
    from bot.platforms.discord.rights import invitation

    options = discord_options(settings)
    try:
        name, application = await name_of(token, options)
    except PlatformError as error:
        return _wrong("discord", str(error))
    link = invitation(application)
    return _fine("discord", f"the token is that of {name}; this link adds it to a server: {link}")


async def _look_at_arxiv(settings: Settings, database: Database) -> Finding:
    try:
        listing = await make_source(settings, database, most_tries=1).listing(settings.arxiv.archives)
    except SourceError as error:
        return _wrong("arxiv", str(error))
    count = len(listing.announcements)
    return _fine("arxiv", f"{settings.arxiv.listing_url} answers: {listing.date}, {count} papers announced")
