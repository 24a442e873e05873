"""Finds the arXiv ids that a text names, in whatever form people paste them. Pure; asks nobody.

An id is found as it is (``2408.16725v2``, ``math.AG/0306266``), behind ``arXiv:``, and in links: of arXiv's
own pages and of the sites that show its papers under its ids (alphaxiv.org, huggingface.co/papers,
papers.cool, ar5iv, doi.org/10.48550 …).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from digest.errors import InvalidPaperIdError
from digest.model import PaperId
from digest.taxonomy import CATEGORIES

# Archives of the time before April 2007 that are no more; their papers keep their ids.
_FORMER = (
    "acc-phys adap-org alg-geom ao-sci atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas dg-ga funct-an "
    "mtrl-th patt-sol plasm-ph q-alg solv-int supr-con"
).split()
_ARCHIVE = "|".join(sorted((*CATEGORIES, *_FORMER), key=len, reverse=True))  # math-ph before math
_LONGEST_VERSION = 3  # digits

# What stands before an id that is surely meant as one; anything with a digit is taken for an id there.
_MEANT = r"(?:arxiv\.org/(?:abs|pdf|html|src|format|e-print)/|arxiv\.|arxiv:\s?)"
_NEW = r"(?P<new>\d{4}\.\d{4,5})"
_CLASS = r"(?:\.[a-z]{2,6}(?:-[a-z]{2,4})?)?"
_OLD = rf"(?:(?<!-)|(?<=arxiv-))(?P<archive>{_ARCHIVE}){_CLASS}/(?P<number>\d{{6,8}})"
# No number before it goes on (“1.2408.16725”) and none after it (“2408.16725.1”, “2024.0815.1”).
_NAMED = re.compile(
    rf"(?:{_MEANT}|(?<![a-z0-9])(?<!\d\.))(?:{_NEW}|{_OLD})(?:v(?P<version>\d+))?(?![a-z0-9]|\.\d)"
    rf"|(?:arxiv\.org/(?:abs|pdf|html|src)/|arxiv:)(?P<else>[\w.-]*\d[\w.-]*)",
    re.ASCII | re.IGNORECASE,
)
_SLASH, _COLON = re.compile("%2f", re.IGNORECASE), re.compile("%3a", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Named:
    """A paper that a text names.

    Attributes:
        written: the id as it stands there.
        id: None if this is meant as an id but can't be one, such as ``2408.1672``.
        version: the one that was named.
    """

    written: str
    id: PaperId | None
    version: int | None = None


def find_ids(text: str) -> tuple[Named, ...]:
    """Return every id that a text names, in order, each once; what is meant as one and isn't, too."""
    plain = _COLON.sub(":", _SLASH.sub("/", text))  # a link may stand inside another link
    found: dict[PaperId | str, Named] = {}
    for match in _NAMED.finditer(plain):
        named = _read(match)
        found.setdefault(named.id or named.written, named)
    return tuple(found.values())


def _read(match: re.Match[str]) -> Named:
    if match["else"]:
        return Named(match["else"].rstrip(".-_"), None)
    bare = match["new"] or f"{match['archive']}/{match['number']}".lower()
    version = match["version"]
    try:
        if version and not 0 < len(version.lstrip("0")) <= _LONGEST_VERSION:
            raise InvalidPaperIdError("no such version")  # noqa: TRY301 - one way out for all that isn't an id
        return Named(bare, PaperId.parse(bare)[0], int(version) if version else None)
    except InvalidPaperIdError:
        return Named(f"{bare}v{version}" if version else bare, None)
