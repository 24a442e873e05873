"""Subscribing and removing topics, as people do it: what it answers, what is stored, what it refuses."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from bot.chats import Subscription
from bot.commands.subscribing import MOST_TOPICS
from bot.commands.topic_keys import find_subscription, topic_key
from digest.document import Link, List, Paragraph
from digest.model import Topic
from tests.papers import DAY, announced
from tests.servers.talker import GROUP, GUEST, MORNING, OWNER, Talker, buttons, private, text

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from bot.talk import Reply

WEEK = [DAY - timedelta(days) for days in (4, 3, 2, 1, 0)]


def talk(folder: Path, conversation: Callable[[Talker], Awaitable[None]], **options: Any) -> None:
    """Have a conversation with a bot of its own."""

    async def run() -> None:
        async with Talker.open(folder, **options) as talker:
            await conversation(talker)

    asyncio.run(run())


async def announce_a_week(talker: Talker, *, a_day: int = 3) -> None:
    """Let each of five days have some papers on rivers, all of cs.CV, every third one of cs.RO too."""
    for place, day in enumerate(WEEK):
        numbers = range(place * a_day + 1, (place + 1) * a_day + 1)
        papers = [
            announced(number, categories=("cs.RO", "cs.CV") if number % 3 == 0 else ("cs.CV",))
            for number in numbers
        ]
        await talker.announce(*papers, day=day)


async def names(talker: Talker, who: str = OWNER) -> list[str]:
    """Return what a person's chat has subscribed."""
    return [each.topic.name for each in (await talker.chat(private(who))).subscriptions]


def lines(reply: Reply) -> list[str]:
    """Return the lines of a reply."""
    return text(reply).splitlines()


def test_says_what_to_expect(tmp_path: Path) -> None:
    """A new topic is answered with last week's count, three titles with links, and when the digest comes."""

    async def conversation(talker: Talker) -> None:
        await announce_a_week(talker)
        reply = await talker.say("/subscribe  bending   rivers")
        first, week, *samples, upcoming = lines(reply)
        assert first == "Subscribed to “bending rivers”."
        assert week == "Last week: 15 papers, about 3 a day. Such as:"
        assert len(samples) == 3
        assert all("A Study of Rivers" in sample for sample in samples)
        assert upcoming == "First digest: Mon 29 June, about 07:00."
        key = topic_key("bending rivers")
        assert buttons(reply) == {
            "Show the latest": f"digest {key}",
            "Narrow it": f"narrow {key}",
            "Undo": f"unsubscribe {key}",
        }
        [items] = [block for block in reply.document.blocks if isinstance(block, List)]
        for item in items.items:
            assert isinstance(item[0], Paragraph)
            assert isinstance(item[0].content[0], Link)
            assert item[0].content[0].url.startswith("https://arxiv.org/abs/")
        [stored] = (await talker.chat()).subscriptions
        topic = Topic("bending rivers", "bending rivers", "bending rivers")
        assert stored == Subscription(topic, preset=False, by=OWNER, at=MORNING)

    talk(tmp_path, conversation)


def test_speaks_chinese(tmp_path: Path) -> None:
    """All of the answer is in the chat's language."""

    async def conversation(talker: Talker) -> None:
        await announce_a_week(talker)
        reply = await talker.say("/subscribe rivers", who=GUEST, language="zh-CN")
        assert lines(reply)[0] == "已订阅“Rivers”。"
        assert lines(reply)[1] == "上周：15 篇论文，每天约 3 篇。例如："
        assert lines(reply)[-1] == "首次简报：6 月 29 日周一约 07:00。"
        assert list(buttons(reply)) == ["查看最新", "缩小范围", "撤销"]

    talk(tmp_path, conversation)


@pytest.mark.parametrize("words", ["splatting", "SPLATTING", "gaussian  splatting"])
def test_finds_ready_made_topics(tmp_path: Path, words: str) -> None:
    """A ready-made topic is found by its name or its title in any case, and is kept as one."""

    async def conversation(talker: Talker) -> None:
        reply = await talker.say(f"/sub {words}")
        assert text(reply).startswith("Subscribed to “Gaussian splatting”.")
        [stored] = (await talker.chat()).subscriptions
        assert stored.preset
        assert stored.topic.name == "splatting"

    talk(tmp_path, conversation)


def test_a_category_is_a_topic(tmp_path: Path) -> None:
    """A category is subscribed as it's spelled at arXiv, however it was typed."""

    async def conversation(talker: Talker) -> None:
        await announce_a_week(talker)
        assert text(await talker.say("/subscribe cs.cv")).startswith("Subscribed to “cs.CV”.")
        assert "15 papers" in text(await talker.say("/subscribe cs.*"))
        assert await names(talker) == ["cs.CV", "cs.*"]

    talk(tmp_path, conversation)


def test_subscribing_again_changes_nothing(tmp_path: Path) -> None:
    """Who has a topic is told so, whatever the case, and it stays as it was."""

    async def conversation(talker: Talker) -> None:
        await talker.say("/subscribe Bending rivers")
        before = (await talker.chat()).subscriptions
        reply = await talker.say("/subscribe bending Rivers")
        assert text(reply).startswith("Already subscribed to “Bending rivers”; nothing changed.")
        assert "Undo" not in buttons(reply)
        assert (await talker.chat()).subscriptions == before

    talk(tmp_path, conversation)


def test_undo_takes_it_back(tmp_path: Path) -> None:
    """One tap undoes, in the place of the message; one more subscribes again."""

    async def conversation(talker: Talker) -> None:
        await announce_a_week(talker)
        reply = await talker.say("/subscribe bending rivers")
        undone = await talker.press(buttons(reply)["Undo"])
        assert text(undone) == "Unsubscribed from “bending rivers”."
        assert undone.instead
        assert await names(talker) == []
        await talker.press(buttons(undone)["Subscribe again"])
        assert await names(talker) == ["bending rivers"]
        await talker.press(buttons(reply)["Undo"])
        gone = await talker.press(buttons(reply)["Undo"])
        assert text(gone) == "This chat has no topics, so no digest comes."

    talk(tmp_path, conversation)


def test_says_honestly_what_was_read(tmp_path: Path) -> None:
    """Before the first listing nothing is promised; fewer days than a week are named, and so are old ones."""

    async def conversation(talker: Talker) -> None:
        assert lines(await talker.say("/subscribe rivers")) == [
            "Subscribed to “Rivers”.",
            "Nothing was read from arXiv yet, so how many papers to expect isn't known.",
            "First digest: as soon as arXiv's list is in.",
        ]
        await talker.announce_papers(1, day=DAY)
        assert "The last day read, Fri 26 June 2026: 1 paper. This one:" in text(
            await talker.say("/subscribe study rivers")
        )
        await talker.announce_papers(2, 3, day=WEEK[-2])
        assert "The last days read, Thu 25 and Fri 26 June 2026: 3 papers, about 2 a day. These:" in text(
            await talker.say("/subscribe river bends")
        )
        for day in WEEK[:3]:
            await talker.announce_papers(9, day=day)
        assert "Last week: 4 papers, less than one a day." in text(await talker.say("/subscribe bend"))
        talker.clock.passed += timedelta(days=30).total_seconds()
        assert "The last days read, Mon 22 – Fri 26 June 2026: 4 papers" in text(
            await talker.say("/subscribe nine rivers")
        )

    talk(tmp_path, conversation)


def test_a_week_with_a_gap_is_no_last_week(tmp_path: Path) -> None:
    """Five days that were read with one missed between them are named instead."""

    async def conversation(talker: Talker) -> None:
        for day in (WEEK[0] - timedelta(days=3), *WEEK[:2], *WEEK[3:]):
            await talker.announce_papers(1, day=day)
        said = lines(await talker.say("/subscribe rivers"))[1]
        assert said.startswith("The last days read, Fri 19 – Fri 26 June 2026, 5 days: 1 paper")

    talk(tmp_path, conversation)


def test_names_the_digest_that_really_comes_next(tmp_path: Path) -> None:
    """A listing that is out but unread, or unsent, comes before the next one; a pause is named."""

    async def conversation(talker: Talker) -> None:
        await talker.announce_papers(1, day=WEEK[-2])
        talker.clock.passed -= timedelta(hours=3.5).total_seconds()  # 05:30, and Friday's list isn't in
        assert lines(await talker.say("/subscribe rivers"))[-1] == "First digest: Fri 26 June, about 07:00."
        talker.clock.passed = 0
        assert lines(await talker.say("/sub a study"))[-1] == "Next digest: as soon as arXiv's list is in."
        await talker.announce_papers(2, day=DAY)
        assert lines(await talker.say("/sub rivers bend"))[-1] == "Next digest: in a few minutes."
        number = (await talker.chat()).number
        await talker.store.write(lambda desk: desk.chats.pause(number, MORNING + timedelta(days=2)))
        assert lines(await talker.say("/sub bends"))[-1] == (
            "Digests are paused until Sun 28 June, 09:00. Next digest: Mon 29 June, about 07:00."
        )
        await talker.store.write(lambda desk: desk.chats.pause(number, None))
        assert "/resume" in lines(await talker.say("/sub bending"))[-1]

    talk(tmp_path, conversation)


def test_offers_to_narrow_what_is_too_much(tmp_path: Path) -> None:
    """A topic of more than thirty papers a day is narrowed first of all."""

    async def conversation(talker: Talker) -> None:
        await announce_a_week(talker, a_day=31)
        reply = await talker.say("/subscribe cs.CV")
        assert "about 31 a day" in text(reply)
        assert "narrow the topic" in text(reply)
        assert next(iter(buttons(reply))) == "Narrow it"

    talk(tmp_path, conversation)


@pytest.mark.parametrize(
    ("query", "hint"),
    [
        ("gausian splating", "There is a ready-made topic too: “Gaussian splatting”."),
        ('"three headed monkey"', "In quotes"),
        ("three headed monkey", "fewer words find more"),
        ("高斯泼溅", "English words find more"),
        ("math.AG", "This bot doesn't read math.AG;"),
        ("math.*", "This bot doesn't read math;"),
        ("monkey", "Next digest"),
        ("all:monkey", "Next digest"),
    ],
)
def test_helps_where_nothing_matched(tmp_path: Path, query: str, hint: str) -> None:
    """A topic that found nothing says so, and what may be the reason."""

    async def conversation(talker: Talker) -> None:
        await announce_a_week(talker)
        await talker.say("/subscribe rivers")
        said = lines(await talker.say(f"/subscribe {query}"))
        assert said[1] == "Last week: none of 15 papers."
        assert hint in said[2]
        assert "In quotes" not in text(await talker.say("/subscribe splatting"))  # an owner's query

    talk(tmp_path, conversation)


def test_swaps_a_misspelled_topic(tmp_path: Path) -> None:
    """The ready-made topic that was meant takes the place of the query that found nothing."""

    async def conversation(talker: Talker) -> None:
        await announce_a_week(talker)
        reply = await talker.say("/subscribe gausian splating")
        swapped = await talker.press(buttons(reply)["Gaussian splatting instead"])
        assert text(swapped).startswith("Subscribed to “Gaussian splatting”.")
        assert await names(talker) == ["splatting"]
        assert "isn't here any more" in text(await talker.press(buttons(reply)["Gaussian splatting instead"]))
        assert "any more" in text(await talker.press(f"swap {topic_key('splatting')} nothing"))

    talk(tmp_path, conversation)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        (
            "(foo",
            "This can't be read as a topic. At “(foo”: this parenthesis is never closed. Try /subscribe ",
        ),
        ("foo ANDNOT", "At the end: ANDNOT needs a word"),
        ("flow or diffusion", "At “or diffusion”: to allow either side, write OR"),
        ("x" * 501, "A topic has at most 500 characters, and this one has 501."),
    ],
)
def test_says_what_is_wrong_with_a_query(tmp_path: Path, query: str, sentence: str) -> None:
    """What isn't a query is answered with where, what and an example; nothing is stored."""

    async def conversation(talker: Talker) -> None:
        assert sentence in text(await talker.say(f"/subscribe {query}"))
        assert await names(talker) == []

    talk(tmp_path, conversation)


def test_has_room_for_thirty_topics(tmp_path: Path) -> None:
    """A chat that is full says so, to words and to switches alike."""

    async def conversation(talker: Talker) -> None:
        for number in range(MOST_TOPICS):
            await talker.say(f"/subscribe topic w{number}")
        for reply in (await talker.say("/subscribe one more"), await talker.press(_on("rivers"))):
            assert text(reply) == "A chat has at most 30 topics. To make room: /unsubscribe."
        assert "Already subscribed" in text(await talker.say("/subscribe topic w1"))
        assert len(await names(talker)) == MOST_TOPICS

    talk(tmp_path, conversation)


def _on(name: str) -> str:
    return f"turn on {topic_key(name)}"


def test_switches_ready_made_topics(tmp_path: Path) -> None:
    """Without words there's a switch for each ready-made topic; the panel edits itself, twice is once."""

    async def conversation(talker: Talker) -> None:
        panel = await talker.say("/subscribe")
        assert list(buttons(panel)) == ["Rivers: off", "Gaussian splatting: off"]
        assert lines(panel)[-1] == "Or write what interests you, such as “gaussian splatting” or cs.CV."
        for _ in range(2):
            on = await talker.press(buttons(panel)["Rivers: off"])
            assert on.instead
            assert text(on).startswith("Subscribed to “Rivers”. Next digest:")
            assert list(buttons(on)) == ["Rivers: on", "Gaussian splatting: off"]
            assert await names(talker) == ["rivers"]
        for _ in range(2):
            off = await talker.press(buttons(on)["Rivers: on"])
            assert list(buttons(off)) == ["Rivers: off", "Gaussian splatting: off"]
            assert await names(talker) == []
        for wrong in ("turn on 00000000", "turn over x", "turn"):
            assert "any more" in text(await talker.press(wrong))

    talk(tmp_path, conversation)


def test_takes_the_next_words(tmp_path: Path) -> None:
    """After the panel asked, the person's plain words are the topic."""

    async def conversation(talker: Talker) -> None:
        await talker.say("/subscribe")
        assert text(await talker.say("bending rivers")).startswith("Subscribed to “bending rivers”.")

    talk(tmp_path, conversation)


def test_only_admins_change_a_group(tmp_path: Path) -> None:
    """In a group who isn't an admin changes nothing, by words or by buttons, and may read the topics."""

    async def conversation(talker: Talker) -> None:
        await talker.join(GROUP)
        await talker.say("/subscribe rivers", where=GROUP)
        key = topic_key("rivers")
        changes = ["subscribe cs.CV", "unsubscribe", f"unsubscribe {key}", f"narrow {key}", f"widen {key}"]
        for action in [*changes, f"swap {key} {key}", f"turn off {key}"]:
            refused = await talker.press(action, who=GUEST, where=GROUP)
            assert text(refused).startswith("Only admins")
            assert refused.aside
        assert "Rivers" in text(await talker.say("/topics", who=GUEST, where=GROUP))
        talker.make_admin(GUEST)
        assert "Subscribed" in text(await talker.say("/subscribe cs.CV", who=GUEST, where=GROUP))

    talk(tmp_path, conversation)


def test_unsubscribes_with_one_tap(tmp_path: Path) -> None:
    """Without words the topics are buttons; a tap removes one and offers to take it back."""

    async def conversation(talker: Talker) -> None:
        await talker.say("/subscribe rivers")
        await talker.say(
            "/subscribe a rather long query that never goes into the action of a button, whatever happens"
        )
        asked = await talker.say("/unsub")
        assert len(buttons(asked)) == 2
        removed = await talker.press(buttons(asked)["Rivers"])
        assert text(removed) == "Unsubscribed from “Rivers”."
        assert buttons(removed) == {"Subscribe again": "subscribe rivers", "Remove another": "unsubscribe"}
        removed = await talker.press(next(iter(buttons(await talker.say("/unsub")).values())))
        assert buttons(removed) == {}
        _, how, command = lines(removed)
        assert how == "To have it again, send this:"
        assert await names(talker) == []
        await talker.say(command)
        assert await names(talker) == [command.removeprefix("/subscribe ")]

    talk(tmp_path, conversation)


def test_unsubscribes_by_name(tmp_path: Path) -> None:
    """Name, title and query find a topic in any case; of an unknown one the nearest is named, and all."""

    async def conversation(talker: Talker) -> None:
        assert text(await talker.say("/unsubscribe rivers")) == "This chat has no topics, so no digest comes."
        for words in ("splatting", "GAUSSIAN splatting", '"gaussian splatting"'):
            await talker.say("/subscribe splatting")
            assert text(await talker.say(f"/unsubscribe {words}")).startswith("Unsubscribed from")
        await talker.say("/subscribe bending rivers")
        await talker.say("/subscribe splatting")
        reply = await talker.say("/unsubscribe gausian splatting")
        assert (
            text(reply) == "No topic here is called “gausian splatting”. Did you mean “Gaussian splatting”?"
        )
        assert list(buttons(reply)) == ["Gaussian splatting", "bending rivers"]
        assert "Which one is to go?" in text(await talker.say("/unsubscribe xyz"))
        assert "any more" in text(await talker.press("unsubscribe 00000000"))
        assert len(await names(talker)) == 2

    talk(tmp_path, conversation)


def test_lists_topics(tmp_path: Path) -> None:
    """The topics stand with counts, with queries where the title isn't the same, and with what comes next."""

    async def conversation(talker: Talker) -> None:
        await announce_a_week(talker)
        empty = await talker.say("/topics")
        assert lines(empty)[0] == "This chat has no topics, so no digest comes."
        assert "Rivers: off" in buttons(empty)
        assert not empty.asks
        await talker.say("/subscribe splatting")
        await talker.say("/subscribe bending rivers")
        listed = await talker.say("/list")
        assert lines(listed) == [
            "2 topics in this chat. Papers of last week:",
            "– Gaussian splatting: 0 papers",
            '"gaussian splatting"',
            "– bending rivers: 15 papers",
            "Next digest: Mon 29 June, about 07:00.",
        ]
        assert buttons(listed) == {"Add a topic": "subscribe", "Remove a topic": "unsubscribe"}

    talk(tmp_path, conversation)


def test_lists_topics_before_the_first_week(tmp_path: Path) -> None:
    """Without a week to count, the days that were read are named, or nothing is."""

    async def conversation(talker: Talker) -> None:
        await talker.say("/subscribe bending rivers")
        assert lines(await talker.say("/topics"))[:2] == ["1 topic in this chat.", "– bending rivers"]
        await talker.announce_papers(1)
        assert lines(await talker.say("/topics"))[0].endswith("Papers of Fri 26 June 2026:")

    talk(tmp_path, conversation)


def test_a_preset_is_looked_up_anew(tmp_path: Path) -> None:
    """A ready-made topic that config.toml changed is listed and counted as it is today."""

    async def subscribe(talker: Talker) -> None:
        await talker.say("/subscribe splatting")

    async def look(talker: Talker) -> None:
        await announce_a_week(talker)
        assert "– Splats and rivers: 15 papers" in text(await talker.say("/topics"))

    talk(tmp_path, subscribe)
    talk(
        tmp_path, look, presets={"splatting": Topic("splatting", "Splats and rivers", "rivers")}, people=False
    )


def test_keys_find_subscriptions(tmp_path: Path) -> None:
    """A topic's key has eight digits and finds it in the chat that has it."""

    async def conversation(talker: Talker) -> None:
        await talker.say("/subscribe bending rivers")
        chat, key = await talker.chat(), topic_key("bending rivers")
        assert len(key) == 8
        assert find_subscription(chat, key) is chat.subscriptions[0]
        assert find_subscription(chat, topic_key("rivers")) is None

    talk(tmp_path, conversation)
