"""Levels of settings: a chat's own, and those of the group above it. Loads and changes one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.access import Role
from bot.commands.call import MistakeError
from bot.commands.settings_above import ABOVE
from bot.phrases import settings as say
from digest.translation import phrases_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.chats import Address, Chat, Choices, Preferences
    from bot.commands.call import Call, Tools
    from bot.commands.settings_above import Above
    from bot.ports import Desk
    from bot.talk import Whole
    from digest.translation import Phrases


@dataclass(frozen=True, slots=True)
class Level:
    """One level, as it is stored.

    Attributes:
        chat: whose level it is.
        own: what it chose itself.
        otherwise: what would hold if it chose nothing.
        group: the title of the level above, empty if it has none; None if there's no such level.
        above: whether it's the level above the chat in which it's edited.
        words: what the level above is called.
        phrases: of that chat, as they are after a change.
    """

    chat: Chat
    own: Choices
    otherwise: Preferences
    group: str | None
    above: bool
    words: Above
    phrases: Phrases

    @property
    def wants(self) -> Preferences:
        """What holds for it."""
        return self.chat.preferences

    def action(self, words: str) -> str:
        """Return the action of a button that says this of the level."""
        return f"settings above {words}" if self.above else f"settings {words}"


async def load(call: Call, tools: Tools, *, above: bool) -> Level:
    """Return a level.

    Raises:
        MistakeError: there's none above this chat.
    """
    return _found(
        call, await tools.store.read(lambda desk: _load(desk, call.chat, call.place.whole, above=above))
    )


async def change(
    call: Call, tools: Tools, choose: Callable[[Choices, Preferences], Choices], *, above: bool
) -> Level:
    """Change what a level chose and return the level.

    Args:
        call: whose chat.
        tools: where it's kept.
        choose: from what was chosen so far, and what holds, to what is chosen now.
        above: whether the level above this chat is meant.

    Raises:
        MistakeError: there's no such level, or this person mayn't change it.
    """
    if above and call.chat.parent and not await _may_change(call, tools, call.chat.parent):
        raise MistakeError(call.own(ABOVE[call.place.whole].only_admins), try_example=False)

    def write(desk: Desk) -> Level | None:
        level = _load(desk, call.chat, call.place.whole, above=above)
        if level is not None:
            desk.chats.choose(level.chat.number, choose(level.own, level.wants))
        return _load(desk, call.chat, call.place.whole, above=above)

    return _found(call, await tools.store.write(write))


def _load(desk: Desk, chat: Chat, whole: Whole, *, above: bool) -> Level | None:
    address = chat.parent if above else chat.address
    found = None if address is None else desk.chats.get(address)
    if found is None:
        return None
    group = desk.chats.get(found.parent) if found.parent else None
    edited_in = desk.chats.get(chat.address) or chat if above else found
    return Level(
        chat=found,
        own=desk.chats.chosen(found.number),
        otherwise=desk.chats.inherited(found.number),
        group=None if group is None else group.title,
        above=above,
        words=ABOVE[whole],
        phrases=phrases_for(edited_in.preferences.language),
    )


def _found(call: Call, level: Level | None) -> Level:
    if level is None:
        raise MistakeError(call.own(say.NO_GROUP), try_example=False)
    return level


async def _may_change(call: Call, tools: Tools, group: Address) -> bool:
    if call.role is Role.OWNER or tools.policy.group_changes == "everybody":
        return True
    platform = tools.platforms.get(group.platform)
    return platform is not None and await platform.administers(group, call.by.person.id)
