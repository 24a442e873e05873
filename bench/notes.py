"""How long notes take without a model's own time: extracted, checked and kept, and there already."""

from __future__ import annotations

import asyncio
import json
import statistics
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bench.report import report
from bot.app import open_database
from digest.fulltext import Form, FullPaper, Passage
from digest.model import Paper, PaperId
from digest.notebook import Notebook
from digest.notes import CLAIMED
from digest.storage.notes import SqliteNotes
from digest.summaries.breaker import Breaker
from digest.summaries.notes.chain import NoteChain, NoteLink
from digest.summaries.notes.extract import extract_notes
from digest.summaries.notes.writer import NoteWriter
from digest.writers import Answer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from digest.errors import ModelError
    from digest.fulltext import Step
    from digest.writers import Prompt

EXTRACT_MS, WRITE_MS, CACHED_MS = 500, 1_500, 100
NOW = datetime(2026, 6, 26, 9, 0, tzinfo=UTC)
HEADINGS = (
    "Introduction|Related Work|RiverNet|Reading Stones|Predicting Bends|Experiments|Discussion|Conclusion"
)
SENTENCES = (
    "Rivers of kind {number} bend more often than others of their length.",
    "However, existing models fail on {number} small streams.",
    "We propose a reader of stones that needs no survey of kind {number}.",
    "It improves accuracy by {percent:.1f}% over FlowSim-{number}.",
    "The others were straightened by people beside them.",
    "We collected {number} photographs of their banks by hand in another summer.",
)
"""Those of each paragraph of the paper."""
PAPER = Paper(PaperId("2606.00001"), 1, "Bending Rivers", "We propose RiverNet.", ("Ada Ash",), ("cs.CV",))


def full_paper() -> FullPaper:
    """Invent a paper of twelve pages: 60,000 letters."""
    passages = [
        Passage(str(n), heading, 1, tuple(map(paragraph, range(100 * n, 100 * n + 15))))
        for n, heading in enumerate(HEADINGS.split("|"), start=1)
    ]
    return FullPaper(Form.PDF, PAPER.title, tuple(passages), pages=12, pages_read=12)


def paragraph(number: int) -> str:
    """Invent a paragraph of 500 letters."""
    return " ".join(SENTENCES).format(number=number, percent=number / 100)


class Faithful:
    """A model that answers at once, with notes that pass every check."""

    name = "faithful"

    async def ask(self, _: Prompt) -> Answer:
        """Answer."""
        claims = {field.value: [_claim(at, at), _claim(at, at + 3)] for at, field in enumerate(CLAIMED)}
        said = claims | {"keywords": ["rivers", "banks", "stones"]}
        return Answer(json.dumps(said), "faithful-1", 15_000, 900)


def _claim(at: int, sentence: int) -> dict[str, object]:
    section = at % 8 + 1
    number = 100 * section + at
    text = SENTENCES[sentence % len(SENTENCES)].format(number=number, percent=number / 100)
    return {"section": section, "text": text}


class Library:
    """Has the paper at hand."""

    async def read(self, _: Paper, report: Callable[[Step], None] = lambda _: None) -> FullPaper:  # noqa: ARG002
        """Return it."""
        return full_paper()

    async def known(self, _: Paper) -> FullPaper | None:
        """Have none."""
        return None

    async def picture(self, _: Paper, image: str) -> bytes:
        """Have none.

        Raises:
            FileNotFoundError: always.
        """
        raise FileNotFoundError(image)

    async def places(self, _: Paper, __: Iterable[str]) -> Mapping[str, str]:
        """Have none."""
        return {}


async def measure(path: Path) -> None:
    """Extract, write and find notes."""

    async def tell(_: str, error: ModelError) -> None:
        raise AssertionError(error)

    def show(name: str, times: list[float], goal: int) -> None:
        value = round(statistics.median(times), 1)
        report(name, value, "ms", f"<= {goal}", ok=value <= goal)

    show(
        "notes extracted from 12 pages",
        [timed(lambda: extract_notes(PAPER, full_paper())) for _ in range(5)],
        EXTRACT_MS,
    )
    async with open_database(path) as database:
        link = NoteLink("faithful", "faithful", NoteWriter(Faithful(), 200_000), Breaker(lambda: NOW))
        written: list[float] = []
        kept: list[float] = []
        for number in range(1, 6):
            paper = Paper(
                PaperId(f"2606.{number:05}"), 1, PAPER.title, PAPER.abstract, PAPER.authors, PAPER.categories
            )
            for times in (written, kept):
                chain = NoteChain(
                    (link,),
                    SqliteNotes(database),
                    asyncio.Semaphore(1),
                    60,
                    lambda: NOW,
                    lambda *_: None,
                    tell,
                )
                start = time.perf_counter()
                taken = await Notebook(Library(), chain).of(paper, "en")
                times.append((time.perf_counter() - start) * 1000)
                if not taken.notes.provenance.provider:
                    raise AssertionError(taken)
    show("notes checked and kept, without the model's time", written, WRITE_MS)
    show("notes that are kept", kept, CACHED_MS)


def timed(do: Callable[[], object]) -> float:
    """Return how many milliseconds something takes."""
    start = time.perf_counter()
    do()
    return (time.perf_counter() - start) * 1000


def main() -> None:
    """Measure."""
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measure(Path(folder) / "paperround.db"))


if __name__ == "__main__":
    main()
