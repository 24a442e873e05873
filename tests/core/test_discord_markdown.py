"""What we take for Discord's Markdown is what its clients show."""

from __future__ import annotations

import pytest

from tests.servers.discord.markdown import Client, nodes, parse, shown

EVERY_CLIENT = pytest.mark.parametrize("client", Client)


@EVERY_CLIENT
@pytest.mark.parametrize(
    ("text", "kinds", "words"),
    [
        ("*a* _b_ **c** __d__ ~~e~~ ||f||", "italic italic bold underline strike spoiler", "a b c d e f"),
        (r"\*a\* \_b\_ \|\|c\|\|", "", "*a* _b_ ||c||"),
        ("`a` ``b`c``", "code code", "a b`c"),
        ("foo * a * bar", "", "foo * a * bar"),
        ("snake_case_name", "", "snake_case_name"),
        ("**foo***", "bold", "foo*"),
        ("## a", "heading", "a\n"),
        ("a ## b", "", "a ## b"),
        ("-# a", "small", "a\n"),
        ("- a\n- b", "list item item", "- a\n- b\n"),
        ("3. a\n7. b", "list item item", "3. a\n4. b\n"),
        ("> a\n> b\nc", "quote", "a\nb\nc"),
        ("*> a*", "italic quote", "a\n"),
        ("**1. a**", "bold list item", "1. a\n"),
        ("[a](https://example.org)", "link", "a"),
        ("[a](<https://example.org>)", "link", "a"),
        (r"[\*a\*](https://example.org)", "link", r"\*a\*"),
        ("[see https://a.example](https://b.example)", "", "[see https://a.example](https://b.example)"),
        ("[a ⭐](https://example.org)", "", "[a ⭐](https://example.org)"),
        ("<https://example.org>", "url", "https://example.org"),
        ("see https://example.org.", "url", "see https://example.org."),
        (r"https\://example.org", "", "https://example.org"),
        ("<@12> <@&1> <#3> <:a:1> <t:5:R> </help:7> @everyone @here", "mention " * 8, None),
        (r"\<@12> @⁠everyone", "", "<@12> @⁠everyone"),
        ("nice :smile: one", "mention", None),
    ],
)
def test_it_reads_as_clients_do(client: Client, text: str, kinds: str, words: str | None) -> None:
    """Formatting begins and ends where it does on Discord."""
    read = parse(text, client)
    assert [node.kind for node in nodes(read)] == kinds.split()
    assert words is None or shown(read) == words


def test_clients_differ_about_escaped_ends() -> None:
    """Bold goes on past an escaped sign on the desktop and ends there on Android; ours holds for both."""
    text = r"*a \* b*"
    assert [node.kind for node in nodes(parse(text, Client.DESKTOP))] == ["italic"]
    assert shown(parse(text, Client.ANDROID)) != shown(parse(text, Client.DESKTOP))
