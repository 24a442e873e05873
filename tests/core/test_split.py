"""A split document holds what the whole held, in order, and every part is within its limit."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.document import (
    Actions,
    Block,
    Blocks,
    Button,
    Code,
    Details,
    Divider,
    Document,
    Emphasis,
    Figure,
    Group,
    Heading,
    Inline,
    Inlines,
    Link,
    List,
    Math,
    MathBlock,
    Paragraph,
    Preformatted,
    Quote,
    Strong,
    Text,
)
from digest.inlines import shorten
from digest.reading import buttons, measure, plain
from digest.split import split

WORDS = ("a", "bee", "ceded", "dé", "e-face", "cabbaged.", "Abc.", "bad,")
WORD = st.sampled_from(WORDS)
# A byte a word: drawing a list of words takes most of the time of these tests.
RUN = st.binary(min_size=1, max_size=12).map(lambda run: " ".join(WORDS[byte % len(WORDS)] for byte in run))
LEAF = st.one_of(
    st.builds(Text, RUN.map(lambda run: run + " ")),
    st.builds(Text, RUN),
    st.builds(Code, WORD),
    st.builds(Link, st.tuples(st.builds(Text, WORD)), st.just("https://example.org/")),
    st.builds(Math, st.just(r"\alpha"), st.sampled_from(["α", "a + b", "x² = y"])),
)
LINE: st.SearchStrategy[Inlines] = st.lists(
    st.one_of(LEAF, st.builds(Strong, st.tuples(LEAF)), st.builds(Emphasis, st.tuples(LEAF, LEAF))),
    min_size=1,
    max_size=4,
).map(tuple)
SIMPLE: st.SearchStrategy[Block] = st.one_of(
    st.builds(Paragraph, LINE),
    st.builds(Heading, LINE, st.integers(1, 3), st.none() | st.integers(1, 12)),
    st.builds(Figure, st.just("https://example.org/"), st.just("seen"), LINE),
    st.builds(MathBlock, st.just("x"), st.sampled_from(["x = y", "α"])),
    st.builds(
        Preformatted, st.lists(RUN | st.just(""), max_size=5).map(lambda more: "\n".join(["a", *more]))
    ),
    st.just(Divider()),
)


def several(blocks: st.SearchStrategy[Block]) -> st.SearchStrategy[Blocks]:
    """Return tuples of one to four blocks."""
    return st.lists(blocks, min_size=1, max_size=4).map(tuple)


BLOCKS = several(
    st.recursive(
        SIMPLE,
        lambda inner: st.one_of(
            st.builds(Group, several(inner)),
            st.builds(Quote, several(inner)),
            st.builds(Details, LINE, several(inner)),
            st.builds(List, st.lists(several(inner), min_size=1, max_size=4).map(tuple), st.booleans()),
        ),
        max_leaves=8,
    )
)


def length(blocks: Blocks) -> int:
    """Count characters."""
    return measure(blocks, len)


def whole(blocks: Blocks) -> Document:
    """Return a document of these blocks."""
    return Document("title", "en", blocks)


def inlines(tree: object) -> list[Inline]:
    """Return every link, formula and code in a tree, in order."""
    if isinstance(tree, Link | Math | Code):
        return [tree]
    if is_dataclass(tree):
        tree = tuple(getattr(tree, field.name) for field in fields(tree))
    return [found for branch in tree for found in inlines(branch)] if isinstance(tree, tuple) else []


def longest_word(document: Document) -> int:
    """Return the room that the longest unbreakable run with its markers can need."""
    return max(map(len, plain(document.blocks).split()), default=0)


@given(BLOCKS, st.integers(80, 400))
def test_loses_nothing_and_cuts_no_word(blocks: Blocks, limit: int) -> None:
    """Where every word fits a part, the parts' words are the whole's, in order, none cut or doubled."""
    document = whole(blocks)
    parts = split(document, limit, length)
    assert all(length(part.blocks) <= limit for part in parts)
    said = [word for part in parts for word in plain(part.blocks).split()]
    if longest_word(document) <= limit // 3:
        assert said == plain(blocks).split()
    assert "".join(said) == "".join(plain(blocks).split())


@given(BLOCKS, st.integers(80, 400))
def test_cuts_no_link_formula_or_code(blocks: Blocks, limit: int) -> None:
    """Every link, formula and code stands whole in exactly one part."""
    document = whole(blocks)
    if longest_word(document) <= limit // 3:
        parts = split(document, limit, length)
        assert [inline for part in parts for inline in inlines(part.blocks)] == inlines(blocks)


@given(BLOCKS, st.integers(12, 40))
def test_even_a_small_limit_holds(blocks: Blocks, limit: int) -> None:
    """Words longer than a part are cut, and still no character is lost and every part fits."""
    try:
        parts = split(whole(blocks), limit, length)
    except ValueError:
        pytest.fail("a limit of twelve characters holds one character of anything")
    assert all(length(part.blocks) <= limit for part in parts)
    assert "".join(plain(part.blocks) for part in parts).split() or not plain(blocks).strip()
    joined = "".join("".join(plain(part.blocks).split()) for part in parts)
    assert joined == "".join(plain(blocks).split())


@given(BLOCKS)
def test_what_fits_is_not_cut(blocks: Blocks) -> None:
    """A document within the limit is its own only part."""
    document = whole(blocks)
    assert split(document, length(blocks), length) == (document,)


@given(st.lists(RUN, min_size=1, max_size=9), st.integers(40, 120))
def test_breaks_between_groups_first(texts: list[str], limit: int) -> None:
    """A group that fits a part by itself is never torn."""
    groups = tuple(Group((Paragraph((Text(text),)),)) for text in texts)
    parts = split(whole(groups), limit, length)
    kept = {block for part in parts for block in part.blocks}
    assert all(group in kept for group in groups if length((group,)) <= limit)


def test_a_part_holds_as_much_as_it_can() -> None:
    """No two neighbouring parts of whole groups would have fitted into one."""
    groups = tuple(Group((Paragraph((Text("word " * size),)),)) for size in (3, 5, 2, 9, 1, 4))
    parts = split(whole(groups), 60, length)
    assert all(length((*a.blocks, b.blocks[0])) > 60 for a, b in pairwise(parts))


def noted(words: int) -> Group:
    """Return a paper with so many words of notes folded away, and its button."""
    notes = tuple(Paragraph((Text("Notes say nine."),)) for _ in range(words // 3))
    title = Heading((Text("Rivers"),), 2, 1)
    return Group((title, Actions((Button("Read", "notes"),)), Details((Text("Notes"),), notes)))


def test_what_leads_up_to_a_long_group_stands_with_its_beginning() -> None:
    """No message holds the heading of a digest alone because its first paper fills more than one."""
    opening = (Heading((Text("All rivers"),), 1), Paragraph((Text("Friday"),)))
    first, *_ = split(whole((*opening, noted(60))), 120, length)
    assert first.blocks[:2] == opening
    assert "Notes say nine." in plain(first.blocks[2:])


def test_what_leads_up_to_a_group_that_fits_alone_tears_nothing() -> None:
    """A paper that fits a message is whole in it, even if the heading takes the room beside it."""
    opening, paper = Paragraph((Text("All rivers"),)), noted(18)
    first, second = split(whole((opening, paper)), length((paper,)) + 5, length)
    assert (first.blocks, second.blocks) == ((opening,), (paper,))


def test_long_groups_follow_each_other() -> None:
    """Papers a little longer than a message take as many as their text does, each button under its title."""
    papers = (noted(36),) * 4
    parts = split(whole(papers), length((papers[0],)) - 20, length)
    assert len(parts) <= len(papers) + 1
    for part in parts:
        assert len(buttons(part.blocks)) == plain(part.blocks).count("1. Rivers")
        assert "Notes say nine." in plain(part.blocks)


def test_a_heading_stays_with_what_it_heads() -> None:
    """A part never ends with a heading whose text is in the next one."""
    heading = Heading((Text("Results"),), 2)
    body = Paragraph((Text("filler " * 10),))
    parts = split(whole((body, heading, body)), 90, length)
    assert [part.blocks[0] for part in parts] == [body, heading]


def test_breaks_after_a_sentence() -> None:
    """Inside a paragraph a sentence's end is preferred to a word's."""
    text = "The first sentence is here. The second one is rather longer than that."
    parts = split(whole((Paragraph((Text(text),)),)), 45, length)
    assert plain(parts[0].blocks) == "The first sentence is here."


def test_an_abbreviation_ends_no_sentence() -> None:
    """“et al.” isn't taken for the end of a sentence."""
    text = "Following the work of Kim et al. Gaussian splats are used in scenes here."
    parts = split(whole((Paragraph((Text(text),)),)), 45, length)
    assert plain(parts[0].blocks) == "Following the work of Kim et al. Gaussian"


def test_a_continued_list_counts_on() -> None:
    """The second part of an ordered list begins with the number that is due."""
    items = tuple((Paragraph((Text(f"item {letter} of many"),)),) for letter in "abcd")
    parts = split(whole((List(items, ordered=True),)), 40, length)
    assert plain(parts[1].blocks).startswith("3. item c")


def test_continued_details_have_no_second_summary() -> None:
    """What is folded away stays folded in every part, and its summary is said once."""
    details = Details((Text("Takeaways"),), tuple(Paragraph((Text("filler " * 5),)) for _ in range(4)))
    parts = split(whole((details,)), 60, length)
    assert len(parts) > 1
    assert all(isinstance(part.blocks[0], Details) for part in parts)
    assert [plain(part.blocks).count("Takeaways") for part in parts] == [1] + [0] * (len(parts) - 1)


def test_a_torn_heading_is_numbered_once() -> None:
    """A heading longer than a part keeps its number in the first part alone."""
    parts = split(whole((Heading((Text("long " * 20),), 2, number=7),)), 40, length)
    assert [plain(part.blocks)[0] for part in parts] == ["7"] + ["l"] * (len(parts) - 1)


def test_a_long_link_becomes_links_to_the_same_place() -> None:
    """A link longer than a part is the only kind that is cut, and each piece still leads there."""
    link = Link((Text("a very long link text " * 3),), "https://example.org/")
    parts = split(whole((Paragraph((link,)),)), 30, length)
    assert all(
        isinstance(inline, Link) and inline.url == link.url
        for part in parts
        for inline in inlines(part.blocks)
    )
    assert plain(parts[0].blocks) == "a very long link text a very"


@pytest.mark.parametrize(
    "cluster", ["e\u0301", "👩\u200d🔬", "👍🏽", "🇨🇳", "한"], ids=["accent", "joined", "tone", "flag", "jamo"]
)
def test_a_word_is_cut_between_graphemes(cluster: str) -> None:
    """A word longer than a part is cut only where a reader sees a character end."""
    parts = split(whole((Paragraph((Text(cluster * 30),)),)), 20, length)
    assert all(len(plain(part.blocks)) % len(cluster) == 0 for part in parts)


def test_a_grapheme_longer_than_a_part_is_cut_too() -> None:
    """A letter under a hundred accents can't stop a delivery."""
    parts = split(whole((Paragraph((Text("e" + "\u0301" * 100),)),)), 20, length)
    assert "".join(plain(part.blocks) for part in parts) == "e" + "\u0301" * 100


def test_chinese_breaks_between_characters_but_not_before_a_full_stop() -> None:
    """Chinese has no spaces: it breaks anywhere but before closing and after opening marks."""
    parts = split(whole((Paragraph((Text("高斯泼溅，是一种“表示”方法。" * 8),)),)), 19, length)
    starts = [plain(part.blocks)[0] for part in parts]
    ends = [plain(part.blocks)[-1] for part in parts]
    assert not set(starts) & set("，。”")
    assert "“" not in ends


def test_another_measure_may_count_anything() -> None:
    """A platform that limits the number of blocks rather than the text hands in its own measure."""
    blocks = tuple(Paragraph((Text(f"{number}"),)) for number in range(7))
    assert [len(part.blocks) for part in split(whole(blocks), 3, len)] == [3, 3, 1]


def test_buttons_are_shared_out() -> None:
    """A row of more buttons than a message holds becomes two rows."""
    row = Actions(tuple(Button(str(number), action="read") for number in range(5)))

    def pressed(blocks: Blocks) -> int:
        return sum(len(block.buttons) for block in blocks if isinstance(block, Actions))

    parts = split(whole((row,)), 3, pressed)
    assert [pressed(part.blocks) for part in parts] == [3, 2]


def test_a_papers_button_goes_with_it() -> None:
    """However a digest is cut between its entries, each button is in the message that has its entry."""
    entries = tuple(
        Group((Paragraph((Text(f"entry {number}"),)), Actions((Button(f"Read {number}", action="read"),))))
        for number in range(5)
    )
    for part in split(whole(entries), 20, length):
        labels = [button.label for button in buttons(part.blocks)]
        assert [label.removeprefix("Read ") for label in labels] == re.findall(
            r"entry (\d)", plain(part.blocks)
        )


def test_a_limit_below_one_character_is_an_error() -> None:
    """A limit that nothing can meet is said, not looped on."""
    with pytest.raises(ValueError, match="too small"):
        split(whole((Paragraph((Text("word"),)),)), 0, length)


def test_an_empty_document_is_one_empty_part() -> None:
    """There is always a part to send."""
    assert split(whole(()), 10, length) == (whole(()),)


@given(LINE, st.integers(1, 200))
def test_shortening_keeps_a_beginning(line: Inlines, limit: int) -> None:
    """A shortened line is within its limit and the beginning of the line."""
    short = plain((Paragraph(shorten(line, limit)),))
    assert len(short) <= limit
    assert re.sub(r"\s", "", plain((Paragraph(line),))).startswith(re.sub(r"\s", "", short))


def test_lines_to_copy_are_cut_between_entries() -> None:
    """Lines that a program reads part at an empty line, else between two, within one only if need be."""
    entries = "".join(f"@misc{{x{n},\n  year = {n},\n}}\n\n" for n in range(3))
    parts = split(Document("", "en", (Preformatted(entries, "bibtex"),)), 50, length)
    assert [plain(part.blocks) for part in parts] == [
        "@misc{x0,\n  year = 0,\n}\n\n@misc{x1,\n  year = 1,\n}",
        "@misc{x2,\n  year = 2,\n}",
    ]
    assert all(block.language == "bibtex" for part in parts for block in part.blocks)  # type: ignore[union-attr]
    parts = split(Document("", "en", (Preformatted("aaaa\nbbbb\ncccc"),)), 9, length)
    assert [plain(part.blocks) for part in parts] == ["aaaa\nbbbb", "cccc"]
    parts = split(Document("", "en", (Preformatted("one two three"),)), 8, length)
    assert [plain(part.blocks) for part in parts] == ["one two", "three"]
