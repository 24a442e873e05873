"""What one word or quoted phrase of a query means under its prefix; knows nothing of AND, OR and groups."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from digest.authors import Person, people
from digest.errors import QueryError
from digest.taxonomy import CATEGORIES, has_classes
from digest.text import STOP_WORDS, stem, words

# A paper's prose, the most telling first.
TEXTS = ("title", "abstract", "comment")
_FIELDS = {"ti": ("title",), "abs": ("abstract",), "co": ("comment",)}

_WITH_CLASSES = tuple(filter(has_classes, CATEGORIES))
_WITHOUT_CLASSES = tuple(name for name in CATEGORIES if not has_classes(name))
# Those that mean the archive without a prefix too; the others (math, stat …) are words that people look for.
_BARE_ARCHIVES = frozenset(
    {*_WITHOUT_CLASSES, "astro-ph", "cond-mat", "cs", "eess", "nlin"} | {"q-bio", "q-fin"}
)
_BARE_CATEGORY = re.compile(rf"(?:{'|'.join(_WITH_CLASSES)})\.(?:[a-z-]{{2,}}\*?|[a-z-]?\*)", re.IGNORECASE)
_PAPER_ID = re.compile(r"\d{4}\.\d{4,5}(v\d+)?", re.ASCII)
_CATEGORY = re.compile(r"[a-z-]+(?:\.[a-z-]*)?", re.IGNORECASE)


class How(StrEnum):
    """How a query's words are compared with a paper's."""

    STEM = "stem"
    EXACT = "exact"
    PREFIX = "prefix"  # the last one need only begin the paper's


@dataclass(frozen=True, slots=True)
class Words:
    """One or several words side by side in any of some fields.

    Attributes:
        fields: some of `TEXTS`, in its order.
        words: folded; stems where `how` says so.
        wrote: as the query has them, without quotes.
        behind: the common words right before them that the query passes over, as the “of” of “chain of
            thought”; they decide nothing, but tell what stands side by side.
    """

    fields: tuple[str, ...]
    words: tuple[str, ...]
    how: How
    wrote: str
    behind: str = ""


@dataclass(frozen=True, slots=True)
class Author:
    """An author, in each way the name can be meant; `begins` where the query put ``*`` behind it."""

    readings: tuple[Person, ...]
    begins: bool
    wrote: str


@dataclass(frozen=True, slots=True)
class Category:
    """A category (``cs.cv``), those that begin so (``cs.c*``), or a whole archive; `name` in lower case."""

    name: str
    begins: bool
    archive: bool
    wrote: str

    def holds(self, category: str) -> bool:
        """Say whether one of arXiv's categories, in lower case, is meant."""
        if self.archive:
            return category == self.name or category.startswith(self.name + ".")
        return category.startswith(self.name) if self.begins else category == self.name


Term = Words | Author | Category


@dataclass(frozen=True, slots=True)
class Written:
    """A word or phrase in its place.

    Attributes:
        query: all of the query.
        offset: where the word begins, or the opening quote.
        text: the word, without quotes.
    """

    query: str
    offset: int
    text: str
    quoted: bool

    def wrong(self, problem: str, example: str, at: int = 0) -> QueryError:
        """Return the error that says what is wrong with it, `at` characters into the text."""
        return QueryError(self.query, self.offset + self.quoted + at, problem, example)


def read_term(written: Written, prefix: str) -> tuple[Term, ...]:
    """Read a word or phrase in every way it can match; empty if it says nothing, as an unquoted “the” does.

    Args:
        written: the word or phrase.
        prefix: ``ti``, ``au``, ``abs``, ``co``, ``cat``, ``all``, or empty where there is none.

    Raises:
        QueryError: it can't be meant so.
    """
    begins = _ends_in_star(written, quotable=prefix == "cat")
    if prefix == "cat":
        return (_category(written, begins=begins),)
    if prefix == "au":
        return (_author(written, begins=begins),)
    if not prefix and not written.quoted and (category := _bare_category(written.text)):
        return (category,)
    prose = _words(written, _FIELDS.get(prefix, TEXTS), begins=begins)
    if prose is None or prefix != "all":
        return (prose,) if prose else ()
    terms: list[Term] = [prose]
    if readings := people(written.text, quoted=written.quoted):
        terms.append(Author(readings, begins, prose.wrote))
    if _CATEGORY.fullmatch(written.text):
        terms.append(Category(written.text.lower(), begins=False, archive=False, wrote=prose.wrote))
    return tuple(terms)


def _ends_in_star(written: Written, *, quotable: bool) -> bool:
    """Say whether the word is cut by ``*``, and refuse a star anywhere else."""
    star = written.text.find("*")
    if star < 0:
        return False
    if written.quoted and not quotable:
        raise written.wrong("* stands behind a word outside quotes", "ti:diffus* AND ti:model", star)
    if star == 0:
        raise written.wrong("* needs the beginning of a word before it", "diffus*", star)
    if star < len(written.text) - 1:
        raise written.wrong("* can only stand at the end of a word", "diffus*", star)
    return True


def _words(written: Written, fields: tuple[str, ...], *, begins: bool) -> Words | None:
    found = tuple(words(written.text))
    wrote = " ".join(written.text.split())
    if written.quoted:
        if not found:
            raise written.wrong("there is no word between these quotes", 'abs:"gaussian splatting"')
        return Words(fields, found, How.EXACT, wrote)
    if written.text[0] in "-!" and found:
        left_out = "video" if found[0] in STOP_WORDS or found[0] in {"not", "andnot"} else found[0]
        example = f"diffusion ANDNOT {left_out}"
        raise written.wrong("to leave a word out, write ANDNOT before it", example)
    if _PAPER_ID.fullmatch(written.text):
        problem = "an arXiv ID names one paper, and a topic describes many"
        raise written.wrong(problem, 'ti:"gaussian splatting"')
    if set(written.text) == {"|"}:
        raise written.wrong("to allow either of two words, write OR between them", "diffusion OR flow")
    # An acronym such as IT or WHO is no common word.
    common = len(found) == 1 and found[0] in STOP_WORDS and not (written.text.isupper() and found[0] != "a")
    if not found or (common and not begins):
        return None
    if begins:
        return Words(fields, found, How.PREFIX, wrote)
    return Words(fields, tuple(map(stem, found)), How.STEM, wrote)


def _author(written: Written, *, begins: bool) -> Author:
    if not written.quoted and "," in written.text:
        raise written.wrong("a name with a comma goes in quotes", 'au:"Hinton, Geoffrey"')
    readings = people(written.text, quoted=written.quoted)
    if not readings:
        raise written.wrong("au: needs a name", "au:hinton")
    return Author(readings, begins, " ".join(written.text.split()))


def _category(written: Written, *, begins: bool) -> Category:
    wrote = written.text.strip()
    name = wrote.removesuffix("*").lower()
    if not _CATEGORY.fullmatch(name):
        raise written.wrong("this isn't a category, which looks like cs.CV, cs.* or hep-th", "cat:cs.CV")
    first, dot, _ = name.partition(".")
    if has_classes(first) and not dot and not begins:
        problem = f"{first} is an archive; for all of its categories write {first}.*"
        raise written.wrong(problem, f"cat:{first}.*")
    begun = begins and not dot and any(archive.startswith(first) for archive in CATEGORIES)
    if first not in CATEGORIES and not begun:
        problem = f"arXiv has no archive {first}; categories look like cs.CV, cs.* or hep-th"
        raise written.wrong(problem, "cat:cs.*")
    return Category(name.removesuffix("."), begins, begins and name.endswith("."), wrote)


def _bare_category(text: str) -> Category | None:
    """Return the category that a word without a prefix names, if it can hardly be anything else."""
    name = text.removesuffix("*").lower()
    if text in _BARE_ARCHIVES:
        return Category(name, begins=False, archive=True, wrote=text)
    if _BARE_CATEGORY.fullmatch(text):
        return Category(name.removesuffix("."), text.endswith("*"), text.endswith(".*"), text)
    return None
