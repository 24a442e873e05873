"""The panel of settings, pressed and typed: it changes what it says, for whom it may, and says what holds."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from datetime import time
from typing import TYPE_CHECKING

import pytest

from bot.access import Person
from bot.chats import Choices, SendAt, Subscription
from bot.talk import ACTION_BYTES, Said, Speaker, Whole
from digest.reading import plain
from tests.servers.talker import (
    GROUP,
    GUEST,
    MORNING,
    OWNER,
    PRESETS,
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

    from bot.talk import Place

    Use = Callable[[Talker], Awaitable[None]]


@pytest.fixture
def run(tmp_path: Path) -> Callable[[Use], None]:
    """Run a function on a bot that nobody spoke to yet."""

    def call(use: Use) -> None:
        async def inside() -> None:
            async with Talker.open(tmp_path) as talker:
                await use(talker)

        asyncio.run(inside())

    return call


async def chosen(talker: Talker, where: Place | None = None) -> Choices:
    """Return what a chat's own level chose."""
    chat = await talker.chat(where)
    return await talker.store.read(lambda desk: desk.chats.chosen(chat.number))


async def subscribe(talker: Talker) -> None:
    """Subscribe the owner's chat to something."""
    await talker.say("/settings")
    chat = await talker.chat()
    wish = Subscription(PRESETS["rivers"], preset=True, by=OWNER, at=MORNING)
    await talker.store.write(lambda desk: desk.chats.subscribe(chat.number, wish))


def test_the_panel_shows_everything_and_edits_itself(run: Callable[[Use], None]) -> None:
    """Every setting is a button with its value; each leads to likely values and back to the panel."""

    async def use(talker: Talker) -> None:
        panel = await talker.say("/settings")
        assert list(buttons(panel)) == [
            "Language: English",
            "Send: when the list is in",
            "Zone: UTC, 09:00",
            "Days: Mon–Fri",
            "Papers: 7",
            "Detail: brief",
            "Figures: off",
            "Quiet days: one line",
            "Sound: on",
            "Done",
        ]
        assert text(panel) == "Settings for this chat"
        for label, action in buttons(panel).items():
            choice = await talker.press(action)
            assert choice.instead
            if label != "Done":
                assert text(choice).startswith(label)
                assert text(await talker.press(buttons(choice)["Back"])) == text(panel)
        choice = await talker.press(buttons(panel)["Papers: 7"])
        changed = await talker.press(buttons(choice)["15"])
        assert text(changed) == "Papers: 15.\nSettings for this chat"
        assert "Papers: 15" in buttons(changed)
        done = await talker.press(buttons(changed)["Done"])
        assert not buttons(done)
        assert "Papers: 15" in text(done)

    run(use)


def test_every_button_says_what_it_chooses(run: Callable[[Use], None]) -> None:
    """Whatever can be pressed works, fits into a button, and leads to no sentence of a mistake."""

    async def use(talker: Talker) -> None:
        talker.make_admin(GUEST, THREAD)
        talker.make_admin(GUEST, GROUP)
        panel = await talker.say("/settings", who=GUEST, where=THREAD)
        ahead, seen = [*buttons(panel).values()], set[str]()
        while ahead and len(seen) < 100:
            action = ahead.pop(0)
            if action in seen or "days -" in action:  # without the last day there'd be none
                continue
            seen.add(action)
            assert len(action.encode()) <= ACTION_BYTES
            pressed = await talker.press(action, who=GUEST, where=THREAD)
            assert pressed.instead, action
            ahead += buttons(pressed).values()
        assert len(seen) == 100

    run(use)


@pytest.mark.parametrize(
    ("readers", "told"),
    [
        ((), "Briefs are sentences of the abstracts for now, so they stay in the language of the paper."),
        (
            ("Google (Gemini)",),
            "Models write briefs in this language; a sentence of the paper stays in the paper's.",
        ),
    ],
)
def test_who_writes_briefs_decides_what_their_language_means(
    tmp_path: Path, readers: tuple[str, ...], told: str
) -> None:
    """Nobody hears that briefs can't be translated where a model writes them."""

    async def inside() -> None:
        async with Talker.open(tmp_path, readers=readers) as talker:
            assert told in plain((await talker.say("/settings briefs")).document.blocks)
            await talker.say("/settings briefs zh")
            language = plain((await talker.say("/settings language")).document.blocks)
            assert ("sentences of the abstracts" in language) is not bool(readers)

    asyncio.run(inside())


@pytest.mark.parametrize(
    ("words", "field", "value"),
    [
        ("papers 5", "papers", 5),
        ("send 07:30", "send_at", time(7, 30)),
        ("time listed", "send_at", SendAt.LISTED),
        ("zone 柏林", "zone", "Europe/Berlin"),
        ("Zone Munich", "zone", "Europe/Berlin"),
        ("days sat,sun", "weekdays", frozenset({5, 6})),
        ("sound off", "sound", False),
        ("figures on", "figures", True),
        ("配图 每篇一张", "figures", True),
        ("language 中文", "language", "zh"),
        ("briefs de", "brief_language", "de"),
    ],
)
def test_settings_can_be_typed(run: Callable[[Use], None], words: str, field: str, value: object) -> None:
    """What a button does can be typed as well, and taken back by the word “default”."""

    async def use(talker: Talker) -> None:
        await talker.say(f"/settings {words}")
        assert getattr(await chosen(talker), field) == value
        await talker.say(f"/settings {words.split(maxsplit=1)[0]} default")
        assert await chosen(talker) == Choices()

    run(use)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("papers 5000", "“5000” isn't possible. It can be a number from 1 to 50."),
        ("papers " + "9" * 300, "“" + "9" * 59 + "…” isn't possible. It can be a number from 1 to 50."),
        ("send noon", "“noon” isn't a time. It can be “listed” or a time such as 07:30."),
        ("language de", "“de” isn't a language of mine. It can be English and 中文."),
        ("days -mon", ""),
        (
            "colour red",
            (
                "There's no setting “colour”. There are language, briefs, send, zone, days, papers, detail, "
                "figures, quiet and sound."
            ),
        ),
        ("figures many", "“many” isn't possible. It can be on, which is one per paper, or off."),
        ("above papers 5", "This chat belongs to no group whose settings it could take."),
    ],
)
def test_a_wrong_value_is_told_what_is_allowed(run: Callable[[Use], None], words: str, told: str) -> None:
    """A value that can't be chosen gets a sentence with those that can, and changes nothing."""

    async def use(talker: Talker) -> None:
        await talker.say("/settings days mon")
        before = await chosen(talker)
        assert text(await talker.say(f"/settings {words}")).startswith(told or "At least one day stays on.")
        assert await chosen(talker) == before

    run(use)


def test_the_language_changes_at_once(run: Callable[[Use], None]) -> None:
    """The panel that changes the language is in the new one; that extraction doesn't translate is said."""

    async def use(talker: Talker) -> None:
        choice = await talker.say("/lang")
        assert {"English", "中文"} <= set(buttons(choice))
        panel = await talker.press(buttons(choice)["中文"])
        assert panel.document.language == "zh"
        assert "不作翻译" in text(panel)
        assert "语言：中文" in buttons(panel)
        assert (await chosen(talker)).brief_language == "zh"

    run(use)


def test_a_zone_is_found_by_the_time(run: Callable[[Use], None]) -> None:
    """The time that it is somewhere leads to cities that have it, a city to the zone."""

    async def use(talker: Talker) -> None:
        times = await talker.press("settings zone")
        assert len(buttons(times)) <= 14
        cities = await talker.press(buttons(times)["Berlin, 11:00"])
        assert {"Berlin", "Johannesburg"} <= set(buttons(cities))
        panel = await talker.press(buttons(cities)["Johannesburg"])
        assert "Zone: Johannesburg, 11:00" in buttons(panel)
        other = await talker.press(buttons(times)["Other times"])
        assert "Tehran, 12:30" in buttons(other)

    run(use)


def test_a_value_can_be_written_when_it_was_asked_for(run: Callable[[Use], None]) -> None:
    """What buttons have no room for is simply typed, where the person is alone with the bot."""

    async def use(talker: Talker) -> None:
        await talker.say("/settings papers")
        assert text(await talker.say("12")).startswith("Papers: 12.")
        await talker.say("/settings send")
        assert text(await talker.say("12:30")).startswith("Send: 12:30.")
        assert not (await talker.say("/settings papers", where=GROUP)).asks

    run(use)


def test_a_city_can_be_written_when_it_was_asked_for(run: Callable[[Use], None]) -> None:
    """In private the next words are the city; a slip of the finger is asked about; any command drops it."""

    async def use(talker: Talker) -> None:
        await talker.press("settings zone")
        near = await talker.say("berlim")
        assert text(near).endswith("“berlim” isn't a city that I know. Is it one of these?")
        several = await talker.say("China")
        assert {"Shanghai", "Urumqi"} <= set(buttons(several))
        await talker.press(buttons(near)["Berlin"])
        assert (await chosen(talker)).zone == "Europe/Berlin"
        await talker.press("settings zone")
        await talker.press("settings")
        await talker.hear(Said(private(OWNER), Speaker(Person("scripted", OWNER)), "Tokyo"))
        assert (await chosen(talker)).zone == "Europe/Berlin"
        asked = await talker.press("settings zone", where=GROUP)
        assert not asked.asks

    run(use)


@pytest.mark.parametrize(
    ("zone", "send", "comes"),
    [
        ("Europe/Berlin", "05:00", "06:15"),
        ("Europe/Berlin", "09:00", ""),
        ("Asia/Shanghai", "07:00", "12:15"),
        ("Asia/Shanghai", "12:15", ""),
        ("America/New_York", "06:00", ""),
        ("America/Los_Angeles", "07:00", ""),
        ("America/Los_Angeles", "15:00", "21:15"),
        ("America/Chicago", "18:00", ""),
        ("America/Chicago", "23:00", "23:15"),
        ("Asia/Shanghai", "01:00", ""),
        ("America/Los_Angeles", "21:15", ""),
        ("Australia/Sydney", "08:00", "14:15"),
    ],
)
def test_a_time_before_the_list_is_warned_of(
    run: Callable[[Use], None], zone: str, send: str, comes: str
) -> None:
    """Where the list comes later than the time chosen, that is said, and the earliest time offered."""

    async def use(talker: Talker) -> None:
        await talker.say(f"/settings zone {zone}")
        reply = await talker.say(f"/settings send {send}")
        assert (await chosen(talker)).send_at == time.fromisoformat(send)
        assert ("newest list isn't there yet" in text(reply)) is bool(comes)
        if comes:
            panel = await talker.press(buttons(reply)[f"Send at {comes}"])
            assert f"Send: {comes}" in buttons(panel)
            panel = await talker.press(buttons(reply)["Send when the list is in"])
            assert "Send: when the list is in" in buttons(panel)

    run(use)


def test_a_change_of_times_tells_when_the_next_digest_comes(run: Callable[[Use], None]) -> None:
    """Whoever changes when digests come hears when the next one does."""

    async def use(talker: Talker) -> None:
        await talker.announce_papers(1)
        await subscribe(talker)
        reply = await talker.say("/settings send 09:00")
        assert text(reply).startswith("Send: 09:00. Next digest: Mon 29 June, about 09:00.")

    run(use)


def test_everybody_reads_and_admins_change(run: Callable[[Use], None]) -> None:
    """In a group anybody sees the panel and its choices; only admins change anything, pressed or typed."""

    async def use(talker: Talker) -> None:
        await talker.join(GROUP)
        for words in ("", "papers", "zone", "zone at 120", "zone other 1", "days", "done"):
            shown = await talker.say(f"/settings {words}", who=GUEST, where=GROUP)
            assert "Only admins" not in text(shown), words
        for words in ("papers 5", "zone Berlin", "days +sat", "papers default", "Send 9"):
            for refused in (
                await talker.say(f"/settings {words}", who=GUEST, where=GROUP),
                await talker.press(f"settings {words}", who=STRANGER, where=GROUP),
            ):
                assert text(refused).startswith("Only admins of this group can change that.")
                assert refused.aside
        assert await chosen(talker, GROUP) == Choices(sound=False)  # as every group begins
        talker.make_admin(GUEST)
        await talker.say("/settings papers 5", who=GUEST, where=GROUP)
        assert (await chosen(talker, GROUP)).papers == 5

    run(use)


def test_a_thread_has_what_the_group_chose_until_it_chooses(run: Callable[[Use], None]) -> None:
    """The panel says which level it edits, what is chosen there, and leads back to the group's choice."""

    async def use(talker: Talker) -> None:
        await talker.say("/settings papers 9", where=GROUP)
        panel = await talker.say("/settings", where=THREAD)
        assert text(panel) == (
            "Settings for this chat (those of “Readers” otherwise)\n"
            "Nothing is chosen here: all is as the group has it."
        )
        assert "Papers: 9" in buttons(panel)
        changed = await talker.press("settings papers 3", where=THREAD)
        assert "Chosen here: Papers. The rest is as the group has it." in text(changed)
        choice = await talker.press("settings papers", where=THREAD)
        back = await talker.press(buttons(choice)["As the group: 9"], where=THREAD)
        assert "Papers: 9" in buttons(back)
        assert (await chosen(talker, THREAD)).papers is None

    run(use)


def test_the_groups_settings_are_changed_from_a_thread_by_its_admins(run: Callable[[Use], None]) -> None:
    """Who changes a thread doesn't thereby change the whole group; the panel says which of both it is."""

    async def use(talker: Talker) -> None:
        await talker.join(GROUP)
        talker.make_admin(GUEST, THREAD)
        panel = await talker.say("/settings", who=GUEST, where=THREAD)
        above = await talker.press(buttons(panel)["The group's settings"], who=GUEST, where=THREAD)
        assert text(above).startswith("Settings for all of “Readers”")
        refused = await talker.press("settings above sound on", who=GUEST, where=THREAD)
        assert text(refused) == "Only admins of the whole group can change that."
        assert not (await talker.chat(GROUP)).preferences.sound
        talker.make_admin(GUEST, GROUP)
        choice = await talker.press(buttons(above)["Sound: off"], who=GUEST, where=THREAD)
        changed = await talker.press(buttons(choice)["on"], who=GUEST, where=THREAD)
        assert "Sound: on" in buttons(changed)
        assert (await talker.chat(THREAD)).preferences.sound
        assert (await chosen(talker, THREAD)).sound is None
        spoken = await talker.press("settings above language zh", who=GUEST, where=THREAD)
        assert spoken.document.language == "zh"

    run(use)


def test_a_channel_takes_its_servers_settings(run: Callable[[Use], None]) -> None:
    """Where the platform has servers and channels, nobody reads of groups and chats."""
    channel = replace(THREAD, whole=Whole.SERVER)

    async def use(talker: Talker) -> None:
        panel = await talker.say("/settings", where=channel)
        assert text(panel).splitlines()[0] in {
            "Settings for this channel (the server's otherwise)",
            "Settings for this channel (those of “Readers” otherwise)",
        }
        assert "all is as the server has it" in text(panel)
        above = await talker.press(buttons(panel)["The server's settings"], where=channel)
        assert "its channels take from here" in text(above)
        changed = await talker.press("settings papers 3", where=channel)
        assert "The rest is as the server has it." in text(changed)
        choice = await talker.press("settings papers", where=channel)
        assert "As the server: 7" in buttons(choice)
        for reply in (panel, above, changed, choice):
            assert not re.search(r"\b(group|chat)", f"{text(reply)} {' '.join(buttons(reply))}")

    run(use)


def test_a_private_chat_has_only_its_own(run: Callable[[Use], None]) -> None:
    """A chat below nothing has no group's settings; taking a choice back leads to the usual."""

    async def use(talker: Talker) -> None:
        await talker.say("/settings papers 20")
        choice = await talker.press("settings papers")
        assert "The group's settings" not in buttons(await talker.say("/settings"))
        await talker.press(buttons(choice)["As usual: 7"])
        assert (await talker.chat(private(OWNER))).preferences.papers == 7

    run(use)
