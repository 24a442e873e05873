"""The block tree reads aloud from top to bottom, and its measure is that text's length."""

from __future__ import annotations

from digest.document import (
    Actions,
    Button,
    Code,
    Details,
    Divider,
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
from digest.reading import measure, plain


def test_reads_every_block_in_order() -> None:
    """`plain` says everything a reader sees, in order, and leaves out what is pressed."""
    item = (Paragraph((Text("one "), Strong((Text("two"),)))),)
    blocks = (
        Heading((Link((Text("Title"),), "https://example.org"),), 2, number=3),
        Group((Paragraph((Code("cs.CV"), Text(" · "), Emphasis((Math("x^2", "x²"),)))),)),
        List((item, item), ordered=True, start=4),
        Details((Text("More"),), (Quote((Paragraph((Text("said"),)),)),)),
        Figure("https://example.org/a.png", "A curve", (Text("Figure 1"),)),
        MathBlock("y", "y"),
        Preformatted("\na\n\n  b\n", "c"),
        Divider(),
        Actions((Button("Read", action="read"),)),
    )
    assert plain(blocks) == (
        "3. Title\n\ncs.CV · x²\n\n4. one two\n5. one two\nMore\nsaid\nFigure 1\ny\na\n\n  b\n* * *"
    )


def test_measures_in_a_platforms_units() -> None:
    """A character beyond the basic plane counts as two where UTF-16 units are counted."""
    blocks = (Paragraph((Text("a𝄞"),)),)
    assert measure(blocks, len) == 2
    assert measure(blocks, lambda text: len(text.encode("utf-16-le")) // 2) == 3


def test_items_are_marked_as_lists_are() -> None:
    """An unordered list's items begin with a dash, so that a list is heard as one."""
    assert plain((List(((Paragraph((Text("a"),)),),)),)) == "– a"
