"""Which addresses of code a paper names."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from digest.code_links import code_links
from digest.model import Paper, PaperId

SHARED = Path(__file__).parents[3] / "shared/data"
needs_days = pytest.mark.skipif(not (SHARED / "days").exists(), reason=f"{SHARED}/days is absent")


def links(abstract: str, comment: str | None = None) -> tuple[str, ...]:
    """Return the code links of a paper with this abstract and comment."""
    return code_links(Paper(PaperId("2401.00001"), 1, "A title", abstract, (), ("cs.CV",), comment))


FOUND = [
    ("Code is available at https://github.com/a/b.", "https://github.com/a/b"),
    ("Code at http://github.com/a/OCR.", "https://github.com/a/OCR"),
    ("See GitHub (https://github.com/a/b.git).", "https://github.com/a/b.git"),
    ("Our harness: github.com/a-b/c_d | ok", "https://github.com/a-b/c_d"),
    (r"\url{https://github.com/a/b\_c}", "https://github.com/a/b_c"),
    (r"\href{https://github.com/a/b}{\text{this https URL}}", "https://github.com/a/b"),
    (r"here \hyperref[code]{https://github.com/a/EMA-SAM}.", "https://github.com/a/EMA-SAM"),
    ("[code](https://github.com/a/b)", "https://github.com/a/b"),
    ("tree https://github.com/a/b/tree/main/sub%20dir, and", "https://github.com/a/b/tree/main/sub%20dir"),
    ("at https: //github.com/a/b.", "https://github.com/a/b"),
    ("at https://www.github.com/a/b/", "https://github.com/a/b/"),
    ("at https://GitHub.com/A/B", "https://github.com/A/B"),
    ("at https://github.com/breuerlabs/e- LDA.", "https://github.com/breuerlabs/e-LDA"),
    ("at https://en.example/x, https://gitlab.com/g/p", "https://gitlab.com/g/p"),
    ("at http://gitlab.inria.example/g/p", "http://gitlab.inria.example/g/p"),
    ("at https://bitbucket.org/a/b", "https://bitbucket.org/a/b"),
    ("at https://codeberg.org/a/b", "https://codeberg.org/a/b"),
    ("at https://git.sr.ht/~a/b", "https://git.sr.ht/~a/b"),
    ("at https://anonymous.4open.science/r/x-62EB.", "https://anonymous.4open.science/r/x-62EB"),
    ("weights: https://huggingface.co/org/model", "https://huggingface.co/org/model"),
    ("code: https://zenodo.org/records/1", "https://zenodo.org/records/1"),
    ("Code & Data: https://a-b.github.io/", "https://a-b.github.io/"),
    ("Code is at a-b.github.io/c.", "https://a-b.github.io/c"),
    ("代码见 https://github.com/a/b。谢谢", "https://github.com/a/b"),
    ("at https://github.com/a/b(v2)).", "https://github.com/a/b(v2)"),
]

NONE = [
    "No code at all.",
    "https://github.com@evil.example/a/b",
    "https://github.com:x@evil.example/a/b",
    r"https://github.com\@evil.example/a",
    "https://github.com.evil.example/a/b",
    "https://evil.example/github.com/a/b",
    "evil.example/github.com/a/b",
    "https://notgithub.com/a/b and me@github.com/a",
    "ftp://github.com/a/b",
    "https://github.com:8443/a/b",
    "https://github.com/.",
    "Project page: https://a-b.github.io/c",
    "Project page: https://a-b.github.io/c. Code will be released.",
    "Data at https://zenodo.org/records/1",
    "See https://huggingface.co/papers/2401.00001",
    "The data are at https://huggingface.co/datasets/a/b",
    "https://[github.com/a/b",
    "javascript://github.com/a/b",
]


@pytest.mark.parametrize(("text", "link"), FOUND)
def test_finds(text: str, link: str) -> None:
    """Each form in which authors write the address of their code gives that address."""
    assert links(text) == (link,)
    assert links("", text) == (link,)


@pytest.mark.parametrize("text", NONE)
def test_refuses(text: str) -> None:
    """What isn't code, or only pretends to be at a host of code, is no link."""
    assert links(text) == ()


def test_order_and_repetition() -> None:
    """Repository hosts come first, and each address once, however often and variously it's written."""
    abstract = (
        r"Code: https://x.github.io/p. Weights: https://huggingface.co/a/w. "
        r"\href{https://github.com/a/b}{github.com/a/b}, "
        "http://github.com/A/b/ and https://github.com/a/b.git"
    )
    assert links(abstract, "code: https://codeberg.org/a/c") == (
        "https://github.com/a/b",
        "https://codeberg.org/a/c",
        "https://huggingface.co/a/w",
        "https://x.github.io/p",
    )


@given(
    st.lists(
        st.sampled_from(
            [
                "https://",
                "http://",
                "github.com",
                "/",
                "a",
                "@",
                "\\",
                ":",
                "evil.example",
                ".",
                "[",
                "]",
                "%00",
                "?",
                "#",
            ]
        )
        | st.text(max_size=2),
        max_size=15,
    ).map("".join)
)
@example("https://github.com/" + "a-" * 5000)
def test_only_plain_addresses(text: str) -> None:
    """Whatever the text, a link is http or https, at a known host, with no user, port or blank in it."""
    for link in links(text, f"code {text}"):
        parts = urlsplit(link)
        assert parts.scheme in {"http", "https"}
        assert re.fullmatch(
            r"(?:gist\.)?github\.com|gitlab\..+|bitbucket\.org|codeberg\.org|(?:.+\.)?sr\.ht|huggingface\.co|hf\.co|"
            r"zenodo\.org|doi\.org|anonymous\.4open\.science|.+\.git(?:hub|lab)\.io",
            parts.netloc,
        )
        assert "@" not in parts.netloc
        assert not re.search(r"[\s\\{}<>\"$^`|]", link)


@needs_days
@pytest.mark.parametrize("day", ["2025-10-22", "2026-06-25", "2026-06-26"])
def test_real_days(day: str) -> None:
    """On real days, the GitHub links are those that a plain scan for “github.com/” finds."""
    for line in (SHARED / f"days/{day}.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        text = f"{record['summary']} {record['comment'] or ''}"
        scanned = {found.rstrip(".,;/").lower() for found in re.findall(r"github\.com/[^\s{}()]+", text)}
        found = {
            link.removeprefix("https://").rstrip("/").lower()
            for link in links(record["summary"], record["comment"])
            if "github.com" in link
        }
        assert found == scanned
