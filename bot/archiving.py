"""The archive that settings ask for, tied together; part of the composition root."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bot.app import make_editor, make_store
from bot.archive import Archive, ArchiveJob
from bot.folder import Folder
from bot.post_writing import Writing
from bot.schedule import Job
from bot.storage.posts import SqlitePosts
from digest.annotator import Annotator

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.clock import Clock, RealClock
    from bot.settings import Settings
    from bot.summaries import Summaries
    from bot.trouble import Trouble
    from bot.troubles import Troubles
    from digest.storage.database import Database

_EVERY = timedelta(minutes=1)


def make_archive(
    settings: Settings, database: Database, summaries: Summaries, now: Callable[[], datetime]
) -> Archive | None:
    """Make the archive, if there is to be one."""
    asked = settings.archive
    if not asked.path:
        return None
    names = asked.topics or tuple(settings.topics)
    return Archive(
        folder=Folder(Path(asked.path)),
        writing=Writing(
            settings.digest.language,
            settings.digest.zone,
            f"{asked.url}/" if asked.url else "",
            asked.pages,
        ),
        posts=SqlitePosts(database),
        papers=make_store(database),
        editor=make_editor(database, summaries.briefs),
        annotator=Annotator(summaries.notebook) if asked.notes else None,
        topics={name: settings.topics[name] for name in names},
        archives=settings.arxiv.archives,
        limit=settings.digest.papers,
        now=now,
    )


def archive_jobs(
    settings: Settings, database: Database, summaries: Summaries, troubles: Troubles, clock: Clock | RealClock
) -> tuple[Job, ...]:
    """Make the job that writes the archive, if there is to be one."""
    archive = make_archive(settings, database, summaries, clock.now)
    if archive is None:
        return ()

    async def is_news(trouble: Trouble) -> bool:
        return await troubles.store.write(lambda desk: desk.deliveries.is_news(trouble, clock.now()))

    return (Job("archive", _EVERY, ArchiveJob(archive, is_news, troubles.report, clock.now).run),)
