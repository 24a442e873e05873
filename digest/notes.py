"""The notes of a paper as values: eight sections, who wrote them, from what, and what is missing. Pure.

Title, authors, links and code are no part of them: those come from the metadata and, by rule, from the
paper's file.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeAlias

from digest.fulltext import Form, FullPaper
from digest.model import Provenance  # noqa: TC001 - msgspec reads the annotations

if TYPE_CHECKING:
    from collections.abc import Mapping


class Field(StrEnum):
    """What notes tell beside the metadata, in their order; the values are the names of `Notes`."""

    TRANSLATED_TITLE = "translated_title"
    AFFILIATION = "affiliation"
    KEYWORDS = "keywords"
    BACKGROUND = "background"
    EARLIER = "earlier"
    METHOD = "method"
    RESULTS = "results"
    STEPS = "steps"
    SIGNIFICANCE = "significance"
    INNOVATION = "innovation"
    PERFORMANCE = "performance"
    WORKLOAD = "workload"


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that notes say.

    Attributes:
        text: a whole sentence.
        section: the heading that it came from, as the paper has it; empty where that isn't known.
    """

    text: str
    section: str = ""


Claims: TypeAlias = tuple[Claim, ...]

CLAIMED = (
    Field.BACKGROUND,
    Field.EARLIER,
    Field.METHOD,
    Field.RESULTS,
    Field.STEPS,
    Field.SIGNIFICANCE,
    Field.INNOVATION,
    Field.PERFORMANCE,
    Field.WORKLOAD,
)
"""The fields that hold claims."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What of a paper was read for its notes.

    Attributes:
        sections: how many headings stand over what was read.
        pages: how many the file has; 0 where there are no pages.
        pages_read: how many of them were read, from the first.
        unread: the headings of what was there but wasn't read.
    """

    form: Form
    sections: int
    pages: int = 0
    pages_read: int = 0
    unread: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether all of the paper was read."""
        return self.form is not Form.ABSTRACT and not self.unread and self.pages_read >= self.pages


@dataclass(frozen=True, slots=True)
class Notes:
    """The deep reading of a paper; an empty field is in `missing`, unless it isn't wanted.

    Attributes:
        language: the BCP 47 tag of the claims.
        provenance: who wrote them; the model ``extract`` means sentences of the paper.
        coverage: what was read.
        translated_title: only where the title is in another language.
        affiliation: of the first author, as the paper has it.
        keywords: a few subject terms.
        background: what the paper starts from.
        earlier: the methods before it, and their problems.
        method: what it does, in short.
        results: the task, and what came out.
        steps: the method step by step; says nothing again that `method` says.
        significance: what it's good for.
        innovation: what is new.
        performance: how well it does.
        workload: what was built, gathered or run for it.
        missing: the fields that couldn't be filled in.
        refused: those of the missing ones for which the model wrote what didn't pass the check.
        stand_in: somebody else wrote them than the first that settings name, who couldn't.
        unfit: what the first wrote didn't pass the check; of sentences of the paper, what anybody did.
    """

    language: str
    provenance: Provenance
    coverage: Coverage
    translated_title: str = ""
    affiliation: str = ""
    keywords: tuple[str, ...] = ()
    background: Claims = ()
    earlier: Claims = ()
    method: Claims = ()
    results: Claims = ()
    steps: Claims = ()
    significance: Claims = ()
    innovation: Claims = ()
    performance: Claims = ()
    workload: Claims = ()
    missing: tuple[Field, ...] = ()
    refused: tuple[Field, ...] = ()
    stand_in: bool = False
    unfit: bool = False

    def claims(self, field: Field) -> Claims:
        """Return the claims of one of the `CLAIMED` fields."""
        claims: Claims = getattr(self, field)
        return claims

    def with_claims(self, claims: Mapping[Field, Claims]) -> Notes:
        """Return the notes with other claims in some of the `CLAIMED` fields."""
        changed: dict[str, Any] = {field.value: told for field, told in claims.items()}
        return replace(self, **changed)


@dataclass(frozen=True, slots=True)
class Taken:
    """Notes beside what the paper's file tells by rule: figures, code, what couldn't be read.

    Attributes:
        full_paper: its `outline`; `digest.ports.FullText` has the whole.
    """

    notes: Notes
    full_paper: FullPaper


def outline(full_paper: FullPaper) -> FullPaper:
    """Return a full text without its texts: what is still to be shown when its notes are."""
    return replace(full_paper, passages=(), front=(), tables=(), references=())


class Stage(StrEnum):
    """What is being done for notes."""

    FETCHING = "fetching"
    READING = "reading"
    WRITING = "writing"
    CHECKING = "checking"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far notes are.

    Attributes:
        form: what is fetched or read; None later.
        pages: how many pages are read; 0 where there are none, or they aren't known.
        part: which part of a long paper a model reads, from 1; 0 where it's read at once, or all were.
        parts: how many there are.
    """

    stage: Stage
    form: Form | None = None
    pages: int = 0
    part: int = 0
    parts: int = 0
