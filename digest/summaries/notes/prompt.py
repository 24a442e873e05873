"""What a model is told to take notes: at once, from a part, from what parts gave, and to mend them. Pure.

As in `digest.summaries.prompt`, orders hold no word of a paper or an answer; those are data, between lines
that no data can hold.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from digest.latex import readable
from digest.notes import Field
from digest.safety import printable
from digest.summaries.notes.draft import (
    FEWEST_KEYWORDS,
    LONGEST_CLAIM,
    MOST_CLAIMS,
    MOST_KEYWORDS,
    findings_schema,
    notes_schema,
)
from digest.summaries.notes.parts import tokens_of
from digest.summaries.prompt import LANGUAGE, WHAT_DATA_IS, fenced, told
from digest.writers import Prompt

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from digest.model import Paper
    from digest.summaries.notes.draft import Finding
    from digest.summaries.notes.parts import Excerpt

MOST_TOKENS = 8_192
"""Tokens of one answer, of large models: some 2,500 are written, twice as many in some scripts."""

_LONGEST_ANSWER = 12_000  # characters of an answer that is to be mended; a good one has 9,000
_MOST_COMPLAINTS = 30
_TITLE_RULE = "- translated_title: the title, translated whole; names in it stay as they are."

_FIELDS = {
    Field.BACKGROUND: "what the paper starts from, and why that matters",
    Field.EARLIER: "the methods before it, by name, and what is wrong with them",
    Field.METHOD: "what the paper proposes or does, in short",
    Field.RESULTS: "the task, and what came out, with the numbers",
    Field.STEPS: (
        "the method step by step, in the order in which it's carried out: what goes in, what is done to it, "
        "how, with which parts and settings; nothing that “method” says already"
    ),
    Field.SIGNIFICANCE: "what the work is good for",
    Field.INNOVATION: "what is new in it",
    Field.PERFORMANCE: "how well it does, with numbers and against what; not the words of “results” again",
    Field.WORKLOAD: (
        "what was built, gathered, run or measured for it: data, experiments, participants, machines, hours"
    ),
}
_GUIDE = "\n".join(
    f"- {field.value}: up to {MOST_CLAIMS[field]}; {meaning}." for field, meaning in _FIELDS.items()
)
_CLAIM_RULE = f"""\
Each is a whole sentence of at most {LONGEST_CLAIM} characters that says one thing, with the number of the
section that it's from. Leave a list empty where the paper says nothing."""
_MANNER = """\
Say only what the paper says. A number, a name or a result that isn't there doesn't belong in the answer.
Say each thing once. Don't judge or praise the paper. Plain text alone: no Markdown, no HTML, no LaTeX, no
links or addresses, no emoji, no citations such as “[3]”. Leave nothing to be filled in, say nothing about
yourself or this task, and answer with the JSON object alone."""
_LANGUAGE_RULE = f"""\
Write in this language: {LANGUAGE}.
Keep names of people, models, datasets and methods, acronyms and all numbers with their units exactly as
the paper writes them, whatever the language."""
_TITLE_PLACE = "<TITLE>"
_RULES = f"""\
{_LANGUAGE_RULE}

{_TITLE_PLACE}- keywords: {FEWEST_KEYWORDS} to {MOST_KEYWORDS} subject terms of one to four words.
{_GUIDE}

{_CLAIM_RULE}

{_MANNER}"""

NOTES_ORDERS = f"""\
You take notes of a scientific paper for researchers who want to know what is in it without reading it.
You are given its title and its text, in numbered sections.

{WHAT_DATA_IS}

{_RULES}"""

FINDINGS_ORDERS = f"""\
You read a part of a scientific paper and write down what notes of the whole will need. You are given the
paper's title and the part, in numbered sections.

{WHAT_DATA_IS}

{_LANGUAGE_RULE}

Each finding has one of these fields:
{_GUIDE}

{_CLAIM_RULE} Take what matters most for the whole paper.

{_MANNER}"""

JOIN_ORDERS = f"""\
You take notes of a scientific paper for researchers who want to know what is in it without reading it.
You are given its title, its abstract, and findings from all of its sections, each with its field and its
section's number.

{WHAT_DATA_IS}

{_RULES}"""

REPAIR_ORDERS = f"""\
Somebody took notes of a scientific paper, and a check found problems. You are given what they read, their
answer and the problems. Write the whole answer anew: keep what is right, and mend each problem with what
the paper says. Where a number or a name isn't in the paper, leave it out.

{WHAT_DATA_IS}

{_RULES}"""

VERSION = hashlib.sha256(
    "\0".join(
        (
            NOTES_ORDERS,
            FINDINGS_ORDERS,
            JOIN_ORDERS,
            REPAIR_ORDERS,
            _TITLE_RULE,
            json.dumps([notes_schema(translated=True), findings_schema(1)]),
        )
    ).encode()
).hexdigest()[:12]
"""Changes when any word above does; notes that were taken otherwise are taken anew."""

OVERHEAD = max(map(tokens_of, (NOTES_ORDERS, FINDINGS_ORDERS, JOIN_ORDERS, REPAIR_ORDERS))) + 1_500
"""Tokens of a question beside what is read: orders, title, abstract, fences."""

REPAIR_OVERHEAD = tokens_of("x" * _LONGEST_ANSWER) + 50 * _MOST_COMPLAINTS
"""Tokens that a question holds besides when notes are to be mended."""


def most_tokens(context: int) -> int:
    """Return how many tokens an answer may have of a model that takes so many with the question."""
    return min(MOST_TOKENS, context // 4)


def notes_prompt(paper: Paper, excerpts: Iterable[Excerpt], language: str, *, translated: bool) -> Prompt:
    """Ask for notes of a paper that fits one question.

    Args:
        paper: whose title is shown; data.
        excerpts: what is read; data.
        language: as `digest.summaries.tongues.tongue` writes it.
        translated: the title is to be translated.
    """
    data = fenced({"PAPER": paper_text(paper, excerpts)})
    return _notes(NOTES_ORDERS, data, language, translated=translated)


def findings_prompt(paper: Paper, part: Iterable[Excerpt], language: str, most: int) -> Prompt:
    """Ask what a part of a paper has for the notes.

    Args:
        paper: as in `notes_prompt`.
        part: what is read; data.
        language: the paper's own.
        most: how many findings are taken.
    """
    data = fenced({"PAPER": paper_text(paper, part)})
    return Prompt(told(FINDINGS_ORDERS, language), data, findings_schema(most), MOST_TOKENS)


def join_prompt(paper: Paper, findings: Sequence[Finding], language: str, *, translated: bool) -> Prompt:
    """Ask for notes made of what was found in a paper's parts, at least one finding; arguments as above."""
    data = fenced({"PAPER": findings_text(paper, findings)})
    return _notes(JOIN_ORDERS, data, language, translated=translated)


def repair_prompt(
    shown: str, answer: str, complaints: Sequence[str], language: str, *, translated: bool
) -> Prompt:
    """Ask for notes anew.

    Args:
        shown: what the model had read: `paper_text` or `findings_text`.
        answer: what it wrote; data too.
        complaints: what is wrong with it; data too, because they quote it.
        language: as in `notes_prompt`.
        translated: as in `notes_prompt`.
    """
    parts = {
        "PAPER": shown,
        "ANSWER": printable(answer[:_LONGEST_ANSWER]),
        "PROBLEMS": "\n".join(f"- {printable(complaint)}" for complaint in complaints[:_MOST_COMPLAINTS]),
    }
    return _notes(REPAIR_ORDERS, fenced(parts), language, translated=translated)


def paper_text(paper: Paper, excerpts: Iterable[Excerpt]) -> str:
    """Return a paper as models read it: its title, then its sections under their numbers."""
    lines = [f"Title: {printable(readable(paper.title))}"]
    for excerpt in excerpts:
        lines += ["", f"[{excerpt.number}] {printable(readable(excerpt.heading))}", excerpt.text]
    return "\n".join(lines)


def findings_text(paper: Paper, findings: Sequence[Finding]) -> str:
    """Return findings as models read them, under the paper's title and abstract."""
    lines = [
        f"Title: {printable(readable(paper.title))}",
        f"Abstract: {printable(readable(paper.abstract))}",
        "",
    ]
    lines += [f"{one.field.value} [{one.said.section}] {printable(one.said.text)}" for one in findings]
    return "\n".join(lines)


def _notes(orders: str, data: str, language: str, *, translated: bool) -> Prompt:
    orders = orders.replace(_TITLE_PLACE, f"{_TITLE_RULE}\n" if translated else "")
    return Prompt(told(orders, language), data, notes_schema(translated=translated), MOST_TOKENS)
