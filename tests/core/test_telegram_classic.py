"""Classic messages are HTML that Telegram reads, within its limits, and say only what the document says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.telegram.keyboard import DATA_BYTES, keyboard, rows
from bot.platforms.telegram.markup import markup, unformatted, utf16
from bot.platforms.telegram.messages import classic, read_body
from bot.platforms.telegram.rich import rich_blocks
from digest.document import (
    Actions,
    Button,
    Details,
    Document,
    Group,
    Link,
    Paragraph,
    Preformatted,
    Quote,
    Strong,
    Text,
)
from tests.core.test_telegram_rich import HOSTILE, LABEL, WILD
from tests.servers.telegram.texts import nested_quotes, parse_html

if TYPE_CHECKING:
    from digest.document import Blocks

TYPICAL = "Attention & <Memory> for @readers"
LABELS = st.lists(LABEL, max_size=130)


def said(text: str) -> str:
    """Return a text without what nobody sees, and with every gap as one blank."""
    return " ".join(text.replace("\u2060", "").split())


@given(HOSTILE)
def test_no_tag_stays_open_and_no_quote_stands_in_a_quote(blocks: Blocks) -> None:
    """Whatever a document holds, Telegram can parse it, and reads the same words as without markup."""
    text, entities = parse_html(markup(blocks))
    assert not nested_quotes(entities)
    assert said(text) == said(unformatted(blocks))


@given(WILD)
def test_text_is_data(text: str) -> None:
    """Brackets, ampersands and whatever else papers hold are shown, never obeyed; nobody is mentioned."""
    read, entities = parse_html(markup((Paragraph((Text(text),)),)))
    assert not entities
    assert not re.search("@(?!\u2060|$)", read)
    assert read.count("@") == text.count("@")


def test_a_paper_cant_mention_anybody_nor_write_tags() -> None:
    """The name after @ is cut off from it by what nobody sees; brackets arrive as such."""
    html = markup((Paragraph((Strong((Text(TYPICAL),)),)),))
    assert html == "<b>Attention &amp; &lt;Memory&gt; for @\u2060readers</b>"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "tg://user?id=1", "file:///etc/passwd"])
def test_only_links_to_the_web_are_links(url: str) -> None:
    """A link elsewhere, such as one that mentions somebody, leaves its words alone."""
    assert markup((Paragraph((Link((Text("here"),), url),)),)) == "here"


def test_a_quote_in_a_fold_is_part_of_it() -> None:
    """Telegram has no quotes in quotes, so the outer one holds all."""
    fold = Details((Text("More"),), (Quote((Paragraph((Text("words"),)),)),))
    assert markup((fold,)) == "<blockquote expandable><b>More</b>\nwords</blockquote>"


@given(HOSTILE, st.integers(1, 60))
def test_every_message_is_within_the_limits(blocks: Blocks, times: int) -> None:
    """However long a document is: 4,096 units, a hundred entities and buttons, and never nothing."""
    for message in classic(Document("", "", blocks * times)):
        body, plain = read_body(message.body), read_body(message.plain)
        assert plain["text"].strip()
        assert utf16(plain["text"]) <= 4096
        if body["form"] == "photos":  # an album, whose captions have limits of their own
            continue
        text, entities = parse_html(body["text"])
        assert text.strip()
        assert utf16(text) <= 4096
        assert len(entities) <= 100
        assert sum(map(len, body.get("keyboard", []))) <= 100
        assert body.get("keyboard") == plain.get("keyboard")


@given(LABELS)
def test_buttons_keep_their_order_in_rows_as_wide_as_a_phone(labels: list[str]) -> None:
    """No row is wider than it may be unless one button is; blank labels, which Telegram refuses, go."""
    actions = Actions(tuple(Button(label, f"read {place}") for place, label in enumerate(labels)))
    packed = rows(actions)
    for row in packed:
        assert 1 <= len(row) <= 5
        assert len(row) == 1 or sum(len(key["text"]) + 2 for key in row) <= 36
        assert all(key["text"].strip() for key in row)
    numbers = [int(key["callback_data"].split()[1]) for row in packed for key in row]
    assert numbers == sorted(numbers)
    shown = sum(map(len, keyboard((actions,))))
    assert shown == len(numbers) if len(numbers) <= 100 else 95 < shown <= 100


def test_buttons_of_neighbouring_groups_share_rows() -> None:
    """The buttons of a digest's papers stand side by side, those of the whole message below them."""
    group = tuple(Group((Actions((Button(f"Read {n}", f"read {n}"),)),)) for n in (1, 2))
    found = keyboard((*group, Actions((Button("Settings", "settings"),))))
    assert [[key["text"] for key in row] for row in found] == [["Read 1", "Read 2"], ["Settings"]]


@given(st.text(max_size=70))
def test_no_action_is_longer_than_a_button_carries(action: str) -> None:
    """64 bytes and not characters; a longer one is a mistake of ours, and said, not cut off."""
    actions = Actions((Button("Read", action),))
    if len(action.encode(errors="replace")) > DATA_BYTES:
        with pytest.raises(ValueError, match="longer than 64 bytes"):
            rows(actions)
    else:
        assert rows(actions) == [[{"text": "Read", "callback_data": action}]]


def test_a_button_leads_to_the_web_or_isnt_there() -> None:
    """Whoever presses it isn't led into another program."""
    made = (Button("Paper", url="https://example.org/1"), Button("Bad", url="tg://user?id=1"))
    assert rows(Actions(made)) == [[{"text": "Paper", "url": "https://example.org/1"}]]


@given(st.lists(st.tuples(LABEL, st.booleans()), max_size=30))
def test_no_button_gets_lost(made: list[tuple[str, bool]]) -> None:
    """Every button with a label stands on the keyboard, in a group, a fold, or neither."""
    rows_of = [(Actions((Button(f"{label}!", "read 1"),)), folded) for label, folded in made]
    blocks = tuple(Group((Details((), (each,)),)) if folded else each for each, folded in rows_of)
    assert sum(map(len, keyboard(blocks))) == len(made)


@given(st.text(max_size=40) | st.sampled_from(["null", "[]", "{}", "7", '"form"']))
def test_what_isnt_a_body_is_refused(text: str) -> None:
    """Whatever was kept, sending it is a refusal and no crash."""
    with pytest.raises(ValueError):  # noqa: PT011 - what it says is the library's
        read_body(text)


def test_lines_to_copy_stay_as_they_are() -> None:
    """Nothing is put into them; the language is named, and blank ones alone show nothing."""
    written = "@misc{x,\n  a = {<b> & cs.CL @y},\n}"
    html = markup((Preformatted(f"{written}\n", "bibtex"),))
    text, entities = parse_html(html)
    assert text == written
    assert [(each["type"], each["language"]) for each in entities] == [("pre", "bibtex")]
    assert rich_blocks((Preformatted(written, "bibtex"),)) == [
        {"type": "pre", "text": written, "language": "bibtex"}
    ]
    assert markup((Preformatted(" \n"),)) == ""
    assert rich_blocks((Preformatted(" \n"),)) == []
