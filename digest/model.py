"""The words of the project as frozen values: papers, announcements, topics, matches, briefs, editions.

Nothing here does I/O or knows the time; every instant is an aware UTC datetime, every announcement date the
US Eastern weekday of arXiv's listing feed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Self

from digest.errors import InvalidPaperIdError
from digest.repairs import NONE, Repairs

if TYPE_CHECKING:
    from datetime import date, datetime

# YYMM.NNNN until 2014, YYMM.NNNNN since; archive/YYMMNNN before April 2007:
# https://info.arxiv.org/help/arxiv_identifier.html
_VERSION = r"(?:v([1-9]\d*))?"
_NEW_ID = re.compile(r"((\d\d(?:0[1-9]|1[0-2]))\.(\d{4,5}))" + _VERSION, re.ASCII)
_OLD_ID = re.compile(r"([a-z]+(?:-[a-z]+)?)(?:\.[A-Z]{2})?(/\d\d(?:0[1-9]|1[0-2])\d{3})" + _VERSION, re.ASCII)
_FIVE_DIGITS_SINCE = 1501


@dataclass(frozen=True, slots=True, order=True)
class PaperId:
    """An arXiv id without its version: ``2408.16725`` or ``math/0306266``."""

    value: str

    @classmethod
    def parse(cls, text: str) -> tuple[Self, int | None]:
        """Read an id and its version, if it names one.

        Old ids lose their subject class, as arXiv's own links do (``math.AG/0306266`` is ``math/0306266``).

        Raises:
            InvalidPaperIdError: the text isn't an arXiv id.
        """
        if new := _NEW_ID.fullmatch(text.strip()):
            bare, month, number, version = new.groups()
            if len(number) == (5 if int(month) >= _FIVE_DIGITS_SINCE else 4):
                return cls(bare), int(version) if version else None
        elif old := _OLD_ID.fullmatch(text.strip()):
            archive, number, version = old.groups()
            return cls(archive + number), int(version) if version else None
        raise InvalidPaperIdError(f"“{text}” isn't an arXiv ID. Try 2408.16725.")

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True)
class Paper:
    """One arXiv paper at one version; every text is arXiv's own, whitespace folded.

    Attributes:
        categories: arXiv categories, the primary one first; never empty.
        submitted: when its first version was submitted, where the source said so.
        updated: when this version was submitted, where the source said so.
    """

    id: PaperId
    version: int
    title: str
    abstract: str
    authors: tuple[str, ...]
    categories: tuple[str, ...]
    comment: str | None = None
    journal_ref: str | None = None
    doi: str | None = None
    submitted: datetime | None = None
    updated: datetime | None = None

    @property
    def link(self) -> str:
        """The paper's page, whatever mirror it was read from; without a version, so that it never ages."""
        return f"https://arxiv.org/abs/{self.id}"

    @property
    def pdf_link(self) -> str:
        """The paper's PDF at arXiv."""
        return f"https://arxiv.org/pdf/{self.id}"

    @property
    def html_link(self) -> str:
        """The paper as a page at arXiv, which has one of most."""
        return f"https://arxiv.org/html/{self.id}"


class Kind(StrEnum):
    """How arXiv announced a paper; the order is the order of precedence within one date."""

    NEW = "new"
    CROSS = "cross"
    REPLACE = "replace"
    REPLACE_CROSS = "replace-cross"


@dataclass(frozen=True, slots=True)
class Announcement:
    """ArXiv announced this version of this paper on this date.

    Attributes:
        inferred: the date was worked out from the submission time, because the day's feed was missed.
    """

    paper: Paper
    date: date
    kind: Kind
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """What some archives announced on one date.

    Attributes:
        archives: the archives that were asked, sorted.
        announcements: each paper once.
        problems: a sentence for each record that couldn't be read and was left out.
    """

    date: date
    archives: tuple[str, ...]
    announcements: tuple[Announcement, ...]
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    """A named query. Holds text; the text is parsed where it enters and where it is matched.

    Attributes:
        name: a short name to type, such as ``talking-head``.
        title: the heading that people read.
        query: in the topic language (`digest.query`).
        archives: where to look; empty means every archive that is harvested.
        about: the topic in plain words; helps the ranking, decides nothing.
    """

    name: str
    title: str
    query: str
    archives: tuple[str, ...] = ()
    about: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a paper matched: a field of the paper and the words of the query that were found in it.

    Attributes:
        field: ``title``, ``abstract``, ``authors``, ``comment`` or ``categories``.
        words: as the query wrote them.
    """

    field: str
    words: str


@dataclass(frozen=True, slots=True)
class Match:
    """A paper that meets a topic.

    Attributes:
        score: higher is better; comparable within one ranking only.
        reasons: at least one, the most telling first.
    """

    paper: Paper
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Provenance:
    """Who wrote a text, and from what.

    Attributes:
        model: the model that answered, or ``extract`` for sentences taken from the paper.
        read: what it read: ``abstract``, ``html`` or ``pdf``.
        provider: whose model that is, as settings name it; empty for ``extract``.
    """

    model: str
    read: str
    provider: str = ""


@dataclass(frozen=True, slots=True)
class Brief:
    """One sentence and a few takeaways about a paper, in one language (a BCP 47 tag).

    Attributes:
        keywords: a few, in the same language; none where nobody could write them.
        repairs: what the check took away.
        stand_in: somebody else wrote it than the first that settings name, who couldn't.
    """

    sentence: str
    takeaways: tuple[str, ...]
    language: str
    provenance: Provenance
    keywords: tuple[str, ...] = ()
    repairs: Repairs = NONE
    stand_in: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A paper in an edition: why it's there and what it says; no brief means that none could be made.

    Attributes:
        also: the titles of the reader's other topics that it meets.
    """

    match: Match
    brief: Brief | None
    also: tuple[str, ...] = ()

    @property
    def paper(self) -> Paper:
        """The paper of the match."""
        return self.match.paper


@dataclass(frozen=True, slots=True)
class Section:
    """One topic's entries, in order.

    Attributes:
        found: how many papers met the topic; more than there are entries when a limit left some out.
        before: how many of these the reader saw already, on an earlier page or in an earlier digest.
    """

    topic: Topic
    entries: tuple[Entry, ...]
    found: int
    before: int = 0

    @property
    def left_out(self) -> int:
        """How many papers are still to be shown."""
        return self.found - self.before - len(self.entries)


@dataclass(frozen=True, slots=True)
class Edition:
    """What one reader is told about one or several dates of announcements.

    Attributes:
        dates: in order; several when days are caught up.
        checked: how many papers were looked through.
        inferred: those of the dates whose listing was missed, so that papers were put there by when they
            were submitted.
        sample: the papers are invented (the listing that ships with the package).
    """

    dates: tuple[date, ...]
    sections: tuple[Section, ...]
    checked: int
    sample: bool = False
    inferred: tuple[date, ...] = ()
