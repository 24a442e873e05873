"""Which figure of a paper a digest shows: the first that the configured site has, its caption cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.document import Figure
from digest.fulltext import Form, Picture
from digest.reading import words
from digest.teasers import LONGEST_CAPTION, teaser_blocks, teaser_of
from digest.translation import phrases_for
from tests.fullpapers import full_paper

SITE = "https://arxiv.org"
PAGE = "https://arxiv.org/html/9906.00001v1"


def chosen(*images: str, site: str = SITE) -> tuple[str, ...]:
    """Return the images of the teaser of a paper with one figure for each of these images."""
    figures = tuple(Picture(f"Figure {n}", "Seen.", (image,)) for n, image in enumerate(images, start=1))
    found = teaser_of(full_paper(form=Form.HTML, figures=figures), site)
    return found.images if found else ()


def test_the_first_figure_with_an_address_is_chosen() -> None:
    """A figure without an image, or cut out of a PDF, is passed over; of several images it's the first."""
    figures = (
        Picture("Figure 1", "Not found.", ()),
        Picture("Figure 2", "Cut.", ("figure-2.png",)),
        Picture("Figure 3", "Two parts.", (f"{PAGE}/a.png", f"{PAGE}/b.png")),
        Picture("Figure 4", "Later.", (f"{PAGE}/c.png",)),
    )
    found = teaser_of(full_paper(form=Form.HTML, figures=figures), SITE)
    assert found == Picture("Figure 3", "Two parts.", (f"{PAGE}/a.png",))
    assert teaser_of(full_paper(), SITE) is None


@pytest.mark.parametrize(
    "image",
    [
        "https://arxiv.org.example.net/html/a.png",
        "https://user@arxiv.org/a.png",
        "http://arxiv.org/a.png",
        "https://arxiv.org:8443/a.png",
        "https://example.net/?https://arxiv.org/a.png",
        "javascript:alert(1)",
        "//arxiv.org/a.png",
        "https://[arxiv.org/a.png",
    ],
)
def test_no_other_site_is_shown(image: str) -> None:
    """Whatever a page names: only addresses of the site that settings name are shown."""
    assert chosen(image) == ()
    assert chosen(image, f"{PAGE}/x1.png") == (f"{PAGE}/x1.png",)


def test_a_mirror_shows_its_own() -> None:
    """Where settings name another site, its addresses are the ones."""
    assert chosen(f"{PAGE}/x1.png", "http://127.0.0.1:8080/html/x1.png", site="http://127.0.0.1:8080") == (
        "http://127.0.0.1:8080/html/x1.png",
    )


@given(st.text(max_size=400), st.sampled_from(["", "Figure 1"]), st.sampled_from(["en", "zh"]))
def test_a_caption_is_short_whatever_it_holds(caption: str, label: str, language: str) -> None:
    """A long caption ends after a sentence or a word, within the room that it has; the label stays."""
    (figure,) = teaser_blocks(Picture(label, caption, (f"{PAGE}/x1.png",)), phrases_for(language))
    assert isinstance(figure, Figure)
    assert len(words(figure.caption)) <= LONGEST_CAPTION
    named = {"zh": "图 1", "en": "Figure 1"}[language] if label else ""
    assert words(figure.caption).startswith(named)
    assert figure.url == f"{PAGE}/x1.png"
