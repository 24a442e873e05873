"""Measures reading a paper whole: an HTML page in this process, a PDF of twelve pages in one of its own.

The HTML is made up: 400 KB of LaTeXML's markup, a third of it MathML, as a paper of ten pages has it. The
PDF is a real one with figures, where the recordings lie beside the project; without these it's left out. Both
come from a loopback server and land on disk: a figure is all that a person waits for but arXiv itself. While
they are read, a task looks how late it's woken, which is the longest pause of the event loop.
"""

from __future__ import annotations

import asyncio
import contextlib
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bench.report import report
from digest.model import Paper, PaperId
from digest.sources.arxiv import ArxivSession
from digest.sources.arxiv.asking import Asking
from digest.sources.fulltext.apart import Limits
from digest.sources.fulltext.shelf import Shelf
from digest.sources.fulltext.site import Site
from digest.sources.fulltext.source import ArxivFullText, Bounds
from tests.servers.arxiv import Answer, serve_arxiv

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from digest.fulltext import FullPaper

_RUNS = 7
_HTML_MILLISECONDS, _PDF_SECONDS, _PAUSE_MILLISECONDS = 60.0, 1.5, 50.0
_PAPERS = Path(__file__).resolve().parent.parent.parent / "shared" / "data" / "pdf"
_PDF = "twocol_acm_SPLC2024_Becker.pdf"
_TICK = 0.001

_MATH = (
    '<math alttext="x_{{{n}}}=\\frac{{a}}{{b}}" class="ltx_Math" display="inline"><semantics><mrow><msub>'
    "<mi>x</mi><mn>{n}</mn></msub><mo>=</mo><mfrac><mi>a</mi><mi>b</mi></mfrac></mrow><annotation>x</annotation></semantics>"
    "</math>"
)
_WORDS = "Lamps light a corridor for whoever walks there at night, as the rule of the last section says. "


class _NoPace:
    @contextlib.asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        yield


def _make_page() -> bytes:
    sections = []
    for section in range(1, 16):
        paragraphs = "".join(
            f'<div class="ltx_para"><p class="ltx_p">{_WORDS * 4}We set {_MATH.format(n=n)} and '
            f'<cite class="ltx_cite">[<a href="#bib.bib{n}" class="ltx_ref">{n}</a>]</cite> {_WORDS * 3}'
            f"{_MATH.format(n=n + 1)}.</p></div>"
            for n in range(22)
        )
        figure = (
            f'<figure class="ltx_figure"><img src="x{section}.png" class="ltx_graphics"><figcaption>'
            f'<span class="ltx_tag ltx_tag_figure">Figure {section}: </span>{_WORDS}</figcaption></figure>'
        )
        sections.append(
            f'<section class="ltx_section"><h2 class="ltx_title ltx_title_section"><span class="ltx_tag">'
            f"{section} </span>Lamps</h2>{paragraphs}{figure}</section>"
        )
    return f'<html><body><article class="ltx_document">{"".join(sections)}</article></body></html>'.encode()


def _reader(url: str, folder: Path) -> ArxivFullText:
    async def never(_: float) -> None:
        raise RuntimeError("the loopback server was busy")

    return ArxivFullText(
        Site(ArxivSession("paperround/bench", 30.0, ""), url),
        Asking(_NoPace(), never, lambda: 0.0, 1),
        Shelf(folder, 1 << 30, 86_400.0, time.time),
        Bounds(50 << 20, Limits(100, 60, 1024)),
    )


async def _read(reader: ArxivFullText, paper: Paper) -> tuple[FullPaper, float, float]:
    """Read a paper.

    Returns:
        It, the seconds it took, and the longest pause of the event loop meanwhile, in seconds.
    """
    longest, done = 0.0, False

    async def watch() -> None:
        nonlocal longest
        while not done:
            before = time.perf_counter()
            await asyncio.sleep(_TICK)
            longest = max(longest, time.perf_counter() - before - _TICK)

    watcher = asyncio.create_task(watch())
    await asyncio.sleep(0)
    start = time.perf_counter()
    reading = await reader.read(paper)
    seconds = time.perf_counter() - start
    done = True
    await watcher
    return reading, seconds, longest


def _paper(number: int) -> Paper:
    return Paper(PaperId(f"2606.{number:05}"), 1, "Lamps", "Lamps.", ("Ada Ash",), ("cs.CL",))


def _measure(name: str, kind: str, body: bytes, content_type: str) -> tuple[float, float]:
    seconds, pauses = [], []
    with serve_arxiv() as arxiv, tempfile.TemporaryDirectory() as folder:
        reader = _reader(arxiv.url, Path(folder))
        for number in range(1, _RUNS + 2):
            paper = _paper(number)
            arxiv.files = {f"/{kind}/{paper.id}v1": Answer(body=body, content_type=content_type)}
            reading, took, pause = asyncio.run(_read(reader, paper))
            if reading.form != kind:
                raise RuntimeError(f"{name} was read as {reading.form}")
            if number > 1:  # the first loads the libraries
                seconds.append(took)
                pauses.append(pause)
    figures = sum(bool(figure.images) for figure in reading.figures)
    print(f"{name}: {len(body) >> 10} KB, {reading.pages} pages, {figures} figures", file=sys.stderr)
    return statistics.median(seconds), statistics.median(pauses)


def main() -> None:
    """Measure and report."""
    page, pause = _measure("HTML", "html", _make_page(), "text/html")
    name = "full text: HTML paper of 400 KB"
    report(
        name, round(1000 * page, 1), "ms", f"<= {_HTML_MILLISECONDS:g}", ok=1000 * page <= _HTML_MILLISECONDS
    )
    _report_pause(name, pause)
    file = _PAPERS / _PDF
    if not file.is_file():
        print(f"without {file} no PDF is measured", file=sys.stderr)
        return
    seconds, pause = _measure("PDF", "pdf", file.read_bytes(), "application/pdf")
    name = "full text: PDF of 12 pages with 3 figures"
    report(name, round(seconds, 2), "s", f"<= {_PDF_SECONDS:g}", ok=seconds <= _PDF_SECONDS)
    _report_pause(name, pause)


def _report_pause(name: str, pause: float) -> None:
    milliseconds = 1000 * pause
    report(
        f"{name}, longest pause of the event loop",
        round(milliseconds, 1),
        "ms",
        f"<= {_PAUSE_MILLISECONDS:g}",
        ok=milliseconds <= _PAUSE_MILLISECONDS,
    )


if __name__ == "__main__":
    main()
