"""The loopback Discord holds messages against Discord's rules, with or without its description."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.servers.discord.schema import present
from tests.servers.discord_client import play

if TYPE_CHECKING:
    from tests.servers.discord import Channel, DiscordServer
    from tests.servers.discord_client import Raw

    Json = dict[str, Any]

MODERN = 1 << 15


def words(text: str = "x") -> Json:
    """A text display."""
    return {"type": 10, "content": text}


def button(**more: Any) -> Json:
    """A button."""
    return {"type": 2, "style": 2, "label": "Go", "custom_id": "go"} | more


def row(*children: Json) -> Json:
    """A row."""
    return {"type": 1, "components": list(children)}


def box(*children: Json, **more: Any) -> Json:
    """A container."""
    return {"type": 17, "components": list(children)} | more


def menu(options: int = 1, **more: Any) -> Json:
    """A select menu."""
    listed = [{"label": f"{number}", "value": f"{number}"} for number in range(options)]
    return {"type": 3, "custom_id": "menu", "options": listed} | more


def leaves(errors: Json, path: str = "") -> list[tuple[str, str]]:
    """List the places of a tree of errors, each with its code."""
    found = [(path, error["code"]) for error in errors.get("_errors", [])]
    for step, below in errors.items():
        if step != "_errors":
            found += leaves(below, f"{path}.{step}" if path else step)
    return found


async def posted(server: DiscordServer, raw: Raw, body: Json) -> tuple[Channel, int, Any]:
    """Post a message to a channel of its own."""
    channel = server.text(server.guild("Lab"), "papers")
    status, answer = await raw.ask("POST", f"/channels/{channel.id}/messages", body)
    return channel, status, answer


@pytest.mark.parametrize(
    ("components", "where", "code"),
    [
        ([words()] * 41, "components", "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED"),
        ([box(*[words()] * 40)], "components", "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED"),
        (
            [words("x" * 2000), box(words("y" * 2001))],
            "components",
            "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
        ),
        ([words("")], "components.0.content", "BASE_TYPE_BAD_LENGTH"),
        ([words(" ")], "components.0.content", "BASE_TYPE_REQUIRED"),
        ([button()], "components.0.type", "UNION_TYPE_CHOICES"),
        ([box(box(words()))], "components.0.components.0.type", "UNION_TYPE_CHOICES"),
        ([box()], "components.0.components", "BASE_TYPE_BAD_LENGTH"),
        ([box(words(), accent_color=1 << 24)], "components.0.accent_color", "NUMBER_TYPE_MAX"),
        ([row()], "components.0.components", "BASE_TYPE_BAD_LENGTH"),
        (
            [row(*[button(custom_id=str(n)) for n in range(6)])],
            "components.0.components",
            "BASE_TYPE_BAD_LENGTH",
        ),
        ([row(button(), menu())], "components.0.components", "COMPONENT_LAYOUT_WIDTH_EXCEEDED"),
        (
            [row(button()), row(button())],
            "components.1.components.0.custom_id",
            "COMPONENT_CUSTOM_ID_DUPLICATED",
        ),
        ([row(button(label="x" * 81))], "components.0.components.0.label", "BASE_TYPE_MAX_LENGTH"),
        ([row(button(custom_id="x" * 101))], "components.0.components.0.custom_id", "BASE_TYPE_BAD_LENGTH"),
        ([row(button(custom_id=None))], "components.0.components.0.custom_id", "BASE_TYPE_REQUIRED"),
        (
            [row(button(label=None))],
            "components.0.components.0.label",
            "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED",
        ),
        (
            [row({"type": 2, "style": 5, "label": "x", "url": "ftp://a.example"})],
            "components.0.components.0.url",
            "URL_TYPE_INVALID_SCHEME",
        ),
        (
            [row(button(style=5, url="https://a.example"))],
            "components.0.components.0.custom_id",
            "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
        ),
        ([row(menu(26))], "components.0.components.0.options", "BASE_TYPE_BAD_LENGTH"),
        ([row(menu(max_values=2))], "components.0.components.0.max_values", "BASE_TYPE_MAX"),
        ([row(menu(placeholder="x" * 151))], "components.0.components.0.placeholder", "BASE_TYPE_MAX_LENGTH"),
        ([{"type": 9, "components": [words()]}], "components.0.accessory", "BASE_TYPE_REQUIRED"),
        (
            [{"type": 9, "components": [words()] * 4, "accessory": button()}],
            "components.0.components",
            "BASE_TYPE_BAD_LENGTH",
        ),
        (
            [{"type": 12, "items": [{"media": {"url": "attachment://none.png"}}]}],
            "components.0.items.0.media.url",
            "MEDIA_ATTACHMENT_NOT_FOUND",
        ),
        (
            [{"type": 12, "items": [{"media": {"url": "https://a.example/x.png"}}] * 11}],
            "components.0.items",
            "BASE_TYPE_BAD_LENGTH",
        ),
        ([{"type": 14, "spacing": 3}], "components.0.spacing", "BASE_TYPE_CHOICES"),
    ],
)
def test_components_have_rules(components: list[Json], where: str, code: str) -> None:
    """Each is refused by name and place, nothing is shown, and the test that sent it fails."""

    async def story(server: DiscordServer, raw: Raw) -> None:
        channel, status, answer = await posted(server, raw, {"flags": MODERN, "components": components})
        assert (status, answer["code"]) == (400, 50035)
        assert leaves(answer["errors"]) == [(where, code)]
        assert server.shown(channel) == []
        assert len(server.violations) == 1
        server.violations.clear()

    play(story, described=False)


@pytest.mark.parametrize(
    ("body", "where", "code"),
    [
        ({"content": "x" * 2001}, "content", "BASE_TYPE_MAX_LENGTH"),
        ({"components": [words()]}, "components.0.type", "UNION_TYPE_CHOICES"),
        (
            {"flags": MODERN, "content": "x", "components": [words()]},
            "content",
            "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
        ),
        ({"content": "x", "nonce": "x" * 26}, "nonce", "NONCE_TYPE_TOO_LONG"),
        (
            {"embeds": [{"description": "x" * 4000}, {"description": "y" * 2001}]},
            "embeds",
            "MAX_EMBED_SIZE_EXCEEDED",
        ),
        (
            {"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}},
            "allowed_mentions",
            "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
        ),
        (
            {"content": "x", "message_reference": {"message_id": "1"}},
            "message_reference",
            "MESSAGE_REFERENCE_UNKNOWN_MESSAGE",
        ),
    ],
)
def test_messages_have_rules(body: Json, where: str, code: str) -> None:
    """What isn't about components, in the same way."""

    async def story(server: DiscordServer, raw: Raw) -> None:
        _, status, answer = await posted(server, raw, body)
        assert (status, leaves(answer["errors"])) == (400, [(where, code)])
        server.violations.clear()

    play(story, described=False)


def test_what_is_within_the_rules_passes() -> None:
    """Forty components, four thousand letters, long labels: the last of each that is allowed."""

    async def story(server: DiscordServer, raw: Raw) -> None:
        buttons = [button(custom_id=f"{n}" + "x" * 99, label="x" * 80) for n in range(5)]
        inside = [words("é" * 100)] * 32
        body: Json = {
            "flags": MODERN,
            "components": [box(row(*buttons), *inside, accent_color=0xFFFFFF), words("x" * 800)],
        }
        channel, status, answer = await posted(server, raw, body)
        assert status == 200, answer
        (shown,) = server.shown(channel)
        assert len(shown.texts) == 33
        assert [button["id"] for button in shown.buttons] == [3, 4, 5, 6, 7]
        edit = {"flags": MODERN, "components": [words()]}
        await raw.does("PATCH", f"/channels/{channel.id}/messages/{shown.id}", edit)
        assert server.last(channel).texts == ["x"]

    play(story)


def test_long_messages_in_chinese_break_discord_itself() -> None:
    """Within 4,000 letters, but beyond what Discord can store: status 500, and the test fails."""

    async def story(server: DiscordServer, raw: Raw) -> None:
        fine, broken = ([words("字" * 3386)], [words("字" * 3387)])
        _, status, _ = await posted(server, raw, {"flags": MODERN, "components": fine})
        assert status == 200
        _, status, _ = await posted(server, raw, {"flags": MODERN, "components": broken})
        assert (status, len(server.violations)) == (500, 1)
        server.violations.clear()

    play(story)


def test_an_old_message_becomes_a_new_one_only_emptied() -> None:
    """Content has to be taken away in the same edit; back to an old one leads no way."""

    async def story(server: DiscordServer, raw: Raw) -> None:
        channel, _, message = await posted(server, raw, {"content": "old"})
        path = f"/channels/{channel.id}/messages/{message['id']}"
        new = {"flags": MODERN, "components": [words()]}
        assert leaves((await raw.fails("PATCH", path, new))["errors"])[0][0] == "content"
        await raw.does("PATCH", path, new | {"content": None})
        assert leaves((await raw.fails("PATCH", path, {"content": "old", "flags": 0}))["errors"])
        server.violations.clear()

    play(story)


@pytest.mark.skipif(not present(), reason="needs Discord's description in ../shared/data/discord")
@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"content": "x", "contents": "y"}, ""),
        ({"content": 5}, "content"),
        ({"flags": MODERN, "components": [row(button(labels="x"))]}, "components.0.components.0"),
        (
            {"flags": MODERN, "components": [box(row(button(style="blue")))]},
            "components.0.components.0.components.0.style",
        ),
        ({"flags": MODERN, "components": [words(), {"type": 10}]}, "components.1"),
    ],
)
def test_what_discord_doesnt_describe_is_refused(body: Json, where: str) -> None:
    """Mistyped fields and wrong types are found by Discord's own description, at their place."""

    async def story(server: DiscordServer, raw: Raw) -> None:
        _, status, answer = await posted(server, raw, body)
        assert (status, leaves(answer["errors"])) == (400, [(where, "OPENAPI")])
        server.violations.clear()

    play(story)
