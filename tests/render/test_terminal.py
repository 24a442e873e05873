"""A terminal shows a document within its width and obeys nothing that a paper says."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from digest.compose import compose
from digest.document import (
    Actions,
    Button,
    Code,
    Details,
    Divider,
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
    Strong,
    Text,
)
from digest.render.terminal import render, show
from digest.translation import phrases_for

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

    from digest.model import Edition


@pytest.mark.parametrize("language", ["en", "zh"])
def test_reads_well_at_eighty_columns(edition: Edition, language: str, snapshot: SnapshotAssertion) -> None:
    """What a person sees in a pipe, at eighty columns, is what was agreed."""
    document = compose(edition, phrases_for(language), limit_option="--limit")
    assert render(document, 80) == snapshot


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("width", [60, 80, 120])
def test_keeps_to_the_width(edition: Edition, language: str, width: int) -> None:
    """No line is wider than the output, but a URL that has to stay whole."""
    lines = render(compose(edition, phrases_for(language)), width).splitlines()
    assert all(cell_len(line) <= width for line in lines if "https://" not in line)


def on_a_terminal(document: Document) -> str:
    """Return what a terminal with colours would be sent."""
    file = StringIO()
    show(document, Console(file=file, width=80, force_terminal=True, color_system="truecolor"))
    return file.getvalue()


def test_a_terminal_gets_links(one_topic: Edition) -> None:
    """On a terminal a title is a link, and no URL takes room of its own."""
    shown = on_a_terminal(compose(one_topic, phrases_for("en")))
    assert "https://arxiv.org/abs/2606.90001\x1b\\" in shown
    assert "\nhttps://" not in shown.replace(" ", "")


def test_a_pipe_gets_urls_and_no_escapes(one_topic: Edition) -> None:
    """Without a terminal every link's URL is written out, and not one escape sequence."""
    text = render(compose(one_topic, phrases_for("en")))
    assert "https://arxiv.org/abs/2606.90001\n" in text
    assert "https://github.com/example-tides/limpetnet\n" in text
    assert "\x1b" not in text


@given(st.text(st.characters(codec=None), max_size=80), st.integers(20, 100))
def test_obeys_nothing_in_a_text(hostile: str, width: int) -> None:
    """No control, bidi or escape character of a paper reaches the output, which is always valid UTF-8."""
    line = (Text(hostile), Link((Text("a"),), f"https://example.org/{hostile}"), Code(hostile))
    text = render(Document(hostile, "en", (Heading(line, 1), Paragraph((Math(hostile, hostile),)))), width)
    text.encode()
    assert not set(text) & {
        *map(chr, range(10)),
        *map(chr, range(11, 32)),
        *map(chr, range(127, 160)),
        "\u202e",
        "\u2066",
    }


def test_an_escape_sequence_is_disarmed() -> None:
    """A title can't clear the screen or set a terminal's name."""
    shown = on_a_terminal(Document("", "en", (Paragraph((Text("a\x1b[2J\x1b]0;owned\x07b\x9b1m"),)),)))
    assert shown == "a[2J]0;ownedb1m\n"


def test_a_script_link_is_only_words() -> None:
    """A link that isn't to the web shows its words and leads nowhere."""
    line = (Link((Text("click"),), "javascript:alert(1)"),)
    shown = on_a_terminal(Document("", "en", (Paragraph(line),)))
    assert shown == "click\n"


def test_shows_every_block() -> None:
    """Every kind of block can be shown; what is pressed or optional is left out."""
    said = (Paragraph((Strong((Text("strong"),)), Text(" and "), Emphasis((Text("stressed"),)))),)
    blocks = (
        Group((Heading((Text("Title"),), 2, 10), *said, List((said, said), ordered=True, start=9))),
        Details((Text("Folded"),), said),
        Details((Text("Optional"),), (Paragraph((Text("left out"),)),), optional=True),
        Quote(said),
        Figure("https://example.org/a.png", "seen", (Text("A figure"),)),
        MathBlock("x^2", "x²"),
        Preformatted(f"@misc{{x,\n  {'word ' * 20}\n\n}}\n"),
        Divider(),
        Actions((Button("Press", action="x"),)),
    )
    assert render(Document("", "en", blocks)) == (
        "10. Title\n    strong and stressed\n    9. strong and stressed\n    10. strong and stressed\n\n"
        "strong and stressed\n  strong and stressed\nA figure\nhttps://example.org/a.png\n  x²\n\n"
        f"@misc{{x,\n  {'word ' * 20}\n\n}}\n* * *\n"
    )


def test_a_figure_says_where_it_is() -> None:
    """On a terminal too, as nothing else can be clicked there; neither a script nor half a path is shown."""

    def shown(url: str) -> str:
        console = Console(file=StringIO(), force_terminal=True, width=80, color_system=None)
        show(Document("", "en", (Figure(url, "seen", (Text("A figure"),)),)), console)
        return str(console.file.getvalue())  # type: ignore[attr-defined]

    for url in ("https://example.org/a.png", "/home/ada/a figure.png"):
        assert shown(url) == f"A figure\n{url}\n"
    for url in ("", "figure-1.png", "javascript:alert(1)", "/home/\x1b[2J"):
        assert shown(url) == "A figure\n"


def test_chinese_lines_begin_with_no_full_stop() -> None:
    """Wrapped Chinese never begins a line with a closing mark."""
    text = render(Document("", "zh", (Paragraph((Text("高斯泼溅是一种表示方法，它很快。" * 9),)),)), 33)
    assert not {line[0] for line in text.splitlines()} & set("，。")
