"""What of a paper is read for one question: all of it where it fits, else what is nearest. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.summaries.answers.nearness import nearness
from digest.summaries.notes.parts import Excerpt, excerpts_of, pieces_of

if TYPE_CHECKING:
    from digest.fulltext import FullPaper

_A_PIECE = 1_200
"""Tokens of a piece of a paper that is too long: a page, so that a sentence comes with what surrounds it."""


@dataclass(frozen=True, slots=True)
class Read:
    """What is read for a question.

    Attributes:
        excerpts: in the paper's order.
        unread: the headings of sections of which nothing is read.
    """

    excerpts: tuple[Excerpt, ...]
    unread: tuple[str, ...] = ()


def read_for(question: str, full_paper: FullPaper, room: int) -> Read:
    """Choose what is read.

    Args:
        question: whose words decide where not everything can be read; the beginning comes first where they
            aren't the paper's.
        full_paper: what there is.
        room: tokens that it may take.
    """
    whole = excerpts_of(full_paper, asides=True)
    if sum(excerpt.tokens for excerpt in whole) <= room:
        return Read(whole)
    pieces = list(pieces_of(whole, min(_A_PIECE, room)))
    near = nearness(question, [piece.heading for piece in pieces], [piece.text for piece in pieces])
    chosen: set[int] = set()
    # The abstract first: it says what the paper's words are.
    for at in sorted(range(len(pieces)), key=lambda at: (at > 0, -near[at], at)):
        if pieces[at].tokens <= room:
            chosen.add(at)
            room -= pieces[at].tokens
    read = tuple(pieces[at] for at in sorted(chosen))
    numbers = {piece.number for piece in read}
    left = (excerpt.heading for excerpt in whole if excerpt.number not in numbers)
    return Read(read, tuple(dict.fromkeys(filter(None, left))))
