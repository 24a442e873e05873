"""What the loopback Bot API lets through, Telegram would take: its schema, its limits, its closed chats."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.servers.telegram_client import BUTTON, Raw, card, play

if TYPE_CHECKING:
    from tests.servers.telegram import TelegramServer

    Json = dict[str, Any]


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
    ("sendMessageDraft", {"draft_id": 1, "text": "x" * 4097}, "Bad Request: message is too long"),
    (
        "sendMessageDraft",
        {"draft_id": 1, "text": "<i>x", "parse_mode": "HTML"},
        "Bad Request: can't parse entities: Can't find end tag",
    ),
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
        number = (await raw.does("sendMessage", **card(ada.id)))["message_id"]
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
