"""The loopback Bot API reads text as Telegram does: its tags, its errors, its units, its guesses."""

from __future__ import annotations

from html import escape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.servers.telegram.detection import detect, written
from tests.servers.telegram.texts import MarkupError, nested_quotes, parse_html, part, units


def entities(html: str) -> list[tuple[str, str]]:
    """Kinds and the words they are about."""
    text, found = parse_html(html)
    return [(entity["type"], part(text, entity)) for entity in found]


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<b>a</b> <strong>b</strong>", [("bold", "a"), ("bold", "b")]),
        ("𝒳 <i>é<u>x</u></i>", [("italic", "éx"), ("underline", "x")]),
        ('<a href="https://a.org/?x=1&amp;y">t</a>', [("text_link", "t")]),
        ("<blockquote>q<b>b</b></blockquote>", [("blockquote", "qb"), ("bold", "b")]),
        ("<blockquote expandable>q</blockquote>", [("expandable_blockquote", "q")]),
        ("<tg-spoiler>s</tg-spoiler><span class='tg-spoiler'>t</span>", [("spoiler", "s"), ("spoiler", "t")]),
        ('<pre><code class="language-python">x</code></pre>', [("pre", "x")]),
        ("<b>a<code>c</code>d</b>", [("bold", "a"), ("code", "c"), ("bold", "d")]),
        ("<B>x</B >", [("bold", "x")]),
        ("<b> </b>x", []),
        ("<b></b>x", []),
        ('<a href="nonsense">x</a>', []),
    ],
)
def test_tags_become_entities(html: str, found: list[tuple[str, str]]) -> None:
    """Telegram's tags, nested, in UTF-16 units; styles end at code; what marks nothing is dropped."""
    assert entities(html) == found


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("é<p>x</p>", 'Unsupported start tag "p" at byte offset 2'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<a href=http://x>t</a>", "Unexpected end of name token at byte offset"),
    ],
)
def test_what_telegram_cant_parse(html: str, said: str) -> None:
    """Its own sentences, with offsets in bytes."""
    with pytest.raises(MarkupError) as error:
        parse_html(html)
    assert str(error.value).startswith(said)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("&lt;&gt;&amp;&quot;&#39;&#x27;", "<>&\"''"),
        ("&nbsp; &copy;", "&nbsp; &copy;"),
        ("&lt", "<"),
        (" \n <b> x </b> \n", "x"),
        ("a\tb\r\nc", "a b \nc"),
        ("a &&& b", "a &&& b"),
    ],
)
def test_references_and_trimming(html: str, text: str) -> None:
    """Four names and numbers are known, others stay as they are; white space at the ends goes."""
    assert parse_html(html)[0] == text


def test_a_quote_in_a_quote_is_seen() -> None:
    """Telegram doesn't keep them, so a bot that writes them is told."""
    text, found = parse_html("<blockquote>a<b>b</b></blockquote>")
    assert (text, nested_quotes(found)) == ("ab", False)
    quote: dict[str, Any] = {"type": "blockquote", "offset": 0, "length": 3}
    assert nested_quotes([quote, {**quote, "offset": 1, "length": 1}])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see cs.CL, cs.LG and cs.AI.", [("url", "cs.CL"), ("url", "cs.AI")]),
        ("(https://arxiv.org/abs/2408.16725).", [("url", "https://arxiv.org/abs/2408.16725")]),
        ("arxiv.org/abs/2408.16725v2", [("url", "arxiv.org/abs/2408.16725v2")]),
        ("/start /help@some_bot and/or", [("bot_command", "/start"), ("bot_command", "/help@some_bot")]),
        ("@ada_l #nlp2 #1 a.b@c.org", [("mention", "@ada_l"), ("hashtag", "#nlp2"), ("email", "a.b@c.org")]),
        ("version 1.2.3 e.g. 2408.16725", []),
        ("𝒳 /go", [("bot_command", "/go")]),
    ],
)
def test_plain_words_are_searched(text: str, found: list[tuple[str, str]]) -> None:
    """Links without a scheme, commands, mentions, tags, addresses; categories that look like domains."""
    words, marks = written(text)
    assert [(mark["type"], part(words, mark)) for mark in marks] == found


def test_code_is_not_searched() -> None:
    """A category in code stays one."""
    text, found = parse_html("<code>cs.CL</code> cs.CV")
    assert [(mark["type"], part(text, mark)) for mark in detect(text, found)] == [
        ("code", "cs.CL"),
        ("url", "cs.CV"),
    ]


WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30)


@given(st.lists(st.tuples(st.sampled_from(["", "b", "i", "u", "code", "blockquote"]), WORDS), max_size=8))
def test_any_escaped_text_survives(pieces: list[tuple[str, str]]) -> None:
    """What is escaped comes back word for word, and each entity covers what was marked."""
    html = "".join(f"<{tag}>{escape(words)}</{tag}>" if tag else escape(words) for tag, words in pieces)
    text, found = parse_html(html)
    whole = "".join(words for _, words in pieces)
    assert text == whole.strip(" ")
    assert units(text) == sum(2 if ord(letter) > 0xFFFF else 1 for letter in text)
    for entity in found:
        assert part(text, entity).strip()
        assert entity["offset"] + entity["length"] <= units(text)


@given(st.text(max_size=60))
def test_any_markup_is_read_or_refused(html: str) -> None:
    """Nothing but a sentence of Telegram's comes out of markup that is broken."""
    try:
        text, found = parse_html(html)
    except MarkupError:
        return
    assert all(entity["offset"] + entity["length"] <= units(text) for entity in found)
