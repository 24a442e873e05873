"""What stands around a message on Discord: its plain form, the name of its thread, its colour."""

from __future__ import annotations

import pytest

from bot.platforms.discord.messages import components, read_body
from bot.platforms.discord.page import ACCENTS
from digest.document import Document, Heading, Paragraph, Text
from tests.core.test_discord_messages import check, paper


def test_a_long_plain_form_says_where_the_rest_is() -> None:
    """Where components are refused, 2,000 characters end between papers, with links to those left out."""
    papers = tuple(paper(number, words=90) for number in range(1, 6))
    (message,) = components(Document("Rivers", "en", papers))
    check(message)
    body, _, rest = message.plain.rpartition("\n\n")
    assert body.endswith("word2")
    assert rest == "The rest: " + " ".join(f"<https://arxiv.org/abs/2606.{n:05}>" for n in (3, 4, 5))


def test_a_long_plain_form_without_links_says_so() -> None:
    """What leads nowhere is said to be missing."""
    (message,) = components(Document("Help", "en", (Paragraph((Text("word " * 700),)),)))
    assert message.plain.endswith("word…\n\nThe rest has no room here.")
    assert len(message.plain) <= 2000


@pytest.mark.parametrize(
    ("title", "shown_as"),
    [("Rivers: 7 of 11 papers", None), ("word " * 40, "word " * 19 + "word…"), ("", "Hi")],
)
def test_a_title_names_a_thread(title: str, shown_as: str | None) -> None:
    """A forum's post is called as the document is, in at most 100 characters, or as its first line says."""
    (message,) = components(Document(title, "en", (Paragraph((Text("Hi"),)),)))
    assert read_body(message.body)[0] == (shown_as or title)


def luminance(colour: int) -> float:
    """Return how bright a colour is: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance."""
    channels = [(colour >> shift & 255) / 255 for shift in (16, 8, 0)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_accents_are_as_clear_by_day_as_by_night() -> None:
    """Every colour has WCAG's contrast of 3:1 for graphics, on white and on Discord's dark grey."""
    for accent in ACCENTS:
        for ground in (0xFFFFFF, 0x242429):
            dark, light = sorted((luminance(accent), luminance(ground)))
            assert (light + 0.05) / (dark + 0.05) >= 3


def test_a_subject_has_its_colour_every_day() -> None:
    """Counts in the title don't change it, and other subjects have others; without any there's none."""

    def colours(*documents: Document) -> set[int | None]:
        return {read_body(components(each)[0].body)[1][0].get("accent_color") for each in documents}

    blocks = (Heading((Text("A"),), 1),)
    assert len(colours(*(Document(f"Rivers: {n} papers", "en", blocks, "Rivers") for n in range(9)))) == 1
    assert len(colours(*(Document(f"Topic {n}", "en", blocks) for n in range(99)))) == len(ACCENTS)
    assert colours(Document("", "en", blocks)) == {None}
