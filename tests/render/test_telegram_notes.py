"""How a digest with notes is parted into Telegram's messages; looked at before it was agreed on."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from bot.chats import Detail, Layout
from bot.parcels import digest_document
from bot.platforms.telegram.messages import classic, read_body, rich
from bot.wishes import Look
from digest.model import Brief, Edition, Entry, Match, Provenance, Reason, Section, Topic
from digest.notes import Claim, Taken, outline
from digest.repairs import Repairs
from digest.summaries.notes.extract import extract_notes
from tests.fullpapers import full_paper
from tests.papers import paper

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.outbox import Message
    from digest.document import Document
    from digest.model import Paper

LOOK = Look(
    "telegram",
    Layout.CLASSIC,
    "en",
    "en",
    Detail.NOTES,
    figures=False,
    today=True,
    next_at=datetime(2026, 6, 29, 7, tzinfo=UTC),
)
BRIEF = Brief(
    "It explains nine rivers out of ten.",
    ("It needs no maps.",),
    "en",
    Provenance("gemini-test-001", "abstract", "gemini"),
    repairs=Repairs(takeaways_dropped=1),
)
LAYOUTS = pytest.mark.parametrize("layout", [classic, rich])


def told(number: int) -> Paper:
    """Return a paper whose abstract takes as much room as they do."""
    return paper(number, abstract="Rivers bend and we say why. " * 40, comment="12 pages")


def notes_of(number: int, letters: int) -> Taken:
    """Return notes that take about 1,900 letters and as many in steps as asked for."""
    found = full_paper()
    notes = extract_notes(told(number), found)
    steps = tuple(Claim("A stone is measured and then put back.") for _ in range(letters // 39))
    return Taken(replace(notes, steps=steps), outline(found))


def digest(*letters: int) -> Document:
    """Compose a digest of papers with notes of so long steps; 0 for notes that came too late."""
    papers = [told(number) for number in range(1, len(letters) + 1)]
    entries = tuple(Entry(Match(each, 1.0, (Reason("title", "rivers"),)), BRIEF) for each in papers)
    section = Section(Topic("rivers", "Rivers", "rivers"), entries, len(entries))
    taken = {
        each.id: notes_of(number, long) if long else None
        for number, (each, long) in enumerate(zip(papers, letters, strict=True), start=1)
    }
    return digest_document(Edition((date(2026, 6, 26),), (section,), 412), LOOK, taken)


def classic_text(message: Message) -> str:
    """Return a message's text without its tags."""
    body = read_body(message.body)
    return re.sub("<[^>]+>", "", body.get("classic", body)["text"])


def pressed(message: Message) -> list[str]:
    """Return the labels of a message's buttons, as its classic form has them."""
    body = read_body(message.body)
    rows = body.get("classic", body).get("keyboard", [])
    return [key["text"] for row in rows for key in row]


@LAYOUTS
def test_each_paper_is_one_message_with_its_button(layout: Callable[..., tuple[Message, ...]]) -> None:
    """The heading stands with the first, the footer with the last; authors and abstract aren't said twice."""
    messages = layout(digest(1_500, 1_700, 1_000, 1_600))
    texts = [classic_text(each) for each in messages]
    assert [re.findall(r"(?m)^\d\. A Study of Rivers, Part \d", text) for text in texts] == [
        [f"{number}. A Study of Rivers, Part {number}"] for number in (1, 2, 3, 4)
    ]
    assert texts[0].startswith("Rivers: 4 papers\nFri 26 June 2026")
    assert texts[-1].endswith("Next: Mon 29 June, about 07:00.")
    assert [pressed(each) for each in messages] == [
        ["Read 1"],
        ["Read 2"],
        ["Read 3"],
        ["Read 4", "Settings"],
    ]
    for text in texts:
        assert text.count("Ada Ash and Ben Birch") == 1
        assert text.count("Comment: 12 pages") == 1
        assert "Abstract\n" not in text
        assert "left out" not in text


@LAYOUTS
def test_notes_that_fill_more_than_a_message_stand_under_their_title(
    layout: Callable[..., tuple[Message, ...]],
) -> None:
    """A message with a title begins the notes below it and has the button of the paper, no other has any."""
    messages = layout(digest(2_400, 2_300, 2_900))
    assert len(messages) == 4
    for message in messages:
        text = classic_text(message)
        titles = re.findall(r"(?m)^(\d)\. A Study of Rivers", text)
        reads = [label for label in pressed(message) if label.startswith("Read ")]
        assert reads == [f"Read {number}" for number in titles]
        assert all("Full notes\nAffiliation:" in each for each in text.split(". A Study of Rivers")[1:])
    assert classic_text(messages[0]).startswith("Rivers: 3 papers")


@LAYOUTS
def test_papers_without_notes_are_told_in_brief(layout: Callable[..., tuple[Message, ...]]) -> None:
    """Beside one that has its notes, the others have takeaways and abstract, and what is missing of these."""
    whole = "\n".join(map(classic_text, layout(digest(1_000, 0))))
    noted, brief = whole.split("2. A Study of Rivers")
    assert "Takeaways\n– It needs no maps." in brief
    assert "1 takeaway is left out" in brief
    assert "The notes weren't ready in time" in brief
    assert "akeaway" not in noted
