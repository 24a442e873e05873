"""Papers as BibTeX entries that bibtex and biber read. Pure; knows the format, no file and no platform.

The form is that of arXiv's own export (https://info.arxiv.org/help/hypertex/bibstyles.html); biblatex reads
``archiveprefix`` and ``primaryclass`` as its ``eprinttype`` and ``eprintclass`` (its manual, 2.2.5).
"""

from __future__ import annotations

import re
from itertools import chain, count
from typing import TYPE_CHECKING

from digest.authors import is_group
from digest.latex import readable
from digest.latex_writer import is_kept, latex, protected
from digest.text import STOP_WORDS, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from digest.model import Paper

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # what every style calls them
_ID = re.compile(r"(?:.*/)?(\d\d)(\d\d).*")
_FIRST_YEAR = 91  # of arXiv: https://info.arxiv.org/help/arxiv_identifier.html
_SUFFIX = re.compile(r"(?:jr|sr)\.?|i{2,3}|iv", re.IGNORECASE)
_A_PAIR = 2
_TELLING = 3  # letters of a title's word at least
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_PART = re.compile(r"[^\s\-–—/()\[\]:;,\"“”]+")
_LONG = 4  # letters of a word that a title in capitals would write with one
_UNFIT = re.compile(r"[\s{}\\\x00-\x20\x7f]")


def bibtex(papers: Sequence[Paper]) -> str:
    """Return a file of entries, each key once; encode it as UTF-8.

    Args:
        papers: in the order in which they came to be known: a key that was cited stays the same when others
            follow.
    """
    entries = []
    used: set[str] = set()
    for paper in papers:
        wanted = _key(paper)
        key = next(each for each in chain([wanted], _numbered(wanted)) if each not in used)
        used.add(key)
        entries.append(_entry(key, paper))
    return "\n".join(entries)


def _entry(key: str, paper: Paper) -> str:
    year, month = _date(paper)
    fields = {
        "title": f"{{{latex(paper.title, _guard_capitals)}}}",
        "author": f"{{{' and '.join(filter(None, map(_author, paper.authors)))}}}",
        "year": f"{{{year}}}",
        "month": month,
        "eprint": f"{{{paper.id}}}",
        "archiveprefix": "{arXiv}",
        "primaryclass": f"{{{paper.categories[0]}}}",
        "url": f"{{{paper.link}}}",
    }
    if paper.doi and (doi := _doi(paper.doi)):
        fields["doi"] = f"{{{doi}}}"
    if paper.journal_ref:
        fields["journal"] = f"{{{latex(paper.journal_ref)}}}"
    lines = (f"  {name} = {value},\n" for name, value in fields.items() if value not in {"", "{}"})
    return f"@misc{{{key},\n{''.join(lines)}}}\n"


def _date(paper: Paper) -> tuple[int, str]:
    """Return year and month of the first version, as its id has them where nobody said."""
    if paper.submitted:
        return paper.submitted.year, _MONTHS[paper.submitted.month - 1]
    found = _ID.fullmatch(str(paper.id))
    if found is None:
        raise ValueError(f"{paper.id} isn't an arXiv id")
    year, month = int(found[1]), int(found[2])
    return year + (1900 if year >= _FIRST_YEAR else 2000), _MONTHS[month - 1]


def _doi(text: str) -> str:
    """Return the first DOI; a style may print it as it is, and so it holds nothing that ends a field."""
    first = (text.split() or [""])[0]
    return _UNFIT.sub(lambda found: f"%{ord(found[0]):02X}", first)


def _author(name: str) -> str:
    """Write a name as arXiv has it; family name first only where it's sure which that is."""
    said = readable(name)
    parts = said.split()
    if not parts:
        return ""
    if is_group(said) or said.lower() == "others" or re.search(r"\band\b", said, re.IGNORECASE):
        return f"{{{_name(name)}}}"
    *given, family, last = [*parts] if len(parts) > _A_PAIR else ["", *parts]
    if _SUFFIX.fullmatch(last) and any(given) and "," not in "".join(given):
        while given[-1:] and given[-1].islower():
            family = f"{given.pop()} {family}"
        return _name(f"{family.rstrip(',')}, {last}, {' '.join(given)}")
    return f"{{{_name(name)}}}" if "," in said else _name(name)


def _name(text: str) -> str:
    return latex(text, formulas=False)


def _key(paper: Paper) -> str:
    """Return what an entry is cited by: ``ammar2018construction``."""
    telling = [each for each in _ascii_words(paper.title) if each not in STOP_WORDS and not each.isdigit()]
    first = next((each for each in telling if len(each) >= _TELLING), (telling or [""])[0])
    year, _ = _date(paper)
    return f"{_family(paper)}{year}{first}"


def _family(paper: Paper) -> str:
    """Return the first author's family name in ASCII, a group's first word; ``arxiv`` where there is none."""
    said = readable(paper.authors[0]) if paper.authors else ""
    if is_group(said):
        return next((each for each in _ascii_words(said) if each not in STOP_WORDS), "arxiv")
    parts = [part for part in said.split() if not _SUFFIX.fullmatch(part)]
    return next((word for part in reversed(parts) if (word := "".join(_ascii_words(part)))), "arxiv")


def _ascii_words(text: str) -> list[str]:
    return [each for each in words(text) if each.isascii()]


def _numbered(key: str) -> Iterator[str]:
    """Yield the key with a, b, … z, and then with numbers."""
    yield from (key + letter for letter in _LETTERS)
    yield from (f"{key}{number}" for number in count(27))


def _guard_capitals(title: str) -> str:
    """Protect the capitals that mean something, which styles write small.

    These are those within a word (“BERT”, “GPT-4”, “3D”) and, in a title that writes half of its words small,
    those that begin one: it's a name then.
    """
    if not any(character.islower() for character in title):
        return title  # all in capitals, which says nothing of any
    long = [part for part in _PART.findall(title)[1:] if sum(map(str.isalpha, part)) >= _LONG]
    only_names = 2 * sum(part[0].isupper() for part in long) <= len(long)

    def guarded(found: re.Match[str]) -> str:
        part = found[0]
        core = part.strip(".!?'‘’`")
        if not core or not _means_something(core, name=only_names and not _begins(title, found.start())):
            return part
        before, _, after = part.partition(core)
        return f"{before}{protected(core)}{after}"

    return _PART.sub(guarded, title)


def _means_something(word: str, *, name: bool) -> bool:
    if any(map(is_kept, word)) and not any(character.isupper() for character in word):
        return False  # a formula is protected already
    capitals = [at for at, character in enumerate(word) if character.isupper()]
    if not capitals:
        return False
    alone = sum(map(str.isalpha, word)) == 1
    return capitals != [0] or (alone and word != "A") or (name and word != "A")


def _begins(title: str, at: int) -> bool:
    """Tell a word that begins a title or what follows a colon; a capital is no sign there."""
    return not title[:at].strip() or title[:at].rstrip()[-1] in ":.?!"
