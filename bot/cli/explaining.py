"""Says how a brief came to be: who wrote it, what they read, what the check found, what became of it."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING

from digest.safety import printable
from digest.wording import EXTRACT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.model import Brief, Paper
    from digest.records import Attempt, Written


def explained(paper: Paper, written: Written) -> str:
    """Return the whole story of a paper's brief, as lines of text."""
    lines = [f"How the summary of {paper.id}v{paper.version} came to be:"]
    for number, attempt in enumerate(written.attempts, start=1):
        lines += _attempt(number, attempt)
    lines += _outcome(written)
    return "\n" + "\n".join(lines) + "\n"


def _attempt(number: int, attempt: Attempt) -> Iterator[str]:
    again = (
        ", asked again with what the check found"
        if number > 1
        else ", which read title, abstract and comment"
    )
    tokens = f"{attempt.tokens_in:,} tokens in, {attempt.tokens_out:,} out"
    yield f"{number}. {printable(attempt.model)}{again} ({tokens}):"
    yield from (f"     {line}" for line in _draft(attempt.text))
    if attempt.complaints:
        yield "   The check found:"
        yield from (f"   – {printable(complaint)}" for complaint in attempt.complaints)
    else:
        yield "   The check found nothing."


def _draft(text: str) -> list[str]:
    with contextlib.suppress(ValueError):  # what isn't JSON is shown as it came
        text = json.dumps(json.loads(text), ensure_ascii=False, indent=2)
    return [printable(line) for line in text.splitlines()]


def _outcome(written: Written) -> Iterator[str]:
    brief = written.brief
    if not written.attempts:
        why = "no model could write it now" if brief.stand_in else "no model was to write it"
        yield f"These are sentences of the abstract; {why}."
    elif brief.provenance.model == EXTRACT:
        yield "Nothing of it was shown: these are sentences of the abstract."
    else:
        yield from _repairs(brief)
    if brief.stand_in and written.attempts:
        yield "It's a stand-in: the first provider in [summary] couldn't write it."


def _repairs(brief: Brief) -> Iterator[str]:
    repairs = brief.repairs
    if repairs.sentence:
        yield "The sentence was replaced by one of the abstract."
    if repairs.takeaways:
        yield "The takeaways were replaced by sentences of the abstract."
    if repairs.takeaways_dropped:
        yield f"Takeaways left out: {repairs.takeaways_dropped}."
    if repairs.keywords_dropped:
        yield f"Keywords left out: {repairs.keywords_dropped}."
    if not any((repairs.sentence, repairs.takeaways, repairs.takeaways_dropped, repairs.keywords_dropped)):
        yield "All that is shown is the model's, as it wrote it."
