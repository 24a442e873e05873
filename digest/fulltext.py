"""A paper's full text as values: sections, figures, tables, references, and what of it was read. Pure.

Texts are as arXiv writes titles and abstracts: formulas as LaTeX between dollar signs, a dollar that is meant
as one after a backslash. `digest.formulas` reads them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Form(StrEnum):
    """What a paper was read from, best first; the values are those of `digest.model.Provenance`."""

    HTML = "html"
    PDF = "pdf"
    ABSTRACT = "abstract"


class Shortfall(StrEnum):
    """Why a form of a paper wasn't read."""

    MISSING = "missing"  # arXiv has none
    FOREIGN = "foreign"  # something else came
    TOO_LARGE = "too-large"  # more bytes than settings allow
    TOO_HEAVY = "too-heavy"  # more time or memory than settings allow
    LOCKED = "locked"  # encrypted
    BROKEN = "broken"  # damaged, cut off, or nothing that can be read
    NO_TEXT = "no-text"  # a scan


@dataclass(frozen=True, slots=True)
class Passage:
    """A section's own text, without that of the sections below it.

    Attributes:
        number: as it's printed, such as ``2.1`` or ``A``; may be empty.
        heading: without its number; empty for text above the first heading.
        level: 1 for sections, 2 for what is below them …
    """

    number: str
    heading: str
    level: int
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure of the paper.

    Attributes:
        label: such as ``Figure 3``.
        caption: without its label.
        images: names to ask `digest.ports.FullText` for; none where it couldn't be found or cut out.
        page: where it is, from 1; None where there are no pages.
    """

    label: str
    caption: str
    images: tuple[str, ...]
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the paper, with its rows from top to bottom; an algorithm is one of a single column."""

    label: str
    caption: str
    rows: tuple[tuple[str, ...], ...]
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Miss:
    """A better form that wasn't read, and why."""

    form: Form
    why: Shortfall


@dataclass(frozen=True, slots=True)
class FullPaper:
    """What was read of a paper.

    Attributes:
        form: what it was read from.
        title: as the file has it; the metadata's is the better one for people.
        front: the lines between title and abstract: authors, and where they work.
        passages: the sections in order, the abstract first, without references.
        references: the entries of the list of references, in order.
        affiliation: where the first author works; empty where the file doesn't clearly say.
        code: addresses of the paper's own code that its first page names.
        pages: how many the file has; 0 where there are no pages.
        pages_read: how many of them were read, from the first; fewer than there are means that it was cut.
        misses: the better forms that weren't read.
    """

    form: Form
    title: str
    passages: tuple[Passage, ...]
    front: tuple[str, ...] = ()
    figures: tuple[Picture, ...] = ()
    tables: tuple[Table, ...] = ()
    references: tuple[str, ...] = ()
    affiliation: str = ""
    code: tuple[str, ...] = ()
    pages: int = 0
    pages_read: int = 0
    misses: tuple[Miss, ...] = ()

    @property
    def is_cut(self) -> bool:
        """Whether the file goes on after what was read."""
        return self.pages_read < self.pages


@dataclass(frozen=True, slots=True)
class Step:
    """How far reading is.

    Attributes:
        form: what is fetched or read.
        pages: how many pages are being read; 0 while it's fetched, or where there are no pages.
        fetched: whether the file has come.
    """

    form: Form
    pages: int = 0
    fetched: bool = False
