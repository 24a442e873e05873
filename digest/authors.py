"""Reads names, those that papers give and those that queries ask for, and compares the two."""

from __future__ import annotations

from dataclasses import dataclass

from digest.text import words

# Groups sign with a name that has no given part.
_GROUPS = frozenset({"collaboration", "collaborations", "consortium", "group", "project", "team"})
_SIGNING = frozenset({"collaboration", "collaborations", "consortium"})  # nobody's name, wherever it stands


@dataclass(frozen=True, slots=True)
class Name:
    """A paper's author.

    Attributes:
        words: folded, in the order written (arXiv gives the family name last).
        family: index of the first word that may belong to the family name.
    """

    words: tuple[str, ...]
    family: int

    @property
    def families(self) -> tuple[str, ...]:
        """The words that may belong to the family name, middle names among them."""
        return self.words[self.family :]


@dataclass(frozen=True, slots=True)
class Person:
    """One way to read an asked-for name: family words, and given names or initials that stand before them."""

    family: tuple[str, ...]
    given: tuple[str, ...] = ()


def name(text: str) -> Name:
    """Read an author as arXiv writes one: ``Adrian Del Maestro``, ``J.-L. Picard``, ``CMS Collaboration``."""
    every = tuple(words(text))
    first, _, rest = text.strip().partition(" ")
    given = len(words(first)) if words(rest) and every[-1] not in _GROUPS else 0
    return Name(every, min(given, len(every)))


def is_group(text: str) -> bool:
    """Tell ``CMS Collaboration`` from a person."""
    every = words(text)
    return len(every) > 1 and (every[-1] in _GROUPS or not _SIGNING.isdisjoint(every))


def people(text: str, *, quoted: bool) -> tuple[Person, ...]:
    """Read what follows ``au:`` in every way it can be meant; empty if it holds no letter.

    ``Last, First`` and arXiv's ``last_f`` put the family name first, ``First Last`` puts it last; where the
    words alone don't tell (``del_maestro``), each reading is returned.
    """
    if "," in text:
        last, _, first = text.partition(",")
        family = tuple(words(last))
        return (Person(family, tuple(words(first))),) if family else ()
    every = tuple(words(text))
    if not every:
        return ()
    splits = range(1, len(every))
    readings = [Person(every)]
    if not quoted:
        readings += [Person(every[:split], every[split:]) for split in splits]
    readings += [Person(every[split:], every[:split]) for split in splits]
    return tuple(dict.fromkeys(readings))


def is_person(author: Name, person: Person, *, begins: bool = False) -> bool:
    """Say whether an author answers to an asked-for name.

    An asked-for initial stands for any given name that begins with it; middle names may be left out.

    Args:
        author: the paper's.
        person: one reading of the query's.
        begins: the asked-for name ends in ``*``, so its last word need only begin the author's.
    """
    length = len(person.family)
    for start in range(0 if person.given else author.family, len(author.words) - length + 1):
        found = author.words[start : start + length]
        open_end = begins and not person.given
        same = found[:-1] == person.family[:-1] and _answers(found[-1], person.family[-1], begins=open_end)
        if same and _has_given(author.words[:start], person.given, begins=begins):
            return True
    return False


def _has_given(names: tuple[str, ...], asked: tuple[str, ...], *, begins: bool) -> bool:
    """Say whether the asked-for given names stand among the author's in order, the first one first."""
    if not asked:
        return True
    position = 0
    for number, part in enumerate(asked):
        open_end = (begins and number == len(asked) - 1) or len(part) == 1
        while position < len(names) and not _answers(names[position], part, begins=open_end):
            if number == 0:
                return False
            position += 1
        if position == len(names):
            return False
        position += 1
    return True


def _answers(word: str, asked: str, *, begins: bool) -> bool:
    return word.startswith(asked) if begins else word == asked
