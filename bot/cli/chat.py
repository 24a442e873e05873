"""``paperround chat``: talk to the bot in the terminal, or through a pipe."""

from __future__ import annotations

import asyncio
import getpass
import os
import re
import signal
import sys
import time
from typing import TYPE_CHECKING

from rich.console import Console

from bot import heartbeat
from bot.access import Person
from bot.answers import claim_code, make_inbox
from bot.app import make_clock, make_platforms, make_store, open_database
from bot.chats import Address
from bot.cli import INTERRUPTED, streams
from bot.cli.context import load_settings, tell_once
from bot.commands.registry import NAMES
from bot.phrases import console as say
from bot.platforms.console.conversation import Conversation
from bot.platforms.console.lines import PipedLines
from bot.platforms.console.platform import ConsolePlatform
from bot.platforms.console.screen import Screen
from bot.storage.people import SqlitePeople
from bot.summaries import open_summaries
from bot.talk import Kind, Place, Speaker
from digest.storage.backup import run_lock
from digest.storage.locks import try_lock
from digest.translation import phrases_for

if TYPE_CHECKING:
    import argparse
    from collections.abc import Coroutine, Mapping
    from pathlib import Path

    from bot.clock import Clock, RealClock
    from bot.platforms.console.lines import Lines
    from bot.settings import Settings
    from digest.storage.database import Database
    from digest.translation import Phrases

_LOCALE = re.compile(r"([A-Za-z]{2,3})(?:_([A-Za-z]{2}))?(?:[.@].*)?")


def run(args: argparse.Namespace) -> int:
    """Chat until the person leaves, or the input ends."""
    settings = load_settings(args)
    clock = make_clock(os.environ)
    with asyncio.Runner() as runner:
        status = 0
        try:
            runner.run(_chat(settings, clock))
        except KeyboardInterrupt:
            status = INTERRUPTED
        streams.leave(status)


def client_language(environ: Mapping[str, str]) -> str:
    """Return the language of a locale as a BCP 47 tag, ``zh-CN`` for ``zh_CN.UTF-8``; empty for none."""
    named = next(filter(None, map(environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    found = _LOCALE.fullmatch(named)
    return "-".join(filter(None, found.groups())) if found else ""


async def _chat(settings: Settings, clock: Clock | RealClock) -> None:
    by_hand = sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()
    styled = by_hand and os.environ.get("TERM") != "dumb"
    screen = Screen(Console(force_terminal=None if styled else False))
    platform = ConsolePlatform(screen)
    user = _user()
    by = Speaker(Person(platform.name, user), user, client_language(os.environ))
    phrases = phrases_for(by.language)
    async with (
        open_database(settings.storage.path) as database,
        open_summaries(settings, database, clock.now, tell_once()) as summaries,
    ):
        inbox = make_inbox(
            settings,
            database,
            clock,
            summaries,
            {**make_platforms(settings, clock), platform.name: platform},
            unreachable_since=None,
            wake=lambda: None,  # `run` looks at the outbox every minute
        )
        place = Place(Address(platform.name, user), Kind.PRIVATE, user)
        talk = Conversation(platform, screen, inbox.receive, place, by, phrases)
        for line in await _introduce(settings.storage.path, database, clock, phrases, by_hand=by_hand):
            screen.say(line, apart=False)
        if by_hand:
            from bot.platforms.console.prompt import TypedLines, history_file

            typed = TypedLines(history_file(os.environ), NAMES, settings.topics, phrases)
            await _by_hand(typed, talk, screen, phrases)
        else:
            await _from_pipe(PipedLines(sys.stdin, talk.repeat), talk)


async def _introduce(
    path: Path, database: Database, clock: Clock | RealClock, phrases: Phrases, *, by_hand: bool
) -> tuple[str, ...]:
    """Say where this is, and what to do first where something is missing."""
    lines = [phrases(say.WELCOME, database=str(path))]
    if by_hand:
        lines.append(phrases(say.HOW_TO_LEAVE))
    if not await make_store(database).read(lambda papers: papers.dates(1)):
        lines.append(phrases(say.NO_PAPERS))
    if not await database.read(lambda db: SqlitePeople(db).owners()):
        if _is_served(path):  # a new code would make worthless the one that it printed
            lines.append(phrases(say.CLAIM_ELSEWHERE))
        elif code := await claim_code(database, clock):
            lines += [phrases(say.CLAIM), code]  # on a line of its own, to be copied
    return tuple(lines)


def _is_served(path: Path) -> bool:
    """Return whether `paperround run` serves a database; one that was killed holds no lock."""
    if heartbeat.age(path, time.time()) is None:
        return False
    with try_lock(run_lock(path)) as ours:
        return not ours


async def _from_pipe(lines: Lines, talk: Conversation) -> None:
    while (line := await lines.read()) is not None:
        await talk.hear(line)


async def _by_hand(lines: Lines, talk: Conversation, screen: Screen, phrases: Phrases) -> None:
    """Answer until the person leaves: Ctrl-C cancels what is under way, twice in a row it leaves."""
    interrupted = False
    while True:
        try:
            line = await lines.read()
        except KeyboardInterrupt:
            if interrupted:
                return
            interrupted = True
            screen.say(phrases(say.ONCE_MORE), apart=False)
            continue
        if line is None:
            return
        interrupted = not await _finished(talk.hear(line))
        if interrupted:
            screen.say(phrases(say.CANCELLED))


async def _finished(answering: Coroutine[None, None, None]) -> bool:
    """Return whether an answer came to its end before Ctrl-C."""
    task = asyncio.ensure_future(answering)
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGINT, task.cancel)
    try:
        await task
    except asyncio.CancelledError:
        return False
    finally:
        loop.remove_signal_handler(signal.SIGINT)
    return True


def _user() -> str:
    """Return the name of whoever is at the machine; their number where a container has no name for it."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # before and since Python 3.13
        return str(os.getuid())
