"""Discord's messages are within every limit and hold all that the document holds, each button once."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.platforms.discord.buttons import action_of
from bot.platforms.discord.escaping import JOINER
from bot.platforms.discord.messages import components, read_body
from digest.document import (
    Actions,
    Button,
    Code,
    Details,
    Document,
    Figure,
    Group,
    Heading,
    Link,
    List,
    MathBlock,
    Paragraph,
    Quote,
    Role,
    Text,
)
from digest.reading import buttons, plain
from digest.safety import printable
from tests.core.test_discord_markup import WILD
from tests.core.test_split import BLOCKS, several, whole
from tests.servers.discord.markdown import Client, nodes, parse, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.outbox import Message
    from digest.document import Block, Blocks

Json = dict[str, Any]

ROW, BUTTON, SECTION, TEXT, GALLERY, SEPARATOR, CONTAINER = 1, 2, 9, 10, 12, 14, 17
LABEL = st.text(st.characters(codec="utf-8"), max_size=100)
ACTION = st.sampled_from(["read 1", "read 1~2", "settings", "unsub 泼溅 ~1"])
HOSTILE: st.SearchStrategy[Blocks] = several(
    st.recursive(
        st.one_of(
            st.builds(
                Paragraph, st.lists(st.builds(Text, WILD), max_size=2).map(tuple), st.sampled_from(Role)
            ),
            st.builds(Heading, st.tuples(st.builds(Code, WILD)), st.integers(0, 9)),
            st.builds(MathBlock, WILD, WILD),
            st.builds(Figure, st.sampled_from(["https://example.org/a.png", "file:///a"]), WILD, st.just(())),
            st.builds(Actions, st.lists(st.builds(Button, LABEL, ACTION), max_size=7).map(tuple)),
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


def walk(made: list[Json]) -> Iterator[Json]:
    """Yield every component, those within others too."""
    for each in made:
        yield each
        yield from walk(each.get("components", []))
        yield from walk([each["accessory"]] if "accessory" in each else [])


def made_of(message: Message) -> list[Json]:
    """Return every component of a message."""
    return list(walk(read_body(message.body)[1]))


def texts(message: Message) -> list[str]:
    """Return the source of every text of a message."""
    return [each["content"] for each in made_of(message) if each["type"] == TEXT]


def check(message: Message) -> None:
    """Hold a message against Discord's limits, counted as Discord does."""
    title, top = read_body(message.body)
    every = list(walk(top))
    assert 1 <= len(every) <= 40
    assert sum(len(text.encode("utf-16-le")) // 2 for text in texts(message)) <= 4000
    assert sum(len(text.encode()) + 12 for text in texts(message)) <= 10_170  # discord-api-docs#8554
    assert 1 <= len(title) <= 100
    assert 1 <= len(message.plain.encode("utf-16-le")) // 2 <= 2000
    assert message.plain.strip()
    ids = [each["custom_id"] for each in every if "custom_id" in each]
    assert len(ids) == len(set(ids))
    for each in every:
        match each["type"]:
            case 1:
                assert 1 <= len(each["components"]) <= 5
                assert all(inner["type"] == BUTTON for inner in each["components"])
            case 2:
                assert 1 <= len(each["label"]) <= 80
                assert 1 <= len(each.get("custom_id") or each["url"]) <= 100
                assert (each["style"] == 5) == ("url" in each)
            case 9:
                assert [inner["type"] for inner in each["components"]] == [TEXT]
                assert each["accessory"]["type"] == BUTTON
            case 10:
                assert each["content"].strip()
            case 12:
                (item,) = each["items"]
                assert item["media"]["url"].startswith("https://")
                assert 1 <= len(item.get("description", "-")) <= 1024
            case 14:
                assert each["spacing"] in (1, 2)
            case 17:
                assert each in top
                assert each["components"]
            case other:
                pytest.fail(f"{other} is a component that nobody meant")


def bare(text: str) -> str:
    """Return a text's letters, with neither white space nor what only stands for layout."""
    return re.sub(rf"[\s–*{JOINER}-]", "", text)


def said(messages: tuple[Message, ...], client: Client = Client.DESKTOP) -> str:
    """Return every letter that messages show, in order."""
    return bare("".join(shown(parse(text, client)) for message in messages for text in texts(message)))


def opened(blocks: Blocks, *, read: bool = False) -> Blocks:
    """Return blocks without what a button beside them shows."""
    kept: list[Block] = []
    for block in blocks:
        match block:
            case Details() if read:
                pass
            case Group() | Quote() | Details():
                has = isinstance(block, Group) and any(buttons((each,)) for each in actions(block.blocks))
                kept.append(replace(block, blocks=opened(block.blocks, read=read or has)))
            case List():
                kept.append(replace(block, items=tuple(opened(item, read=read) for item in block.items)))
            case _:
                kept.append(block)
    return tuple(kept)


def actions(blocks: Blocks) -> Blocks:
    """Return the rows of buttons that stand among blocks, not within them."""
    return tuple(block for block in blocks if isinstance(block, Actions))


def test_what_follows_a_picture_in_an_item_keeps_its_numbers() -> None:
    """A list in the item, and the next item, are no one list."""
    inner: Block = Paragraph((Text("one"),))
    picture = Figure("https://example.org/x.png", "seen", (Text("Caption"),))
    nested = List(((inner,), (inner,)), ordered=True)
    (message,) = components(whole((List(((inner, picture, nested), (inner,)), ordered=True),)))
    assert [*texts(message)] == ["1. one", f"Caption\n1. one\n2. one\n{JOINER}\n2. one"]


@settings(max_examples=30, deadline=None)
@given(BLOCKS)
def test_every_word_is_there_in_order(blocks: Blocks) -> None:
    """A document's messages say all of it in its order, on every client."""
    messages = components(whole(blocks))
    for message in messages:
        check(message)
    for client in Client:
        assert said(messages, client) == bare(plain(opened(blocks)))


@settings(max_examples=30, deadline=None)
@given(HOSTILE, st.integers(1, 12))
def test_nothing_that_a_document_holds_is_refused(blocks: Blocks, times: int) -> None:
    """Blank, hostile and endless content becomes messages within the limits that mention nobody."""
    messages = components(whole(blocks * times))
    for message in messages:
        check(message)
        for text in (*texts(message), message.plain):
            for client in Client:
                kinds = {node.kind for node in nodes(parse(text, client))}
                assert not kinds & {"mention", "spoiler", "underline", "strike", "pre", "italic"}
    assert said(messages).replace("…", "") == bare(printable(plain(opened(blocks * times)))).replace("…", "")


@settings(max_examples=30, deadline=None)
@given(HOSTILE)
def test_every_button_does_what_it_did(blocks: Blocks) -> None:
    """Each button with a label is there once, in order, and its id says its action."""
    wanted = [each.action for each in buttons(opened(blocks)) if printable(each.label).strip()]
    found = [
        action_of(each["custom_id"])
        for message in components(whole(blocks))
        for each in made_of(message)
        if each["type"] == BUTTON
    ]
    assert sorted(map(str, found)) == sorted(wanted)


@pytest.mark.parametrize("custom_id", ["", "other:read 1", "PR:read 1"])
def test_an_id_of_somebody_else_is_no_action(custom_id: str) -> None:
    """A button that wasn't made here does nothing here."""
    assert action_of(custom_id) is None


def paper(number: int, *beside: Block, words: int = 30) -> Group:
    """Return a paper of a digest."""
    title = Heading((Link((Text(f"Paper {number}"),), f"https://arxiv.org/abs/2606.{number:05}"),), 2, number)
    row = Actions((Button(f"Read {number}", f"summarize 2606.{number:05}"),))
    text = Paragraph((Text(f"word{number} " * words),))
    return Group((title, text, *beside, row), f"2606.{number:05}")


def test_a_paper_has_its_button_beside_it() -> None:
    """Papers are sections with a button, apart from one another; the last row stands by itself."""
    end = Actions((Button("Settings", "settings"), Button("arXiv", url="https://arxiv.org/")))
    (message,) = components(whole((Heading((Text("Rivers"),), 1), paper(1), paper(2), end)))
    (box,) = read_body(message.body)[1]
    assert [each["type"] for each in box["components"]] == [TEXT, SECTION, SEPARATOR, SECTION, SEPARATOR, ROW]
    first, row = box["components"][1], box["components"][-1]
    assert first["accessory"]["custom_id"] == "pr:summarize 2606.00001"
    assert first["components"][0]["content"].startswith(
        r"**1\. [Paper 1](<https://arxiv.org/abs/2606.00001>)**"
    )
    assert [each.get("url") for each in row["components"]] == [None, "https://arxiv.org/"]


def test_a_long_digest_is_cut_between_papers() -> None:
    """Each message knows its papers, none is torn, and the last row stands in the last message."""
    end = Actions((Button("Settings", "settings"),))
    papers = tuple(paper(number, words=50) for number in range(1, 31))
    messages = components(whole((Heading((Text("Rivers"),), 1), *papers, end)))
    assert [str(each) for message in messages for each in message.papers] == [each.paper for each in papers]
    for message in messages:
        check(message)
        assert len(message.papers) == sum(each["type"] == SECTION for each in made_of(message))
        assert ("pr:settings" in message.body) == (message is messages[-1])


def test_short_papers_are_cut_by_components() -> None:
    """Sections, their texts, buttons and the lines between count too: nine papers fill a message."""
    messages = components(whole(tuple(paper(number, words=1) for number in range(1, 30))))
    assert [len(message.papers) for message in messages] == [10, 10, 9]
    for message in messages:
        check(message)


def test_equal_actions_in_a_message_have_ids_of_their_own() -> None:
    """Discord refuses a custom id that comes twice; what the buttons do stays the same."""
    row = Actions((Button("A", "read 1"), Button("B", "read 1"), Button("C", "read 1~1")))
    (message,) = components(whole((row, row)))
    check(message)
    ids = [each["custom_id"] for each in made_of(message) if each["type"] == BUTTON]
    assert ids[:2] == ["pr:read 1", "pr:read 1~1"]
    assert [action_of(each) for each in ids] == ["read 1", "read 1", "read 1~1"] * 2


def test_an_action_that_is_too_long_is_a_mistake_of_ours() -> None:
    """It's said, not cut off."""
    with pytest.raises(ValueError, match="longer than a button carries"):
        components(whole((Actions((Button("Read", "x" * 95),)),)))


def test_a_button_leads_to_the_web_or_isnt_there() -> None:
    """Whoever presses it isn't led into another program."""
    row = Actions((Button("Bad", url="tg://user?id=1"), Button("Long", url="https://a.example/" + "x" * 500)))
    (message,) = components(whole((Paragraph((Text("Hello"),)), row)))
    assert not any(each["type"] == BUTTON for each in made_of(message))


def test_text_alone_has_no_frame() -> None:
    """An error or a quiet day is a message like people's; whatever has more is framed."""
    assert read_body(components(whole((Paragraph((Text("Quiet."),)),)))[0].body)[1] == [
        {"type": TEXT, "content": "Quiet."}
    ]


def test_nothing_to_say_is_still_a_message() -> None:
    """A document without a word becomes an ellipsis, as an empty message is refused."""
    (message,) = components(Document("", "en", ()))
    check(message)
    assert read_body(message.body) == ("…", [{"type": TEXT, "content": "…"}])
    assert message.plain == "…"


def test_what_folds_away_is_behind_the_button_that_shows_it() -> None:
    """Discord folds nothing: an abstract stays away; takeaways are listed where no button shows them."""
    item = (Paragraph((Text("It works."),)),)
    abstract = Details((Text("Abstract"),), item, optional=True)
    takeaways = Details((Text("Takeaways"),), (List((item,)),))
    alone = paper(1, takeaways, abstract, words=1)
    without = replace(alone, blocks=tuple(each for each in alone.blocks if not isinstance(each, Actions)))
    (message,) = components(whole((without,)))
    assert texts(message)[0].endswith("word1\n-# Takeaways\n- It works.")
    assert "Abstract" not in message.plain
    (message,) = components(whole((alone,)))
    assert texts(message)[0].endswith("word1")
    assert "It works" not in message.plain


def test_pictures_have_their_description() -> None:
    """A figure is a gallery of one, with what can be seen in it, and its caption below."""
    figure = Figure("https://example.org/a.png", "A curve", (Text("Figure 1"),))
    (message,) = components(whole((figure,)))
    gallery = next(each for each in made_of(message) if each["type"] == GALLERY)
    assert gallery["items"] == [{"media": {"url": "https://example.org/a.png"}, "description": "A curve"}]
    assert texts(message) == ["Figure 1"]


@pytest.mark.parametrize("around", [None, Quote, Group, lambda inner: Details((Text("More"),), inner)])
def test_lists_side_by_side_stay_two(around: Callable[[Blocks], Block] | None) -> None:
    """The numbers of the second are its own, whatever the first stands in."""
    first, second = (List(((Paragraph((Text("a"),)),),), ordered=True, start=start) for start in (1, 5))
    (message,) = components(whole((around((first,)) if around else first, second)))
    found = [node.about for text in texts(message) for node in nodes(parse(text)) if node.kind == "list"]
    assert found == ["1", "5"]


@given(st.text(max_size=40) | st.sampled_from(["null", "[]", "{}", '{"title": 1, "components": []}']))
def test_what_isnt_a_body_is_refused(text: str) -> None:
    """Whatever was kept, sending it is a refusal and no crash."""
    with pytest.raises(ValueError):  # noqa: PT011 - what it says is the library's
        read_body(text)
