"""A paper that was withdrawn is known by what its comment or abstract says."""

from __future__ import annotations

import pytest

from digest.withdrawals import is_withdrawn
from tests.papers import paper


@pytest.mark.parametrize(
    "comment",
    [
        "This paper has been withdrawn by the author due to an error in Lemma 3",
        "Withdrawn: the proof is wrong",
        "12 pages. This submission has been withdrawn from arXiv",
        "arXiv admin note: This submission has been withdrawn by arXiv administrators",
        "The authors have withdrawn this paper",
        "withdrawn",
    ],
)
def test_a_comment_tells_it(comment: str) -> None:
    """Whoever withdrew it and however they say so, the comment is understood."""
    assert is_withdrawn(paper(comment=comment))


def test_an_abstract_begins_with_it() -> None:
    """Older papers say it in the place of their abstract."""
    assert is_withdrawn(paper(abstract="This paper has been withdrawn by the author."))


@pytest.mark.parametrize(
    "comment", [None, "12 pages", "Replaces a withdrawn paper", "This paper was withdrawn from ICML 2024"]
)
def test_others_are_not_withdrawn(comment: str | None) -> None:
    """Speaking of a withdrawal isn't one, nor is leaving a conference."""
    told = paper(comment=comment, abstract="Money is withdrawn. The paper was withdrawn late, they say.")
    assert not is_withdrawn(told)
