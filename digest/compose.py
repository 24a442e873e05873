"""Makes a document of an edition. Pure; knows the phrases and the block tree, no platform and no markup.

A digest is a heading with counts, the date, numbered entries (title, byline, sentence, takeaways, why it
matched), what was left out, and who wrote it. Numbers run through all topics, so that one number names one
paper.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

from digest import formulas, wording
from digest import phrases as say
from digest.code_links import code_links
from digest.document import (
    Actions,
    Button,
    Code,
    Details,
    Document,
    Group,
    Heading,
    Link,
    Paragraph,
    Role,
    Text,
)
from digest.passages import (
    PAPERS_LANGUAGE,
    comment,
    filled,
    folded_takeaways,
    said,
    sentence,
    title,
    without_brief,
)
from digest.withdrawals import is_withdrawn

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from digest.document import Block, Blocks, Inline, Inlines
    from digest.model import Edition, Entry, Paper, PaperId, Section
    from digest.translation import Phrases


@dataclass(frozen=True, slots=True)
class Presses:
    """What buttons do, where there are buttons; nothing for one that isn't wanted.

    Attributes:
        read: reads the paper whose id follows it.
        more: opens what the limit left out.
        beside: further buttons at the end.
    """

    read: str = ""
    more: str = ""
    beside: tuple[Button, ...] = ()


_NOTHING_TO_PRESS = Presses()


@dataclass(frozen=True, slots=True)
class More:
    """What stands below papers, such as their notes.

    Attributes:
        instead: takes the place of a paper's takeaways and its abstract.
        figures: what is shown of a paper, above what unfolds.
    """

    blocks: Mapping[PaperId, Blocks] = field(default_factory=dict)
    instead: Mapping[PaperId, Blocks] = field(default_factory=dict)
    figures: Mapping[PaperId, Blocks] = field(default_factory=dict)


_NOTHING_MORE = More()


def compose(
    edition: Edition,
    phrases: Phrases,
    *,
    today: date | None = None,
    limit_option: str = "",
    titles_only: bool = False,
    closing: str = "",
    presses: Presses = _NOTHING_TO_PRESS,
    more: More = _NOTHING_MORE,
) -> Document:
    """Write an edition as a document in the language of the phrases.

    Args:
        edition: what to tell; topics that found nothing share the line of a quiet day.
        phrases: `digest.translation.phrases_for` the reader's language.
        today: the announcement date that the reader calls today.
        limit_option: the option that raises the limit, such as ``--limit``, where there is one to name.
        titles_only: leave out what a brief would say, without a word about it.
        closing: what the last line ends with, such as when the next digest comes.
        presses: what buttons do, where there are buttons.
        more: what stands below papers.
    """
    full = [section for section in edition.sections if section.found > section.before]
    quiet = [section for section in edition.sections if not section.found]
    several = len(full) > 1
    blocks = [*_opening(edition, full, phrases)]
    numbers = count(1 + sum(section.before for section in edition.sections))
    for section in full:
        if several:
            blocks.append(Heading((Text(wording.heading(section, phrases)),), 2))
        for entry in section.entries:
            number, paper = next(numbers), entry.paper.id
            noted = more.instead.get(paper, ())
            level, press = 3 if several else 2, _read(entry, number, phrases, presses)
            parts = [*_entry(entry, number, phrases, level, titles_only=titles_only, noted=bool(noted))]
            parts += more.figures.get(paper, ())
            if noted:
                # They may fill a message: wherever it's cut then, the button stays with the title.
                parts += [*press, *noted, *more.blocks.get(paper, ())]
            else:
                parts += [*_folded(entry, phrases), *more.blocks.get(paper, ()), *press]
            blocks.append(Group(tuple(parts), str(paper)))
        blocks += _left_out(section, phrases, limit_option)
    if full:
        blocks += _next_steps(full, phrases, presses)
    if quiet:
        silence = wording.nothing(edition, quiet, phrases, today)
        blocks.append(said(silence if full else phrases.sentences([silence, closing])))
    if full and (last := phrases.sentences([wording.provenance(edition, phrases), closing])):
        blocks.append(said(last, Role.FOOTER))
    heading = wording.heading(full[0], phrases) if len(full) == 1 else ""
    subject = ", ".join(section.topic.title for section in edition.sections)
    return Document(heading or _title(edition, phrases), phrases.language, tuple(blocks), subject)


def _opening(edition: Edition, full: Sequence[Section], phrases: Phrases) -> Iterator[Block]:
    """Yield what stands before the first paper: heading, dates, and what is to be known of them."""
    if full:
        heading = phrases(say.NEW_PAPERS) if len(full) > 1 else wording.heading(full[0], phrases)
        yield Heading((Text(heading),), 1)
        yield said(phrases.dates(edition.dates), Role.SMALL)
    if told := wording.missed(edition, phrases):
        yield said(told, Role.SMALL)
    if edition.sample:
        yield said(phrases(say.SAMPLE), Role.NOTICE)


def _title(edition: Edition, phrases: Phrases) -> str:
    return phrases.listed([section.topic.title for section in edition.sections])


def _read(entry: Entry, number: int, phrases: Phrases, presses: Presses) -> Blocks:
    """Return the button of a paper; it stays with it wherever the document is cut."""
    if not presses.read:
        return ()
    label = phrases(say.READ, number=phrases.number(number))
    return (Actions((Button(label, f"{presses.read} {entry.paper.id}"),)),)


def _next_steps(full: Sequence[Section], phrases: Phrases, presses: Presses) -> Blocks:
    """Return the buttons at the end."""
    row = list(presses.beside)
    left_out = sum(section.left_out for section in full)
    if presses.more and left_out:
        shown = sum(len(section.entries) for section in full)  # as many as the limit lets through
        row.insert(0, Button(phrases.count(say.SHOW_MORE, min(left_out, shown)), presses.more))
    return (Actions(tuple(row)),) if row else ()


def _entry(
    entry: Entry, number: int, phrases: Phrases, level: int, *, titles_only: bool, noted: bool
) -> Iterator[Block]:
    """Yield what is seen of a paper before anything is opened."""
    paper = entry.paper
    yield title(paper, level, number)
    yield Paragraph(_byline(paper, phrases), Role.BYLINE)
    if is_withdrawn(paper):
        yield said(phrases(say.WITHDRAWN), Role.NOTICE)
    if entry.brief:
        yield sentence(entry.brief, phrases)
        if told := wording.repaired(entry.brief, phrases, takeaways=not noted):
            yield said(told, Role.SMALL)
    elif not titles_only:
        yield from without_brief(formulas.inlines(paper.abstract, PAPERS_LANGUAGE), phrases)
    if why := phrases.clauses([wording.reasons(entry.match, phrases), wording.also(entry.also, phrases)]):
        yield said(why, Role.SMALL)


def _folded(entry: Entry, phrases: Phrases) -> Iterator[Block]:
    """Yield what can be opened below a paper that has no notes there."""
    if entry.brief and entry.brief.takeaways:
        yield folded_takeaways(entry.brief, phrases)
    if more := tuple(_more(entry.paper, phrases)):
        yield Details((Text(phrases(say.ABSTRACT)),), more, optional=True)


def _byline(paper: Paper, phrases: Phrases) -> Inlines:
    line: list[Inline] = [
        Text(phrases.authors(wording.author_names(paper.authors)) + " · "),
        Code(paper.categories[0]),
    ]
    for number, url in enumerate(code_links(paper), start=1):
        label = (
            phrases(say.CODE) if number == 1 else phrases(say.CODE_NUMBERED, number=phrases.number(number))
        )
        line += [Text(" · "), Link((Text(label),), url)]
    return tuple(line)


def _more(paper: Paper, phrases: Phrases) -> Iterator[Block]:
    """Yield what a page has room for: the whole abstract, all authors, the comment."""
    if abstract := formulas.inlines(paper.abstract, PAPERS_LANGUAGE):
        yield Paragraph(abstract)
    if not wording.byline_names_all(paper, phrases):
        names = phrases.listed(wording.author_names(paper.authors))
        yield said(phrases(say.AUTHORS, names=names), Role.SMALL)
    if paper.comment:
        yield comment(paper.comment, phrases)


def _left_out(section: Section, phrases: Phrases, limit_option: str) -> Blocks:
    missing = section.left_out
    if missing <= 0:
        return ()
    if not limit_option:
        return (said(phrases.count(say.MORE, missing), Role.SMALL),)
    pattern = phrases.counted(say.MORE_BY_OPTION, missing)
    option = Code(f"{limit_option} {section.found}")
    return (Paragraph(filled(pattern, count=Text(phrases.number(missing)), option=option), Role.SMALL),)
