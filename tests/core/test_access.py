"""Who may use the bot, and the codes that let people in."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.access import (
    Code,
    Mode,
    Person,
    Role,
    find_code,
    hash_code,
    is_code,
    issue,
    make_code,
    may_invite,
    may_use,
    promoted,
)

AT = datetime(2026, 6, 26, 4, 10, tzinfo=UTC)
OWNER = Person("console", "1")
BYTES = st.binary(min_size=10, max_size=10)


def code(text: str, role: Role = Role.GUEST) -> Code:
    """Make what is kept of a code."""
    return Code(hash_code(text), role, OWNER, AT)


@pytest.mark.parametrize(
    ("mode", "allowed"),
    [
        ("owner", {Role.OWNER}),
        ("invited", {Role.OWNER, Role.GUEST}),
        ("open", {Role.OWNER, Role.GUEST, Role.STRANGER}),
    ],
)
def test_each_mode_lets_in_whom_it_names(mode: Mode, allowed: set[Role]) -> None:
    """Owners always, guests where invitations hold, strangers where the bot is open."""
    assert {role for role in Role if may_use(mode, role)} == allowed


def test_only_owners_invite() -> None:
    """Neither guests nor strangers make codes."""
    assert [role for role in Role if may_invite(role)] == [Role.OWNER]


@given(data=BYTES)
def test_a_code_is_easy_to_copy_and_hard_to_misread(data: bytes) -> None:
    """Four groups of four, none of whose characters is mistaken for another."""
    made = make_code(lambda _: data)
    assert [len(group) for group in made.split("-")] == [4, 4, 4, 4]
    assert not set(made) & set("ILOU")
    assert is_code(made)


@given(data=BYTES, other=BYTES)
def test_every_bit_counts(data: bytes, other: bytes) -> None:
    """Two codes are equal only if their random bytes are: 80 bits to guess."""
    assert (make_code(lambda _: data) == make_code(lambda _: other)) == (data == other)


@given(data=BYTES)
def test_a_code_is_known_however_it_was_typed(data: bytes) -> None:
    """Lower case, spaces, no dashes, a letter O for a zero: the same code."""
    made = make_code(lambda _: data)
    kept = [code(make_code(lambda size: b"\x07" * size)), code(made)]
    for typed in (
        made,
        made.lower(),
        made.replace("-", ""),
        f"  {made.replace('-', ' ')}\n",
        made.replace("-", "–").replace("0", "o").replace("1", "l"),
    ):
        assert is_code(typed)
        assert find_code(typed, kept) == kept[1]


@pytest.mark.parametrize(
    "text", ["", "hello", "7K3M-9QXA-04TB", "7K3M-9QXA-04TB-HZ2W-7", "7K3M-9QXA-04TB-HZ2ß"]
)
def test_other_texts_are_no_codes(text: str) -> None:
    """What is too short, too long or has other characters is a text like any other."""
    assert not is_code(text)
    assert find_code(text, [code("7K3M-9QXA-04TB-HZ2W")]) is None


def test_only_the_hash_is_kept() -> None:
    """Whoever reads the database can't use what they find there; whoever has the code can."""
    text, kept = issue(Role.GUEST, OWNER, AT, lambda size: b"\x2a" * size)
    assert (kept.role, kept.by, kept.made_at) == (Role.GUEST, OWNER, AT)
    assert text not in repr(kept)
    assert find_code(kept.hash, [kept]) is None
    assert find_code(text, [kept]) == kept


def test_an_invite_makes_nothing_less_of_an_owner() -> None:
    """An owner who tries an invite stays one; a stranger becomes what the code says."""
    assert promoted(Role.OWNER, code("x")) is Role.OWNER
    assert promoted(Role.STRANGER, code("x")) is Role.GUEST
    assert promoted(Role.GUEST, code("x", Role.OWNER)) is Role.OWNER
