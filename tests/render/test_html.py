"""The page is one valid file that loads and runs nothing and can be read by ear, in light and in dark."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

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
from digest.render.html import render
from digest.translation import phrases_for

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

    from digest.model import Edition


def parsed(page: str) -> Any:
    """Parse a page as strictly as the standard says; any parse error raises."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)


@pytest.fixture(params=["en", "zh"])
def page(request: pytest.FixtureRequest, edition: Edition) -> str:
    """The page of the sample edition in a language."""
    return render(compose(edition, phrases_for(request.param)))


def test_reads_as_agreed(page: str, snapshot: SnapshotAssertion) -> None:
    """What a browser gets, but the stylesheet, is what was agreed."""
    without_style = re.sub(r"<style>.*</style>", "<style></style>", page, flags=re.DOTALL)
    assert re.sub(r"sha256-[^']+", "sha256-…", without_style) == snapshot


def test_is_valid(page: str) -> None:
    """An independent parser finds no error in the page."""
    assert parsed(page).find("body/main") is not None


def test_loads_and_runs_nothing(page: str) -> None:
    """No element of the page fetches or executes anything, and its policy forbids what it doesn't hold."""
    tree = parsed(page)
    assert not {element.tag for element in tree.iter()} & {
        "script",
        "link",
        "img",
        "iframe",
        "object",
        "base",
        "form",
    }
    assert not any(
        name.startswith(("on", "style", "src")) for element in tree.iter() for name in element.attrib
    )
    assert "url(" not in page
    assert "@import" not in page
    policy = tree.find("head/meta[@http-equiv='Content-Security-Policy']").get("content")
    digest = b64encode(sha256(tree.find("head/style").text.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def test_headings_descend_one_by_one(page: str) -> None:
    """There is one first heading, and no level below it is skipped."""
    levels = [
        int(element.tag[1]) for element in parsed(page).iter() if re.fullmatch("h[1-6]", str(element.tag))
    ]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_has_landmarks_with_names(page: str) -> None:
    """There are header, navigation, main and footer, named articles, and a skip link that leads to main."""
    tree = parsed(page)
    body = tree.find("body")
    assert [element.tag for element in body] == ["a", "header", "main", "footer"]
    assert body[0].get("href") == f"#{body.find('main').get('id')}"
    assert body.find("header/nav").get("aria-label")
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    named = [
        element.get("aria-labelledby") for element in tree.iter() if element.tag in {"article", "section"}
    ]
    assert len(named) == 6
    assert set(named) <= set(ids)


def test_links_leave_safely(page: str) -> None:
    """Every link out of the page tells the other side nothing and gives it no handle."""
    links = [element for element in parsed(page).iter("a") if not element.get("href").startswith("#")]
    assert links
    assert all(link.get("rel") == "noopener noreferrer" for link in links)


def test_names_the_language_of_papers(edition: Edition) -> None:
    """On a Chinese page the page is Chinese and the papers' own words are marked as English."""
    tree = parsed(render(compose(edition, phrases_for("zh"))))
    assert tree.get("lang") == "zh-Hans"
    title = tree.find("body/main/section/article/h3/a")
    assert "".join(title.itertext()).startswith("Counting Limpets in ")
    assert title.find("span").get("lang") == "en"


def test_an_english_page_marks_no_english(edition: Edition) -> None:
    """Where papers and page share a language, none is repeated."""
    tree = parsed(render(compose(edition, phrases_for("en"))))
    assert [element.tag for element in tree.iter() if element.get("lang")] == ["html"]


@given(st.text(st.characters(codec=None), max_size=60))
def test_hostile_text_stays_text(hostile: str) -> None:
    """Whatever a paper says is shown as words: the page stays valid, with the elements it has anyway."""
    title = (Link((Text(hostile, hostile),), f"https://example.org/{hostile}"), Math(hostile, hostile))
    group = Group((Heading(title, 2, 1), Paragraph((Code(hostile), Strong((Text(hostile),))))))
    page = render(Document(hostile, "en", (Heading((Text(hostile),), 1), group)))
    page.encode()
    tree = parsed(page)
    assert {element.tag for element in tree.find("body").iter()} <= {
        "body", "a", "header", "main", "article", "h1", "h2", "p", "code", "strong", "span",
    }  # fmt: skip
    assert not set(page) & {"\x00", "\x1b", "\u202e", "\u2066"}


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "//example.org", "https://a@evil.example/",
     'https://example.org/" onclick="x', "https://", "https://[", "file:///etc/passwd", " https://example.org"],
)  # fmt: skip
def test_refuses_links_that_lead_elsewhere(url: str) -> None:
    """A link that isn't a plain one to the web keeps its words and loses its target."""
    page = render(Document("", "en", (Paragraph((Link((Text("words"),), url),)),)))
    assert '<p class="body">words</p>' in page


def test_shows_every_block() -> None:
    """Every kind of block has its element; a picture is a link, because the page loads none."""
    said = (Paragraph((Strong((Text("strong"),)), Emphasis((Text("stressed"),)))),)
    blocks = (
        List((said, (*said, Quote(said))), ordered=True, start=3),
        Group((Details((), said),)),
        Figure("https://example.org/a.png", "A curve", (Text("Figure 1"),)),
        MathBlock("x^2", "x²"),
        Preformatted("@misc{x,\n  <y>\n}\n", "bibtex"),
        Divider(),
        Actions((Button("Open", url="https://example.org/"), Button("Press", action="x"))),
    )
    page = render(Document("Quiet", "en", blocks))
    tree = parsed(page)
    tags = [element.tag for element in tree.find("body/main").iter()][1:]
    assert tags == [
        "ol", "li", "strong", "em", "li", "p", "strong", "em", "blockquote", "p", "strong", "em",
        "article", "details", "summary", "p", "strong", "em",
        "figure", "a", "figcaption", "p", "pre", "code", "hr", "p", "a",
    ]  # fmt: skip
    assert tree.find("body/header/h1").text == "Quiet"
    assert "Press" not in page
    assert "<pre><code>@misc{x,\n  &lt;y&gt;\n}</code></pre>" in page


def luminance(colour: str) -> float:
    """Return the relative luminance of #rrggbb: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_contrast_is_enough_in_both_schemes() -> None:
    """Every colour of text stands out from both backgrounds by 4.5 to 1, WCAG's AA, in light and in dark."""
    page = render(Document("", "en", ()))
    schemes = [
        dict(re.findall(r"--(\w+): (#\w{6})", rules))
        for rules in re.findall(r":root \{(.*?)\}", page, re.DOTALL)
    ]
    light, dark = [scheme for scheme in schemes if "ink" in scheme and "#000" not in scheme.values()][:2]
    for scheme in (light, dark):
        for text in ("ink", "quiet", "link"):
            for ground in ("paper", "notice"):
                bright, dim = sorted((luminance(scheme[text]), luminance(scheme[ground])), reverse=True)
                assert (bright + 0.05) / (dim + 0.05) >= 4.5
    assert light != dark
