"""Rich messages are what Telegram's schema and limits allow, and hold all that the document holds."""

from __future__ import annotations

import functools
import json
from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.platforms.telegram.messages import classic, classic_of, read_body, rich
from bot.platforms.telegram.rich import rich_blocks
from bot.platforms.telegram.room import LIMIT
from digest.document import (
    Actions,
    Button,
    Code,
    Details,
    Document,
    Emphasis,
    Figure,
    Group,
    Heading,
    Link,
    List,
    Math,
    MathBlock,
    Paragraph,
    Preformatted,
    Quote,
    Role,
    Strong,
    Text,
)
from digest.reading import buttons, plain
from tests.core.test_split import BLOCKS, several, whole
from tests.servers.telegram.rich import MOST_BLOCKS, MOST_CHARACTERS, MOST_LEVELS, MOST_MEDIA, check_rich
from tests.servers.telegram.schema import strictly

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.outbox import Message
    from digest.document import Block, Blocks, Inlines

WILD = st.text(st.characters(codec="utf-8") | st.sampled_from("@<&\u202e\u200b\x00\n #*$"), max_size=30)
LABEL = st.text(st.characters(codec="utf-8"), max_size=20)
HOSTILE: st.SearchStrategy[Blocks] = several(
    st.recursive(
        st.one_of(
            st.builds(
                Paragraph, st.lists(st.builds(Text, WILD), max_size=2).map(tuple), st.sampled_from(Role)
            ),
            st.builds(
                Heading, st.tuples(st.builds(Code, WILD)), st.integers(0, 9), st.none() | st.integers()
            ),
            st.builds(Paragraph, st.tuples(st.builds(Math, WILD, WILD), st.builds(Code, WILD))),
            st.builds(MathBlock, WILD, WILD),
            st.builds(Preformatted, WILD, st.sampled_from(["", "bibtex"])),
            st.builds(Figure, st.sampled_from(["https://example.org/a.png", "file:///a"]), WILD, st.just(())),
            st.builds(Actions, st.tuples(st.builds(Button, LABEL, st.just("read 1")))),
        ),
        lambda inner: st.one_of(
            st.builds(Group, st.lists(inner, max_size=3).map(tuple)),
            st.builds(Quote, st.lists(inner, max_size=3).map(tuple)),
            st.builds(Details, st.tuples(st.builds(Text, WILD)), st.lists(inner, max_size=3).map(tuple)),
            st.builds(List, st.lists(st.lists(inner, max_size=2).map(tuple), max_size=3).map(tuple)),
        ),
        max_leaves=12,
    )
)


def blocks_of(message: Message) -> list[dict[str, Any]]:
    """Return the blocks of a message."""
    found: list[dict[str, Any]] = json.loads(read_body(message.body)["blocks"])
    return found


def check(message: Message) -> None:
    """Hold a message against Telegram's schema and limits, and against what we know of clients."""
    body = read_body(message.body)
    blocks = json.loads(body["blocks"])
    check_rich({"blocks": blocks})
    bald = json.dumps({"blocks": without_formats(blocks), "skip_entity_detection": True})
    markup = {"reply_markup": json.dumps({"inline_keyboard": body["keyboard"]})} if "keyboard" in body else {}
    strictly("sendRichMessage", {"chat_id": "7", "rich_message": bald, **markup})
    nodes = list(walk(blocks, 1, ()))
    assert sum("type" in node or "blocks" in node for node, _, path in nodes if is_block(path)) <= MOST_BLOCKS
    assert sum(len(characters(node)) for node, _, _ in nodes) <= MOST_CHARACTERS
    assert sum("media" in node for node, _, _ in nodes) <= MOST_MEDIA
    assert max(depth for _, depth, _ in nodes) <= MOST_LEVELS
    for node, _, path in nodes:
        if node.get("type") == "mathematical_expression":
            assert len(node["expression"]) <= 1000
            assert "details" not in path


def without_formats(node: Any, *, text: bool = False) -> Any:
    """Return a message with plain text alone, each format having been held against the schema by itself.

    Nested formats take the models exponentially long.
    """
    if isinstance(node, dict) and text:
        own = {name: "x" if name == "text" else value for name, value in node.items()}
        check_format(json.dumps(own))
        return without_formats(node.get("text", "x"), text=True)
    if isinstance(node, list) and text:
        assert all(without_formats(piece, text=True) for piece in node)
        return "x"
    if isinstance(node, list):
        return [without_formats(each) for each in node]
    if isinstance(node, dict):
        return {
            name: {"text": without_formats(value["text"], text=True)}
            if name == "caption"
            else without_formats(value, text=name in {"text", "summary"})
            for name, value in node.items()
        }
    return node


@functools.cache
def check_format(written: str) -> None:
    """Hold one format of rich text against the schema."""
    block = {"type": "paragraph", "text": json.loads(written)}
    strictly("sendRichMessage", {"chat_id": "7", "rich_message": json.dumps({"blocks": [block]})})


def walk(
    node: Any, depth: int, path: tuple[str, ...]
) -> Iterator[tuple[dict[str, Any], int, tuple[str, ...]]]:
    """Yield every object in a message, how deep it stands, and what it stands in, itself at last."""
    if isinstance(node, list):
        for each in node:
            yield from walk(each, depth, path)
    elif isinstance(node, dict):
        here = (*path, node.get("type", "item" if "blocks" in node else ""))
        yield node, depth, here
        for name, value in node.items():
            if name != "photo":
                yield from walk(value, depth + 1, here if name in {"blocks", "items"} else (*here, "within"))
            else:
                yield value, depth, (*here, "within")


def is_block(path: tuple[str, ...]) -> bool:
    """Return whether what has this path is a block or an item, and no rich text."""
    return "within" not in path


def characters(node: dict[str, Any]) -> str:
    """Return what a node says itself."""
    said = [node.get(name) for name in ("text", "summary", "expression", "caption")]
    flat = [piece for each in said for piece in (each if isinstance(each, list) else [each])]
    return "".join(piece for piece in flat if isinstance(piece, str))


def read(node: Any) -> str:
    """Read a message aloud, formulas as their source."""
    if isinstance(node, str):
        return node
    if isinstance(node, list):
        return "".join(read(each) for each in node)
    label = f"{node['value']}. " if "value" in node else ""
    said = "".join(
        read(node[name])
        for name in ("summary", "text", "expression", "caption", "blocks", "items")
        if name in node
    )
    return (
        f"{label}{said}\n" if {"blocks", "items", "size"} & node.keys() or node.get("type") in LINES else said
    )


LINES = {"paragraph", "footer", "details", "photo", "mathematical_expression", "list"}


def spelled_out(tree: Any) -> Any:
    """Give formulas a source that reads as their letters do, so that either may stand for the other."""
    if isinstance(tree, tuple):
        return tuple(map(spelled_out, tree))
    if isinstance(tree, Math | MathBlock):
        return replace(tree, latex=tree.plain)
    if is_dataclass(tree) and not isinstance(tree, type):
        return replace(tree, **{field.name: spelled_out(getattr(tree, field.name)) for field in fields(tree)})
    return tree


def said_by(messages: tuple[Message, ...]) -> str:
    """Return every letter that messages say, in order."""
    return "".join("".join(read(blocks_of(message)).split()) for message in messages)


def bare(blocks: Blocks) -> str:
    """Return every letter of blocks in order, with neither white space nor what only stands for layout."""
    return "".join(plain(blocks).replace("* * *", "").replace("– ", "").split())


@settings(max_examples=40, deadline=None)
@given(BLOCKS.map(spelled_out))
def test_every_word_is_there_in_order(blocks: Blocks) -> None:
    """A document's rich messages say all of it in its order, formulas as such or in letters."""
    messages = rich(whole(blocks))
    for message in messages:
        check(message)
    assert said_by(messages).replace("…", "") == bare(blocks)


@settings(max_examples=60, deadline=None)
@given(HOSTILE)
def test_nothing_that_a_document_holds_is_refused(blocks: Blocks) -> None:
    """Blank, hostile and odd content becomes blocks that Telegram's schema and limits allow."""
    for message in rich(whole(blocks)):
        check(message)
        assert not {"\u202e", "\u200b", "\x00"} & set(read(blocks_of(message)))
        for node, _, _ in walk(blocks_of(message), 1, ()):
            verbatim = node.get("type") in {"mathematical_expression", "pre"}
            button = "callback_data" in node or "url" in node  # mentions nobody
            assert verbatim or button or "@" not in characters(node).replace("@\u2060", "")


@settings(max_examples=40, deadline=None)
@given(BLOCKS)
def test_each_part_has_the_same_classic_form(blocks: Blocks) -> None:
    """What is sent where a rich part is refused is a classic message that says the same."""
    for message in rich(whole(blocks)):
        fallback = read_body(classic_of(message.body))
        assert fallback["form"] == "html"
        strictly("sendMessage", {"chat_id": "7", "text": fallback["text"], "parse_mode": "HTML"})
        assert read_body(message.plain)["text"]


def test_a_short_document_falls_back_to_its_very_classic_form() -> None:
    """A part that is split nowhere has the classic layout's own body and plain form in it."""
    document = whole((Group((Heading((Text("A"),), 2, 1), Actions((Button("Read 1", "summarize 1"),)))),))
    (written,), (usual,) = rich(document), classic(document)
    assert classic_of(written.body) == usual.body
    assert written.plain == usual.plain
    assert classic_of(usual.body) == ""


def test_buttons_stand_beside_their_paper_or_below_all() -> None:
    """A group's buttons follow it in the message, the others are the keyboard below; fallbacks have all."""
    entries = tuple(
        Group(
            (Paragraph((Text(f"Paper {n}"),)), Actions((Button(f"Read {n}", f"summarize {n}"),))),
            f"9906.{n:05}",
        )
        for n in range(1, 4)
    )
    document = whole(
        (*entries, Actions((Button("Settings", "settings"), Button("arXiv", url="https://arxiv.org/"))))
    )
    (message,) = rich(document)
    check(message)
    kinds = [block["type"] for block in blocks_of(message)]
    assert kinds == ["paragraph", "buttons"] * 3
    assert blocks_of(message)[1]["buttons"] == [{"text": "Read 1", "callback_data": "summarize 1"}]
    body = read_body(message.body)
    assert body["keyboard"] == [
        [{"text": "Settings", "callback_data": "settings"}, {"text": "arXiv", "url": "https://arxiv.org/"}]
    ]
    assert sum(len(row) for row in body["classic"]["keyboard"]) == len(buttons(document.blocks))


def test_formulas_stand_open_and_short_or_become_letters() -> None:
    """A formula is one in a paragraph; folded, in a title, too long or with a comment it's plain letters."""
    alpha = Math(r"\alpha", "α")

    def kinds(*blocks: Block) -> set[str]:
        found = walk(rich_blocks(blocks), 1, ())
        return {node["type"] for node, _, _ in found if "type" in node}

    assert "mathematical_expression" in kinds(Paragraph((alpha,)))
    assert "mathematical_expression" in kinds(List(((Paragraph((Strong((alpha,)),)),),)))
    assert kinds(MathBlock("x^2", "x²")) == {"mathematical_expression"}
    folded = Details((Text("More"),), (Paragraph((alpha,)), Quote((MathBlock("x", "x"),))))
    hidden: list[Block] = [
        folded,
        Heading((alpha,), 1),
        Paragraph((Link((alpha,), "https://arxiv.org/"),)),
        Paragraph((Math("x" * 1001, "x"),)),
        Paragraph((Math("x % y", "x"),)),
        MathBlock("x" * 1001, "x"),
    ]
    for block in hidden:
        assert "mathematical_expression" not in kinds(block)
    assert "α" in read(rich_blocks((folded,)))


def test_sources_of_formulas_count() -> None:
    """Short formulas with long sources are spread over as many messages as their sources take."""
    line = Paragraph(tuple(Math("x" * 1000, "x") for _ in range(100)))
    messages = rich(whole((line, line)))
    assert len(messages) > 100_000 // MOST_CHARACTERS
    for message in messages:
        check(message)


def test_many_small_blocks_are_split() -> None:
    """A list of hundreds of short items is spread, with the items counted too; no item is lost."""
    items = tuple((Paragraph((Text(str(number % 10)),)),) for number in range(300))
    messages = rich(whole((List(items),)))
    assert len(messages) > 1
    for message in messages:
        check(message)
    assert said_by(messages) == "0123456789" * 30


@pytest.mark.parametrize("kind", ["quote", "details", "list"])
def test_depth_ends_in_lines_of_text(kind: str) -> None:
    """What stands deeper than Telegram goes is read out in lines, with its buttons."""
    deep: Block = Paragraph((nest((Text("bottom @x"),), 12),))
    row = Actions((Button("Read 1", "summarize 1"),))
    for level in range(30):
        inner = (Paragraph((Text(f"level {level}"),)), deep, *((row,) if level == 0 else ()))
        folded = Details((Text("More"),), inner)
        containers: dict[str, Block] = {"quote": Quote(inner), "details": folded, "list": List((inner,))}
        deep = containers[kind]
    document = whole((Group((deep,)),))
    messages = rich(document)
    for message in messages:
        check(message)
    said = said_by(messages)
    assert "bottom@\u2060x" in said
    assert all(f"level{level}" in said for level in range(30))
    assert "summarize 1" in "".join(message.body for message in messages)


def nest(content: Inlines, levels: int) -> Strong | Emphasis:
    """Put inlines so deep into formatting."""
    for _ in range(levels):
        content = (Emphasis((Strong(content),)),)
    return Strong(content)


def test_nothing_to_say_is_still_a_message() -> None:
    """A document without a word becomes an ellipsis, as an empty message is refused."""
    (message,) = rich(Document("", "en", ()))
    check(message)
    assert read(blocks_of(message)).strip() == "…"


def test_links_lead_to_the_web_alone() -> None:
    """A link that isn't http or https is its text; categories are code, so that none becomes a link."""
    (block,) = rich_blocks((Paragraph((Link((Text("run"),), "javascript:x"), Text(" "), Code("cs.CL"))),))
    assert block["text"] == ["run ", {"type": "code", "text": "cs.CL"}]


def test_a_rich_part_is_no_longer_than_a_classic_one() -> None:
    """Every part's classic form fits one classic message, so that a refusal costs no second split."""
    blocks = tuple(Group((Heading((Text(f"T{n}"),), 2), Paragraph((Text("word " * 60),)))) for n in range(60))
    messages = rich(whole(blocks))
    assert len(messages) > 1
    for message in messages:
        assert len(read_body(message.plain)["text"]) <= LIMIT
