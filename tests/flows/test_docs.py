"""The documents that ship with the project say all there is to say."""

from __future__ import annotations

import argparse
import re
import tomllib
from typing import TYPE_CHECKING, Any

import pytest

from bot.cli.arguments import parser
from bot.commands.registry import COMMANDS
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.commands.call import Command

README = (ROOT / "README.md").read_text("utf-8")
CONFIG: dict[str, dict[str, Any]] = tomllib.loads((ROOT / "config.toml").read_text("utf-8"))


def commands() -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Yield every command with its parser."""
    for action in parser()._actions:
        if isinstance(action, argparse._SubParsersAction):
            yield from action.choices.items()


@pytest.mark.parametrize("name", [name for name, _ in commands()])
def test_every_command_is_documented(name: str) -> None:
    """The README's table has every command."""
    assert re.search(rf"^\| `paperround {name}[ `]", README, re.MULTILINE)


@pytest.mark.parametrize(
    "command", [command for command in COMMANDS if command.summary], ids=lambda c: c.name
)
def test_every_chat_command_is_documented(command: Command) -> None:
    """The README's tables have every command that people can say, with its usage and its short forms."""
    usage = f"/{command.name} {command.usage.text if command.usage else ''}".strip().replace("|", r"\|")
    (row,) = re.findall(rf"^\| `{re.escape(usage)}`.* \| .+ \|$", README, re.MULTILINE)
    assert [name for name in command.short or () if f"`/{name}`" not in row] == []


def test_no_chat_command_is_made_up() -> None:
    """What the README says can be said is a command."""
    said = set(re.findall(r"^\| `/(\w+)", README, re.MULTILINE))
    assert said == {command.name for command in COMMANDS if command.summary}


def test_the_chat_commands_are_all_there() -> None:
    """The commands that the bot promises; a platform's menu, the help and the README are made of them."""
    promised = """start help subscribe unsubscribe topics digest summarize search settings pause resume why
        status stop privacy deletedata cancel stats announce invite"""
    assert set(promised.split()) - {command.name for command in COMMANDS if command.summary} == set()


def test_every_option_is_documented() -> None:
    """The README names every option of every command."""
    options = {
        option for _, sub in commands() for action in sub._actions for option in action.option_strings
    } - {"-h"}
    assert {option for option in options if f"`{option}" not in README} == set()


@pytest.mark.parametrize(
    ("section", "key"),
    [(section, key) for section, keys in CONFIG.items() if section != "topics" for key in keys],
)
def test_every_setting_is_documented(section: str, key: str) -> None:
    """The README's table has every key with the default that it has in config.toml."""
    found = re.search(rf"^\| `\[{section}\] {key}` \| ?(.*?) ?\| .+ \|$", README, re.MULTILINE)
    assert found
    default = found[1].strip("`")
    value = CONFIG[section][key]
    shown = str(value).lower() if isinstance(value, bool) else str(value).replace("'", '"')
    assert default == ("[]" if value == [] else shown)


def test_the_named_files_are_there() -> None:
    """Every relative link and picture of the README leads somewhere."""
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", README)
    assert links
    assert [link for link in links if not (ROOT / link).is_file()] == []


def test_the_layout_names_every_module() -> None:
    """CONTRIBUTING shows where everything is: each module of the packages stands in its map."""
    layout = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    modules = [path for path in (ROOT / "digest").glob("*.py") if path.stem not in {"__init__", "errors"}]
    assert modules
    assert [path.name for path in modules if path.name not in layout] == []
    folders = [path for path in (ROOT / "digest").iterdir() if (path / "__init__.py").is_file()]
    assert [path.name for path in folders if f"{path.name}/" not in layout] == []
