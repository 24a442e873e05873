"""What answers people, tied together; part of the composition root, for `run` and the console alike."""

from __future__ import annotations

import asyncio
import gc
import secrets
import time
from datetime import date
from typing import TYPE_CHECKING

from bot.access import Code, Policy, Role, hash_code, make_code
from bot.app import make_calendar, make_preferences, make_source, make_store
from bot.commands import cities
from bot.commands.call import Tools
from bot.commands.registry import NAMES
from bot.commands.settings_words import language_name
from bot.counting import Counting
from bot.door import Door
from bot.inbox import Inbox
from bot.storage.desk import SqliteStore
from bot.storage.people import SqlitePeople
from digest.query import parse
from digest.recent import Recent
from digest.storage.database import Lane
from digest.translation import languages, phrases_for

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from bot.clock import Clock, RealClock
    from bot.ports import Platform
    from bot.settings import Settings
    from bot.summaries import Summaries
    from digest.storage.database import Database


def make_inbox(
    settings: Settings,
    database: Database,
    clock: Clock | RealClock,
    summaries: Summaries,
    platforms: Mapping[str, Platform],
    *,
    unreachable_since: Callable[[], datetime | None] | None,
    wake: Callable[[], None],
) -> Inbox:
    """Make what platforms hand everything to that people say.

    Args:
        settings: what the owner decided.
        database: where all is kept.
        clock: the time.
        summaries: shared with the rounds, so that a paper's brief is made once.
        platforms: by name; they may be started later.
        unreachable_since: tells since when arXiv can't be reached; None where nobody knows.
        wake: has the outbox looked at.

    Raises:
        RuntimeError: no event loop runs.
    """
    access = settings.access
    store = SqliteStore(database, make_preferences(settings), Lane.PEOPLE)
    slowly = SqliteStore(database, make_preferences(settings), Lane.SEARCHES)
    papers = make_store(database, Lane.SEARCHES)
    tools = Tools(
        store=store,
        papers=papers,
        recent=Recent(papers, time.monotonic, asyncio.get_running_loop().call_later),
        source=make_source(settings, database, most_tries=2),  # somebody waits for the answer
        briefs=summaries.briefs,
        notebook=summaries.notebook,
        enquiries=summaries.enquiries,
        allowances=summaries.allowances,
        readers=summaries.readers,
        site=settings.arxiv.site_url,
        presets=settings.topics,
        calendar=make_calendar(settings),
        platforms=platforms,
        policy=Policy(access.mode, access.group_changes, access.operator),
        counting=Counting(store, slowly, platforms, clock.now),
        unreachable_since=unreachable_since,
        wake=wake,
        random_bytes=secrets.token_bytes,
        now=clock.now,
    )
    return Inbox(tools, NAMES, Door(store, access.mode, clock.now), access.per_person, access.per_chat)


async def warm_up() -> None:
    """Load what the first answers would wait for, which idle memory is better without."""
    await asyncio.to_thread(_load)


def _load() -> None:
    """Use words, dates, numbers and cities of each language once, and the topic language.

    What is loaded by now stays: the collector needn't look through it, which takes a fifth of a second.
    """
    parse("rivers OR lakes")
    for language in languages():
        phrases = phrases_for(language)
        phrases.day(date.min)
        phrases.number(1)
        language_name(language)
        cities.name("Europe/Berlin", language)
    gc.freeze()


async def claim_code(database: Database, clock: Clock | RealClock) -> str | None:
    """Return a new code that makes whoever sends it the owner; None if there is one."""
    code = make_code(secrets.token_bytes)
    kept = Code(hash_code(code), Role.OWNER, None, clock.now())
    return code if await database.write(lambda db: SqlitePeople(db).claim(kept)) else None
