"""What strangers write is shown, never obeyed, and links lead to the web or nowhere."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.safety import printable, web_link


@given(st.text(st.characters(codec=None)))
def test_what_is_printable_is_one_line_of_utf8(text: str) -> None:
    """Any text becomes one line without controls that can be encoded; doing it twice changes nothing."""
    shown = printable(text)
    shown.encode()
    assert not any(unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} for character in shown)
    assert printable(shown) == shown


@given(st.text(st.characters(categories=["L", "N", "P", "S", "M"])))
def test_letters_and_signs_stay(text: str) -> None:
    """Nothing that a reader sees is taken away, in any script."""
    assert printable(text) == text


def test_what_passes_at_once_has_nothing_to_take_away() -> None:
    """Python's own idea of printable is never wider than ours, whatever Unicode it knows."""
    passing = "".join(letter for letter in map(chr, range(0x110000)) if letter.isprintable())
    assert printable(f"{passing}\n") == f"{passing} "


def test_joiners_that_scripts_need_stay() -> None:
    """Persian words and joined emoji keep their joiners; a reversed reading direction is dropped."""
    assert printable("می‌خواهم 👩‍🔬") == "می‌خواهم 👩‍🔬"
    assert printable("a\u202egpj.exe\u2066b") == "agpj.exeb"


@pytest.mark.parametrize(
    "url",
    [
        "https://arxiv.org/abs/2606.1",
        "http://example.org",
        "https://github.com/a/b?x=1&y=(2)#z",
        "https://[::1]/",
    ],
)
def test_web_links_pass(url: str) -> None:
    """Ordinary links are returned as they are."""
    assert web_link(url) == url


@pytest.mark.parametrize(
    "url",
    ["", "javascript:alert(1)", "data:text/html,x", "ftp://example.org", "//example.org", "https:example.org",
     "https://", "https://arxiv.org@evil.example", "https://exa mple.org", "https://example.org/\n",
     "https://[", "https://example.org/<b>", "https://exämple.org/"],
)  # fmt: skip
def test_other_links_are_refused(url: str) -> None:
    """Other schemes, hidden or missing hosts and characters that no URL holds are refused."""
    assert web_link(url) == ""
