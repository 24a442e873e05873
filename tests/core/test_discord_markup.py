"""Text is data on Discord: Markdown that an independent reader takes for just what the document says."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.platforms.discord.escaping import JOINER, begun, escaped, target
from bot.platforms.discord.markup import line, unformatted
from digest.document import Code, Emphasis, Link, Math, Paragraph, Strong, Text
from digest.safety import printable
from tests.servers.discord.markdown import Client, Node, nodes, parse, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.document import Inlines
    from tests.servers.discord.markdown import Piece

ADDRESS = "https://example.org/a_(b)*?c=~d"
SIGNS = [
    *"*_~|`[]()<>#-+.:@!\\/ \n123aZé中⭐🤗\u202e\u200b",
    *("**", "__", "~~", "||", "```", "](", "-# ", "## ", "> ", "- ", "1. ", "https://", "@everyone", "@here"),
    *("<@1234>", "<@&1>", "<#1>", "<:a:1>", "<t:1:R>", "</a:1>", ":smile:", "[a](https://evil.example/)"),
    *("https://evil.example/x", "<https://evil.example/x>", "discord.gg/abc", "https://discord.gg/abc"),
]
WILD = st.lists(st.sampled_from(SIGNS) | st.characters(codec="utf-8"), max_size=14).map("".join)
TAME = st.text(st.sampled_from("abc é中1"), min_size=1, max_size=8).filter(str.strip)


class Letter(NamedTuple):
    """A character and how it's shown."""

    letter: str
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    url: str = ""


def inlines(words: st.SearchStrategy[str]) -> st.SearchStrategy[Inlines]:
    """Return lines in every formatting, nested too."""
    leaf = st.one_of(st.builds(Text, words), st.builds(Code, words), st.builds(Math, words, words))
    nested = st.recursive(
        leaf,
        lambda inner: st.one_of(
            st.builds(Strong, st.lists(inner, max_size=3).map(tuple)),
            st.builds(Emphasis, st.lists(inner, max_size=3).map(tuple)),
            st.builds(Link, st.lists(leaf, max_size=3).map(tuple), st.just(ADDRESS)),
        ),
        max_leaves=6,
    )
    return st.lists(nested, max_size=4).map(tuple)


def meant(content: Inlines, style: Letter) -> Iterator[Letter]:
    """Yield every character that inlines say but white space, which formatting may leave out."""
    for inline in content:
        match inline:
            case Text(value) | Math(_, value) | Code(value):
                here = style._replace(code=isinstance(inline, Code))
                yield from (here._replace(letter=each) for each in printable(value) if not each.isspace())
            case Strong(inner):
                yield from meant(inner, style._replace(strong=True))
            case Emphasis(inner):
                yield from meant(inner, style._replace(emphasis=True))
            case Link(inner, url):
                yield from meant(inner, style._replace(url=target(url)))


def read(pieces: tuple[Piece, ...], style: Letter) -> Iterator[Letter]:
    """Yield every character that is shown but white space and what nobody sees."""
    for piece in pieces:
        if isinstance(piece, str):
            words = piece.replace(JOINER, "")
            yield from (style._replace(letter=each) for each in words if not each.isspace())
            continue
        styles = {
            "bold": style._replace(strong=True),
            "italic": style._replace(emphasis=True),
            "code": style._replace(code=True),
            "link": style._replace(url=piece.about),
            "url": style._replace(url=piece.about),
        }
        yield from read(piece.inner, styles[piece.kind])  # any other kind was never meant


@settings(max_examples=60)
@given(inlines(TAME), st.booleans())
def test_formatting_is_what_was_meant(content: Inlines, strong: bool) -> None:  # noqa: FBT001 - drawn
    """Every letter is bold, stressed, code or a link where the document says so, on every client."""
    wanted = list(meant(content, Letter("", strong)))
    for client in Client:
        assert list(read(parse(line(content, strong=strong), client), Letter(""))) == wanted


@settings(max_examples=100)
@given(inlines(WILD), st.booleans())
@example((Link((Text("1. [Re] A* <b> :a: https://x.example/"),), ADDRESS),), False)  # noqa: FBT003 - drawn
@example((Strong((Text("a*"),)), Text("*b"), Strong((Text("**"),))), False)  # noqa: FBT003
def test_hostile_text_says_no_more_than_its_letters(content: Inlines, strong: bool) -> None:  # noqa: FBT001
    """All letters are there in order; none is bold, code or leads anywhere that the document didn't say."""
    wanted = list(meant(content, Letter("", strong)))
    for client in Client:
        found = list(read(parse(line(content, strong=strong), client), Letter("")))
        assert [each.letter for each in found] == [each.letter for each in wanted]
        for seen, each in zip(found, wanted, strict=True):
            assert seen.strong <= each.strong
            assert seen.emphasis <= each.emphasis
            assert seen.code <= each.code
        for url, same in groupby(found, key=lambda letter: letter.url):
            words = "".join(letter.letter for letter in same)
            assert url in {"", target(ADDRESS)} or words == url


@settings(max_examples=100)
@given(WILD)
def test_text_without_formatting_stays_without(text: str) -> None:
    """What is sent where components are refused is plain, and nobody is mentioned in it."""
    for client in Client:
        found = parse(unformatted((Paragraph((Text(text),)),)), client)
        assert {node.kind for node in nodes(found)} <= {"url"}
        assert "".join(shown(found).replace(JOINER, "").split()) == "".join(printable(text).split())


@given(WILD)
def test_nobody_is_mentioned_in_the_source(text: str) -> None:
    """The server looks for names in the source, escapes or not; it finds none, and no invitation."""
    written = escaped(text)
    assert "@" not in written.replace(f"@{JOINER}", "")
    assert "discord.gg/" not in re.sub("<https?://[^>]*>", "", written)  # within another address it's none


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("A* search", r"A\* search"),
        ("1. first", r"1\. first"),
        ("3.5 times", "3.5 times"),
        ("# of papers", r"\# of papers"),
        ("-1 is less", r"\-1 is less"),
        ("At 07:00: now", r"At 07\:00: now"),
        ("see https://a.example/b_c.", "see <https://a.example/b_c>."),
        ("see https://w.example/A_(b)).", "see <https://w.example/A_(b)>)."),
    ],
)
def test_signs_are_escaped_where_they_mean_something(text: str, written: str) -> None:
    """What people often write is written as it should be."""
    assert begun(escaped(text)) == written


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "discord://app",
        "https://discord.gg/abc",
        "https://www.discord.com/invite/abc",
        "https://a@b.example/",
        "https://exa mple.org",
    ],
)
def test_only_links_to_the_web_are_links(url: str) -> None:
    """A link elsewhere, or one that Discord would show as an invitation, leaves its words alone."""
    assert line((Link((Text("here"),), url),)) == "here"


@pytest.mark.parametrize("url", ["https://a.example/x.", "https://a.example/(x)", "https://a.example/**x**"])
def test_a_link_ends_where_its_address_does(url: str) -> None:
    """Signs in an address end neither the link nor the bold around it."""
    for client in Client:
        (bold,) = parse(line((Link((Text("here"),), url),), strong=True), client)
        assert isinstance(bold, Node)
        (link,) = bold.inner
        assert link == Node("link", ("here",), target(url))


def test_a_title_of_signs_fills_no_message() -> None:
    """A title is cut into four links at most, so that nobody blows a message up with its own address."""
    written = line((Link((Text("a*" * 200),), ADDRESS),))
    assert written.count("](<") == 4
