"""The loopback Bot API goes wrong on command, and is slow when asked to."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from tests.servers.telegram import Fault, Limits, TelegramServer, faults
from tests.servers.telegram_client import Raw, play

if TYPE_CHECKING:
    Json = dict[str, Any]

LAMP = Path(__file__).parents[1] / "latex" / "lamp.png"


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
            photo = await bot.send_photo(ada.id, LAMP.read_bytes(), caption="A figure")
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
