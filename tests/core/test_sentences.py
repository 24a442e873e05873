"""Where the sentences of abstracts end."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from digest.summaries.sentences import split_sentences

SPLIT = [
    "We use BERT. | It works.",
    "We use e.g. BERT, i.e. a model. | See Fig. 3, Eq. (4) and Sec. 2.1.",
    "Smith et al. (2020) said so. | So did Lee et al. | We don't.",
    "It gains 3.5% at p < 0.05. | Version 2.0.1 is out.",
    "J. Smith and A. B. Jones proved it. | See arXiv:2401.00001. | It holds.",
    "The code is at https://a.b/c.d. | It is free.",
    "The U.S. Government paid. | We thank it.",
    "This (see above. And below.) is one. | This is two.",
    "We go on... and on. | Wait… for it.",
    "Is it? | Yes! | “So.” | Then we stop.",
    "The loss improves. | mBERT is better. | α-nets are best.",
    "Speed vs. accuracy w.r.t. BLEU. | Cats, dogs, etc. | We count them.",
    "This is class C. | We show it.",
    "It has good performance. | We propose ASP.NET.",
    "It lists q-grams in T. | Computers do so for v. | Next, J. Smith stops. | See e. g. Fern.",
    "Node.js is used, Dr. Who said.",
    "本文提出一种方法。 | 实验表明有效！",
    "An open ( stays open. | We go on.",
    "It is f(x). | [2] It is not.",
]


@pytest.mark.parametrize("marked", SPLIT)
def test_splits(marked: str) -> None:
    """A sentence ends where a reader hears it end, and nowhere else."""
    assert split_sentences(marked.replace(" | ", " ")) == tuple(marked.split(" | "))


def test_parts_bullets() -> None:
    """Each point of a list is a sentence, without its bullet."""
    assert split_sentences("First • one thing • and two") == ("First", "one thing", "and two")


def test_parts_what_lost_its_blank() -> None:
    """A sentence whose blank was lost is still one of its own."""
    assert split_sentences("It performs well.We propose more.") == ("It performs well.", "We propose more.")


@given(st.text(alphabet="abC .!?()[]…。'”1•\n", max_size=200) | st.text())
@example("." * 5000 + "a")
@example("[1]. " * 3000)
def test_nothing_is_lost(text: str) -> None:
    """The sentences hold every character of the text, in order, but for blanks and bullets."""
    sentences = split_sentences(text)
    kept = [c for c in text if not c.isspace() and c not in "•‣▪●◦"]
    assert [c for c in "".join(sentences) if not c.isspace() and c not in "•‣▪●◦"] == kept
    assert all(sentence == sentence.strip() and sentence for sentence in sentences)
