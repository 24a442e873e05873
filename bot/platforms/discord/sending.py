"""Messages as Discord's API takes them. Pure; knows bodies, not how they came about.

https://docs.discord.com/developers/resources/message#create-message
"""

from __future__ import annotations

import base64
import hashlib
from typing import Any

import msgspec

COMPONENTS, ALONE, QUIET = 1 << 15, 1 << 6, 1 << 12
"""Flags: made of components, for one person alone, without a sound."""

_NONCE = 16  # bytes; Discord takes 25 characters
MUTE = {"parse": list[str]()}
"""Who may be called by what stands in a message: nobody."""


class Body(msgspec.Struct, frozen=True):
    """What a message was kept as.

    Attributes:
        title: what a thread or a forum's post is called.
        part: its place among the parts of its document, from 0.
        last: whether it's the last of them.
        digest: whether the document tells papers.
    """

    title: str
    components: list[Any]
    part: int = 0
    last: bool = True
    digest: bool = False


def read(body: str) -> Body:
    """Read a body.

    Raises:
        msgspec.DecodeError: it isn't one.
    """
    return msgspec.json.decode(body, type=Body)


def placed(body: str, part: int, *, last: bool, digest: bool) -> str:
    """Return a body that says which part of a document it is."""
    made = f'"part":{part},"last":{str(last).lower()},"digest":{str(digest).lower()}'
    return f"{body.removesuffix('}')},{made}}}"


def shown(*, alone: bool) -> int:
    """Return the flags of a message that isn't written yet."""
    return ALONE if alone else 0


def written(body: str, *, plain: bool = False, alone: bool = False) -> dict[str, Any]:
    """Return a message.

    Args:
        body: as it was kept; plain: its text.
        plain: whether it's text.
        alone: whether one person sees it alone.
    """
    made: dict[str, Any] = {"allowed_mentions": MUTE, "flags": shown(alone=alone)}
    if plain:
        return made | {"content": body}
    made["flags"] |= COMPONENTS
    return made | {"components": read(body).components}


def sent(body: str, key: str, *, plain: bool, sound: bool) -> dict[str, Any]:
    """Return a message for a channel; Discord makes no second one of the same nonce within minutes."""
    made = written(body, plain=plain)
    made["flags"] |= 0 if sound else QUIET
    return made | {"nonce": nonce(key), "enforce_nonce": True}


def nonce(key: str) -> str:
    """Return the nonce of a message: the same for every try, at most 25 characters."""
    return (
        base64.urlsafe_b64encode(hashlib.blake2b(key.encode(), digest_size=_NONCE).digest())
        .decode()
        .rstrip("=")
    )
