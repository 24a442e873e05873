"""The Telegram platform against the loopback Bot API: what people do to it, and what the network does."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import TYPE_CHECKING

import aiohttp
import pytest
from PIL import Image

from bot.chats import Address
from bot.outbox import Gone, Refused, Retry, Sent, Unknown
from bot.phrases.cut import FILE_REFUSED
from bot.platforms.telegram.client import name_of
from bot.platforms.telegram.incoming import ALLOWED
from bot.platforms.telegram.options import Options
from bot.platforms.telegram.platform import TelegramPlatform
from bot.redaction import Redactor
from bot.talk import File, Illustration, Joined, Left, Pressed, Reply, Said
from digest.document import Actions, Button, Document, Paragraph, Text
from digest.errors import PlatformError
from tests.servers.clock import PATIENCE, until
from tests.servers.readings import PNG
from tests.servers.telegram import TelegramServer, faults
from tests.servers.telegram_ground import TelegramGround, telegram

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from bot.outbox import Outcome
    from bot.talk import Incoming, Progress

WRONG = "4242424242:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsawX"
ANYWHERE = Address("telegram", "1")
NOTHING = '{"v":1,"form":"plain","text":"nothing"}'


def says(text: str, *buttons: Button, aside: bool = False, instead: bool = False) -> Reply:
    """Make a reply of a sentence."""
    blocks = (Paragraph((Text(text),)), *((Actions(buttons),) if buttons else ()))
    return Reply(Document("", "en", blocks), aside=aside, instead=instead)


@dataclass
class Ear:
    """Stands for the inbox: keeps what it heard, answers as it's told to."""

    heard: list[Incoming] = field(default_factory=list)
    reply: Reply | None = None
    steps: tuple[str, ...] = ()
    hold: asyncio.Event | None = None
    """Answers wait for it."""

    async def receive(self, incoming: Incoming, progress: Progress) -> Reply | None:
        """Hear something."""
        self.heard.append(incoming)
        for step in self.steps:
            await progress(step)
        if self.hold:
            await self.hold.wait()
        return self.reply

    @property
    def texts(self) -> list[str]:
        """What was said."""
        return [each.text for each in self.heard if isinstance(each, Said)]


@contextlib.asynccontextmanager
async def listening(swift: float = 1.0, **given: object) -> AsyncIterator[tuple[TelegramGround, Ear]]:
    """A started platform with an ear."""
    ear = Ear(**given)  # type: ignore[arg-type]
    async with telegram(ear.receive, swift=swift) as ground:
        yield ground, ear


def play(
    check: Callable[[TelegramGround, Ear], Awaitable[None]], *, swift: float = 1.0, **given: object
) -> None:
    """Run a check over a started platform."""

    async def run() -> None:
        async with listening(swift, **given) as (ground, ear):
            await check(ground, ear)

    asyncio.run(run())


def test_a_button_never_spins() -> None:
    """A press is answered while its command still takes its time, and its message is replaced."""

    async def check(ground: TelegramGround, ear: Ear) -> None:
        server, ada = ground.server, ground.ada
        ear.reply = says("Which?", Button("Settings", "settings"))
        server.say(ada, ada, "/start")
        await until(lambda: ground.shown(ground.one) == ["Which?"])
        ear.reply, ear.hold = says("Here they are.", instead=True), asyncio.Event()
        press = server.press(ada, server.last(ada), "Settings")
        await asyncio.wait_for(press.answered.wait(), PATIENCE)
        assert ground.shown(ground.one) == ["Which?"]
        ear.hold.set()
        await until(lambda: ground.shown(ground.one) == ["Here they are."])
        assert isinstance(ear.heard[-1], Pressed)
        assert (ear.heard[-1].action, ear.heard[-1].place.address) == ("settings", ground.one)

    play(check)


def test_what_only_the_presser_needs_is_their_toast() -> None:
    """A short refusal of a press is shown to whoever pressed; nothing is added to the chat."""

    async def check(ground: TelegramGround, ear: Ear) -> None:
        server, ada = ground.server, ground.ada
        ear.reply = says("Panel", Button("Pause", "pause"))
        server.say(ada, ground.forum, "/settings", thread=ground.rivers.id)
        await until(lambda: ground.shown(ground.two) == ["Panel"])
        ear.reply = says("Only admins of this group can change that.", aside=True)
        press = server.press(ada, server.last(ground.forum, ground.rivers.id), "Pause")
        await asyncio.wait_for(press.answered.wait(), PATIENCE)
        assert (press.text, press.alert) == ("Only admins of this group can change that.", True)
        await until(lambda: not server.updates.waiting)
        assert ground.shown(ground.two) == ["Panel"]

    play(check)


def test_mistakes_in_a_group_are_told_to_who_made_them() -> None:
    """An aside in a group is a message that nobody else sees; where that can't be, it's an ordinary one."""

    async def check(ground: TelegramGround, ear: Ear) -> None:
        server = ground.server
        ear.reply = says("That isn't an arXiv ID.", aside=True)
        server.say(ground.ada, ground.forum, "/summarize x")
        await until(lambda: len(ground.shown(Address("telegram", ground.two.chat))) == 1)
        assert server.last(ground.forum).only_for == ground.ada.id
        server.fail(faults.NO_METHOD, method="sendMessage")
        server.say(ground.ada, ground.forum, "/summarize y")
        await until(lambda: server.last(ground.forum).only_for == 0 and server.sent >= 2)
        assert server.last(ground.forum).text == "That isn't an arXiv ID."

    play(check)


def test_long_work_shows() -> None:
    """Who waits sees that the bot writes, then the step in words until the reply is there."""

    async def check(ground: TelegramGround, ear: Ear) -> None:
        ear.hold, ear.reply, ear.steps = asyncio.Event(), says("Done."), ("Reading 8 pages …",)
        ground.server.say(ground.ada, ground.ada, "/summarize 2408.16725")
        await until(lambda: ground.server.drafts.text(ground.ada) == "Reading 8 pages …")
        await until(lambda: bool(ground.server.actions))
        ear.hold.set()
        await until(lambda: ground.shown(ground.one) == ["Done."])
        assert set(ground.server.actions) == {(ground.ada.id, 0, "typing")}

    play(check)


def test_one_chats_words_are_answered_in_order_and_nobody_waits_for_another_chat() -> None:
    """A command that takes long holds up its own chat alone."""

    async def check(ground: TelegramGround, ear: Ear) -> None:
        server, ada = ground.server, ground.ada
        eve = server.user("Eve")
        ear.hold = hold = asyncio.Event()
        server.say(ada, ada, "/one")
        await until(lambda: ear.texts == ["/one"])
        ear.hold = None
        server.say(ada, ada, "/two")
        server.say(eve, eve, "/three")
        await until(lambda: "/three" in ear.texts)
        assert ear.texts == ["/one", "/three"]
        hold.set()
        await until(lambda: ear.texts == ["/one", "/three", "/two"])

    play(check)


def test_an_update_is_confirmed_when_it_was_handled() -> None:
    """What a stop cuts off comes again at the next start; what was answered doesn't."""

    async def check(ground: TelegramGround, ear: Ear) -> None:
        server, ada = ground.server, ground.ada
        eve = server.user("Eve")
        server.say(eve, eve, "/quick")
        await until(lambda: ear.texts == ["/quick"])
        ear.hold = asyncio.Event()
        server.say(ada, ada, "/slow")
        await until(lambda: ear.texts == ["/quick", "/slow"])
        await ground.platform.stop()
        assert [update["message"]["text"] for update in server.updates.waiting] == ["/slow"]
        ear.hold, ear.reply = None, says("Here.")
        await ground.platform.start(ear.receive)
        await until(lambda: ground.shown(ground.one) == ["Here."])
        assert ear.texts == ["/quick", "/slow", "/slow"]

    play(check)


def test_a_network_that_dies_and_returns_loses_nothing() -> None:
    """While Telegram is away people go on writing; each word is heard once when it's back."""

    async def check(ground: TelegramGround, ear: Ear) -> None:
        server, ada = ground.server, ground.ada
        server.say(ada, ada, "/before")
        await until(lambda: ear.texts == ["/before"])
        await server.refuse_connections()
        assert isinstance(
            await ground.platform.send(ground.one, ground.write("x"), plain=False, key="k", sound=True),
            Retry | Unknown,
        )
        server.say(ada, ada, "/meanwhile")
        await server.start()
        await until(lambda: len(ear.texts) == 2)
        server.say(ada, ada, "/after")
        await until(lambda: ear.texts == ["/before", "/meanwhile", "/after"])

    play(check)


def test_garbage_and_errors_of_the_poll_are_ridden_out() -> None:
    """Bad gateways, broken JSON and floods of getUpdates cost some time and nothing else."""

    async def check(ground: TelegramGround, ear: Ear) -> None:
        server, ada = ground.server, ground.ada
        for fault in (faults.BAD_GATEWAY, faults.GARBAGE):
            server.fail(fault, method="getUpdates")
        server.say(ada, ada, "/hello")
        await until(lambda: ear.texts == ["/hello"])

    play(check)


@pytest.mark.parametrize("fault", [faults.CONFLICT, faults.UNAUTHORIZED], ids=["409", "401"])
def test_a_second_program_and_a_lost_token_stop_telegram(fault: faults.Fault) -> None:
    """`watch` says why in a sentence that names the setting; no answer is waited for any more."""

    async def check(ground: TelegramGround, _: Ear) -> None:
        ground.server.fail(fault, method="getUpdates", times=None)
        ground.server.say(ground.ada, ground.ada, "/wake")
        with pytest.raises(PlatformError, match="TELEGRAM_BOT_TOKEN") as caught:
            await asyncio.wait_for(ground.platform.watch(), PATIENCE)
        assert ground.server.token not in str(caught.value)

    play(check)


def test_a_wrong_token_is_named_and_never_shown(caplog: pytest.LogCaptureFixture) -> None:
    """A start with a wrong token says which variable it is; no error holds the token, and no log."""

    async def run() -> None:
        async with TelegramServer() as server:
            platform = TelegramPlatform(WRONG, Options(server.url))
            with pytest.raises(PlatformError, match="TELEGRAM_BOT_TOKEN") as caught:
                await platform.start(Ear().receive)
            assert WRONG not in str(caught.value)
            assert caught.value.__cause__ is None
            assert isinstance(await platform.send(ANYWHERE, NOTHING, plain=False, key="k", sound=True), Retry)
            await platform.stop()

    caplog.set_level("DEBUG")
    asyncio.run(run())
    assert all(WRONG not in each.getMessage() for each in caplog.records if each.levelno > logging.DEBUG)
    assert WRONG in caplog.text  # the library writes it at its lowest level
    assert WRONG not in Redactor()(caplog.text)


def test_a_start_waits_for_the_network() -> None:
    """While nothing answers a start tries on; it can be cancelled, and ends when somebody answers."""

    async def run() -> None:
        async with TelegramServer() as server:
            await server.refuse_connections()
            pauses: list[float] = []

            async def sleep(seconds: float) -> None:
                pauses.append(seconds)
                if len(pauses) == 3:
                    await server.start()
                await asyncio.sleep(0)

            platform = TelegramPlatform(server.token, Options(server.url), sleep=sleep)
            await asyncio.wait_for(platform.start(Ear().receive), PATIENCE)
            assert pauses[:3] == [1.0, 2.0, 4.0]
            await platform.stop()

    asyncio.run(run())


FAULTS: dict[str, tuple[faults.Fault, type[Outcome]]] = {
    "blocked": (faults.BLOCKED, Gone),
    "kicked": (faults.KICKED, Gone),
    "deactivated": (faults.DEACTIVATED, Gone),
    "no member": (faults.NO_MEMBER, Gone),
    "never started": (faults.NO_START, Gone),
    "chat not found": (faults.NO_CHAT, Gone),
    "no rights": (faults.NO_RIGHTS, Gone),
    "no thread": (faults.NO_THREAD, Gone),
    "topic closed": (faults.TOPIC_CLOSED, Gone),
    "topic deleted": (faults.TOPIC_DELETED, Gone),
    "can't parse": (faults.CANT_PARSE, Refused),
    "too long": (faults.TOO_LONG, Refused),
    "rich": (faults.RICH_INVALID, Refused),
    "no such method": (faults.NO_METHOD, Refused),
    "flood": (faults.flood(1), Retry),
    "flood without a time": (faults.flood(None), Retry),
    "token": (faults.UNAUTHORIZED, Retry),
    "bad gateway": (faults.BAD_GATEWAY, Unknown),
    "internal": (faults.INTERNAL, Unknown),
    "garbage": (faults.GARBAGE, Unknown),
    "dropped": (faults.DROP, Unknown),
    "taken and dropped": (faults.TAKEN_AND_DROPPED, Unknown),
}


@pytest.mark.parametrize("name", FAULTS)
def test_every_error_of_a_digest_has_its_outcome(name: str) -> None:
    """A digest's message that meets an error ends as the outbox needs it, and the next one goes out."""
    fault, outcome = FAULTS[name]

    async def check(ground: TelegramGround, _: Ear) -> None:
        ground.server.fail(fault, method="sendMessage")
        sent = await ground.platform.send(
            ground.one, ground.write("digest"), plain=False, key="d1", sound=True
        )
        assert type(sent) is outcome
        ground.later()
        sent = await ground.platform.send(
            ground.one, ground.write("digest"), plain=False, key="d1", sound=False
        )
        assert isinstance(sent, Sent)
        assert ground.shown(ground.one)[-1] == "digest"
        assert ground.server.last(ground.ada).silent

    play(check)


@pytest.mark.parametrize("name", FAULTS)
def test_every_error_of_a_reply_leaves_the_bot_answering(name: str) -> None:
    """A reply is sent again, in plain words or after a wait, where that can help; the next one comes."""
    fault, outcome = FAULTS[name]

    async def check(ground: TelegramGround, ear: Ear) -> None:
        ear.reply = says("First.")
        planned = ground.server.fail(fault, method="sendMessage")
        ground.server.say(ground.ada, ground.ada, "/one")
        await until(lambda: planned.met == 1 and not ground.server.updates.waiting)
        again = outcome is Refused or name == "flood"
        assert ("First." in ground.shown(ground.one)) == (again or name == "taken and dropped")
        ear.reply = says("Second.")
        ground.later()
        ground.server.say(ground.ada, ground.ada, "/two")
        await until(lambda: ground.shown(ground.one)[-1:] == ["Second."])

    play(check)


def test_an_edit_that_changes_nothing_is_as_good_as_done() -> None:
    """Pressing the same button twice adds no second panel; an edit of what is gone is an outcome."""

    async def check(ground: TelegramGround, _: Ear) -> None:
        body = ground.write("panel")
        sent = await ground.platform.send(ground.one, body, plain=False, key="r1", sound=True)
        assert isinstance(sent, Sent)
        assert isinstance(await ground.platform.edit(ground.one, sent.message, body), Sent)
        assert isinstance(await ground.platform.edit(ground.one, "999", body), Refused)
        assert isinstance(await ground.platform.edit(ground.one, "no number", body), Refused)
        assert isinstance(await ground.platform.edit(ground.one, sent.message, "no body"), Refused)

    play(check)


def test_admins_are_who_telegram_says() -> None:
    """Members aren't admins, owners and hidden admins are; what can't be asked is no."""

    async def check(ground: TelegramGround, _: Ear) -> None:
        eve = ground.server.user("Eve")
        ground.server.join(eve, ground.forum)
        administers = ground.platform.administers
        assert await administers(ground.two, str(ground.ada.id))
        assert not await administers(ground.two, str(eve.id))
        assert await administers(ground.two, ground.two.chat)
        assert not await administers(ground.two, "-100123")
        assert not await administers(Address("telegram", "-5"), str(eve.id))
        ground.server.promote(eve, ground.forum, by=ground.ada)
        ground.later()
        assert await administers(ground.two, str(eve.id))

    play(check)


def test_comings_and_goings_are_heard() -> None:
    """Joined and left places, blocked chats, closed topics; who brought the bot is known."""

    async def check(ground: TelegramGround, ear: Ear) -> None:
        server, ada = ground.server, ground.ada
        group = server.group("Friends", ada, bot="left")
        server.join(server.bot, group, by=ada)
        await until(lambda: len(ear.heard) == 1)
        server.close_topic(ground.forum, ground.rivers, ada)
        server.close_topic(ground.forum, ground.rivers, ada, closed=False)
        server.leave(server.bot, group, by=ada, kicked=True)
        server.block(ada)
        await until(lambda: len(ear.heard) == 5)
        kinds = {(type(each), each.place.address) for each in ear.heard}
        here = Address("telegram", str(group.id))
        assert kinds == {
            (kind, at)
            for kind, at in [
                (Joined, here),
                (Left, ground.two),
                (Joined, ground.two),
                (Left, here),
                (Left, ground.one),
            ]
        }
        assert {each.by.person.id for each in ear.heard} == {str(ada.id)}

    play(check)


def test_a_webhook_brings_updates_and_believes_only_telegram(unused_port: int) -> None:
    """With a webhook nothing is polled; who doesn't know the secret isn't heard; a restart polls again."""

    async def run() -> None:
        async with TelegramServer() as server:
            ground, ear = TelegramGround(server), Ear(reply=says("Here."))
            url = f"http://127.0.0.1:{unused_port}/hook"
            platform = ground.make(webhook_url=url, webhook_listen=f"127.0.0.1:{unused_port}")
            await platform.start(ear.receive)
            await until(lambda: bool(server.updates.webhook))
            assert server.updates.allowed == list(ALLOWED)
            server.say(ground.ada, ground.ada, "/hello")
            await until(lambda: ground.shown(ground.one) == ["Here."])
            async with aiohttp.ClientSession() as session:
                for headers in ({}, {"X-Telegram-Bot-Api-Secret-Token": "guess"}):
                    update = {"update_id": 1, "message": {}}
                    async with session.post(url, json=update, headers=headers) as answer:
                        assert answer.status == 403
            assert server.updates.polls == 0
            assert ear.texts == ["/hello"]
            await platform.stop()
            server.say(ground.ada, ground.ada, "/later")
            await ground.platform.start(ear.receive)
            await until(lambda: ear.texts == ["/hello", "/later"])
            await ground.platform.stop()

    asyncio.run(run())


@pytest.fixture
def unused_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def test_a_token_can_be_looked_at() -> None:
    """`check` learns the bot's name, that the token is wrong, or that nobody answers, at once."""

    async def run() -> None:
        async with TelegramServer() as server:
            assert await name_of(server.token, server.url, "") == "paperround_bot"
            with pytest.raises(PlatformError, match="TELEGRAM_BOT_TOKEN"):
                await name_of(WRONG, server.url, "")
            await server.refuse_connections()
            with pytest.raises(PlatformError, match="doesn't answer"):
                await name_of(server.token, server.url, "")

    asyncio.run(run())


def test_an_update_that_cant_be_read_is_passed_over() -> None:
    """What a newer Telegram says in a way that the library can't read holds up nothing."""

    async def check(ground: TelegramGround, ear: Ear) -> None:
        ground.server.updates.put("message", {"message_id": "no number", "chat": 5})
        ground.server.say(ground.ada, ground.ada, "/hello")
        await until(lambda: ear.texts == ["/hello"] and not ground.server.updates.waiting)

    play(check)


def test_a_file_arrives_with_its_words_and_buttons() -> None:
    """It's a document of its own name and bytes, whose caption and buttons are the reply's."""

    async def check(ground: TelegramGround, ear: Ear) -> None:
        server, ada = ground.server, ground.ada
        ear.reply = replace(
            says("2 <papers>", Button("List", "saved")), file=File("saved.bib", "@misc{ä}\n", "b")
        )
        server.say(ada, ada, "/export bibtex")
        await until(lambda: any("document" in each.raw for each in server.shown(ada)))
        shown = server.last(ada)
        assert shown.raw["document"]["file_name"] == "saved.bib"
        assert shown.raw["caption"] == "2 <papers>"
        assert [each["text"] for row in shown.raw["reply_markup"]["inline_keyboard"] for each in row] == [
            "List"
        ]
        assert server.files["document"][1].decode() == "@misc{ä}\n"
        assert server.violations == []

    play(check)


def test_a_file_with_many_words_follows_them() -> None:
    """A caption has room for 1,024 characters; more are messages of their own."""

    async def check(ground: TelegramGround, ear: Ear) -> None:
        server, ada = ground.server, ground.ada
        ear.reply = replace(says("word " * 300), file=File("saved.bib", "@misc{a}\n"))
        server.say(ada, ada, "/export bibtex")
        await until(lambda: any("document" in each.raw for each in server.shown(ada)))
        assert [("document" in each.raw, each.raw.get("caption")) for each in server.shown(ada)[1:]] == [
            (False, None),
            (True, None),
        ]

    play(check)


def pictured(count: int, caption: str = "Figure 1: 2 < 3 & @everyone") -> Reply:
    """Return an answer of pictures alone."""
    pictures = tuple(Illustration(PNG, (Text(caption),)) for _ in range(count))
    return Reply(Document("", "en", ()), pictures=pictures)


@pytest.mark.parametrize("count", [1, 2, 10])
def test_pictures_are_an_album(count: int) -> None:
    """Up to ten pictures are one album without a sound, each with its caption as it was written."""

    async def check(ground: TelegramGround, ear: Ear) -> None:
        server, ada = ground.server, ground.ada
        ear.reply = pictured(count)
        server.say(ada, ada, "/notes")
        await until(lambda: sum("photo" in each.raw for each in server.shown(ada)) == count)
        shown = server.shown(ada)[-count:]
        assert {each.raw["caption"].replace("\u2060", "") for each in shown} == {
            "Figure 1: 2 < 3 & @everyone"
        }
        assert len({each.raw.get("media_group_id") for each in shown}) == 1
        assert all(each.silent for each in shown)
        assert [content for _, content in server.files.values()] == [PNG] * count
        assert (server.violations, server.refusals) == ([], [])

    play(check)


def gallery(*contents: bytes) -> Reply:
    """Return an answer of these pictures, and what is said where one can't be shown."""
    pictures = tuple(
        Illustration(content, (Text(f"Figure {number}"),)) for number, content in enumerate(contents, start=1)
    )
    return Reply(Document("", "en", ()), pictures=pictures, unshown=(Paragraph((Text("See the PDF."),)),))


def captions(ground: TelegramGround, kind: str) -> list[str]:
    """Return the captions of what was sent as photos, or as documents."""
    return [each.raw["caption"] for each in ground.server.shown(ground.ada) if kind in each.raw]


def drawn(width: int, height: int) -> bytes:
    """Draw a picture of this size."""
    file = BytesIO()
    Image.new("1", (width, height)).save(file, "PNG")
    return file.getvalue()


@pytest.mark.parametrize("count", [1, 2])
def test_a_caption_that_is_too_long_ends_in_a_word(count: int) -> None:
    """It's cut where a word ends, and the sign of it is within what Telegram takes."""

    async def check(ground: TelegramGround, ear: Ear) -> None:
        ear.reply = pictured(count, "word " * 400)
        ground.server.say(ground.ada, ground.ada, "/notes")
        await until(lambda: len(captions(ground, "photo")) == count)
        assert all(each.endswith("word…") for each in captions(ground, "photo"))

    play(check, swift=20.0)


def test_pictures_that_telegram_shows_nowhere_are_files() -> None:
    """What is too long, too large or no picture comes as a file; the others are an album, none is refused."""

    async def check(ground: TelegramGround, ear: Ear) -> None:
        large = PNG + bytes(10 * 2**20)
        ear.reply = gallery(PNG, drawn(2100, 100), PNG, drawn(9_000, 1_001), large, b"GIF8", PNG)
        ground.server.say(ground.ada, ground.ada, "/notes")
        await until(lambda: len(captions(ground, "document")) == 4)
        assert captions(ground, "photo") == ["Figure 1", "Figure 3", "Figure 7"]
        assert captions(ground, "document") == ["Figure 2", "Figure 4", "Figure 5", "Figure 6"]
        assert (ground.server.refusals, ground.server.violations) == ([], [])
        assert len(ground.server.calls_of("sendMediaGroup")) == 2

    play(check, swift=20.0)


def test_one_picture_that_telegram_refuses_costs_no_other() -> None:
    """Whatever the reason is: it comes as a file, the others as photos, and nobody is told of a loss."""

    async def check(ground: TelegramGround, ear: Ear) -> None:
        server = ground.server
        torn = PNG[:12] + b"IHDR\0\0\0\1\0\0\0\1"  # which looks right from where the bot looks
        ear.reply = gallery(PNG, PNG, torn, PNG, PNG)
        server.say(ground.ada, ground.ada, "/notes")
        await until(lambda: len(captions(ground, "photo")) == 4)
        assert captions(ground, "photo") == ["Figure 1", "Figure 2", "Figure 4", "Figure 5"]
        assert captions(ground, "document") == ["Figure 3"]
        assert "IMAGE_PROCESS_FAILED" in server.refusals[0]
        ear.reply = says("the next answer")
        server.say(ground.ada, ground.ada, "/next")
        await until(lambda: server.last(ground.ada).text == "the next answer")
        assert "See the PDF." not in [each.text for each in server.shown(ground.ada)]

    play(check, swift=20.0)


@pytest.mark.parametrize("fault", [faults.BAD_PICTURE, faults.NO_PICTURES])
def test_pictures_that_telegram_takes_nowhere_are_said_to_be_missing(fault: faults.Fault) -> None:
    """Where a group takes no pictures, or one is refused even as a file, a sentence says where it is."""

    async def check(ground: TelegramGround, ear: Ear) -> None:
        for method in ("sendPhoto", "sendDocument", "sendMediaGroup"):
            ground.server.fail(fault, method=method, times=None)
        ear.reply = gallery(PNG, PNG, PNG)
        ground.server.say(ground.ada, ground.ada, "/notes")
        await until(lambda: ground.server.last(ground.ada).text == "See the PDF.")
        tries = len(ground.server.refusals)
        assert tries == (1 if fault is faults.NO_PICTURES else 2 * 3 + 2)

    play(check, swift=20.0)


def test_where_no_files_may_be_sent_their_lines_are() -> None:
    """A group may take words alone; a file of many lines is then said to be missing."""

    async def check(ground: TelegramGround, ear: Ear) -> None:
        server, ada = ground.server, ground.ada
        server.fail(faults.NO_FILES, method="sendDocument", times=None)
        for text, shown in (
            ("@misc{a}\n", "2 papers\n@misc{a}"),
            (
                "@misc{a}\n" * 400,
                f"2 papers\n{FILE_REFUSED.text}",
            ),
        ):
            ear.reply = replace(says("2 papers"), file=File("papers.bib", text, "bibtex"))
            server.say(ada, ada, "/export bibtex")
            await until(lambda shown=shown: server.last(ada).text == shown)  # type: ignore[misc]

    play(check, swift=20.0)


def test_what_follows_a_reply_is_shown_after_it() -> None:
    """The answer is there before what takes longer has begun."""

    async def check(ground: TelegramGround, ear: Ear) -> None:
        server, ada = ground.server, ground.ada

        async def then() -> Reply | None:
            assert server.last(ada, 0).text == "the notes"
            return replace(pictured(2), document=says("and more").document)

        ear.reply = replace(says("the notes"), then=then)
        server.say(ada, ada, "/notes")
        await until(lambda: server.last(ada, 0).text == "and more")
        assert ["photo" in each.raw for each in server.shown(ada)[-4:]] == [False, True, True, False]

    play(check)


def test_a_file_whose_words_are_refused_comes_with_plain_ones() -> None:
    """What Telegram can't parse goes out without markup, the file with it."""

    async def check(ground: TelegramGround, ear: Ear) -> None:
        server, ada = ground.server, ground.ada
        server.fail(faults.CANT_PARSE, method="sendDocument")
        ear.reply = replace(says("2 papers"), file=File("saved.bib", "@misc{a}\n"))
        server.say(ada, ada, "/export bibtex")
        await until(lambda: any("document" in each.raw for each in server.shown(ada)))
        calls = [each.arguments for each in server.calls if each.method == "sendDocument"]
        assert [each.get("parse_mode") for each in calls] == ["HTML", None]

    play(check)
