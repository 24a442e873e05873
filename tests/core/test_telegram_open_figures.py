"""Figures that stand open, in Telegram's classic layout: albums that follow the papers they belong to."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chats import Address
from bot.platforms.telegram.markup import utf16
from bot.platforms.telegram.messages import classic, read_body, rich
from bot.platforms.telegram.requests import sending
from bot.platforms.telegram.room import LIMIT
from digest.document import Details, Document, Figure, Group, Heading, Paragraph, Text
from tests.servers.telegram.schema import strictly

if TYPE_CHECKING:
    from bot.outbox import Message

PAGE = "https://arxiv.org/html"


def paper(number: int, text: str, caption: str, path: str) -> Group:
    """Write a paper of a digest with a figure."""
    return Group(
        (
            Heading((Text(f"Rivers {number}"),), 2, number),
            Paragraph((Text(text),)),
            Figure(f"{PAGE}/{number}{path}", caption, (Text(caption),) if caption else ()),
        ),
        f"2606.{number:05}",
    )


def photos(message: Message) -> list[dict[str, str]]:
    """Return the photos of a message; none of one that is text. Each is one that Telegram takes."""
    method, parameters = sending(Address("telegram", "7"), message.body, sound=True, paid=False)
    given = {name: value for name, value in parameters.items() if value is not None}
    strictly(method, {n: each if isinstance(each, str) else json.dumps(each) for n, each in given.items()})
    found = read_body(message.body)
    if found["form"] != "photos":
        return []
    assert given["disable_notification"] is True
    return list(found["photos"])


PAPERS = st.lists(
    st.tuples(st.sampled_from(["Short.", "word " * 300]), st.text(max_size=60), st.sampled_from([1, 900])),
    min_size=1,
    max_size=14,
)


@settings(max_examples=40)
@given(PAPERS)
def test_every_figure_follows_its_paper(chosen: list[tuple[str, str, int]]) -> None:
    """Each is in one album of ten at most, after the message of its paper, and has its line of words."""
    papers = [
        paper(number, text, caption, "/" + "x" * length + ".png")
        for number, (text, caption, length) in enumerate(chosen, start=1)
    ]
    told: list[str] = []
    seen: list[str] = []
    for message in classic(Document("Rivers", "en", tuple(papers))):
        found = photos(message)
        assert len(found) <= 10
        if not found:
            assert seen == told
            told += [f"{int(str(each).split('.')[1])}" for each in message.papers]
            continue
        assert message.papers == ()
        assert utf16(str(read_body(message.plain)["text"])) <= LIMIT
        lines = str(read_body(message.plain)["text"]).split("\n")
        assert [line.endswith(each["media"]) for line, each in zip(lines, found, strict=True)] == [
            True for _ in found
        ]
        seen += [each["media"].removeprefix(PAGE + "/").split("/")[0] for each in found]
    assert seen == told == [f"{number}" for number in range(1, len(papers) + 1)]


def test_a_figure_takes_no_room_of_the_text() -> None:
    """Papers that fit into one message without their figures' captions still do."""
    papers = tuple(paper(number, "word " * 100, "seen " * 25, "/a.png") for number in range(1, 8))
    text, album = classic(Document("Rivers", "en", papers))
    assert "seen" not in text.body + text.plain
    assert len(photos(album)) == 7


def test_what_is_folded_or_has_no_address_is_told_by_its_caption() -> None:
    """As notes tell it: no album follows, and no word is lost."""
    blocks = (
        Details((Text("Figures"),), (Figure(f"{PAGE}/a.png", "", (Text("A bank"),)),)),
        Figure("figure-1.png", "", (Text("A stone"),)),
        Figure("javascript:alert(1)", "", (Text("A ferry"),)),
    )
    (message,) = classic(Document("Rivers", "en", blocks))
    assert all(word in message.body for word in ("A bank", "A stone", "A ferry"))


def test_the_rich_layout_has_its_figures_within() -> None:
    """A photo stands in its paper's message; nothing follows."""
    (message,) = rich(Document("Rivers", "en", (paper(1, "Short.", "A <b> bank", "/a.png"),)))
    blocks = json.loads(read_body(message.body)["blocks"])
    assert [block["type"] for block in blocks].count("photo") == 1
    assert "A <b> bank" in json.dumps(blocks)
