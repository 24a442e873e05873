"""An edition of invented papers, made of what makes renderers stumble."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from digest.compose import More, Presses, compose
from digest.document import Button
from digest.fulltext import Picture
from digest.model import Brief, Edition, Entry, Match, Paper, PaperId, Provenance, Reason, Section, Topic
from digest.teasers import teaser_blocks
from digest.translation import phrases_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from digest.document import Document


def paper(number: int, title: str, abstract: str, authors: str, about: str) -> Paper:
    """Return an invented paper; authors are divided by commas, `about` is categories and maybe a comment."""
    categories, _, comment = about.partition(": ")
    return Paper(
        id=PaperId(f"2606.{number:05}"),
        version=1,
        title=title,
        abstract=abstract,
        authors=tuple(authors.split(", ")),
        categories=tuple(categories.split()),
        comment=comment or None,
    )


def entry(of: Paper, sentence: str, takeaways: tuple[str, ...], *reasons: Reason) -> Entry:
    """Return an entry with an extracted brief, or none if there's no sentence."""
    brief = Brief(sentence, takeaways, "en", Provenance("extract", "abstract")) if sentence else None
    return Entry(Match(of, 1.0, reasons), brief)


@pytest.fixture
def edition() -> Edition:
    """Four papers of six on three topics: LaTeX, many authors, a long title, code, no comment, no brief."""
    tides = Section(
        Topic("tides", "Tide pools", "tide"),
        (
            entry(
                paper(
                    90001,
                    r"Counting Limpets in $\mathcal{O}(n \log n)$: a Tide-Pool Census",
                    r"Counting animals between tides is slow. We propose LimpetNet, which finds $n$ limpets"
                    r" in $\mathcal{O}(n \log n)$ steps and errs by less than 2\% where $x_i < \alpha$. Code"
                    " is at https://github.com/example-tides/limpetnet.",
                    "Ada Strand, Bo Kelp, Ciara Reef, Dov Anemone, Elin Wrack",
                    "cs.CV q-bio.QM: 12 pages, 4 figures. Code: https://github.com/example-tides/limpetnet",
                ),
                "We propose LimpetNet, which counts limpets in nearly linear time.",
                (
                    "It errs by less than 2% on every pool that was counted by hand.",
                    "A census that took a day takes four minutes on a laptop.",
                    "Pictures, counts and code are public.",
                ),
                Reason("title", "tide"),
                Reason("abstract", "tides"),
            ),
            entry(
                paper(
                    90002,
                    "On the Surprisingly Regular Habits of Hermit Crabs That Move House at Spring Tide, and"
                    " on What a Shortage of Shells Does to Those That Come Late",
                    "Hermit crabs queue for shells. We film 412 queues and find that they form by size.",
                    "José Álvarez-Núñez, 王小明",
                    "q-bio.PE",
                ),
                "We film 412 queues of hermit crabs and find that they form by size.",
                (),
                Reason("title", "tide"),
            ),
            entry(
                paper(
                    90003,
                    "Barnacles & Glue: <b>Sticky</b> Priors *for* Wet [Surfaces](https://example.org)",
                    "Glue that cures under water is rare; a barnacle's costs $5 a gram, others $6."
                    " We model it.",
                    "Ines Byssus",
                    "cond-mat.soft physics.bio-ph: Accepted at an invented workshop",
                ),
                "",
                (),
                Reason("comment", "workshop"),
            ),
        ),
        5,
    )
    stars = Section(
        Topic("stars", "Sea stars", "star"),
        (
            entry(
                paper(
                    90004,
                    "Regrowth of Arms",
                    "Sea stars regrow arms. We time it.",
                    "Mo Ray, Pia Disc, Q. Arm",
                    "q-bio.TO",
                ),
                "We time how sea stars regrow their arms.",
                ("An arm takes nine months.",),
                Reason("abstract", "sea stars"),
            ),
        ),
        1,
    )
    quiet = Section(Topic("eels", "moray eels", "eel"), (), 0)
    return Edition((date(2026, 6, 25), date(2026, 6, 26)), (tides, stars, quiet), 412, sample=True)


@pytest.fixture
def one_topic(edition: Edition) -> Edition:
    """The first topic alone, of one day and not marked as invented."""
    return Edition((date(2026, 6, 26),), edition.sections[:1], 412)


@pytest.fixture
def drawn(one_topic: Edition) -> Callable[[str], Document]:
    """The digest of one topic in a language; the first and the third paper have a figure."""
    captions = {
        90001: r"A tide pool $P$ before and after the census <b>; each ring is one of $n$ limpets. Rings that"
        " overlap are counted once, which is what the slower methods before it got wrong on every beach.",
        90003: "",
    }

    def digest(language: str) -> Document:
        phrases = phrases_for(language)
        figures = {
            PaperId(f"2606.{number}"): teaser_blocks(
                Picture(
                    f"Figure {number % 10}", caption, (f"https://arxiv.org/html/2606.{number}v1/x1.png",)
                ),
                phrases,
            )
            for number, caption in captions.items()
        }
        presses = Presses("summarize", "more 0626", (Button("Settings", "settings"),))
        return compose(one_topic, phrases, presses=presses, more=More(figures=figures))

    return digest
