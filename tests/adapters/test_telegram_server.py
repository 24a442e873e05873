"""The loopback Bot API tells what Telegram would: updates, presses, inline answers, menus."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import web

from tests.servers.clock import leap
from tests.servers.telegram.schema import kind
from tests.servers.telegram_client import BUTTON, Raw, card, play

if TYPE_CHECKING:
    from tests.servers.telegram import TelegramServer

    Json = dict[str, Any]

ALL_KINDS = (
    "message edited_message channel_post edited_channel_post chat_member my_chat_member callback_query "
    "inline_query stopped_message_generation"
).split()


def test_updates_wait_until_they_are_confirmed() -> None:
    """A long poll wakes at a word; an update comes again until a higher offset is asked for."""

    async def story(server: TelegramServer, raw: Raw) -> None:
        ada = server.user("Ada")
        poll = asyncio.ensure_future(raw.does("getUpdates", timeout=30))
        await server.until(lambda: server.updates.polls)
        server.say(ada, ada, "hello")
        (first,) = await poll
        assert first["message"]["text"] == "hello"
        assert await raw.does("getUpdates") == [first]
        server.say(ada, ada, "again")
        (second,) = await raw.does("getUpdates", offset=first["update_id"] + 1, timeout=30)
        assert second["update_id"] > first["update_id"]
        assert second["message"]["message_id"] > first["message"]["message_id"]
        assert await raw.does("getUpdates", offset=second["update_id"] + 1) == []

    play(story)


def test_only_wanted_kinds_come() -> None:
    """`allowed_updates` is remembered; what it leaves out is never queued."""

    async def story(server: TelegramServer, raw: Raw) -> None:
        ada = server.user("Ada")
        await raw.does("getUpdates", allowed_updates=["callback_query"])
        server.say(ada, ada, "unheard")
        server.press(ada, (await raw.does("sendMessage", **card(ada.id)))["message_id"], "Go", chat=ada)
        (update,) = await raw.does("getUpdates")
        assert update["callback_query"]["data"] == "go"

    play(story)


def test_two_that_poll_get_a_conflict() -> None:
    """The one that came first hears 409; the newer one goes on."""

    async def story(server: TelegramServer, raw: Raw) -> None:
        old = asyncio.ensure_future(raw.ask("getUpdates", timeout=30))
        await server.until(lambda: server.updates.polls)
        new = asyncio.ensure_future(raw.does("getUpdates", timeout=30))
        answer = await old
        assert answer["error_code"] == 409
        assert "terminated by other getUpdates request" in answer["description"]
        ada = server.user("Ada")
        server.say(ada, ada, "hello")
        assert len(await new) == 1

    play(story)


def test_a_webhook_gets_updates_with_its_secret() -> None:
    """In order, again after an error, and polling is refused meanwhile."""

    async def story(server: TelegramServer, raw: Raw) -> None:
        came: list[tuple[str, str]] = []
        done = asyncio.Event()

        async def hook(request: web.Request) -> web.Response:
            update = await request.json()
            came.append((update["message"]["text"], request.headers["X-Telegram-Bot-Api-Secret-Token"]))
            if len(came) == 3:
                done.set()
            return web.Response(status=500 if len(came) == 1 else 200)

        app = web.Application()
        app.router.add_post("/hook", hook)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
        assert "secret token" in await raw.fails("setWebhook", url=url, secret_token="no spaces")  # noqa: S106
        await raw.does("setWebhook", url=url, secret_token="sesame")  # noqa: S106
        assert "webhook is active" in await raw.fails("getUpdates")
        ada = server.user("Ada")
        server.say(ada, ada, "one")
        server.say(ada, ada, "two")
        await asyncio.wait_for(done.wait(), 10)
        assert came == [("one", "sesame"), ("one", "sesame"), ("two", "sesame")]
        assert (await raw.does("getWebhookInfo"))["url"] == url
        await raw.does("deleteWebhook")
        await raw.does("getUpdates")
        await runner.cleanup()

    play(story)


def test_groups_keep_to_themselves() -> None:
    """In privacy mode come commands for this bot and replies to it, no more; an administrator hears all."""

    async def story(server: TelegramServer, raw: Raw) -> None:
        ada = server.user("Ada", username="ada")
        group = server.supergroup("G", ada)
        sent = (await raw.does("sendMessage", chat_id=group.id, text="x"))["message_id"]
        server.say(ada, group, "a talk about https://arxiv.org/abs/2408.16725")
        server.say(ada, group, "/summarize@other_bot 2408.16725")
        server.say(ada, group, "/summarize@Paperround_Bot 2408.16725")
        server.say(ada, group, "/help")
        server.say(ada, group, "thanks", reply_to=sent)
        heard = [update["message"]["text"] for update in await raw.does("getUpdates")]
        assert heard == ["/summarize@Paperround_Bot 2408.16725", "/help", "thanks"]
        server.promote(server.bot, group, by=ada)
        server.say(ada, group, "everything")
        *_, change, last = await raw.does("getUpdates")
        assert change["my_chat_member"]["new_chat_member"]["status"] == "administrator"
        assert last["message"]["text"] == "everything"

    play(story)


def test_presses_are_answered_once_and_in_time() -> None:
    """A press knows what it was told and how long that took; a second or late answer is refused."""

    async def story(server: TelegramServer, raw: Raw) -> None:
        ada = server.user("Ada")
        await raw.does("sendMessage", **card(ada.id))
        press = server.press(ada, server.last(ada), "Go")
        (update,) = await raw.does("getUpdates")
        assert update["callback_query"]["message"]["text"] == "card"
        await raw.does("answerCallbackQuery", callback_query_id=press.id, text="done", show_alert=True)
        assert (press.text, press.alert, press.took >= 0.0) == ("done", True, True)
        assert "query is too old" in await raw.fails("answerCallbackQuery", callback_query_id=press.id)
        late = server.press(ada, server.last(ada), "Go")
        server.patience = 0.0
        assert "query is too old" in await raw.fails("answerCallbackQuery", callback_query_id=late.id)
        with pytest.raises(AssertionError, match="no button 'Stop'"):
            server.press(ada, server.last(ada), "Stop")

    play(story)


def test_inline_answers_are_sent_into_chats() -> None:
    """What is offered can be chosen, stands in the chat, and can be edited when it has buttons."""

    async def story(server: TelegramServer, raw: Raw) -> None:
        ada = server.user("Ada")
        asked = server.inline(ada, "2408.16725")
        card = {
            "type": "article",
            "id": "1",
            "title": "A paper",
            "input_message_content": {"message_text": "<b>A paper</b>", "parse_mode": "HTML"},
            "reply_markup": {"inline_keyboard": [[BUTTON]]},
        }
        twice = {"inline_query_id": asked.id, "results": [card, card]}
        assert "RESULT_ID_DUPLICATE" in await raw.fails("answerInlineQuery", **twice)
        await raw.does("answerInlineQuery", inline_query_id=asked.id, results=[card], cache_time=10)
        shown = server.choose(asked, 0, ada)
        assert (shown.text, shown.parts("bold"), shown.labels) == ("A paper", ["A paper"], [["Go"]])
        press = server.press(ada, shown, "Go")
        updates = await raw.does("getUpdates")
        assert [next(iter(set(update) - {"update_id"})) for update in updates] == [
            "inline_query",
            "chosen_inline_result",
            "callback_query",
        ]
        name = updates[2]["callback_query"]["inline_message_id"]
        assert await raw.does("editMessageText", inline_message_id=name, text="read") is True
        await raw.does("answerCallbackQuery", callback_query_id=press.id)
        assert server.last(ada).text == "read"

    play(story)


def test_names_and_menus_are_kept_by_language() -> None:
    """Commands by scope and language; a description without one in a language is the default's."""

    async def story(_: TelegramServer, raw: Raw) -> None:
        commands = [{"command": "help", "description": "帮助"}]
        await raw.does(
            "setMyCommands", commands=commands, language_code="zh", scope={"type": "all_group_chats"}
        )
        assert await raw.does("getMyCommands", language_code="zh") == []
        scoped = {"language_code": "zh", "scope": {"type": "all_group_chats"}}
        assert await raw.does("getMyCommands", **scoped) == commands
        await raw.does("setMyDescription", description="Papers")
        assert await raw.does("getMyDescription", language_code="zh") == {"description": "Papers"}

    play(story)


def test_updates_are_telegrams() -> None:
    """Every kind of update that the server makes fits aiogram's strict model of it."""

    async def story(server: TelegramServer, raw: Raw) -> None:
        await raw.does("getUpdates", allowed_updates=ALL_KINDS)
        ada, bob = server.user("Ada", username="ada"), server.user("Bob")
        forum = server.supergroup("F", ada, bot="administrator", forum=True)
        channel, small = server.channel("C", ada), server.group("G", ada)
        topic = server.topic(forum, "Papers", ada)
        server.say(ada, forum, "hello @ada #tag a@b.org", thread=topic.id)
        server.close_topic(forum, topic, ada)
        server.join(bob, forum)
        server.leave(bob, forum, by=ada, kicked=True)
        server.join(server.bot, small, by=ada)
        server.leave(server.bot, small, by=ada, kicked=True)
        server.migrate(small, ada)
        server.edit(server.say(ada, channel, "post"), "changed")
        server.edit(server.say(ada, ada, "word"), "other")
        server.promote(server.bot, forum, by=ada, status="restricted")
        server.block(ada)
        server.block(ada, blocked=False)
        await raw.does("sendMessage", **card(ada.id))
        server.press(ada, server.last(ada), "Go")
        server.inline(ada, "words")
        await raw.does("sendMessageDraft", chat_id=ada.id, draft_id=7, text="Reading …", can_stop=True)
        server.drafts.stop(ada)
        updates = await raw.does("getUpdates")
        for update in updates:
            kind("Update").model_validate_json(json.dumps(update), extra="forbid")
        assert len(updates) >= 20
        texts = [what.get("text") for update in updates for what in update.values() if isinstance(what, dict)]
        assert texts.index("word") < texts.index("other")

    play(story)


def test_drafts_are_seen_for_a_while() -> None:
    """One stands below the messages, changes, and is gone with the next message, with Stop, or after 30 s."""

    async def story(server: TelegramServer, raw: Raw) -> None:
        ada = server.user("Ada")
        await raw.does("getUpdates", allowed_updates=["stopped_message_generation"])

        async def show(text: str, **more: Any) -> None:
            await raw.does("sendMessageDraft", chat_id=ada.id, draft_id=7, text=text, **more)

        group = server.group("G", ada)
        assert "PEER_ID_INVALID" in await raw.fails(
            "sendMessageDraft", chat_id=group.id, draft_id=7, text="Two"
        )
        await show("<b>One</b> &amp; …", parse_mode="HTML")
        assert (server.drafts.text(ada), server.shown(ada)) == ("One & …", [])
        assert "One &amp; …" in server.picture(ada)
        with pytest.raises(AssertionError, match="no Stop"):
            server.drafts.stop(ada)
        await raw.does("sendMessage", chat_id=ada.id, text="Done.")
        assert server.drafts.shown(ada) is None
        await show("Two", can_stop=True)
        server.drafts.stop(ada)
        assert server.drafts.shown(ada) is None
        (update,) = await raw.does("getUpdates")
        assert update["stopped_message_generation"]["draft_id"] == 7
        await show("Three", can_stop=True, keep_on_stop=True)
        server.drafts.stop(ada)
        assert server.drafts.text(ada) == "Three"
        leap(30)
        assert server.drafts.shown(ada) is None
        assert server.drafts.texts(ada) == ["One & …", "Two", "Three"]

    play(story)
