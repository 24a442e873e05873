"""What people do: they write, use commands, press, choose, fill in forms."""

from __future__ import annotations

import re
import secrets
from typing import TYPE_CHECKING, Any

from . import command_rules, kinds, posting
from .cards import asker_card, channel_card, user_card
from .interactions import AUTOCOMPLETE, COMMAND, COMPONENT, MODAL, Interaction
from .messages import empty, public, shown
from .options import chosen, filled, resolve
from .permissions import Allow, permissions
from .world import DIRECT

if TYPE_CHECKING:
    from .messages import Shown
    from .server import DiscordServer
    from .world import Channel, Role, User

Json = dict[str, Any]

IN_GUILD, WITH_BOT, PRIVATE = 0, 1, 2
_LIMIT = 10 * 2**20


class People:
    """Everybody but the bot."""

    def __init__(self, server: DiscordServer) -> None:
        self.server, self.world = server, server.world

    def say(self, user: User, channel: Channel | None, text: str, *, reply_to: Shown | None = None) -> Shown:
        """Write something; None writes to the bot alone."""
        place = channel or self.world.direct(user)
        if place.guild is not None:
            wanted = Allow.SEND_MESSAGES_IN_THREADS if place.thread else Allow.SEND_MESSAGES
            assert self.world.may(user, place) & wanted, f"{user.name} can't write in #{place.name}"
        message = empty(self.world, place, user) | {"content": text}
        named = [int(number) for number in re.findall(r"<@!?(\d+)>", text)]
        message["mentions"] = [user_card(self.world.users[n]) for n in named if n in self.world.users]
        if reply_to is not None:
            message["type"] = 19
            message["referenced_message"] = public(reply_to.raw)
            message["message_reference"] = {
                "type": 0,
                "message_id": str(reply_to.id),
                "channel_id": str(place.id),
            }
            message["mentions"].append(reply_to.raw["author"])
        return shown(posting.post(self.server, place, message))

    def private(self, one: User, other: User) -> Channel:
        """Let two talk without the bot; who installed it for themselves can use it there all the same."""
        return self.world.channel(DIRECT, recipient=other, foreign=True, people={one.id, other.id})

    def slash(self, user: User, channel: Channel | None, command: str, /, **options: Any) -> Interaction:
        """Use a command such as "paperround claim"; None is the channel with the bot alone."""
        place = channel or self.world.direct(user)
        name, *steps = command.split()
        card = chosen(self.server.commands, command_rules.CHAT, name)
        self._may_use(user, place, card)
        data = filled(card, steps, options, self._asker(user, place))
        return self._ask(COMMAND, user, place, data, card=card)

    def autocomplete(
        self, user: User, channel: Channel | None, command: str, option: str, text: str, /, **others: Any
    ) -> Interaction:
        """Write the beginning of an option that suggests what may follow."""
        place = channel or self.world.direct(user)
        name, *steps = command.split()
        card = chosen(self.server.commands, command_rules.CHAT, name)
        self._may_use(user, place, card)
        data = filled(card, steps, others | {option: text}, self._asker(user, place), focused=option)
        return self._ask(AUTOCOMPLETE, user, place, data, card=card)

    def menu(self, user: User, message: Shown, name: str) -> Interaction:
        """Choose a command in the menu of a message."""
        card = chosen(self.server.commands, command_rules.MESSAGE, name)
        place = self.world.channels[int(message.raw["channel_id"])]
        self._may_use(user, place, card)
        number = message.raw["id"]
        data = {"id": card["id"], "name": name, "type": command_rules.MESSAGE, "target_id": number}
        data["resolved"] = {"messages": {number: public(message.raw)}}
        return self._ask(COMMAND, user, place, data, card=card)

    def press(self, user: User, message: Shown, label: str) -> Interaction:
        """Press the button with this label, or this custom id."""
        found = [b for b in message.buttons if label in (b.get("label"), b.get("custom_id"))]
        assert found, f"no button {label!r}; there are {message.labels}"
        assert not found[0].get("disabled"), f"{label!r} is disabled"
        assert "custom_id" in found[0], f"{label!r} is a link"
        return self.press_id(user, message, found[0]["custom_id"], number=found[0].get("id", 0))

    def press_id(self, user: User, message: Shown, custom_id: str, *, number: int = 1) -> Interaction:
        """Press with a custom id that needn't stand on any button, as hostile clients do."""
        data = {"custom_id": custom_id, "component_type": kinds.BUTTON, "id": number}
        return self._touch(user, message, data)

    def select(
        self, user: User, message: Shown, menu: str, *values: str | User | Role | Channel
    ) -> Interaction:
        """Choose in the select menu with this placeholder, or this custom id; options by label or value."""
        found = [s for s in message.selects if menu in (s.get("placeholder"), s.get("custom_id"))]
        assert found, f"no menu {menu!r}; there are {[s.get('placeholder') for s in message.selects]}"
        (component, *_) = found
        least, most = component.get("min_values", 1), component.get("max_values", 1)
        assert least <= len(values) <= most, f"{menu!r} takes {least} to {most} values"
        place = self.world.channels[int(message.raw["channel_id"])]
        resolved: dict[str, Json] = {}
        sent = []
        for value in values:
            if isinstance(value, str):
                names = {o["label"]: o["value"] for o in component.get("options", [])}
                assert value in names or value in names.values(), f"{menu!r} has {sorted(names)}"
                sent.append(names.get(value, value))
            else:
                resolve(value, self._asker(user, place), resolved)
                sent.append(str(value.id))
        data: Json = {"custom_id": component["custom_id"], "component_type": component["type"]}
        data |= {"id": component.get("id", 0), "values": sent}
        return self._touch(user, message, data | ({"resolved": resolved} if resolved else {}))

    def submit(self, asked: Interaction, /, **values: str) -> Interaction:
        """Fill in and send the form that an interaction was answered with."""
        assert asked.modal is not None, f"{asked} showed no form"
        fields = {c["custom_id"]: c for _, c in kinds.each(asked.modal["components"]) if c.get("custom_id")}
        assert set(values) <= set(fields), f"the form has {sorted(fields)}"
        rows: list[Json] = []
        for row in asked.modal["components"]:
            inner = row.get("components") or [row["component"]]
            filled_in = [
                {
                    "type": c["type"],
                    "id": 1,
                    "custom_id": c["custom_id"],
                    "value": values.get(c["custom_id"], ""),
                }
                for c in inner
            ]
            label = row["type"] == kinds.LABEL
            rows.append(
                {"type": row["type"], "id": 1}
                | ({"component": filled_in[0]} if label else {"components": filled_in})
            )
        data = {"custom_id": asked.modal["custom_id"], "components": rows}
        return self._ask(MODAL, asked.user, asked.channel, data, message=asked.message)

    def _touch(self, user: User, message: Shown, data: Json) -> Interaction:
        place = self.world.channels[int(message.raw["channel_id"])]
        assert message.only_for in (0, user.id), f"{user.name} doesn't see that message"
        return self._ask(COMPONENT, user, place, data, message=message.raw)

    def _asker(self, user: User, place: Channel) -> Any:
        guild = place.guild
        return guild, guild.members.get(user.id) if guild else None

    def _context(self, place: Channel) -> int:
        if place.guild is not None:
            return IN_GUILD
        return PRIVATE if place.foreign else WITH_BOT

    def _may_use(self, user: User, place: Channel, card: Json) -> None:
        """Hold a use against where and for whom a command is there.

        Raises:
            AssertionError: The person's client wouldn't offer it.
        """
        where = f"/{card['name']} isn't offered to {user.name} in {place.name or 'direct messages'}"
        context = self._context(place)
        contexts = card["contexts"]
        assert contexts is None or context in contexts, f"{where}: contexts are {contexts}"
        here = place.guild is None or self.world.has_bot(place.guild)
        by_guild = 0 in card["integration_types"] and here and context != PRIVATE
        by_user = 1 in card["integration_types"] and user.installed
        assert by_guild or by_user, f"{where}: not installed"
        if place.guild is None:
            return
        may = permissions(place, place.guild.members.get(user.id))
        assert may & Allow.USE_APPLICATION_COMMANDS, f"{where}: no commands there"
        wanted = card["default_member_permissions"]
        if wanted is not None and by_guild and not may & Allow.ADMINISTRATOR:
            needed = Allow(int(wanted))
            assert needed, f"{where}: only administrators may"
            assert may & needed == needed, f"{where}: it needs {needed!r}"

    def _ask(
        self,
        kind: int,
        user: User,
        place: Channel,
        data: Json,
        *,
        card: Json | None = None,
        message: Json | None = None,
    ) -> Interaction:
        server, world = self.server, self.world
        asked = Interaction(world.new_id(), kind, secrets.token_urlsafe(48), user, place, message=message)
        server.interactions[asked.id] = server.by_token[asked.token] = asked
        guild = place.guild
        here = guild is None or world.has_bot(guild)
        asked.in_guild = here and not place.foreign
        owners: Json = {}
        if asked.in_guild and (card is None or 0 in card["integration_types"]):
            owners["0"] = str(guild.id) if guild else "0"
        if user.installed:
            owners["1"] = str(user.id)
        what: Json = {
            "id": str(asked.id),
            "application_id": str(world.bot.id),
            "type": kind,
            "token": asked.token,
            "version": 1,
            "data": data,
            "channel_id": str(place.id),
            "locale": user.locale,
            "app_permissions": str(int(world.may(world.bot, place))),
            "entitlements": [],
            "authorizing_integration_owners": owners,
            "context": self._context(place),
            "attachment_size_limit": _LIMIT,
        }
        if message is not None:
            what["message"] = public(message)
        if guild is not None:
            member = guild.members[user.id]
            may = str(int(permissions(place, member)))
            what |= {
                "guild_id": str(guild.id),
                "guild": {"id": str(guild.id), "locale": guild.locale, "features": []},
                "guild_locale": guild.locale,
                "member": asker_card(member, place),
                "channel": channel_card(place) | {"permissions": may},
            }
        else:
            what |= {"user": user_card(user), "channel": channel_card(place)}
        server.gateway.tell("INTERACTION_CREATE", what, guild=guild if here else None)
        return asked
