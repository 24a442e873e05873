"""Measures how long an edition of ten papers takes to compose and to render in each form.

The first run of each form is left out: it reads the catalog, the stylesheet and the libraries, and the texts'
LaTeX, which ranking and brief have read by then. What is measured is what every further form costs. Three
papers of ten have formulas, in a day of arXiv one.
"""

from __future__ import annotations

import statistics
import time
from datetime import date
from functools import partial
from io import StringIO
from typing import TYPE_CHECKING

from rich.console import Console

from bench.report import report
from bot.platforms.discord.messages import components
from digest.compose import Presses, compose
from digest.document import Button
from digest.model import Brief, Edition, Entry, Match, Paper, PaperId, Provenance, Reason, Section, Topic
from digest.render import html, markdown, terminal
from digest.translation import phrases_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from digest.document import Document
    from digest.translation import Phrases

RUNS = 40
GOAL = 10.0  # milliseconds
WORDS = "of an abstract of the usual length says what was measured on the same pictures as in earlier work"
FORMULA = r"and that $x_{i} \leq \alpha^2$ holds within 3\% of it"
WITH_FORMULAS = 3


def edition() -> Edition:
    """Return an edition of ten invented papers, no two alike."""
    entries = []
    for number in range(10):
        formula = FORMULA if number < WITH_FORMULAS else "and that it holds within a few percent of it"
        abstract = " ".join(f"Sentence {count} {WORDS} {formula}." for count in range(7))
        paper = Paper(
            PaperId(f"2606.{number:05}"),
            1,
            f"Paper {number}: a title of the usual length about pictures of something",
            f"{abstract} Paper {number}. https://github.com/example/repository{number}",
            tuple(f"Author {letter} Surname{number}" for letter in "ABCDEF"),
            ("cs.CV", "cs.LG"),
            comment=f"{number} pages, accepted",
        )
        brief = Brief(
            f"A sentence of some twenty words says what paper {number} does and how well it works.",
            tuple(
                f"Takeaway {point} of paper {number} says something within a line or two of text."
                for point in range(5)
            ),
            "en",
            Provenance("extract", "abstract"),
        )
        entries.append(
            Entry(Match(paper, 1.0, (Reason("title", "paper"), Reason("abstract", "same"))), brief)
        )
    return Edition(
        (date(2026, 6, 26),), (Section(Topic("t", "Ten papers", "paper"), tuple(entries), 14),), 412
    )


def median(act: Callable[[], object]) -> float:
    """Return the median time of an act in milliseconds, its first run left out."""
    act()
    times = []
    for _ in range(RUNS):
        start = time.process_time()
        act()
        times.append(1000 * (time.process_time() - start))
    return statistics.median(times)


def _shown(document: Document) -> str:
    file = StringIO()
    terminal.show(document, Console(file=file, width=80, force_terminal=True, color_system="truecolor"))
    return file.getvalue()


PRESSES = Presses("summarize", "more 0626", (Button("Settings", "settings"),))
"""What a digest in a channel has: its buttons show what folds away elsewhere."""


def _composed(render: Callable[[Document], object], of: Edition, phrases: Phrases) -> object:
    return render(compose(of, phrases))


def _in_a_channel(of: Edition, phrases: Phrases) -> object:
    return components(compose(of, phrases, presses=PRESSES))


def main() -> None:
    """Report each form alone, composing included, in English and Chinese."""
    ten = edition()
    for language in ("en", "zh"):
        phrases = phrases_for(language)
        forms: dict[str, Callable[[], object]] = {
            "compose": partial(compose, ten, phrases),
            "text": partial(_composed, terminal.render, ten, phrases),
            "terminal": partial(_composed, _shown, ten, phrases),
            "html": partial(_composed, html.render, ten, phrases),
            "discord": partial(_in_a_channel, ten, phrases),
            "markdown": partial(markdown.render, ten, phrases),
        }
        for name, act in forms.items():
            took = median(act)
            report(
                f"render ten papers: {name}, {language}",
                round(took, 2),
                "ms",
                f"≤ {GOAL:g} ms",
                ok=took <= GOAL,
            )


if __name__ == "__main__":
    main()
