"""Interactions on the loopback Discord: answered once, in time, as their kind allows; rules of commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.servers.discord_client import play

if TYPE_CHECKING:
    from tests.servers.discord import Channel, DiscordServer, Interaction, User
    from tests.servers.discord_client import Raw

    Json = dict[str, Any]

TOPIC = {"type": 3, "name": "topic", "description": "What", "autocomplete": True}
SUBSCRIBE: dict[str, Any] = {"name": "subscribe", "description": "Follow", "options": [TOPIC]}
MODERN = 1 << 15


async def ground(server: DiscordServer, raw: Raw, *commands: Json) -> tuple[User, Channel]:
    """Register commands; a person and a channel to use them in."""
    ada = server.user("Ada")
    await raw.does("PUT", f"/applications/{server.bot.id}/commands", list(commands) or [SUBSCRIBE])
    return ada, server.text(server.guild("Lab", ada), "papers")


async def answer(
    raw: Raw, asked: Interaction, kind: int, data: Json | None = None, **query: str
) -> tuple[int, Any]:
    """Answer an interaction."""
    body = {"type": kind} | ({"data": data} if data is not None else {})
    return await raw.ask("POST", f"/interactions/{asked.id}/{asked.token}/callback", body, params=query)


def test_an_interaction_is_answered_once_and_in_time() -> None:
    """The second answer gets 40060, a late or a made-up one 10062, and people are told."""

    async def story(server: DiscordServer, raw: Raw) -> None:
        ada, papers = await ground(server, raw)
        asked = server.slash(ada, papers, "subscribe", topic="x")
        assert await answer(raw, asked, 4, {"content": "done"}) == (204, None)
        status, twice = await answer(raw, asked, 4, {"content": "again"})
        assert (status, twice["code"]) == (400, 40060)
        late = server.slash(ada, papers, "subscribe", topic="x")
        server.patience = 0.0
        status, refused = await answer(raw, late, 4, {"content": "late"})
        assert (status, refused["code"]) == (404, 10062)
        assert (server.unanswered, late.answered.is_set()) == ([late], False)
        assert [message.text for message in server.shown(papers)] == ["done"]
        server.patience = 3.0
        wrong = f"/interactions/{late.id}/{asked.token}/callback"
        assert (await raw.fails("POST", wrong, {"type": 4, "data": {"content": "x"}}))["code"] == 10062

    play(story)


def test_the_answer_is_returned_when_asked_for() -> None:
    """With the message, whether it's only for one person, and whether it's still to come."""

    async def story(server: DiscordServer, raw: Raw) -> None:
        ada, papers = await ground(server, raw)
        asked = server.slash(ada, papers, "subscribe", topic="x")
        _, got = await answer(raw, asked, 4, {"content": "done", "flags": 64}, with_response="true")
        assert got["resource"]["message"]["content"] == "done"
        assert got["interaction"]["response_message_ephemeral"] is True
        later = server.slash(ada, papers, "subscribe", topic="x")
        _, got = await answer(raw, later, 5, with_response="1")
        assert (got["interaction"]["response_message_loading"], "resource" in got) == (True, False)

    play(story)


def test_a_promise_is_kept_by_the_first_message() -> None:
    """What follows a deferred answer takes its place, and is seen by whom the promise was."""

    async def story(server: DiscordServer, raw: Raw) -> None:
        ada, papers = await ground(server, raw)
        asked = server.slash(ada, papers, "subscribe", topic="x")
        hook = f"/webhooks/{server.bot.id}/{asked.token}"
        assert (await raw.fails("POST", hook, {"content": "early"}))["code"] == 10015
        await answer(raw, asked, 5, {"flags": 64})
        assert (server.last(papers).thinking, server.last(papers).only_for) == (True, ada.id)
        assert (await raw.fails("GET", f"/channels/{papers.id}/messages/{server.last(papers).id}"))[
            "code"
        ] == 10008
        body = {"components": [{"type": 10, "content": "kept"}], "flags": MODERN}
        first = await raw.does("POST", hook, body)
        second = await raw.does("POST", hook, {"content": "more"})
        assert [(m.text, m.only_for) for m in server.shown(papers)] == [("kept", ada.id), ("more", 0)]
        assert (await raw.does("GET", f"{hook}/messages/@original"))["id"] == first["id"]
        await raw.does("PATCH", f"{hook}/messages/{second['id']}", {"content": "changed"})
        await raw.does("DELETE", f"{hook}/messages/@original")
        assert (await raw.fails("GET", f"{hook}/messages/@original"))["code"] == 10008
        assert [m.text for m in server.shown(papers)] == ["changed"]
        server.token_seconds = 0.0
        assert (await raw.fails("POST", hook, {"content": "x"}))["code"] == 50027

    play(story)


def test_each_kind_has_its_answers() -> None:
    """Choices only for autocomplete, changes only for presses; and never more than twenty-five choices."""

    async def story(server: DiscordServer, raw: Raw) -> None:
        ada, papers = await ground(server, raw)

        async def code(asked: Interaction, kind: int, data: Json) -> int:
            status, got = await answer(raw, asked, kind, data)
            return 0 if status < 300 else int(got["code"])

        asked = server.slash(ada, papers, "subscribe", topic="x")
        assert await code(asked, 7, {"content": "x"}) == 50035
        assert await code(asked, 8, {"choices": []}) == 50035
        offered = server.autocomplete(ada, papers, "subscribe", "topic", "ga")
        assert await code(offered, 4, {"content": "x"}) == 50035
        many = [{"name": str(number), "value": str(number)} for number in range(26)]
        assert await code(offered, 8, {"choices": many}) == 50035
        assert await code(offered, 8, {"choices": [{"name": "x" * 101, "value": "x"}]}) == 50035
        assert await code(offered, 8, {"choices": many[:25]}) == 0
        assert len(offered.names) == 25
        button = {"type": 2, "style": 2, "label": "Go", "custom_id": "go"}
        card = {"content": "card", "components": [{"type": 1, "components": [button]}]}
        assert await code(asked, 4, card) == 0
        press = server.press(ada, server.last(papers), "Go")
        assert await code(press, 7, {"content": "pressed", "components": []}) == 0
        assert [(m.text, m.labels) for m in server.shown(papers)] == [("pressed", [])]
        server.violations.clear()

    play(story)


def test_who_installed_the_bot_alone_hears_five_more_messages() -> None:
    """Where the bot isn't itself, an answer may be followed by five, as Discord has it."""

    async def story(server: DiscordServer, raw: Raw) -> None:
        await ground(server, raw, SUBSCRIBE | {"integration_types": [1]})
        cleo, bob = server.user("Cleo", installed=True), server.user("Bob")
        private = server.people.private(cleo, bob)
        asked = server.slash(cleo, private, "subscribe", topic="x")
        await answer(raw, asked, 4, {"content": "0"})
        hook = f"/webhooks/{server.bot.id}/{asked.token}"
        for number in range(5):
            await raw.does("POST", hook, {"content": str(number)})
        assert (await raw.fails("POST", hook, {"content": "5"}))["code"] == 40094
        assert (await raw.fails("POST", f"/channels/{private.id}/messages", {"content": "x"}))[
            "code"
        ] == 50001

    play(story)


def option(**more: Any) -> Json:
    """An option."""
    return {"type": 3, "name": "topic", "description": "What"} | more


def command(**more: Any) -> Json:
    """A command."""
    return {"name": "subscribe", "description": "Follow"} | more


SUB = {"type": 1, "name": "on", "description": "On"}


@pytest.mark.parametrize(
    ("commands", "where"),
    [
        ([command(name="Subscribe")], "0.name"),
        ([command(name="two words")], "0.name"),
        ([command(name="x" * 33)], "0.name"),
        ([command(description="")], "0.description"),
        ([command(description="x" * 101)], "0.description"),
        ([command(name_localizations={"zh": "订阅"})], "0.name_localizations.zh"),
        ([command(description_localizations={"zh-CN": "x" * 101})], "0.description_localizations.zh-CN"),
        ([command(), command()], "1"),
        ([command(options=[option(name=str(n)) for n in range(26)])], "0.options"),
        ([command(options=[option(), option()])], "0.options.1"),
        ([command(options=[option(), option(name="b", required=True)])], "0.options.1"),
        ([command(options=[option(), SUB])], "0.options"),
        ([command(options=[SUB | {"options": [SUB]}])], "0.options.0.options"),
        ([command(options=[option(description="")])], "0.options.0.description"),
        (
            [command(options=[option(choices=[{"name": str(n), "value": "x"} for n in range(26)])])],
            "0.options.0.choices",
        ),
        (
            [command(options=[option(autocomplete=True, choices=[{"name": "a", "value": "a"}])])],
            "0.options.0.choices",
        ),
        ([command(options=[option(type=5, autocomplete=True)])], "0.options.0.autocomplete"),
        ([command(contexts=[0, 0])], "0.contexts"),
        ([command(integration_types=[])], "0.integration_types"),
        ([{"type": 3, "name": "Read", "description": "x"}], "0.description"),
        ([{"type": 3, "name": f"Read {n}"} for n in range(16)], ""),
        (
            [
                command(
                    options=[
                        option(
                            name=f"o{n}",
                            choices=[{"name": f"{m} " + "x" * 90, "value": "y" * 99} for m in range(25)],
                        )
                        for n in range(2)
                    ]
                )
            ],
            "0",
        ),
    ],
)
def test_commands_have_rules(commands: list[Json], where: str) -> None:
    """What Discord wouldn't register is refused at its place, and nothing changes."""

    async def story(server: DiscordServer, raw: Raw) -> None:
        refused = await raw.fails("PUT", f"/applications/{server.bot.id}/commands", commands)
        place, tree = "", refused["errors"]
        while "_errors" not in tree:
            ((step, tree),) = tree.items()
            place = f"{place}.{step}" if place else step
        assert (refused["code"], place, server.commands) == (50035, where, [])
        server.violations.clear()

    play(story, described=False)


def test_commands_keep_their_ids() -> None:
    """Overwriting all keeps ids by name and kind, drops what's left out; translations come when asked for."""

    async def story(server: DiscordServer, raw: Raw) -> None:
        path = f"/applications/{server.bot.id}/commands"
        menu = {"type": 3, "name": "Summarize arXiv link"}
        translated = command(name_localizations={"zh-CN": "订阅"}, default_member_permissions=16)
        first = await raw.does("PUT", path, [translated, menu])
        second = await raw.does("PUT", path, [translated | {"description": "Other"}])
        assert second[0]["id"] == first[0]["id"]
        assert second[0]["version"] != first[0]["version"]
        assert (second[0]["default_member_permissions"], server.synced) == ("16", 2)
        (short,) = await raw.does("GET", path)
        (whole,) = await raw.does("GET", path, params={"with_localizations": "true"})
        assert ("name_localizations" in short, whole["name_localizations"]) == (False, {"zh-CN": "订阅"})
        assert (await raw.fails("GET", f"{path}/1"))["code"] == 10063
        assert (await raw.fails("GET", "/applications/1/commands"))["code"] == 20012

    play(story)
