"""An edition becomes the digest that was agreed, honest about what it lacks and who wrote it."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from digest import phrases as say
from digest.compose import Presses, compose
from digest.document import Actions, Button, Code, Details, Group, Heading, Link, Paragraph, Role, Text
from digest.model import (
    Brief,
    Edition,
    Entry,
    Match,
    Paper,
    PaperId,
    Provenance,
    Reason,
    Section,
    Topic,
)
from digest.reading import buttons, plain
from digest.repairs import Repairs
from digest.translation import phrases_for

if TYPE_CHECKING:
    from collections.abc import Iterator

EN, ZH = phrases_for("en"), phrases_for("zh")
THURSDAY, FRIDAY = date(2026, 6, 25), date(2026, 6, 26)
PAPER = Paper(
    PaperId("2606.90001"),
    1,
    r"Splats in $\alpha$ time",
    "We splat. It's fast. Code: https://github.com/example/splats.",
    ("Jiyong Kim", "Shuang Song", "Rongjun Qin"),
    ("cs.CV", "cs.GR"),
    comment="23 pages",
)
BRIEF = Brief("It splats.", ("Fast.", "Small."), "en", Provenance("extract", "abstract"))


def entry(brief: Brief | None = BRIEF, *reasons: Reason, paper: Paper = PAPER) -> Entry:
    """Return an entry of the paper."""
    return Entry(Match(paper, 1.0, reasons), brief)


def section(
    *entries: Entry, found: int | None = None, title: str = "3D reconstruction", before: int = 0
) -> Section:
    """Return a section that found its entries, or more, of which some were shown before."""
    return Section(Topic("topic", title, "splat"), entries, len(entries) if found is None else found, before)


def edition(*sections: Section) -> Edition:
    """Return Friday's edition."""
    return Edition((FRIDAY,), sections, 412)


def lines(of: Edition, language: str = "en", *, limit_option: str = "") -> list[str]:
    """Return what the composed document says, line by line."""
    document = compose(of, phrases_for(language), today=FRIDAY, limit_option=limit_option)
    return [line for line in plain(document.blocks).splitlines() if line]


def written_by(*models: tuple[str, str]) -> Edition:
    """Return an edition with a brief by each model from each reading."""
    briefs = [replace(BRIEF, provenance=Provenance(*model)) for model in models]
    return edition(section(*map(entry, briefs)))


def parts(tree: object) -> Iterator[object]:
    """Yield every node of a tree."""
    yield tree
    if is_dataclass(tree):
        tree = tuple(getattr(tree, field.name) for field in fields(tree))
    if isinstance(tree, tuple):
        for branch in tree:
            yield from parts(branch)


def test_follows_the_mock_up() -> None:
    """A digest reads as the voice's mock-up does, line by line, with what folds away after it."""
    of = edition(section(entry(BRIEF, Reason("title", "splat")), found=11))
    assert lines(of) == [
        "3D reconstruction: 1 of 11 papers",
        "Fri 26 June 2026",
        "1. Splats in α time",
        "Jiyong Kim, Shuang Song and 1 more · cs.CV · code",
        "It splats.",
        "Matched: title has “splat”",
        "Takeaways",
        "– Fast.",
        "– Small.",
        "Abstract",
        "We splat. It's fast. Code: https://github.com/example/splats.",
        "Authors: Jiyong Kim, Shuang Song and Rongjun Qin",
        "Comment: 23 pages",
        "10 more papers matched.",
        "Sentences extracted from the abstracts.",
    ]


def test_buttons_stand_with_their_papers_and_at_the_end() -> None:
    """Where there are buttons, each paper has one that reads it, and the rest is one press away."""
    beside = (Button("Settings", "settings"),)
    of = edition(section(entry(), entry(), found=5), section(entry(), title="Splats"))
    document = compose(of, EN, presses=Presses("summarize", "more 20260626", beside))
    papers = [block for block in document.blocks if isinstance(block, Group)]
    assert [[button.label for button in buttons((group,))] for group in papers] == [
        ["Read 1"],
        ["Read 2"],
        ["Read 3"],
    ]
    assert buttons(document.blocks)[0].action == "summarize 2606.90001"
    row = [button for block in document.blocks if isinstance(block, Actions) for button in block.buttons]
    assert row == [Button("Show 3 more", "more 20260626"), *beside]
    quiet = compose(edition(section()), EN, presses=Presses("summarize", "more 20260626", beside))
    assert buttons((*quiet.blocks, *compose(of, EN).blocks)) == ()


def test_a_later_page_goes_on() -> None:
    """Its numbers go on after what was shown, its counts say so, and what is through isn't named again."""
    of = edition(
        section(found=2, title="Dunes", before=2),
        section(entry(), entry(), found=9, title="Splats", before=5),
    )
    said = lines(of)
    assert said[:3] == ["Splats: 2 more of 9 papers", "Fri 26 June 2026", "8. Splats in α time"]
    assert "2 more papers matched." in said
    assert "Dunes" not in " ".join(said)
    assert lines(of, "zh")[0] == "Splats：续 2 篇（共 9 篇）"


def test_speaks_chinese() -> None:
    """Under a Chinese interface every label is Chinese, and an English extract is marked as one."""
    of = edition(section(entry(BRIEF, Reason("title", "splat")), found=2))
    said = lines(of, "zh")
    assert said[:9] == [
        "3D reconstruction：1 篇（共 2 篇）",
        "2026 年 6 月 26 日周五",
        "1. Splats in α time",
        "Jiyong Kim、Shuang Song 及另外 1 人 · cs.CV · 代码",
        "原文摘录：It splats.",
        "匹配：标题含“splat”",
        "要点",
        "– Fast.",
        "– Small.",
    ]
    assert said[-2:] == ["另有 1 篇匹配。", "句子均为论文摘要的原文摘录。"]


def test_marks_no_translation_as_an_extract() -> None:
    """A Chinese brief by a model stands in Chinese without the mark of an extract."""
    brief = replace(BRIEF, sentence="泼溅。", language="zh", provenance=Provenance("some-model", "abstract"))
    said = lines(edition(section(entry(brief))), "zh")
    assert "泼溅。" in said
    assert "由 some-model 根据摘要撰写，已核对。" in said


def test_titles_lead_to_the_paper_and_code_to_the_code() -> None:
    """The links of an entry come from its metadata."""
    document = compose(edition(section(entry())), EN)
    links = [part.url for part in parts(document) if isinstance(part, Link)]
    assert links == ["https://arxiv.org/abs/2606.90001", "https://github.com/example/splats"]


def test_says_how_to_see_what_was_left_out() -> None:
    """Where an option raises the limit, the count of what's missing names it and its value."""
    of = edition(section(entry(), found=5))
    assert "4 more papers matched; --limit 5 shows them." in lines(of, limit_option="--limit")
    assert Code("--limit 5") in list(parts(compose(of, EN, limit_option="--limit")))


def test_numbers_run_through_all_topics() -> None:
    """One number names one paper, whatever its topic."""
    document = compose(edition(section(entry(), entry()), section(entry(), title="Splats")), EN)
    headings = [part for part in parts(document) if isinstance(part, Heading)]
    assert [(heading.level, heading.number) for heading in headings] == [
        (1, None), (2, None), (3, 1), (3, 2), (2, None), (3, 3),
    ]  # fmt: skip


def test_a_paper_is_one_group() -> None:
    """What belongs to a paper stays together when a document is split."""
    blocks = compose(edition(section(entry(), entry())), EN).blocks
    assert sum(isinstance(block, Group) for block in blocks) == 2


def test_a_quiet_day_is_one_line() -> None:
    """Nothing matched is one calm sentence with what was checked, without a heading."""
    quiet = edition(section(title="gaussian splatting"))
    assert lines(quiet) == ["Nothing on “gaussian splatting” today; 412 papers checked."]
    assert lines(quiet, "zh") == ["今天没有“gaussian splatting”的新论文，已检查 412 篇。"]


def test_a_quiet_day_in_the_past_is_named() -> None:
    """“Today” is said of today alone."""
    document = compose(edition(section(title="x")), EN, today=date(2026, 6, 29))
    assert plain(document.blocks) == "Nothing on “x”, Fri 26 June 2026; 412 papers checked."


def test_a_query_with_quotes_is_quoted_once() -> None:
    """A topic that is named by its query keeps the query's own quotes."""
    assert lines(edition(section(title='"moray eels"')))[0].startswith('Nothing on "moray eels" today;')


def test_missed_days_are_said() -> None:
    """The reader sees which dates stand for a listing that nobody read."""
    missed = replace(edition(section(entry())), dates=(THURSDAY, FRIDAY), inferred=(THURSDAY,))
    assert lines(missed)[1:3] == [
        "Thu 25 and Fri 26 June 2026",
        phrases_for("en").count(say.MISSED, 1, dates="Thu 25 June 2026"),
    ]
    assert lines(replace(missed, inferred=missed.dates), "zh")[2] == (
        "未能读取 2026 年 6 月 25 日周四和 26 日周五的公告，其论文于事后按提交时间补查。"
    )


def test_a_missing_brief_is_said_beside_the_abstract() -> None:
    """A paper without a brief shows how its abstract begins, in whole sentences, and says so."""
    long = replace(PAPER, abstract="This sentence has forty-five letters and ends. " * 12)
    of = edition(section(entry(None, paper=long)))
    said = lines(of)
    assert said[4] == ("This sentence has forty-five letters and ends. " * 6).strip()
    assert said[5] == "No summary could be made; this is how the abstract begins."
    assert "Takeaways" not in said
    assert said[-1] != "Sentences extracted from the abstracts."


def test_nothing_at_all_to_show_is_said_too() -> None:
    """A paper with neither brief nor abstract still stands there, and says what is missing."""
    assert "No summary could be made." in lines(
        edition(section(entry(None, paper=replace(PAPER, abstract=""))))
    )


def test_names_whoever_wrote_it() -> None:
    """The footer names each model once and what it read, and tells extracts from writing."""
    assert lines(written_by(("gem", "abstract"), ("gem", "abstract")))[-1] == (
        "Written by gem from abstracts, checked."
    )
    assert lines(written_by(("gem", "abstract"), ("lama", "abstract"), ("gem", "pdf")))[-1] == (
        "Written by gem and lama from abstracts, checked. Written by gem from the PDFs, checked."
    )
    assert lines(written_by(("gem", "html"), ("extract", "abstract")))[-1] == (
        "Written by gem from the papers' HTML, checked. The other sentences are extracted from the abstracts."
    )


def test_a_degraded_digest_says_so_once() -> None:
    """In its last line, with how many; beside an entry stands only what the check took from it."""
    by = replace(BRIEF, provenance=Provenance("gem", "abstract", "gemini"))
    one = edition(section(*map(entry, (by, by, replace(BRIEF, stand_in=True)))))
    assert lines(one)[-1] == (
        "Written by gem from abstracts, checked. The other sentences are extracted from the abstracts. "
        "The usual model couldn't write 1 of them now."
    )
    every = edition(section(*[entry(replace(BRIEF, stand_in=True))] * 2))
    assert lines(every)[-1] == (
        "Sentences extracted from the abstracts. The usual model couldn't write them now."
    )
    repaired = replace(by, repairs=Repairs(takeaways_dropped=2, keywords_dropped=1))
    told = lines(edition(section(entry(repaired))))
    assert "2 takeaways are left out; they didn't pass the check." in told
    assert not any("keyword" in line for line in told)


def test_reasons_of_one_field_stand_together() -> None:
    """Why a paper matched is one line, however many words were found, the most telling four at most."""
    reasons = [Reason("title", "a"), Reason("abstract", "b"), Reason("title", "c"), Reason("authors", "d")]
    said = lines(edition(section(entry(BRIEF, *reasons, Reason("comment", "e")))))
    assert "Matched: title has “a”, “c”; abstract has “b”; authors include “d”" in said


def test_each_field_has_its_words() -> None:
    """Every field that a reason can name is said in words."""
    for field in ("title", "abstract", "authors", "comment", "categories"):
        assert any(f"{field} " in line for line in lines(edition(section(entry(BRIEF, Reason(field, "x"))))))


def test_a_sample_says_that_it_is_one() -> None:
    """Invented papers are never shown without saying so."""
    of = replace(edition(section(entry())), sample=True)
    notices = [
        part for part in compose(of, EN).blocks if isinstance(part, Paragraph) and part.role is Role.NOTICE
    ]
    assert [plain((notice,)) for notice in notices] == [
        "These papers are invented, to show what a digest looks like."
    ]


def test_paper_text_is_marked_with_its_language() -> None:
    """A listener's voice changes for the papers' own words, and for those alone."""
    document = compose(edition(section(entry())), ZH)
    assert document.language == "zh"
    marked = [part.value for part in parts(document) if isinstance(part, Text) and part.language == "en"]
    assert {"Splats in ", " time", "It splats.", "Fast.", "23 pages"} <= set(marked)


def test_the_abstract_can_be_left_out() -> None:
    """Only takeaways are part of every form; the abstract is for those that have room."""
    folded = [part for part in parts(compose(edition(section(entry())), EN)) if isinstance(part, Details)]
    assert [(plain((part,)).split("\n")[0], part.optional) for part in folded] == [
        ("Takeaways", False), ("Abstract", True),
    ]  # fmt: skip


def test_several_code_links_are_told_apart() -> None:
    """Two repositories are two links with two names."""
    paper = replace(PAPER, comment="https://github.com/example/data")
    assert "Jiyong Kim, Shuang Song and 1 more · cs.CV · code · code 2" in lines(
        edition(section(entry(paper=paper)))
    )
