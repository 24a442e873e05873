"""What the loopback Bot API shows: one person's screen, a picture, and itself from outside."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from typing import TYPE_CHECKING, Any

from tests.servers.telegram_client import Raw, card, play

if TYPE_CHECKING:
    from tests.servers.telegram import TelegramServer

    Json = dict[str, Any]


def test_one_person_alone_sees_an_ephemeral_message() -> None:
    """It has a number of its own, is edited and deleted by it, and shows on one screen."""

    async def story(server: TelegramServer, raw: Raw) -> None:
        ada, bob = server.user("Ada"), server.user("Bob")
        group = server.supergroup("G", ada, bob)
        only = {"receiver_user_id": ada.id}
        sent = await raw.does("sendMessage", **card(group.id, ephemeral_message_parameters=only))
        assert sent["message_id"] == 0
        named = only | {"chat_id": group.id, "ephemeral_message_id": sent["ephemeral_message_id"]}
        await raw.does("editEphemeralMessageText", **named, text="for Ada")
        assert (server.last(group).only_for, server.last(group).text) == (ada.id, "for Ada")
        assert "for Ada" in server.picture(group, viewer=ada)
        assert "for Ada" not in server.picture(group, viewer=bob)
        await raw.does("deleteEphemeralMessage", **named)
        assert server.shown(group) == []

    play(story)


def test_a_picture_shows_the_chat() -> None:
    """One page without anything from elsewhere: words, quotes, buttons, rich blocks, by day and night."""

    async def story(server: TelegramServer, raw: Raw) -> None:
        ada = server.user("Ada")
        text = "<b>A &lt;digest&gt;</b>\n<blockquote expandable>the abstract</blockquote>\nend"
        await raw.does("sendMessage", **card(ada.id, text=text, parse_mode="HTML"))
        await raw.does(
            "sendRichMessage",
            chat_id=ada.id,
            rich_message={"blocks": [{"type": "paragraph", "text": "x"}, {"type": "divider"}]},
        )
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
            sent = ask(f"/bot{token}/sendMessage", card(ada))["result"]["message_id"]
            ask("/press", {"user": ada, "chat": ada, "message": sent, "label": "Go"})
            ask("/say", {"user": ada, "chat": ada, "text": "hello"})
            assert len(ask(f"/bot{token}/getUpdates")["result"]) == 2
            assert ask("/counts")["sent"] == 1
            assert [message["text"] for message in ask(f"/shown/{ada}")] == ["card", "hello"]
            changes = ask("/counts")["changes"]
            ask(
                f"/bot{token}/sendMessageDraft",
                {"chat_id": ada, "draft_id": 7, "text": "…", "can_stop": True},
            )
            assert ask(f"/drafts/{ada}") == {"count": 1, "texts": ["…"], "now": "…"}
            assert ask("/counts")["changes"] != changes
            ask("/stop", {"user": ada})
            assert ask(f"/drafts/{ada}")["now"] == ""
            assert "stopped_message_generation" in ask(f"/bot{token}/getUpdates")["result"][-1]
        finally:
            process.kill()
