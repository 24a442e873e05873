"""A paper that was asked for becomes a document that says what is known of it, and what isn't."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from digest.compose_paper import Asked, compose_papers
from digest.document import Actions, Document, Group, Heading, Link
from digest.model import Brief, Provenance
from digest.reading import papers, plain
from digest.repairs import NONE, Repairs
from digest.translation import phrases_for
from tests.papers import paper

BRIEF = Brief("It bends.", ("Fast.", "Small."), "en", Provenance("extract", "abstract"))
RIVERS = paper(
    1,
    abstract="Rivers bend. Code: https://github.com/example/rivers, https://huggingface.co/example/rivers.",
    comment="12 pages",
    submitted=datetime(2026, 6, 24, 17, 0, tzinfo=UTC),
    version=2,
)


def document(*asked: Asked, language: str = "en", notices: tuple[str, ...] = ()) -> Document:
    """Compose papers."""
    return compose_papers(asked, phrases_for(language), notices)


def lines(*asked: Asked, language: str = "en", notices: tuple[str, ...] = ()) -> list[str]:
    """Return what the document says, line by line."""
    return plain(document(*asked, language=language, notices=notices).blocks).splitlines()


def links(of: Document) -> list[tuple[str, str]]:
    """Return the buttons that open something."""
    rows = [block for block in of.blocks if isinstance(block, Actions)]
    return [(button.label, button.url) for row in rows for button in row.buttons]


def test_one_paper_is_told_whole() -> None:
    """Title, byline, sentence, takeaways, comment, code and who wrote it, in this order."""
    assert lines(Asked(RIVERS, BRIEF)) == [
        "A Study of Rivers, Part 1",
        "Ada Ash and Ben Birch · cs.CV · submitted Wed 24 June 2026 · version 2",
        "It bends.",
        "– Fast.",
        "– Small.",
        "Comment: 12 pages",
        "Code: github.com/example/rivers, huggingface.co/example/rivers",
        "",
        "Sentences extracted from the abstract.",
    ]


def test_it_speaks_chinese() -> None:
    """The labels are the reader's; the paper's words stay and are marked."""
    assert lines(Asked(RIVERS, BRIEF, 1), language="zh") == [
        "A Study of Rivers, Part 1",
        "Ada Ash 和 Ben Birch · cs.CV · 提交于 2026 年 6 月 24 日周三 · 第 2 版",
        "你指定的是第 1 版，这里是最新的第 2 版。",
        "原文摘录：It bends.",
        "– Fast.",
        "– Small.",
        "备注：12 pages",
        "代码：github.com/example/rivers、huggingface.co/example/rivers",
        "",
        "句子均为该论文摘要的原文摘录。",
    ]


def test_the_title_leads_to_the_paper() -> None:
    """The heading is a link, the document is called like the paper, buttons open PDF and page."""
    told = document(Asked(RIVERS, BRIEF))
    assert told.title == "A Study of Rivers, Part 1"
    (group,) = [block for block in told.blocks if isinstance(block, Group)]
    heading = group.blocks[0]
    assert isinstance(heading, Heading)
    assert isinstance(heading.content[0], Link)
    assert heading.content[0].url == "https://arxiv.org/abs/9906.00001"
    assert links(told) == [
        ("PDF", "https://arxiv.org/pdf/9906.00001"),
        ("arXiv", "https://arxiv.org/abs/9906.00001"),
    ]


def test_several_are_numbered_and_share_the_last_line() -> None:
    """Several papers have numbers, which their buttons name; notices come before all."""
    told = document(Asked(RIVERS, BRIEF), Asked(paper(2), None), notices=("Hear this.",))
    said = plain(told.blocks).splitlines()
    assert said[0] == "Hear this."
    assert [line for line in said if line.startswith(("1.", "2."))] == [
        "1. A Study of Rivers, Part 1",
        "2. A Study of Rivers, Part 2",
    ]
    assert said[-1] == "Sentences extracted from the abstracts."
    assert told.title == "2 papers"
    assert papers(told.blocks) == ("9906.00001", "9906.00002")
    assert [label for label, _ in links(told)] == ["PDF 1", "PDF 2"]


def test_what_a_model_wrote_names_it() -> None:
    """A model's brief says who wrote it and from what; Chinese ones need no mark."""
    brief = Brief("它会弯。", (), "zh", Provenance("gem", "pdf"))
    assert lines(Asked(RIVERS, brief))[-1] == "Written by gem from the PDF, checked."
    said = lines(Asked(RIVERS, brief), language="zh")
    assert said[2] == "它会弯。"
    assert said[-1] == "由 gem 根据该论文 PDF 撰写，已核对。"


def test_what_the_check_took_is_said() -> None:
    """Below what is shown: whose sentence stands there, what is left out; keywords stand with the rest."""
    by = Provenance("gem", "abstract", "gemini")
    brief = Brief(
        "Rivers bend.",
        ("它快。", "它小。", "它稳。"),
        "zh",
        by,
        ("河流", "弯曲"),
        Repairs(sentence=True, language="en", takeaways_dropped=1, keywords_dropped=2),
    )
    assert lines(Asked(RIVERS, brief), language="zh")[2:8] == [
        "原文摘录：Rivers bend.",
        "– 它快。",
        "– 它小。",
        "– 它稳。",
        "关键词：河流、弯曲",
        "首句是论文原句，模型所写的未通过核对。"  # noqa: ISC004 - one line
        "有 1 条要点未通过核对，已略去。有 2 个关键词未通过核对，已略去。",
    ]
    assert lines(Asked(RIVERS, replace(brief, keywords=(), repairs=NONE)))[6] == (
        "Keywords are left out; none passed the check."
    )
    dropped = replace(brief, repairs=Repairs(takeaways=True, language="en"))
    assert lines(Asked(RIVERS, dropped))[7] == (
        "The takeaways are the paper's own sentences; the model's didn't pass the check."
    )
    nothing = replace(BRIEF, repairs=Repairs(sentence=True, takeaways=True, language="en"), stand_in=True)
    told = lines(Asked(RIVERS, nothing))
    assert told[5] == "What the model wrote didn't pass the check; these are the paper's own sentences."
    assert told[-1] == "Sentences extracted from the abstract. The usual model couldn't write it now."


def test_what_is_missing_is_said() -> None:
    """No brief, no code, no date: each is said or left out, nothing is made up."""
    assert lines(Asked(paper(2), None)) == [
        "A Study of Rivers, Part 2",
        "Ada Ash and Ben Birch · cs.CV · version 1",
        "Rivers bend. We propose a model of bending. It explains nine rivers out of ten.",
        "No summary could be made; this is how the abstract begins.",
        "Code: none named in the abstract.",
    ]


@pytest.mark.parametrize(
    ("version", "notice"),
    [
        (1, "You named version 1. This is version 2, the newest."),
        (3, "There's no version 3. This is version 2, the newest."),
    ],
)
def test_another_version_is_said_first(version: int, notice: str) -> None:
    """Whoever named another version hears which one this is before what it says."""
    assert lines(Asked(RIVERS, BRIEF, version))[2] == notice
    assert lines(Asked(RIVERS, BRIEF, 2))[2] == "It bends."


def test_a_withdrawal_is_said_first_and_has_no_pdf() -> None:
    """A withdrawn paper says so before anything else, and no button opens what isn't there."""
    gone = paper(3, comment="This paper has been withdrawn by the authors")
    told = document(Asked(gone, BRIEF))
    assert plain(told.blocks).splitlines()[2] == "This paper was withdrawn."
    assert links(told) == [("arXiv", "https://arxiv.org/abs/9906.00003")]
