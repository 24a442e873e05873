"""Who may, which command, how often, and what goes wrong: what everybody's words go through."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.access import Person, Role, issue
from bot.chats import Choices, State
from bot.commands.call import Call, Command, MistakeError, Permission, Tools
from bot.commands.replies import reply, sentences
from bot.phrases import general as say
from bot.questions import PATIENCE
from bot.talk import Kind, Said, Speaker
from digest.errors import SourceBusyError, SourceUnreachableError, StorageGoneError, StorageLockedError
from tests.servers.talker import (
    CHANNEL,
    GROUP,
    GUEST,
    OWNER,
    STRANGER,
    THREAD,
    Talker,
    buttons,
    private,
    text,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from bot.access import GroupChanges, Mode
    from bot.talk import Reply


async def echo(call: Call, _: Tools) -> Reply:
    """Say the words again, or ask for some."""
    answer = reply(call.phrases, sentences(f"heard {call.words}"))
    return answer if call.words else replace(answer, asks="echo")


def failing(error: Exception) -> Callable[[Call, Tools], Awaitable[Reply]]:
    """Return what a command runs that fails."""

    async def fail(_: Call, __: Tools) -> Reply:
        raise error

    return fail


COMMANDS = (
    Command("start", echo, summary=say.START),
    Command("echo", echo, summary=say.HELP, short={"say": "echo", "greet": "echo hello"}),
    Command("change", echo, summary=say.HELP, permission=Permission.ADMINS),
    Command("own", echo, summary=say.HELP, permission=Permission.OWNER),
    Command("costly", echo, summary=say.HELP, costly=True),
    Command("text", echo),
    Command("mistaken", failing(MistakeError("That's no number.")), summary=say.HELP, example="7"),
    Command("pressed", failing(MistakeError("That page isn't there.")), example="7"),
    Command(
        "misplaced", failing(MistakeError("That's not for groups.", try_example=False)), say.HELP, example="7"
    ),
    Command("silent", failing(SourceUnreachableError("no route"))),
    Command("busy", failing(SourceBusyError("slow down"))),
    Command("locked", failing(StorageLockedError("another process"))),
    Command("deleted", failing(StorageGoneError("deleted"))),
    Command("broken", failing(ZeroDivisionError("division by zero"))),
)


@pytest.fixture
def play(tmp_path: Path) -> Callable[..., None]:
    """Run a scene with a bot that knows the commands of this file."""

    def run(
        scene: Callable[[Talker], Awaitable[None]],
        *,
        mode: Mode = "invited",
        group_changes: GroupChanges = "admins",
        costly: tuple[int, int] = (1_000, 1_000),
        people: bool = True,
    ) -> None:
        async def inside() -> None:
            async with Talker.open(
                tmp_path,
                mode=mode,
                group_changes=group_changes,
                costly=costly,
                people=people,
                commands=COMMANDS,
            ) as talker:
                await scene(talker)

        asyncio.run(inside())

    return run


def test_a_stranger_is_told_three_times_an_hour(play: Callable[..., None]) -> None:
    """What they send reaches no command and leaves no row; then there's silence until an hour is over."""

    async def scene(talker: Talker) -> None:
        before = await talker.rows()
        said = [
            Said(private(STRANGER), Speaker(Person("scripted", STRANGER)), f"/echo {n}") for n in range(5)
        ]
        answers = [await talker.hear(one) for one in said]
        assert [answer and text(answer) for answer in answers] == [
            *["This bot is private. If its owner gave you a code, send it to me."] * 3,
            None,
            None,
        ]
        assert await talker.join(private(STRANGER), who=STRANGER) is None
        assert await talker.rows() == before
        talker.clock.passed += 3600
        assert "private" in text(await talker.press("echo 1", who=STRANGER, language="en"))
        talker.clock.passed += 3600
        assert "不对外开放" in text(await talker.say("你好", who=STRANGER, language="zh-CN"))
        assert await talker.rows() == before

    play(scene)


def test_a_stranger_among_others_is_told_a_command(play: Callable[..., None]) -> None:
    """Where many write, bots don't hear every message: a code that stands alone might reach nobody."""

    async def scene(talker: Talker) -> None:
        for language, told in (("en", "use it with /claim."), ("zh", "请用 /claim 提交。")):
            reply = await talker.say("/echo 1", who=STRANGER, where=GROUP, language=language)
            assert text(reply).endswith(told)
            assert reply.aside

    play(scene)


@pytest.mark.parametrize(
    ("mode", "who_may"), [("owner", {OWNER}), ("invited", {OWNER, GUEST}), ("open", {OWNER, GUEST, STRANGER})]
)
def test_the_mode_says_who_may(play: Callable[..., None], mode: Mode, who_may: set[str]) -> None:
    """Owners always; guests and strangers as `[access] mode` has it."""

    async def scene(talker: Talker) -> None:
        for who in (OWNER, GUEST, STRANGER):
            assert (text(await talker.say("/echo x", who=who)) == "heard x") is (who in who_may)

    play(scene, mode=mode)


@pytest.mark.parametrize(
    ("mode", "told"),
    [
        ("owner", "You own this bot now. Only you can use it."),
        ("invited", "You own this bot now. Let others in with /invite."),
        ("open", "You own this bot now."),
    ],
)
def test_an_owner_hears_who_else_may_come(play: Callable[..., None], mode: Mode, told: str) -> None:
    """What is said of others is what can be done as the bot is set up."""

    async def scene(talker: Talker) -> None:
        code, kept = issue(Role.OWNER, None, talker.clock.now(), talker.tools.random_bytes)
        await talker.store.write(lambda desk: desk.people.offer(kept))
        assert text(await talker.say(code, who="ada")).splitlines()[0] == told

    play(scene, mode=mode, people=False)


def test_codes_let_people_in(play: Callable[..., None]) -> None:
    """The code alone, after /start or /claim, in any case; it's used up then, and the first words follow."""

    async def scene(talker: Talker) -> None:
        code = {}
        for who, role in (("ada", Role.OWNER), ("ben", Role.GUEST), ("cem", Role.GUEST)):
            code[who], kept = issue(role, None, talker.clock.now(), talker.tools.random_bytes)
            await talker.store.write(lambda desk, kept=kept: desk.people.offer(kept))  # type: ignore[misc]
        assert text(await talker.say(f"/claim {code['ada']}", who="ada")).startswith("You own this bot now.")
        assert "heard" in text(await talker.say(code["ben"].lower(), who="ben"))
        assert "可以使用" in text(await talker.say(f"/start {code['cem']}", who="cem", language="zh"))
        assert "private" in text(await talker.say(code["cem"], who=STRANGER))
        assert await talker.query("SELECT count(*) FROM codes") == [(0,)]

    play(scene, people=False)


def test_a_text_that_looks_like_a_code_reaches_its_command(play: Callable[..., None]) -> None:
    """Sixteen letters and digits may just be a word."""

    async def scene(talker: Talker) -> None:
        assert text(await talker.say("transformer-based")) == "heard transformer-based"
        assert text(await talker.say("/start transformer-based")) == "heard transformer-based"

    play(scene)


def test_in_groups_anyone_reads_and_admins_change(play: Callable[..., None]) -> None:
    """Once somebody who may brought the bot there; the platform says who is an admin."""

    async def scene(talker: Talker) -> None:
        assert "private" in text(await talker.say("/echo x", who=STRANGER, where=GROUP))
        assert await talker.join(GROUP, who=GUEST)
        assert text(await talker.say("/echo x", who=STRANGER, where=GROUP)) == "heard x"
        refused = await talker.say("/change x", who=STRANGER, where=GROUP)
        assert text(refused).startswith("Only admins")
        assert refused.aside
        assert text(await talker.press("change x", who=STRANGER, where=GROUP)).startswith("Only admins")
        talker.make_admin(STRANGER)
        assert text(await talker.press("change x", who=STRANGER, where=GROUP)) == "heard x"
        assert text(await talker.say("/change x", where=GROUP)) == "heard x"  # the owner
        assert text(await talker.say("/own x", who=STRANGER, where=GROUP)).startswith("Only an owner")
        assert text(await talker.press("own x", who=GUEST)).startswith("Only an owner")
        assert text(await talker.say("/change x", who=GUEST)) == "heard x"  # their own chat

    play(scene)


def test_a_group_may_be_open_to_everybodys_changes(play: Callable[..., None]) -> None:
    """`[access] group_changes = "everybody"` asks no platform."""

    async def scene(talker: Talker) -> None:
        await talker.join(GROUP)
        assert text(await talker.say("/change x", who=STRANGER, where=GROUP)) == "heard x"

    play(scene, group_changes="everybody")


def test_unknown_commands_name_the_nearest(play: Callable[..., None]) -> None:
    """In a private chat; in a group only if they are surely meant for this bot, and so is a plain text."""

    async def scene(talker: Talker) -> None:
        await talker.join(GROUP)
        assert text(await talker.say("/ecco x")) == "There's no /ecco. Did you mean /echo?"
        assert text(await talker.say("/zzz")) == "There's no /zzz. Everything that works: /help."
        assert text(await talker.say(f"/{'z' * 99}")).startswith(f"There's no /{'z' * 32}….")
        assert text(await talker.say("/ecco", where=GROUP)) == "There's no /ecco. Did you mean /echo?"
        by = Speaker(Person("scripted", OWNER))
        assert await talker.hear(Said(GROUP, by, "/ecco", addressed=False)) is None
        assert await talker.hear(Said(GROUP, by, "hello")) is None
        assert text(await talker.say("hello")) == "heard hello"
        assert text(await talker.say("／SAY  hi ")) == "heard hi"
        assert text(await talker.say("/greet you")) == "heard hello you"

    play(scene)


def test_forged_and_old_buttons_are_answered(play: Callable[..., None]) -> None:
    """A press on what no command knows says so; nothing else happens."""

    async def scene(talker: Talker) -> None:
        for action in ("gone 1", "", " ", "\x00", "x" * 5_000):
            assert text(await talker.press(action)).startswith("This button doesn't work any more.")

    play(scene)


def test_costly_commands_are_limited(play: Callable[..., None]) -> None:
    """For a person and for a chat; who is refused hears how many minutes to wait, and may then."""

    async def scene(talker: Talker) -> None:
        await talker.join(GROUP)
        assert text(await talker.say("/costly 1")) == "heard 1"
        talker.clock.passed += 600
        assert text(await talker.say("/costly 2", where=GROUP)) == "heard 2"
        refused = text(await talker.say("/costly 3"))
        assert refused == "That's often for one hour. The next try is possible in 51 minutes."
        assert text(await talker.say("/echo free")) == "heard free"
        assert text(await talker.say("/costly 4", who=GUEST, where=GROUP)) == "heard 4"
        assert text(await talker.say("/costly 5", who=STRANGER, where=GROUP)) == "heard 5"
        assert "often" in text(await talker.say("/costly 6", who="tim", where=GROUP))  # the group's third
        talker.clock.passed += 3000
        assert text(await talker.say("/costly 7")) == "heard 7"

    play(scene, costly=(2, 3))


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("/mistaken x", "That's no number. Try /mistaken 7"),
        ("/pressed x", "That page isn't there."),  # nobody types what only buttons say
        ("/misplaced x", "That's not for groups."),
        ("/silent", "arXiv isn't answering. Try again in a few minutes; nothing is lost."),
        ("/busy", "arXiv asks for a break. Try again in a few minutes."),
        ("/locked", "The database can't be used right now. Try again in a minute."),
        ("/deleted", "What is kept for this chat was deleted meanwhile. Send that again to begin anew."),
        (
            "/broken",
            "That went wrong, through no fault of yours. It's in the bot's log; other commands work.",
        ),
    ],
)
def test_every_failure_is_a_sentence(play: Callable[..., None], said: str, answer: str) -> None:
    """Whatever a command raises, whoever asked reads what it means for them."""

    async def scene(talker: Talker) -> None:
        got = await talker.say(said)
        assert text(got) == answer
        assert buttons(got) == ({"Status": "status"} if "arXiv" in answer else {})

    play(scene)


def test_the_first_words_choose_the_language(play: Callable[..., None]) -> None:
    """A chat takes the client's once; a thread takes its group's, and an answer aside the person's."""

    async def scene(talker: Talker) -> None:
        await talker.say("/echo x", who=GUEST, language="zh-TW")
        chosen = (await talker.chat(private(GUEST))).preferences
        assert (chosen.language, chosen.brief_language) == ("zh", "zh-TW")
        await talker.say("/echo x", who=GUEST, language="en")
        assert (await talker.chat(private(GUEST))).preferences.language == "zh"
        await talker.join(GROUP, language="zh")
        await talker.say("/echo x", who=STRANGER, where=THREAD, language="en")
        thread = await talker.chat(THREAD)
        assert thread.parent == GROUP.address
        assert thread.preferences.language == "zh"
        assert text(await talker.say("/change x", who=STRANGER, where=THREAD, language="en")).startswith(
            "Only admins"
        )

    play(scene)


def test_the_chosen_language_is_spoken_whatever_happens(play: Callable[..., None]) -> None:
    """In private what was chosen holds for mistakes and failures too; in a group a person's own does."""

    async def scene(talker: Talker) -> None:
        await talker.say("/say x")
        number = (await talker.chat()).number
        await talker.store.write(lambda desk: desk.chats.choose(number, Choices(language="zh")))
        assert text(await talker.say("/nosuch")) == "没有 /nosuch 这个命令。全部可用命令：/help。"
        assert text(await talker.say("/locked")).startswith("数据库暂时无法使用")
        assert text(await talker.say("/nosuch", where=GROUP)).startswith("There's no /nosuch.")

    play(scene)


def test_a_place_that_is_left_comes_back(play: Callable[..., None]) -> None:
    """Who takes the bot away pauses the chat; who speaks to it there again, or brings it back, resumes it."""

    async def scene(talker: Talker) -> None:
        assert "heard" in text(await talker.say("/start", where=CHANNEL))
        assert await talker.leave(CHANNEL) is None
        assert (await talker.chat(CHANNEL)).state is State.UNREACHABLE
        assert await talker.join(CHANNEL)
        assert (await talker.chat(CHANNEL)).state is State.ACTIVE
        await talker.leave(CHANNEL)
        await talker.say("/echo x", where=CHANNEL)
        assert (await talker.chat(CHANNEL)).state is State.ACTIVE
        assert CHANNEL.kind is Kind.CHANNEL

    play(scene)


def test_a_question_waits_for_its_answer(play: Callable[..., None]) -> None:
    """The next text completes what was asked, for the person and chat, within minutes; a command drops it."""

    async def scene(talker: Talker) -> None:
        await talker.join(GROUP)
        by = Speaker(Person("scripted", OWNER))
        await talker.say("/echo", where=GROUP)
        assert await talker.hear(Said(GROUP, replace(by, person=Person("scripted", GUEST)), "not me")) is None
        assert text(await talker.say("yes", where=GROUP)) == "heard yes"
        assert await talker.hear(Said(GROUP, by, "again")) is None
        await talker.say("/echo", where=GROUP)
        await talker.say("/start now", where=GROUP)
        assert await talker.hear(Said(GROUP, by, "late")) is None
        await talker.say("/echo", where=GROUP)
        talker.clock.passed += (PATIENCE + timedelta(seconds=1)).total_seconds()
        assert await talker.hear(Said(GROUP, by, "too late")) is None

    play(scene)
