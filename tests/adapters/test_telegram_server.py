"""The loopback Bot API is as strict as Telegram: what it lets through, Telegram would take."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import urllib.request
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest
from aiohttp import web

from tests.servers.telegram import Fault, Limits, TelegramServer, faults

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    Json = dict[str, Any]

ALL_KINDS = (
    "message edited_message channel_post edited_channel_post chat_member my_chat_member callback_query "
    "inline_query"
).split()
BUTTON = {"text": "Go", "callback_data": "go"}


class Raw:
    """A client without a library."""

    def __init__(self, server: TelegramServer, session: aiohttp.ClientSession) -> None:
        self.server, self.session = server, session

    async def ask(self, method: str, **arguments: Any) -> Json:
        """Send a request as forms do, objects as JSON strings, and give the whole answer."""
        form = {k: v if isinstance(v, str) else json.dumps(v) for k, v in arguments.items()}
        async with self.session.post(f"{self.server.url}/bot{self.server.token}/{method}", data=form) as got:
            answer: Json = await got.json()
            assert got.status == (200 if answer["ok"] else answer["error_code"])
            return answer

    async def does(self, method: str, **arguments: Any) -> Any:
        """Send a request that has to succeed; its result."""
        answer = await self.ask(method, **arguments)
        assert answer["ok"], answer
        return answer["result"]

    async def fails(self, method: str, **arguments: Any) -> str:
        """Send a request that has to be refused; how."""
        answer = await self.ask(method, **arguments)
        assert not answer["ok"], answer
        return str(answer["description"])


def play(story: Callable[[TelegramServer, Raw], Awaitable[None]], **how: Any) -> None:
    """Let a story happen on a server of its own."""

    async def run() -> None:
        async with TelegramServer(**how) as server, aiohttp.ClientSession() as session:
            await story(server, Raw(server, session))

    asyncio.run(run())


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
        server.press(ada, (await raw.does("sendMessage", **_card(ada.id)))["message_id"], "Go", chat=ada)
        (update,) = await raw.does("getUpdates")
        assert update["callback_query"]["data"] == "go"

    play(story)


def _card(chat: int, **more: Any) -> Json:
    return {"chat_id": chat, "text": "card", "reply_markup": {"inline_keyboard": [[BUTTON]]}} | more


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


@pytest.mark.parametrize(
    ("method", "arguments", "said"),
    [
        ("sendMessage", {"text": "x", "colour": "red"}, "no field colour"),
        ("sendMessage", {"text": "x", "disable_notification": "yes"}, "disable_notification"),
        ("sendMessage", {}, "text"),
        (
            "sendMessage",
            {"text": "x", "reply_markup": {"inline_keyboard": [[{**BUTTON, "size": 1}]]}},
            "size",
        ),
        (
            "sendRichMessage",
            {"rich_message": {"blocks": [{"type": "heading", "text": "x", "size": "1"}]}},
            "size",
        ),
        ("sendRichMessage", {"rich_message": {"blocks": [{"type": "title", "text": "x"}]}}, "blocks"),
    ],
)
def test_what_the_schema_lacks_is_a_violation(method: str, arguments: Json, said: str) -> None:
    """An unknown field or a wrong type is answered 400, and fails the test at its end."""

    async def story(server: TelegramServer, raw: Raw) -> None:
        await raw.fails(method, chat_id=server.user("Ada").id, **arguments)

    with pytest.raises(AssertionError, match=said):
        play(story)


REFUSED: list[tuple[str, Json, str]] = [
    ("sendMessage", {"text": " \n "}, "Bad Request: message text is empty"),
    ("sendMessage", {"text": "𝒳" * 2049}, "Bad Request: message is too long"),
    (
        "sendMessage",
        {"text": "<b>x", "parse_mode": "HTML"},
        "Bad Request: can't parse entities: Can't find end tag",
    ),
    ("sendMessage", {"text": "x", "message_thread_id": 1}, "Bad Request: message thread not found"),
    ("sendMessage", {"text": "x", "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
    ("sendMessage", {"text": "x", "chat_id": 5}, "Bad Request: chat not found"),
    ("sendMessage", {"text": "x", "chat_id": "@nobody"}, "Bad Request: chat not found"),
    ("sendPhoto", {"photo": "https://a.example/p.png", "caption": "x" * 1025}, "message caption is too long"),
    ("sendChatAction", {"action": "dancing"}, "wrong parameter action in request"),
    ("editMessageText", {"message_id": 99, "text": "x"}, "Bad Request: message to edit not found"),
    ("deleteMessage", {"message_id": 99}, "Bad Request: message to delete not found"),
    ("sendMessageDraft", {"draft_id": 0, "text": "x"}, "DRAFT_ID_INVALID"),
    ("setMyCommands", {"commands": [{"command": "Help", "description": "x"}]}, "BOT_COMMAND_INVALID"),
    ("setMyCommands", {"commands": [{"command": "h", "description": ""}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
    ("setMyShortDescription", {"short_description": "x" * 121}, "too long"),
    ("answerCallbackQuery", {"callback_query_id": "1"}, "query is too old and response timeout expired"),
    ("makeCoffee", {}, "Not Found: method not found"),
]


@pytest.mark.parametrize(("method", "arguments", "said"), REFUSED)
def test_what_models_dont_check_is_refused(method: str, arguments: Json, said: str) -> None:
    """Lengths, places and names are refused in Telegram's words, and break no schema."""

    async def story(server: TelegramServer, raw: Raw) -> None:
        chat = {"chat_id": server.user("Ada").id}
        named = {} if method.startswith(("set", "answer", "make")) else chat
        assert said in await raw.fails(method, **(named | arguments))
        assert server.refusals

    play(story)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([[{"text": "x", "callback_data": "é" * 32 + "x"}]], "BUTTON_DATA_INVALID"),
        ([[{"text": "x", "callback_data": ""}]], "BUTTON_DATA_INVALID"),
        ([[BUTTON] * 9], "reply markup is too long"),
        ([[BUTTON] * 8] * 12 + [[BUTTON] * 5], "reply markup is too long"),
        ([[{"text": "x", "url": "nowhere"}]], "is invalid: Wrong HTTP URL"),
        ([[{"text": "x"}]], "Text buttons are unallowed in the inline keyboard"),
        ([[{"text": " ", "callback_data": "x"}]], "Text buttons are unallowed"),
        ([[BUTTON] * 8] * 12 + [[BUTTON] * 4], ""),
        ([[{"text": "x", "callback_data": "é" * 32}, {"text": "x", "url": "https://arxiv.org"}]], ""),
    ],
)
def test_keyboards_have_limits(rows: list[list[Json]], said: str) -> None:
    """64 bytes, 8 in a row, 100 in all, real links."""

    async def story(server: TelegramServer, raw: Raw) -> None:
        ada = server.user("Ada")
        answer = await raw.ask(
            "sendMessage", chat_id=ada.id, text="x", reply_markup={"inline_keyboard": rows}
        )
        assert said in answer.get("description", "") if said else answer["ok"]
        assert len(server.shown(ada)) == (not said)

    play(story)


def test_edits_show_and_the_same_twice_is_refused() -> None:
    """A chat shows what stands there now; other people's messages can't be edited."""

    async def story(server: TelegramServer, raw: Raw) -> None:
        ada = server.user("Ada")
        said = server.say(ada, ada, "mine")
        number = (await raw.does("sendMessage", **_card(ada.id)))["message_id"]
        await raw.does(
            "editMessageText", chat_id=ada.id, message_id=number, text="<b>new</b>", parse_mode="HTML"
        )
        assert (server.last(ada).text, server.last(ada).parts("bold"), server.last(ada).labels) == (
            "new",
            ["new"],
            [],
        )
        again = {"chat_id": ada.id, "message_id": number}
        assert "message is not modified" in await raw.fails(
            "editMessageText", **again, text=" <b>new</b>", parse_mode="HTML"
        )
        assert await raw.fails("editMessageText", **again, text="x" * 4097) == "Bad Request: MESSAGE_TOO_LONG"
        assert "can't be edited" in await raw.fails(
            "editMessageText", chat_id=ada.id, message_id=said.id, text="x"
        )
        await raw.does("editMessageReplyMarkup", **again, reply_markup={"inline_keyboard": [[BUTTON]]})
        assert server.last(ada).labels == [["Go"]]
        await raw.does("deleteMessage", **again)
        assert [message.text for message in server.shown(ada)] == ["mine"]

    play(story)


def test_who_cant_be_written_to() -> None:
    """Every way in which a chat is closed has Telegram's own sentence."""

    async def story(server: TelegramServer, raw: Raw) -> None:
        ada, bob, cleo, dan = (server.user(name) for name in ("Ada", "Bob", "Cleo", "Dan"))
        bob.started, dan.deleted = False, True
        server.block(cleo)
        group, channel = server.group("G", ada), server.channel("C", ada, username="papers")
        big, news = server.supergroup("S", ada, bot="kicked"), server.channel("N", ada, bot="left")
        grown = server.migrate(group, ada)

        async def said(chat: int | str) -> str:
            return await raw.fails("sendMessage", chat_id=chat, text="x")

        assert await said(bob.id) == "Forbidden: bot can't initiate conversation with a user"
        assert await said(cleo.id) == "Forbidden: bot was blocked by the user"
        assert await said(dan.id) == "Forbidden: user is deactivated"
        assert await said(big.id) == "Forbidden: bot was kicked from the supergroup chat"
        assert await said(news.id) == "Forbidden: bot is not a member of the channel chat"
        moved = await raw.ask("sendMessage", chat_id=group.id, text="x")
        assert moved["parameters"] == {"migrate_to_chat_id": grown.id}
        await raw.does("sendMessage", chat_id="@papers", text="x")
        server.promote(server.bot, channel, by=ada, status="member")
        assert "need administrator rights in the channel chat" in await said(channel.id)

    play(story)


def test_topics_close_and_go() -> None:
    """A topic takes messages until it closes or is deleted; General has no number."""

    async def story(server: TelegramServer, raw: Raw) -> None:
        ada = server.user("Ada")
        forum = server.supergroup("F", ada, forum=True)
        papers, old = server.topic(forum, "Papers", ada), server.topic(forum, "Old", ada)
        there = {"chat_id": forum.id, "text": "x", "message_thread_id": papers.id}
        sent = await raw.does("sendMessage", **there)
        assert (sent["message_thread_id"], sent["is_topic_message"]) == (papers.id, True)
        assert [message.text for message in server.shown(forum, papers.id)] == ["", "x"]
        assert "message thread not found" in await raw.fails(
            "sendMessage", **(there | {"message_thread_id": 1})
        )
        server.close_topic(forum, papers, ada)
        assert await raw.fails("sendMessage", **there) == "Bad Request: TOPIC_CLOSED"
        server.delete_topic(forum, old)
        assert "message thread not found" in await raw.fails(
            "sendMessage", **(there | {"message_thread_id": old.id})
        )
        await raw.does("sendMessage", chat_id=forum.id, text="to General")
        assert server.shown(forum, 0)[-1].text == "to General"
        said = server.say(ada, forum, "in a topic", thread=papers.id)
        assert "forum_topic_created" in said.raw["reply_to_message"]

    play(story)


def _rich(*blocks: Json) -> Json:
    return {"blocks": list(blocks)}


P = {"type": "paragraph", "text": "x"}


def _deep(levels: int) -> Json:
    return P if levels == 1 else {"type": "blockquote", "blocks": [_deep(levels - 1)]}


@pytest.mark.parametrize(
    ("rich", "said"),
    [
        ({}, "exactly one of"),
        ({"html": "<p>x</p>", "blocks": [P]}, "exactly one of"),
        (_rich(), "RICH_MESSAGE_EMPTY"),
        (_rich({"type": "heading", "text": "x", "size": 7}), "RICH_MESSAGE_HEADING_INVALID"),
        (_rich({"type": "paragraph", "text": ["", " "]}), "RICH_MESSAGE_TEXT_EMPTY"),
        (_rich(*[P] * 501), "RICH_MESSAGE_BLOCKS_TOO_MUCH"),
        (_rich(_deep(17)), "RICH_MESSAGE_DEPTH_INVALID"),
        (_rich({"type": "paragraph", "text": "x" * 32_769}), "RICH_MESSAGE_TOO_LONG"),
        (_rich({"type": "buttons", "buttons": []}), "RICH_MESSAGE_BUTTONS_INVALID"),
        (_rich({"type": "buttons", "buttons": [BUTTON] * 9}), "RICH_MESSAGE_BUTTONS_INVALID"),
        (
            _rich({"type": "buttons", "buttons": [{"text": "x", "callback_data": "x" * 65}]}),
            "BUTTON_DATA_INVALID",
        ),
        (
            _rich({"type": "table", "cells": [[{"align": "left", "valign": "top", "text": "x"}] * 21]}),
            "RICH_MESSAGE_TABLE_INVALID",
        ),
        (
            _rich(*[{"type": "photo", "photo": {"type": "photo", "media": "https://a.example/p"}}] * 51),
            "RICH_MESSAGE_MEDIA_TOO_MUCH",
        ),
        (_rich({"type": "details", "summary": "x", "blocks": []}), "RICH_MESSAGE_BLOCK_EMPTY"),
        (_rich(*[P] * 499, {"type": "heading", "text": ["a", {"type": "bold", "text": "b"}], "size": 6}), ""),
        (_rich(_deep(16)), ""),
    ],
)
def test_rich_messages_have_limits(rich: Json, said: str) -> None:
    """What the models let through, Telegram's limits may not."""

    async def story(server: TelegramServer, raw: Raw) -> None:
        answer = await raw.ask("sendRichMessage", chat_id=server.user("Ada").id, rich_message=rich)
        assert said in answer.get("description", "") if said else answer["ok"], answer

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
        await raw.does("sendMessage", **_card(ada.id))
        press = server.press(ada, server.last(ada), "Go")
        (update,) = await raw.does("getUpdates")
        assert update["callback_query"]["message"]["text"] == "card"
        await raw.does("answerCallbackQuery", callback_query_id=press.id, text="done", show_alert=True)
        assert (press.text, press.alert, press.took < 10) == ("done", True, True)
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


def test_one_person_alone_sees_an_ephemeral_message() -> None:
    """It has a number of its own, is edited and deleted by it, and shows on one screen."""

    async def story(server: TelegramServer, raw: Raw) -> None:
        ada, bob = server.user("Ada"), server.user("Bob")
        group = server.supergroup("G", ada, bob)
        only = {"receiver_user_id": ada.id}
        sent = await raw.does("sendMessage", **_card(group.id, ephemeral_message_parameters=only))
        assert sent["message_id"] == 0
        named = only | {"chat_id": group.id, "ephemeral_message_id": sent["ephemeral_message_id"]}
        await raw.does("editEphemeralMessageText", **named, text="for Ada")
        assert (server.last(group).only_for, server.last(group).text) == (ada.id, "for Ada")
        assert "for Ada" in server.picture(group, viewer=ada)
        assert "for Ada" not in server.picture(group, viewer=bob)
        await raw.does("deleteEphemeralMessage", **named)
        assert server.shown(group) == []

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


def test_too_fast_is_answered_with_a_wait() -> None:
    """Three at once go to a person, the fourth waits a second, and is counted."""

    async def story(server: TelegramServer, raw: Raw) -> None:
        ada, bob = server.user("Ada"), server.user("Bob")
        for _ in range(3):
            await raw.does("sendMessage", chat_id=ada.id, text="x")
        answer = await raw.ask("sendMessage", chat_id=ada.id, text="x")
        assert (answer["error_code"], answer["parameters"]) == (429, {"retry_after": 1})
        await raw.does("sendMessage", chat_id=bob.id, text="x")
        assert server.rates is not None
        assert server.rates.refused == {ada.id: 1}

    play(story, limits=Limits())


def test_faults_meet_whom_they_are_for() -> None:
    """One method, one chat, so many times; then everything is well again."""

    async def story(server: TelegramServer, raw: Raw) -> None:
        ada, bob = server.user("Ada"), server.user("Bob")
        planned = server.fail(faults.BLOCKED, method="sendMessage", chat=ada, times=2)
        await raw.does("sendMessage", chat_id=bob.id, text="x")
        await raw.does("sendChatAction", chat_id=ada.id, action="typing")
        for _ in range(2):
            assert await raw.fails("sendMessage", chat_id=ada.id, text="x") == faults.BLOCKED.description
        await raw.does("sendMessage", chat_id=ada.id, text="x")
        assert planned.met == 2
        server.fail(Fault(hang=True), method="getMe")
        hanging = asyncio.ensure_future(raw.does("getMe"))
        await server.until(lambda: server.plan.planned[-1].met)
        server.release()
        assert (await hanging)["username"] == "paperround_bot"

    play(story)


def test_connections_break_on_command() -> None:
    """Dropped before the work or after it, or refused until the server is back on its port."""

    async def story(server: TelegramServer, raw: Raw) -> None:
        ada = server.user("Ada")
        for fault, shown in ((faults.DROP, 0), (faults.TAKEN_AND_DROPPED, 1)):
            server.fail(fault)
            with pytest.raises(aiohttp.ClientError):
                await raw.ask("sendMessage", chat_id=ada.id, text="x")
            assert len(server.shown(ada)) == shown
        url = server.url
        await server.refuse_connections()
        with pytest.raises(aiohttp.ClientConnectorError):
            await raw.ask("getMe")
        await server.start()
        assert server.url == url
        await raw.does("getMe")

    play(story)


@pytest.mark.filterwarnings("ignore:Deprecated since version v22.2")  # of the wait's type, on every 429
def test_the_stock_client_reads_every_answer() -> None:
    """python-telegram-bot parses what the server says, and its errors are the ones it has for Telegram."""

    async def story(server: TelegramServer, _: Raw) -> None:
        import telegram
        from telegram import error

        ada = server.user("Ada", username="ada")
        group = server.supergroup("G", ada, bot="administrator")
        async with telegram.Bot(server.token, base_url=f"{server.url}/bot") as bot:
            keyboard = telegram.InlineKeyboardMarkup.from_button(
                telegram.InlineKeyboardButton("Go", url="arxiv.org")
            )
            sent = await bot.send_message(ada.id, "<b>1</b>", parse_mode="HTML", reply_markup=keyboard)
            assert sent.parse_entities() == {sent.entities[0]: "1"}
            file = await bot.send_document(ada.id, b"@article{}", filename="papers.bib", caption="Saved")
            assert file.document is not None
            assert (file.document.file_name, file.document.file_size) == ("papers.bib", 10)
            photo = await bot.send_photo(ada.id, b"png", caption="A figure")
            assert photo.photo
            assert (await bot.get_chat(group.id)).title == "G"
            assert {m.user.id for m in await bot.get_chat_administrators(group.id)} == {ada.id, bot.id}
            assert (await bot.get_chat_member(group.id, bot.id)).status == "administrator"
            await bot.set_my_commands([("help", "Help")], language_code="zh")
            assert (await bot.get_webhook_info()).url == ""
            server.say(ada, ada, "/start see cs.CL")
            (update,) = await bot.get_updates(timeout=5)
            assert update.message is not None
            assert list(update.message.parse_entities().values()) == ["/start", "cs.CL"]
            for fault, kind in (
                (faults.BLOCKED, error.Forbidden),
                (faults.NO_CHAT, error.BadRequest),
                (faults.flood(3), error.RetryAfter),
                (faults.UNAUTHORIZED, error.InvalidToken),
                (faults.CONFLICT, error.Conflict),
                (faults.BAD_GATEWAY, error.NetworkError),
                (faults.DROP, error.NetworkError),
            ):
                server.fail(fault)
                with pytest.raises(kind):
                    await bot.send_message(ada.id, "x")

    play(story)


def test_updates_are_telegrams() -> None:
    """Every kind of update that the server makes fits aiogram's strict model of it."""

    async def story(server: TelegramServer, raw: Raw) -> None:
        from aiogram.types import Update

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
        await raw.does("sendMessage", **_card(ada.id))
        server.press(ada, server.last(ada), "Go")
        server.inline(ada, "words")
        updates = await raw.does("getUpdates")
        for update in updates:
            Update.model_validate_json(json.dumps(update), extra="forbid")
        assert len(updates) >= 19
        texts = [what.get("text") for update in updates for what in update.values() if isinstance(what, dict)]
        assert texts.index("word") < texts.index("other")

    play(story)


def test_a_picture_shows_the_chat() -> None:
    """One page without anything from elsewhere: words, quotes, buttons, rich blocks, by day and night."""

    async def story(server: TelegramServer, raw: Raw) -> None:
        ada = server.user("Ada")
        text = "<b>A &lt;digest&gt;</b>\n<blockquote expandable>the abstract</blockquote>\nend"
        await raw.does("sendMessage", **_card(ada.id, text=text, parse_mode="HTML"))
        await raw.does("sendRichMessage", chat_id=ada.id, rich_message=_rich(P, {"type": "divider"}))
        day, night = server.picture(ada), server.picture(ada, dark=True, opened=True)
        assert "<b>A &lt;digest&gt;</b>" in day
        assert '<blockquote class="expandable closed"><div>the abstract</div></blockquote>end' in day
        assert '<blockquote class="expandable opened">' in night
        assert ('class="light"' in day, 'class="dark"' in night) == (True, True)
        assert '<button title="go">Go</button>' in day
        assert "<p>x</p><hr>" in day
        assert "src=" not in day

    play(story)


def test_it_runs_as_a_process() -> None:
    """Its first line says where and with which token; benches steer it over HTTP."""
    command = [sys.executable, "-m", "tests.servers.telegram", "--no-check"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            url, token = process.stdout.readline().split()

            def ask(path: str, what: Json | None = None) -> Any:
                request = urllib.request.Request(  # noqa: S310 - loopback
                    url + path,
                    json.dumps(what).encode() if what is not None else None,
                    {"Content-Type": "application/json"},
                )
                with urllib.request.urlopen(request) as answer:  # noqa: S310
                    return json.load(answer)

            (ada,) = ask("/world", {"people": 1})["people"]
            sent = ask(f"/bot{token}/sendMessage", _card(ada))["result"]["message_id"]
            ask("/press", {"user": ada, "chat": ada, "message": sent, "label": "Go"})
            ask("/say", {"user": ada, "chat": ada, "text": "hello"})
            assert len(ask(f"/bot{token}/getUpdates")["result"]) == 2
            assert ask("/counts")["sent"] == 1
            assert [message["text"] for message in ask(f"/shown/{ada}")] == ["card", "hello"]
        finally:
            process.kill()
