"""``paperround digest TOPIC``: the digest of a topic from what was harvested."""

from __future__ import annotations

import asyncio
import difflib
import re
import sys
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote
from zoneinfo import ZoneInfo

from rich.console import Console

from bot.app import make_editor, make_store, now, open_database
from bot.cli import streams
from bot.cli.context import choose_language, load_settings, tell_once
from bot.summaries import open_summaries
from digest.annotator import Annotator
from digest.compose import More, compose
from digest.compose_list import below_papers
from digest.errors import PaperroundError
from digest.model import Topic
from digest.query import parse
from digest.render import html, markdown, structured, terminal
from digest.translation import phrases_for

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from bot.settings import Settings
    from digest.annotations import Annotation
    from digest.document import Document
    from digest.model import Edition, PaperId

_NEAR = 0.8
"""How alike a name must be to one that was perhaps meant, from 0 to 1."""


def run(args: argparse.Namespace) -> int:
    """Write the digest to the terminal or to a file."""
    settings = load_settings(args)
    language = choose_language(args, settings)
    topic = find_topic(args.topic, settings.topics)
    if args.notes and args.format == "json":
        raise PaperroundError("JSON has no notes. Leave --notes out, or choose another --format.")
    edition, annotations = asyncio.run(_edition(settings, topic, args, language))
    if not edition.sections[0].found:
        _hint(args.topic, settings.topics)
    here = now().astimezone(ZoneInfo(settings.digest.zone))
    if args.format == "terminal" and not args.output:
        terminal.show(_document(edition, language, here, annotations), Console())
    else:
        _write(_text(edition, args.format, language, here, annotations), args.output, annotations.values())
    return 0


def find_topic(text: str, presets: Mapping[str, Topic]) -> Topic:
    """Return the topic of that name, or the query as a topic of its own.

    Raises:
        QueryError: it's neither.
    """
    if text in presets:
        return presets[text]
    parse(text)
    return Topic(name=text, title=text, query=text)


async def _edition(
    settings: Settings, topic: Topic, args: argparse.Namespace, language: str
) -> tuple[Edition, Mapping[PaperId, Annotation]]:
    async with open_database(settings.storage.path) as database:
        read = await make_store(database).read(lambda papers: papers.dates())
        days = _days(read, args.date, args.days)
        limit = args.limit or settings.digest.papers
        async with open_summaries(settings, database, now, tell_once()) as summaries:
            edition = await make_editor(database, summaries.briefs).edition([topic], days, limit, language)
            if not args.notes:
                return edition, {}
            papers = [entry.paper for section in edition.sections for entry in section.entries]
            annotator = Annotator(summaries.notebook)
            return edition, await annotator.of(papers, language, _folder(args))


def _folder(args: argparse.Namespace) -> str:
    """Return where figures are to lie, as a URL relative to the file; nothing without a file."""
    pictured = args.output and args.format in {"markdown", "html"}
    return quote(f"{args.output.stem}-figures".lstrip("."), safe="") if pictured else ""


def _days(read: Sequence[date], last: date | None, count: int) -> tuple[date, ...]:
    """Return the dates that were asked for, oldest first."""
    if not read:
        raise PaperroundError("Nothing was harvested yet. Run: paperround harvest")
    if last and last not in read:
        several = f"There are {len(read)} days, {read[0]} to {read[-1]}."
        known = several if len(read) > 1 else f"There is {read[0]} alone."
        raise PaperroundError(f"Nothing was harvested for {last}. {known}")
    return tuple(day for day in read if last is None or day <= last)[-count:]


def _document(
    edition: Edition, language: str, here: datetime, annotations: Mapping[PaperId, Annotation]
) -> Document:
    phrases = phrases_for(language)
    below = below_papers(edition, annotations, phrases)
    return compose(edition, phrases, today=here.date(), limit_option="--limit", more=More(below))


def _text(
    edition: Edition, form: str, language: str, here: datetime, annotations: Mapping[PaperId, Annotation]
) -> str:
    match form:
        case "json":
            return structured.render(edition)
        case "markdown":
            phrases, today = phrases_for(language), here.date()
            return markdown.render(edition, phrases, written=here, today=today, annotations=annotations)
        case "html":
            return html.render(_document(edition, language, here, annotations))
        case _:
            return terminal.render(_document(edition, language, here, annotations))


def _write(text: str, output: Path | None, annotations: Iterable[Annotation]) -> None:
    if output is None:
        streams.speak_utf8()
        sys.stdout.write(text)
        if any(_has_pictures(each) for each in annotations):
            sys.stderr.write(
                "The figures are left out on standard output. With -o FILE they come in a folder beside it.\n"
            )
        return
    try:
        for picture in (picture for each in annotations for picture in each.pictures):
            file = output.parent / unquote(picture.file)
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(picture.body)
        output.write_text(text, "utf-8")
    except OSError as error:
        raise PaperroundError(f"{output} can't be written: {error.strerror or error}.") from error
    sys.stdout.write(f"Wrote {output}.\n")


def _has_pictures(annotation: Annotation) -> bool:
    taken = annotation.taken
    return taken is not None and any(figure.images for figure in taken.full_paper.figures)


def _hint(text: str, presets: Mapping[str, Topic]) -> None:
    """Where a query found nothing, name the topic that was perhaps meant."""
    if text in presets or not re.fullmatch(r"[\w -]+", text):
        return
    if near := difflib.get_close_matches(text.lower().replace(" ", "-"), presets, 1, _NEAR):
        sys.stderr.write(
            f"No topic is called “{text}”, so it was read as a query. "
            f"To read the topic: paperround digest {near[0]}\n"
        )
