"""What is taken out of text, and what stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.redaction import MARK, Redactor

# The forms of real ones, put together here so that no scanner takes them for such.
TELEGRAM = "110201543:" + "AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1"
DISCORD = "MTk4NjIyNDgzNDcxOTI1MjQ4" + ".Cl2FMQ." + "ZnCjm1XVW7vRze4b7Cq4se7kKWs"
GOOGLE = "AIza" + "SyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY"
NEWER_GOOGLE = "AQ." + "Ab8RN6JkQ2vX_tY4mP-7sL0wZc3"
OPENAI = "sk-" + "proj-4fTq9LmZ0aXw_7PbKcR2vNdE"

names = st.text("abcdefghijklmnopqrstuvwxyzABC0123456789 %/+@:'\"\\é", min_size=8, max_size=40)


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        (f"bad token {TELEGRAM}.", f"bad token {MARK}."),
        (
            f"POST https://api.telegram.org/bot{TELEGRAM}/getMe",
            f"POST https://api.telegram.org/bot{MARK}/getMe",
        ),
        (f"/bot{TELEGRAM.replace(':', '%3A')}/getMe", f"/bot{MARK}/getMe"),
        (f"logged in with {DISCORD}", f"logged in with {MARK}"),
        (
            "/webhooks/4711471147114711/aW50ZXJhY3Rpb246MTIzNDU2/messages",
            f"/webhooks/4711471147114711/{MARK}/messages",
        ),
        (f"GET /v1beta/models?key={GOOGLE}&alt=sse", f"GET /v1beta/models?key={MARK}&alt=sse"),
        (f"{GOOGLE} and {NEWER_GOOGLE}", f"{MARK} and {MARK}"),
        (f"Incorrect API key provided: {OPENAI}.", f"Incorrect API key provided: {MARK}."),
        ("/x?a=1&api_key=swordfish&b=2", f"/x?a=1&api_key={MARK}&b=2"),
        ("/x?access_token=swordfish#top", f"/x?access_token={MARK}#top"),
        ("{'api_key': 'sword fish', 'a': 1}", f"{{'api_key': '{MARK}', 'a': 1}}"),
        ('{"password": "sword fish"}', f'{{"password": "{MARK}"}}'),
        ("Authorization: Bearer swordfish", f"Authorization: {MARK}"),
        ("{'Authorization': 'Bot swordfish', 'A': 'b'}", f"{{'Authorization': '{MARK}', 'A': 'b'}}"),
        ("[(b'Authorization', b'Basic c3dvcmRmaXNo')]", f"[(b'Authorization', b'{MARK}')]"),
        ("proxy-authorization: Basic c3dvcmRmaXNo", f"proxy-authorization: {MARK}"),
        ("x-goog-api-key: swordfish", f"x-goog-api-key: {MARK}"),
        ("socks5h://ada:swordfish@proxy.example:1080", f"socks5h://{MARK}@proxy.example:1080"),
        ("socks5://ada:swordfish@proxy.example:1080", f"socks5://{MARK}@proxy.example:1080"),
        ("http://ada:sword@fish@proxy.example/a@b", f"http://{MARK}@proxy.example/a@b"),
    ],
)
def test_what_looks_like_a_secret_is_taken_out(text: str, redacted: str) -> None:
    """Without being told any value, by its form or its place; the rest of the text stays readable."""
    assert Redactor()(text) == redacted


@pytest.mark.parametrize(
    "text",
    [
        "harvested 412 papers of cs on 2026-06-26 in 3.2 s",
        "https://export.arxiv.org/api/query?search_query=cat:cs.CL&start=0&max_results=100",
        "https://arxiv.org/abs/2408.16725v2 and math/0306266",
        "ada@example.org wrote to http://127.0.0.1:8901/rss/cs+stat",
        "task-scheduler mask-and-replace-something-long digest.storage.papers:123",
        "12:30:45.123456: monkey=1 primary_key=2 tokens=3 the key is here, the token: expired",
    ],
)
def test_ordinary_lines_stay(text: str) -> None:
    """A log that blanks what it doesn't have to is no use."""
    assert Redactor(["swordfish"])(text) == text


@pytest.mark.parametrize(
    ("told", "written"),
    [
        ("sword fish/é'", "sword fish/é'"),
        ("sword fish/é'", "sword%20fish%2F%C3%A9%27"),
        ("sword fish/é'", "sword%20fish/%C3%A9%27"),
        ("sword fish/é'", "sword+fish%2F%C3%A9%27"),
        ("sword%20fish%2F%C3%A9%27", "sword fish/é'"),
        ("sword\\fish", "sword\\\\fish"),
    ],
)
def test_a_known_value_is_found_in_every_dress(told: str, written: str) -> None:
    """As it is, percent-encoded, with plus signs, decoded, or escaped as a repr does."""
    assert Redactor([told])(f"<{written}>") == f"<{MARK}>"


def test_a_secret_that_begins_like_another_leaves_no_tail() -> None:
    """The longer one is looked for first."""
    assert Redactor(["swordfish", "swordfish-and-more"])("swordfish-and-more") == MARK


def test_a_value_too_short_to_be_told_from_words_is_left_to_its_place() -> None:
    """A proxy's password "cs" doesn't blank the archive, but goes with its URL."""
    assert Redactor(["cs"])("http://ada:cs@proxy.example read cs") == f"http://{MARK}@proxy.example read cs"


@given(names, st.text(max_size=30), st.text(max_size=30))
def test_a_known_value_never_comes_through(secret: str, before: str, after: str) -> None:
    """Whatever the value, and whatever stands around it."""
    redacted = Redactor([secret])(f"{before}{secret}{after}")
    assert secret not in redacted.replace(MARK, "\0")


@given(st.text())
def test_redacting_twice_changes_nothing(text: str) -> None:
    """What has been taken out isn't taken for a secret itself."""
    redact = Redactor(["swordfish"])
    assert redact(redact(text)) == redact(text)
