"""Who may use the bot, and the codes that let people in. Pure; knows no platform and no place to keep them.

With no owner yet, a claim code is printed at the start: whoever sends it to the bot becomes an owner. Owners
make invite codes. A code works once, and only its hash is kept.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

Mode: TypeAlias = Literal["owner", "invited", "open"]
"""Who may use the bot, as ``[access] mode`` says it: owners alone, whom they invited too, or everybody."""

GroupChanges: TypeAlias = Literal["admins", "everybody"]


class Role(StrEnum):
    """What a person is to this bot."""

    OWNER = "owner"
    GUEST = "guest"
    """Invited by an owner."""
    STRANGER = "stranger"


@dataclass(frozen=True, slots=True, order=True)
class Person:
    """Somebody on a platform, by the platform's id of them, as text."""

    platform: str
    id: str


@dataclass(frozen=True, slots=True)
class Code:
    """A code that wasn't used yet.

    Attributes:
        hash: of the code, as `hash_code` makes it.
        role: what it makes of who sends it.
        by: who made it; None for the claim code.
    """

    hash: str
    role: Role
    by: Person | None
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Policy:
    """Who may do what, as ``[access]`` says it.

    Attributes:
        group_changes: who changes a group's settings and topics: its admins, or everybody there.
        operator: who runs this bot and how to reach them, for people who ask; empty if nobody said.
    """

    mode: Mode
    group_changes: GroupChanges
    operator: str


# Without I, L, O and U, which are misread or spell words: https://www.crockford.com/base32.html
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_BYTES = 10  # 80 bits: nobody guesses one, and a fast hash hides it well enough
_LENGTH = _BYTES * 8 // 5
_GROUP = 4
_MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0", "-": None, "‐": None, "–": None})


def may_use(mode: Mode, role: Role) -> bool:
    """Return whether a person may use the bot.

    Who may not gets one sentence, and nothing they send reaches a model.
    """
    match mode:
        case "open":
            return True
        case "invited":
            return role is not Role.STRANGER
        case "owner":
            return role is Role.OWNER


def may_invite(role: Role) -> bool:
    """Return whether a person may make invite codes and use what is the owner's alone."""
    return role is Role.OWNER


def make_code(random_bytes: Callable[[int], bytes]) -> str:
    """Make a code for people to copy, such as ``7K3M-9QXA-04TB-HZ2W``.

    Args:
        random_bytes: returns so many bytes that nobody can foretell, such as `secrets.token_bytes`.
    """
    number = int.from_bytes(random_bytes(_BYTES))
    characters = "".join(_ALPHABET[number >> 5 * place & 31] for place in range(_LENGTH))
    return "-".join(characters[start : start + _GROUP] for start in range(0, _LENGTH, _GROUP))


def issue(
    role: Role, by: Person | None, at: datetime, random_bytes: Callable[[int], bytes]
) -> tuple[str, Code]:
    """Make a code for somebody to send and what is kept of it.

    Args:
        role: what it makes of who sends it.
        by: the owner who makes it; None for the claim code.
        at: now.
        random_bytes: as `make_code` takes it.
    """
    text = make_code(random_bytes)
    return text, Code(hash_code(text), role, by, at)


def is_code(text: str) -> bool:
    """Return whether a text looks like a code, whoever made it."""
    plain = _plain(text)
    return len(plain) == _LENGTH and all(character in _ALPHABET for character in plain)


def hash_code(code: str) -> str:
    """Return what is kept of a code; case, spaces, dashes and what is easily misread don't matter."""
    return hashlib.sha256(_plain(code).encode()).hexdigest()


def find_code(text: str, codes: Iterable[Code]) -> Code | None:
    """Return the code that a text is, if any.

    Every code is compared, each in constant time, so that the answer's delay tells nothing about them.
    """
    sent = hash_code(text)
    found = None
    for code in codes:
        if hmac.compare_digest(code.hash, sent):
            found = code
    return found


def promoted(role: Role, code: Code) -> Role:
    """Return what a person is after using a code: an invite makes nothing less of an owner."""
    return Role.OWNER if Role.OWNER in {role, code.role} else code.role


def _plain(code: str) -> str:
    return "".join(code.upper().split()).translate(_MISREAD)
