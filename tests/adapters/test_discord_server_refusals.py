"""The loopback Discord refuses what Discord refuses, with its numbers."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from tests.servers.discord import Allow, Intents
from tests.servers.discord.schema import present
from tests.servers.discord.world import PRIVATE_THREAD
from tests.servers.discord_client import play

if TYPE_CHECKING:
    from tests.servers.discord import Channel, DiscordServer
    from tests.servers.discord_client import Raw

    Json = dict[str, Any]


def test_where_a_bot_may_write() -> None:
    """Every way in which a channel is closed has Discord's own number."""

    async def story(server: DiscordServer, raw: Raw) -> None:
        ada = server.user("Ada")
        guild, elsewhere = server.guild("Lab", ada), server.guild("Elsewhere", ada, bot=None)
        silent, hidden, gone = (server.text(guild, name) for name in ("silent", "hidden", "gone"))
        other, forum = server.text(elsewhere, "other"), server.forum(guild, "daily")
        thread = server.thread(server.text(guild, "talk"), "Talk", ada)
        server.overwrite(silent, deny=Allow.SEND_MESSAGES)
        server.overwrite(hidden, deny=Allow.VIEW_CHANNEL)
        server.overwrite(
            server.world.channels[thread.id].parent or thread, deny=Allow.SEND_MESSAGES_IN_THREADS
        )
        server.remove(gone)

        async def code(place: Channel, body: Json | None = None) -> tuple[int, int]:
            status, answer = await raw.ask(
                "POST", f"/channels/{place.id}/messages", {"content": "x"} if body is None else body
            )
            return status, answer.get("code", 0)

        assert await code(silent) == (403, 50013)
        assert await code(hidden) == await code(other) == (403, 50001)
        assert await code(gone) == (404, 10003)
        assert await code(forum) == (400, 50008)
        assert await code(thread) == (403, 50013)
        assert await code(server.direct(ada)) == (200, 0)
        ada.closed = True
        assert await code(server.direct(ada)) == (403, 50007)
        server.overwrite(silent, server.bot, allow=Allow.SEND_MESSAGES)
        assert await code(silent) == (200, 0)
        assert await code(silent, {}) == (400, 50006)
        server.leave(guild)
        assert await code(silent) == (403, 50001)

    play(story)


def test_threads_have_permissions_of_their_own() -> None:
    """Opening one, one too many, and one that was put away."""

    async def story(server: DiscordServer, raw: Raw) -> None:
        papers = server.text(server.guild("Lab"), "papers")
        message = await raw.does("POST", f"/channels/{papers.id}/messages", {"content": "x"})
        path = f"/channels/{papers.id}/messages/{message['id']}/threads"
        server.overwrite(papers, deny=Allow.CREATE_PUBLIC_THREADS)
        assert (await raw.fails("POST", path, {"name": "Talk"}))["code"] == 50013
        server.overwrite(papers)
        thread = await raw.does("POST", path, {"name": "Talk"})
        assert (await raw.fails("POST", path, {"name": "Talk"}))["code"] == 160004
        inside = f"/channels/{thread['id']}/messages"
        server.crowds.archive(server.world.channels[int(thread["id"])])
        await raw.does("POST", inside, {"content": "opens it again"})
        assert not server.world.channels[int(thread["id"])].archived
        server.crowds.archive(server.world.channels[int(thread["id"])], locked=True)
        assert (await raw.fails("POST", inside, {"content": "x"}))["code"] == 50083
        assert (await raw.fails("POST", path, {"name": ""}))["errors"]
        server.violations.clear()

    play(story)


def test_who_and_what_is_unknown() -> None:
    """A wrong token, path, method, id, or body."""

    async def story(server: DiscordServer, raw: Raw) -> None:
        ada = server.user("Ada")
        papers = server.text(server.guild("Lab", ada), "papers")
        said = server.say(ada, papers, "hers")
        path = f"/channels/{papers.id}/messages"
        wrong = {"Authorization": "Bot wrong"}
        assert await raw.fails("GET", "/users/@me", headers=wrong) == {
            "message": "401: Unauthorized",
            "code": 0,
        }
        assert (await raw.fails("GET", "/nowhere"))["message"] == "404: Not Found"
        assert (await raw.ask("PUT", path))[0] == 405
        assert (await raw.fails("GET", f"{path}/1"))["code"] == 10008
        assert (await raw.fails("PATCH", f"{path}/{said.id}", {"content": "mine"}))["code"] == 50005
        assert (await raw.fails("DELETE", f"{path}/{said.id}"))["code"] == 50013
        assert (await raw.fails("GET", "/guilds/1"))["code"] == 10004
        assert (await raw.fails("GET", "/users/1"))["code"] == 10013
        assert (await raw.fails("GET", f"/guilds/{papers.guild.id}/members/1"))["code"] == 10013  # type: ignore[union-attr]
        async with raw.session.post(
            server.api_url + path, data="{", headers={"Authorization": f"Bot {server.token}"}
        ) as got:
            assert (await got.json())["code"] == 50109

    play(story)


@pytest.mark.skipif(not present(), reason="needs Discord's description in ../shared/data/discord")
def test_what_this_server_lacks_is_said() -> None:
    """A request that Discord knows and this server doesn't fails the test instead of looking like a 404."""

    async def story(server: DiscordServer, raw: Raw) -> None:
        await raw.fails("GET", f"/channels/{server.text(server.guild('Lab'), 'papers').id}/webhooks")
        (said,) = server.violations
        assert said.startswith("this server has yet to learn GET /channels/")
        server.violations.clear()

    play(story)


def test_what_is_too_large_is_refused() -> None:
    """A request with files of nearly ten megabytes passes, one with more doesn't."""

    async def story(server: DiscordServer, raw: Raw) -> None:
        channel = server.text(server.guild("Lab"), "papers")
        headers = {"Authorization": f"Bot {server.token}"}

        async def upload(size: int) -> tuple[int, Any]:
            form = aiohttp.FormData(quote_fields=False)
            form.add_field("payload_json", '{"content": "x"}')
            form.add_field("files[0]", io.BytesIO(bytes(size)), filename="x.bin")
            url = f"{server.api_url}/channels/{channel.id}/messages"
            async with raw.session.post(url, data=form, headers=headers) as got:
                return got.status, await got.json()

        assert (await upload(10 * 2**20 - 2_000))[0] == 200
        status, answer = await upload(10 * 2**20)
        assert (status, answer["code"]) == (413, 40005)

    play(story)


def test_private_threads_are_for_those_in_them() -> None:
    """The bot sees one that it was brought into, or when it looks after threads."""

    async def story(server: DiscordServer, raw: Raw) -> None:
        ada = server.user("Ada")
        thread = server.thread(server.text(server.guild("Lab", ada), "papers"), "Secret", ada, PRIVATE_THREAD)
        path = f"/channels/{thread.id}/messages"
        assert (await raw.fails("POST", path, {"content": "x"}))["code"] == 50001
        thread.people.add(server.bot.id)
        await raw.does("POST", path, {"content": "x"})

    play(story)


def test_what_others_write_reads_blank() -> None:
    """Without the right to read messages, REST gives them without words too, but for mentions."""

    async def story(server: DiscordServer, raw: Raw) -> None:
        ada = server.user("Ada")
        papers = server.text(server.guild("Lab", ada), "papers")
        server.say(ada, papers, "a talk")
        server.say(ada, papers, f"<@{server.bot.id}> read this")
        path = f"/channels/{papers.id}/messages"
        contents = [message["content"] for message in await raw.does("GET", path)]
        assert contents == [f"<@{server.bot.id}> read this", ""]
        server.gateway.privileged = Intents.MESSAGE_CONTENT
        assert [m["content"] for m in await raw.does("GET", path, params={"limit": "1", "before": "9" * 19})]
        server.overwrite(papers, deny=Allow.READ_MESSAGE_HISTORY)
        assert await raw.does("GET", path) == []

    play(story)


def test_the_same_nonce_sends_once() -> None:
    """The second answer is the first message; another channel, or no enforcing, sends again."""

    async def story(server: DiscordServer, raw: Raw) -> None:
        guild = server.guild("Lab")
        one, two = server.text(guild, "one"), server.text(guild, "two")
        body = {"content": "digest", "nonce": "a1b2", "enforce_nonce": True}
        first = await raw.does("POST", f"/channels/{one.id}/messages", body)
        again = await raw.does("POST", f"/channels/{one.id}/messages", body | {"content": "other"})
        assert (again["id"], again["content"], first["nonce"]) == (first["id"], "digest", "a1b2")
        await raw.does("POST", f"/channels/{two.id}/messages", body)
        await raw.does("POST", f"/channels/{one.id}/messages", body | {"enforce_nonce": False})
        assert (len(server.shown(one)), len(server.shown(two)), server.repeated) == (2, 1, 1)

    play(story)
