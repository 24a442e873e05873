"""What Telegram's updates say to the bot, and what in them isn't meant for it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Update

from bot.access import Person
from bot.chats import Address
from bot.platforms.telegram.incoming import Myself, incoming
from bot.platforms.telegram.markup import unformatted
from bot.talk import Incoming, Joined, Kind, Left, Pressed, Said
from digest.document import Paragraph, Text
from tests.conftest import SHARED

ME = Myself(4242, "paperround_bot")
BOT = {"id": 4242, "is_bot": True, "first_name": "paperround", "username": "paperround_bot"}
ADA = {"id": 7, "is_bot": False, "first_name": "Ada", "last_name": "Ash", "language_code": "zh-hans"}
PRIVATE = {"id": 7, "type": "private", "first_name": "Ada", "last_name": "Ash"}
GROUP = {"id": -5, "type": "group", "title": "Friends"}
FORUM = {"id": -1005, "type": "supergroup", "title": "Readers", "is_forum": True}
CHANNEL = {"id": -1006, "type": "channel", "title": "Papers"}
ROOT = {
    "message_id": 3,
    "date": 1,
    "chat": FORUM,
    "from": BOT,
    "forum_topic_created": {"name": "Rivers", "icon_color": 1},
}
TOPIC: dict[str, Any] = {
    "chat": FORUM,
    "message_thread_id": 3,
    "is_topic_message": True,
    "reply_to_message": ROOT,
}
WILD = SHARED / "data" / "telegram" / "telegram_payloads_permissive.json"


def read(**update: Any) -> Incoming | None:
    """Read an update."""
    return incoming(Update.de_json({"update_id": 1, **update}, None), ME)


def said(text: str, chat: dict[str, Any] = PRIVATE, **more: Any) -> Incoming | None:
    """Read a message."""
    return read(message={"message_id": 9, "date": 1, "chat": chat, "from": ADA, "text": text} | more)


def heard(text: str, chat: dict[str, Any] = PRIVATE, **more: Any) -> str | None:
    """Return what of a message is meant for the bot."""
    found = said(text, chat, **more)
    assert found is None or isinstance(found, Said)
    return found.text if found else None


def test_a_private_word_has_a_place_and_a_speaker() -> None:
    """Everything in a private chat is meant for the bot."""
    found = said("hello")
    assert isinstance(found, Said)
    assert (found.place.address, found.place.kind, found.place.title) == (
        Address("telegram", "7"),
        Kind.PRIVATE,
        "Ada Ash",
    )
    assert (found.by.person, found.by.name, found.by.language) == (
        Person("telegram", "7"),
        "Ada Ash",
        "zh-hans",
    )
    assert (found.text, found.addressed) == ("hello", True)


@pytest.mark.parametrize(
    ("text", "expected", "addressed"),
    [
        ("/subscribe cs.CV", "/subscribe cs.CV", False),
        ("/subscribe@paperround_bot cs.CV", "/subscribe cs.CV", True),
        ("/subscribe@Paperround_Bot", "/subscribe", True),
        ("/subscribe@other_bot cs.CV", None, False),
        ("／subscribe cs.CV", "/subscribe cs.CV", False),
        ("/digest\nrivers", "/digest\nrivers", False),
        ("rivers are nice", None, False),
        ("https://arxiv.org/abs/2408.16725", None, False),
        ("@paperround_bot rivers", "rivers", True),
        ("@paperround_bot: rivers", "rivers", True),
        ("@paperround_bottle rivers", None, False),
        ("look, @paperround_bot", None, False),
        ("", None, False),
    ],
)
def test_a_group_is_heard_where_it_means_the_bot(text: str, expected: str | None, *, addressed: bool) -> None:
    """Commands, other bots' excepted, and words after the bot's name; talk and links aren't."""
    found = said(text, GROUP)
    assert (found.text if isinstance(found, Said) else None) == expected
    if isinstance(found, Said):
        assert found.addressed == addressed


def test_replies_to_the_bot_are_heard_with_what_they_reply_to() -> None:
    """In a group a reply to the bot is meant for it; a reply to somebody else isn't, but for a command."""
    link = {"type": "text_link", "offset": 0, "length": 4, "url": "https://arxiv.org/abs/2408.16725"}
    mine = {"message_id": 8, "date": 1, "chat": GROUP, "from": BOT, "text": "Read this", "entities": [link]}
    found = said("why?", GROUP, reply_to_message=mine)
    assert isinstance(found, Said)
    assert (found.text, found.quoted) == ("why?", "Read this https://arxiv.org/abs/2408.16725")
    theirs = mine | {"from": ADA}
    assert said("why?", GROUP, reply_to_message=theirs) is None
    command = said("/summarize", GROUP, reply_to_message=theirs)
    assert isinstance(command, Said)
    assert command.quoted == "Read this https://arxiv.org/abs/2408.16725"


def test_links_behind_words_and_captions_are_read() -> None:
    """What a forwarded post only links is found, once each."""
    link = {"type": "text_link", "offset": 0, "length": 4, "url": "https://arxiv.org/abs/2408.16725"}
    assert heard("this one", entities=[link, link]) == "this one https://arxiv.org/abs/2408.16725"
    shown: dict[str, Any] = {"caption": "this one", "caption_entities": [link]}
    assert heard("", **shown) == "this one https://arxiv.org/abs/2408.16725"


def test_a_topic_is_a_place_of_its_own_and_general_is_the_group() -> None:
    """Topics inherit from their group and are named; a chain of replies is no topic."""
    found = said("/digest", **TOPIC)
    assert isinstance(found, Said)
    assert found.place.address == Address("telegram", "-1005", "3")
    assert found.place.parent == Address("telegram", "-1005")
    assert (found.place.title, found.quoted) == ("Readers: Rivers", "")
    assert said("chat in a topic that the bot opened", **TOPIC) is None
    general = said("/digest", FORUM, message_thread_id=44)
    assert isinstance(general, Said)
    assert (general.place.address, general.place.parent) == (Address("telegram", "-1005"), None)


def test_hidden_admins_and_channels_speak_as_the_chat() -> None:
    """Who can't be seen is the chat itself; what a linked channel forwards and other bots say is nothing."""
    hidden = said("/subscribe cs.CV", GROUP, sender_chat=GROUP)
    post = read(
        channel_post={"message_id": 1, "date": 1, "chat": CHANNEL, "sender_chat": CHANNEL, "text": "/topics"}
    )
    for found, person in ((hidden, "-5"), (post, "-1006")):
        assert isinstance(found, Said)
        assert found.by.person == Person("telegram", person)
    assert isinstance(post, Said)
    assert post.place.kind is Kind.CHANNEL
    assert said("/topics", GROUP, sender_chat=CHANNEL, is_automatic_forward=True) is None
    assert said("/topics", GROUP, **{"from": ADA | {"is_bot": True}}) is None
    assert said("a card", via_bot=BOT) is None


def test_a_press_is_read_even_of_an_old_message() -> None:
    """A button's action comes with its message and its topic; a very old message is named by number alone."""
    query = {"id": "1", "from": ADA, "chat_instance": "1", "data": "digest"}
    message = {"message_id": 9, "date": 1, "from": BOT, "text": "x"} | TOPIC
    found = read(callback_query=query | {"message": message})
    assert isinstance(found, Pressed)
    assert (found.action, found.message, found.place.address.thread) == ("digest", "9", "3")
    old = read(callback_query=query | {"message": {"message_id": 9, "date": 0, "chat": GROUP}})
    assert isinstance(old, Pressed)
    assert old.place.address == Address("telegram", "-5")
    assert read(callback_query=query | {"inline_message_id": "i"}) is None


RESTRICTED = dict.fromkeys(
    "can_change_info can_invite_users can_pin_messages can_manage_topics can_send_audios can_send_documents "
    "can_send_photos can_send_videos can_send_video_notes can_send_voice_notes can_send_polls "
    "can_send_other_messages can_add_web_page_previews can_edit_tag can_react_to_messages".split(),
    False,
) | {"status": "restricted", "is_member": True, "until_date": 0}
ADMIN = dict.fromkeys(
    "can_be_edited is_anonymous can_manage_chat can_delete_messages can_manage_video_chats "
    "can_restrict_members can_promote_members can_change_info can_invite_users can_post_stories "
    "can_edit_stories can_delete_stories".split(),
    False,
) | {"status": "administrator"}
OUT, IN = {"status": "left"}, {"status": "member"}


@pytest.mark.parametrize(
    ("chat", "before", "after", "expected"),
    [
        (GROUP, OUT, IN, Joined),
        (GROUP, IN, {"status": "kicked", "until_date": 0}, Left),
        (GROUP, IN, RESTRICTED | {"can_send_messages": False}, Left),
        (GROUP, RESTRICTED | {"can_send_messages": False}, IN, Joined),
        (GROUP, IN, RESTRICTED | {"can_send_messages": True}, None),
        (GROUP, IN, ADMIN, None),
        (CHANNEL, OUT, ADMIN | {"can_post_messages": True}, Joined),
        (CHANNEL, OUT, ADMIN | {"can_post_messages": False}, None),
        (CHANNEL, ADMIN | {"can_post_messages": True}, OUT, Left),
        (PRIVATE, IN, {"status": "kicked", "until_date": 0}, Left),
        (PRIVATE, {"status": "kicked", "until_date": 0}, IN, None),
    ],
)
def test_whether_the_bot_may_write_is_what_counts(
    chat: dict[str, Any], before: dict[str, Any], after: dict[str, Any], expected: type | None
) -> None:
    """A change of rights is a coming or going exactly where it changes whether the bot can write."""
    old, new = before | {"user": BOT}, after | {"user": BOT}
    found = read(
        my_chat_member={"chat": chat, "from": ADA, "date": 1, "old_chat_member": old, "new_chat_member": new}
    )
    assert (type(found) if found else None) is expected


def test_a_topic_closes_and_opens() -> None:
    """A closed topic can't be written to; General has no such service message of its own."""
    assert isinstance(said("", **TOPIC, forum_topic_closed={}), Left)
    assert isinstance(said("", **TOPIC, forum_topic_reopened={}), Joined)
    assert said("", FORUM, forum_topic_closed={}) is None


@given(st.text(max_size=60), st.sampled_from([PRIVATE, GROUP, FORUM]))
def test_any_text_is_read(text: str, chat: dict[str, Any]) -> None:
    """No text breaks the reader; in groups what is no command, no call and no reply is left alone."""
    found = said(text, chat)
    assert found is None or isinstance(found, Said)
    if found and chat is not PRIVATE:
        assert text.strip()[0] in "/／@"


@pytest.mark.skipif(not WILD.is_file(), reason=f"needs {WILD}")
def test_updates_of_other_projects_are_read() -> None:
    """Whatever others' tests hold as updates is read or passed over."""
    found = 0
    for each in json.loads(WILD.read_text("utf-8")):
        if each["kind"].startswith("update"):
            try:
                update = Update.de_json(each["json"], None)
            except (TypeError, ValueError, KeyError, AttributeError):
                continue  # the library can't read it; the platform passes over it
            found += incoming(update, ME) is not None
    assert found > 5


def test_what_is_copied_from_the_bot_means_what_it_shows() -> None:
    """The joiners that keep names and categories from becoming links aren't part of the words."""
    shown = unformatted((Paragraph((Text("/channel @ada subscribe cs.CV"),)),))
    assert shown != "/channel @ada subscribe cs.CV"
    assert heard(shown) == "/channel @ada subscribe cs.CV"
