"""Shows how far a harvest is, on a terminal; says nothing into a pipe."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from digest.pipeline import Progress as Step

_WORDS = {
    "listing": "Reading what arXiv announced",
    "backfill": "Looking up missed days",
    "details": "Looking up comments and authors",
}


@contextlib.contextmanager
def harvest_progress() -> Iterator[Callable[[Step], None]]:
    """Yield a function that shows a harvest's progress on standard error while the block runs."""
    console = Console(stderr=True)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        TextColumn("{task.fields[count]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=None, count="")

        def report(step: Step) -> None:
            count = f"{step.done:,} papers" if step.done else ""
            bar.update(
                task, description=_WORDS[step.step], completed=step.done, total=step.total, count=count
            )

        yield report
