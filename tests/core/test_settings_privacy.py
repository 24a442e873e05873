"""No refusal repeats a token, a key or a password, wherever somebody wrote it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.settings import load
from digest.errors import QueryError, SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

PROXY = "it takes a URL such as http://HOST:PORT or socks5://HOST:PORT, or nothing."
TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1"  # noqa: S105 - the form of one, from Telegram's documentation


def refuse(query: str) -> None:
    """Stand for a parser that takes no query."""
    raise QueryError(query, 0, "something else is expected", "ti:cat")


@pytest.fixture
def refusal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Load a file called mine.toml in the working directory and return the sentence that refuses it."""
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "mine.toml"

    def refusal(content: str | bytes = "", environ: Mapping[str, str] | None = None) -> str:
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        with pytest.raises(SettingsError) as caught:
            load(file.relative_to(tmp_path), environ or {}, refuse)
        return str(caught.value)

    return refusal


@pytest.mark.parametrize(
    "proxy",
    [
        "ada:hush@proxy.example:3128",
        "ftp://ada:hush@proxy.example",
        "http://ada:hush@",
        "http://proxy.example:hush",
        "http://ada:hush@proxy.example:x",
        "http://ada:hush@[::1",
        "http://ada:hush@proxy.example\t:3128",
        "hush",
    ],
)
def test_a_proxys_password_is_never_repeated(refusal: Callable[..., str], proxy: str) -> None:
    """However the URL is wrong, the sentence says so without the value."""
    escaped = proxy.replace("\t", "\\t")
    assert (
        refusal(f'[network]\nproxy = "{escaped}"\n') == f"mine.toml: [network] proxy can't be used: {PROXY}"
    )
    assert (
        refusal("", {"PAPERROUND_NETWORK__PROXY": proxy})
        == f"PAPERROUND_NETWORK__PROXY can't be used: {PROXY}"
    )


@pytest.mark.parametrize(
    "text",
    [
        '[telegram]\ntoken = "{token}"',
        '[digest]\npapers = "{token}"',
        '[digest]\nzone = "{token}"',
        '[arxiv]\nsite_url = "https://{token}/?"',
        '[arxiv]\ncontact = "https://ada:hush-hush@example.org/?x"',
        '["{token}"]',
        '[digest]\n"{token}" = 1',
        "[topics.cats]\ntitle = 'Cats'\nquery = '(" + "x" * 200 + " {token}'",
    ],
)
@pytest.mark.parametrize("environ", [{}, {"TELEGRAM_BOT_TOKEN": TOKEN}])
def test_a_token_in_the_wrong_place_is_never_repeated(
    refusal: Callable[..., str], text: str, environ: dict[str, str]
) -> None:
    """Somebody who pastes a token where it doesn't belong doesn't find it in the log afterwards."""
    sentence = refusal(text.replace("{token}", TOKEN), environ)
    assert TOKEN.split(":")[1] not in sentence
    assert "hush-hush" not in sentence
    assert sentence.startswith("mine.toml: ")


def test_the_cause_of_a_refusal_quotes_nothing(tmp_path: Path) -> None:
    """With --debug the traceback is shown, and it holds no value either."""
    file = tmp_path / "mine.toml"
    file.write_text("[network]\nproxy = 'http://ada:hush@proxy.example:x'\n", encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        load(file, {}, refuse)
    error: BaseException | None = caught.value
    while error is not None:
        assert "hush" not in str(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
