"""What a client lets people fill into a command: its options, checked before they are sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .cards import channel_card, member_card, role_card, user_card
from .command_rules import CHANNEL, FLAG, GROUP, INTEGER, MENTIONABLE, NUMBER, PERSON, ROLE, SUBCOMMAND, TEXT
from .permissions import permissions
from .world import Channel, Role, User

if TYPE_CHECKING:
    from .world import Guild, Member

Json = dict[str, Any]
Asker = tuple["Guild | None", "Member | None"]

_TYPES: dict[int, tuple[type, ...]] = {
    TEXT: (str,),
    INTEGER: (int,),
    FLAG: (bool,),
    PERSON: (User,),
    CHANNEL: (Channel,),
    ROLE: (Role,),
    MENTIONABLE: (User, Role),
    NUMBER: (int, float),
}


def chosen(commands: list[Json], kind: int, name: str) -> Json:
    """Find a command by its name."""
    found = [card for card in commands if card["type"] == kind and card["name"] == name]
    names = sorted(card["name"] for card in commands if card["type"] == kind)
    assert found, f"no command {name!r}; there are {names}"
    return found[0]


def filled(card: Json, steps: list[str], values: Json, asker: Asker, focused: str = "") -> Json:
    """Fill a command's options.

    Args:
        card: The command.
        steps: The names of its sub-commands.
        values: Values by option; people, channels and roles as what they are.
        asker: Who fills them in, and in which server.
        focused: The option that is being written just now; what stands in others isn't checked yet.

    Raises:
        AssertionError: A client wouldn't let it be sent.
    """
    level, below = card, []
    for step in steps:
        found = [
            o for o in level.get("options", []) if o["name"] == step and o["type"] in (SUBCOMMAND, GROUP)
        ]
        assert found, f"/{card['name']} has no sub-command {step!r}"
        level = found[0]
        below.append(level)
    options: list[Json] = level.get("options") or []
    assert not any(option["type"] in (SUBCOMMAND, GROUP) for option in options), "a sub-command is missing"
    known = {option["name"]: option for option in options}
    strange = sorted(set(values) - set(known))
    assert not strange, f"/{card['name']} has no option {strange}; it has {sorted(known)}"
    missing = [o["name"] for o in options if o.get("required") and o["name"] not in values]
    assert focused or not missing, f"/{card['name']} needs {missing}"
    resolved: dict[str, Json] = {}
    given = [_option(known[name], value, asker, resolved, focused) for name, value in values.items()]
    for option in reversed(below):
        given = [{"name": option["name"], "type": option["type"], "options": given}]
    data: Json = {"id": card["id"], "name": card["name"], "type": card["type"], "options": given}
    return data | ({"resolved": resolved} if resolved else {})


def _option(option: Json, value: Any, asker: Asker, resolved: dict[str, Json], focused: str) -> Json:
    name, kind = option["name"], option["type"]
    sent: Json = {"name": name, "type": kind}
    if focused == name:
        assert option.get("autocomplete"), f"{name} suggests nothing"
        return sent | {"value": value, "focused": True}
    if option.get("choices"):
        by_name = {choice["name"]: choice["value"] for choice in option["choices"]}
        value = by_name.get(value, value)
        assert value in by_name.values(), f"{name} offers {sorted(by_name)}, not {value!r}"
    assert isinstance(value, _TYPES[kind]), f"{name} takes no {value!r}"
    if not focused:
        _within(option, value)
    if isinstance(value, (User, Channel, Role)):
        assert not isinstance(value, Channel) or value.type in (
            option.get("channel_types") or [value.type]
        ), f"{name} takes no channel of type {value.type}"
        resolve(value, asker, resolved)
        value = str(value.id)
    return sent | {"value": value}


def _within(option: Json, value: Any) -> None:
    size = len(value) if isinstance(value, str) else value
    names = ("min_length", "max_length") if isinstance(value, str) else ("min_value", "max_value")
    least, most = (option.get(name) for name in names)
    assert least is None or size >= least, f"{option['name']} takes nothing below {least}"
    assert most is None or size <= most, f"{option['name']} takes nothing above {most}"


def resolve(value: User | Channel | Role, asker: Asker, resolved: dict[str, Json]) -> None:
    """Say who or what an id is; channels come with what the one who asks may there."""
    if isinstance(value, Role):
        resolved.setdefault("roles", {})[str(value.id)] = role_card(value)
    elif isinstance(value, Channel):
        resolved.setdefault("channels", {})[str(value.id)] = channel_card(value) | {
            "permissions": str(int(permissions(value, asker[1])))
        }
    else:
        resolved.setdefault("users", {})[str(value.id)] = user_card(value)
        guild = asker[0]
        if guild is not None and value.id in guild.members:
            card = member_card(guild.members[value.id])
            del card["user"], card["deaf"], card["mute"]
            resolved.setdefault("members", {})[str(value.id)] = card
