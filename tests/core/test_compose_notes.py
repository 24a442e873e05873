"""Notes become a document: eight sections under labels of one language, each claim with where it's from."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.annotations import Annotation
from digest.compose_list import list_notes
from digest.compose_notes import compose_notes, figure_blocks, notes_blocks
from digest.document import Details, Document, Figure, Group, Heading
from digest.fulltext import Form, FullPaper, Miss, Picture, Shortfall
from digest.model import Provenance
from digest.notes import Claim, Coverage, Field, Notes, Taken
from digest.reading import papers, plain, words
from digest.render import html
from digest.summaries.notes.extract import extract_notes
from digest.translation import phrases_for
from tests.fullpapers import RIVERS, full_paper

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

CHINESE = Notes(
    language="zh",
    provenance=Provenance("gemini-test-001", "pdf", "gemini"),
    coverage=Coverage(Form.PDF, 8, 12, 12),
    translated_title="用少量石头弯曲河流",
    affiliation="University of Rivers, Basel",
    keywords=("河流", "石头", "洪水预测"),
    background=(Claim("河岸决口时，河边的城镇会被淹没。", "Introduction"),),
    earlier=(Claim("FlowSim 求解流动方程，对长河而言代价高昂。", "Related Work"),),
    method=(
        Claim("论文提出 RiverNet 模型。", "Introduction"),
        Claim("它只读取河岸的石头。", "Introduction"),
        Claim("它无需地图。", "Experiments"),
    ),
    results=(Claim("该模型解释了 40 条河流 92.5% 的弯曲。", "Abstract"),),
    steps=(
        Claim("输入河岸照片，测量每块石头的大小。", "Reading Stones"),
        Claim("大小构成压力图，其最高点即下一个弯。", "Predicting Bends"),
    ),
    significance=(Claim("城镇可以提前搬迁房屋。", "Conclusion"),),
    innovation=(Claim("首次仅凭石头预测弯曲。"),),
    performance=(Claim("RiverNet 达到 92.5%，FlowSim 为 71.0%。", "Experiments"),),
    missing=(Field.WORKLOAD,),
    refused=(Field.WORKLOAD,),
)
ENGLISH = replace(extract_notes(RIVERS, full_paper()), stand_in=True)


def document(notes: Notes, language: str, paper: FullPaper | None = None) -> Document:
    """Compose notes of the paper about rivers."""
    return compose_notes(RIVERS, notes, paper or full_paper(), phrases_for(language))


def lines(notes: Notes, language: str = "en", paper: FullPaper | None = None) -> list[str]:
    """Return what they say, line by line."""
    return plain(document(notes, language, paper).blocks).splitlines()


@pytest.mark.parametrize(
    ("notes", "language"),
    [(CHINESE, "zh"), (ENGLISH, "en"), (ENGLISH, "zh")],
    ids=["written in Chinese", "extracted in English", "extracted under Chinese"],
)
def test_notes_look_like_this(snapshot: SnapshotAssertion, notes: Notes, language: str) -> None:
    """Labels in the reader's language alone; sections behind claims; missing and provenance at the end."""
    assert plain(document(notes, language).blocks) == snapshot


def test_chinese_labels_are_those_of_the_seed() -> None:
    """In their order, and no label in English."""
    said = "\n".join(lines(CHINESE, "zh"))
    facts, brief = "标题 作者 单位 关键词 链接", "摘要 背景 已有方法及问题 方法 任务与效果"
    labels = f"{facts} {brief} 方法 结论 意义 创新点 性能".split()
    at = 0
    for label in labels:
        at = said.index(label, at) + len(label)
    assert not re.search("Summary|Background|Method:|Conclusion:|Authors", said)


def test_metadata_comes_from_metadata() -> None:
    """Title, authors, links, and code from abstract and first page, each once."""
    said = lines(CHINESE, "zh")
    assert said[0] == RIVERS.title
    assert "作者：Ada Ash 和 Ben Birch" in said
    assert sum("github.com/example/rivernet" in line for line in said) == 1


def test_a_section_is_named_once_behind_what_came_from_it() -> None:
    """Neighbours from one section share its name."""
    line = next(line for line in lines(CHINESE, "zh") if "RiverNet 模型" in line)
    assert line.count("Introduction") == 1
    assert line.endswith("（Experiments）")


def test_the_paper_is_known_to_who_sends_it() -> None:
    """The document names its paper, and begins with its title as the only heading of the first level."""
    of = document(ENGLISH, "en")
    assert papers(of.blocks) == (str(RIVERS.id),)
    (group,) = of.blocks
    assert isinstance(group, Group)
    levels = [block.level for block in group.blocks if isinstance(block, Heading)]
    assert levels == [1, 2, 2, 2]


def test_blocks_alone_have_no_title_and_no_figures() -> None:
    """A digest or a post brings its own; headings take the level that it says."""
    blocks = notes_blocks(RIVERS, CHINESE, full_paper(), phrases_for("zh"), level=3)
    assert [block.level for block in blocks if isinstance(block, Heading)] == [3, 3, 3]
    assert not any(isinstance(block, Details | Figure) for block in blocks)


def test_a_caption_that_fills_a_page_is_cut_in_a_chat() -> None:
    """After a sentence, with a sign that more follows; a post has it whole."""
    long = "Two banks of a river. " * 40
    paper = full_paper(figures=(Picture("Figure 1", long.strip(), ("figure-1.png",), 2),))
    (short,) = figure_blocks(paper, phrases_for("en"), longest=300)
    (whole,) = figure_blocks(paper, phrases_for("en"))
    assert isinstance(short, Figure)
    assert isinstance(whole, Figure)
    assert words(short.caption).endswith("of a river. …")
    assert 200 < len(words(short.caption)) <= 300
    assert words(whole.caption) == f"Figure 1: {long.strip()}"


def test_figures_have_captions_and_addresses() -> None:
    """Those whose image was found, folded; a picture of several parts has one caption."""
    several = Picture("Figure 3", "Both.", ("a.png", "b.png"))
    paper = full_paper(figures=(*full_paper().figures, several))
    figures = figure_blocks(paper, phrases_for("en"), lambda name: f"https://arxiv.org/{name}")
    assert all(isinstance(figure, Figure) for figure in figures)
    assert [(figure.url, bool(figure.caption)) for figure in figures if isinstance(figure, Figure)] == [
        ("https://arxiv.org/figure-1.png", True),
        ("https://arxiv.org/a.png", True),
        ("https://arxiv.org/b.png", False),
    ]
    (group,) = document(ENGLISH, "en", paper).blocks
    assert isinstance(group, Group)
    (details,) = (block for block in group.blocks if isinstance(block, Details))
    assert plain(details.blocks[:1]) == "Figure 1: A bank before t = 3 and after it."


HTML = "Sentences extracted from the paper's HTML. 9 sections were read."
PDF = "Sentences extracted from the PDF."


@pytest.mark.parametrize(
    ("coverage", "said"),
    [
        (Coverage(Form.HTML, 9), HTML),
        (Coverage(Form.PDF, 9, 1, 1), f"{PDF} 1 page was read."),
        (Coverage(Form.PDF, 9, 1_000, 100), f"{PDF} Of 1,000 pages, the first 100 were read."),
        (Coverage(Form.HTML, 9, unread=("More", "Data")), f"{HTML} Not read: “More”, “Data”."),
        (
            Coverage(Form.HTML, 9, unread=tuple("abcdefg")),
            f"{HTML} Not read: “a”, “b”, “c”, “d”, “e” and 2 more sections.",
        ),
    ],
)
def test_it_says_what_was_read(coverage: Coverage, said: str) -> None:
    """Nothing is cut in silence."""
    assert lines(replace(ENGLISH, coverage=coverage, stand_in=False))[-1] == said


@pytest.mark.parametrize("why", Shortfall)
def test_it_says_why_only_the_abstract_was_read(why: Shortfall) -> None:
    """Each reason in words of its own, those of the PDF."""
    misses = (Miss(Form.HTML, Shortfall.MISSING), Miss(Form.PDF, why))
    paper = FullPaper(Form.ABSTRACT, "", (), misses=misses)
    said = {
        one: lines(
            replace(ENGLISH, coverage=Coverage(Form.ABSTRACT, 0)), paper=replace(paper, misses=(miss,))
        )[-1]
        for one, miss in {why: misses[1], None: Miss(Form.PDF, Shortfall.MISSING)}.items()
    }
    assert "Only the abstract was read; " in said[why]
    assert (said[why] == said[None]) == (why is Shortfall.MISSING)


def test_what_is_missing_is_told_with_its_reason() -> None:
    """What the paper doesn't say, apart from what the check refused."""
    notes = replace(CHINESE, missing=(Field.AFFILIATION, Field.STEPS, Field.WORKLOAD), refused=(Field.STEPS,))
    said = "\n".join(lines(notes))
    assert "Left out, because what the model wrote didn't pass the check: Method, step by step." in said
    assert "Not found in the paper: Affiliation, Workload." in said


@pytest.mark.parametrize(
    ("coverage", "place"),
    [
        (Coverage(Form.ABSTRACT, 0), "the abstract"),
        (Coverage(Form.PDF, 9, 1_000, 100), "what was read of the paper"),
        (Coverage(Form.HTML, 9, unread=("Data",)), "what was read of the paper"),
        (Coverage(Form.HTML, 9), "the paper"),
    ],
)
def test_nothing_is_missed_where_nobody_looked(coverage: Coverage, place: str) -> None:
    """A field is missing from what was read, which may be the abstract alone."""
    notes = replace(CHINESE, refused=(), coverage=coverage)
    assert f"Not found in {place}: Workload." in lines(notes)
    listed = plain(list_notes(RIVERS, Annotation(Taken(notes, full_paper())), phrases_for("en")))
    assert f"Workload: not found in {place}." in listed


def test_code_is_missed_only_where_it_was_looked_for() -> None:
    """Whoever read the abstract alone can't tell that a paper names none."""
    for paper, said in (
        (replace(full_paper(), code=()), "Code: none named."),
        (FullPaper(Form.ABSTRACT, "", ()), "Code: none named in the abstract."),
    ):
        unnamed = replace(RIVERS, abstract="Rivers bend.", comment=None)
        told = plain(compose_notes(unnamed, CHINESE, paper, phrases_for("en")).blocks)
        assert said in told


@pytest.mark.parametrize(
    ("notes", "said"),
    [
        (replace(ENGLISH, unfit=True), "What the model wrote didn't pass the check."),
        (
            replace(CHINESE, stand_in=True, unfit=True),
            "What the usual model wrote didn't pass the check.",
        ),
        (replace(CHINESE, stand_in=True), "The usual model couldn't write it now."),
    ],
)
def test_a_stand_in_says_why_it_stands_in(notes: Notes, said: str) -> None:
    """That nobody wrote is another thing than that it wasn't good enough."""
    assert said in lines(notes)[-1]


def test_pictures_are_described_in_a_few_words() -> None:
    """A caption that fills a page is heard once: below the picture."""
    long = "A river with its banks. " * 80
    paper = FullPaper(Form.PDF, "", (), figures=(Picture("Figure 2", long, ("a.png", "b.png")),))
    first, second = figure_blocks(paper, phrases_for("en"))
    assert isinstance(first, Figure)
    assert isinstance(second, Figure)
    assert first.description == second.description
    assert first.description.startswith("Figure 2: A river with its banks.")
    assert len(first.description) <= 100
    assert (words(first.caption), second.caption) == (f"Figure 2: {long}".strip(), ())


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("Figure 1", "图 1：河流。"),
        ("Table A.2", "表 A.2：河流。"),
        ("Supplementary figure 3", "Supplementary figure 3：河流。"),
        ("Figure", "Figure：河流。"),
        ("Figure 1 to 3", "Figure 1 to 3：河流。"),
        ("", "河流。"),
    ],
)
def test_figures_are_labelled_in_the_language_of_the_notes(label: str, said: str) -> None:
    """Where the label is one that every paper has."""
    paper = FullPaper(Form.PDF, "", (), figures=(Picture(label, "河流。", ("a.png",)),))
    (figure,) = figure_blocks(paper, phrases_for("zh"))
    assert isinstance(figure, Figure)
    assert words(figure.caption) == said


def test_a_collaboration_does_not_fill_the_page() -> None:
    """Of three thousand authors thirty are named."""
    paper = replace(RIVERS, authors=tuple(f"Author {n}" for n in range(3_000)))
    said = plain(notes_blocks(paper, CHINESE, full_paper(), phrases_for("en"), level=2))
    assert "Author 29 and 2,970 more" in said


@given(st.text(min_size=1), st.text())
def test_text_of_models_and_papers_is_data(claim: str, section: str) -> None:
    """Whatever stands in it, the page stays the page."""
    notes = replace(
        CHINESE, background=(Claim(f"<b>{claim}", f"<script>{section}"),), affiliation=f"<i>{section}"
    )
    page = html.render(document(notes, "en"))
    assert "<script>" not in page.partition("<body")[2]
    assert "<b>" not in page
    assert "<i>" not in page
