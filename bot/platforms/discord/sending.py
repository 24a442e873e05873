"""Messages as Discord's API takes them. Pure; knows bodies, not how they came about.

https://docs.discord.com/developers/resources/message#create-message
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

COMPONENTS, ALONE, QUIET = 1 << 15, 1 << 6, 1 << 12
"""Flags: made of components, for one person alone, without a sound."""

_NONCE = 16  # bytes; Discord takes 25 characters
_TEXT = "text/plain; charset=utf-8"
MUTE = {"parse": list[str]()}
"""Who may be called by what stands in a message: nobody."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that goes out with a message.

    Attributes:
        content_type: as HTTP has it.
    """

    name: str
    content: bytes
    content_type: str


class Attached(msgspec.Struct, frozen=True):
    """A file of text that belongs to a message which was kept."""

    name: str
    text: str


class Body(msgspec.Struct, frozen=True):
    """What a message was kept as.

    Attributes:
        title: what a thread or a forum's post is called.
        part: its place among the parts of its document, from 0.
        last: whether it's the last of them.
        digest: whether the document tells papers.
        below: whether it stands in a thread under the parts before, where a thread can be.
        file: what its components show as ``attachment://`` and the file's name.
    """

    title: str
    components: list[Any]
    part: int = 0
    last: bool = True
    digest: bool = False
    below: bool = False
    file: Attached | None = None


def read(body: str) -> Body:
    """Read a body.

    Raises:
        msgspec.DecodeError: it isn't one.
    """
    return msgspec.json.decode(body, type=Body)


def placed(body: str, part: int, *, last: bool, digest: bool, below: bool = False) -> str:
    """Return a body that says which part of a document it is."""
    made = f'"part":{part},"last":{str(last).lower()},"digest":{str(digest).lower()}'
    if below:
        made = f'{made},"below":true'
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
    kept = read(body)
    made["flags"] |= COMPONENTS
    if kept.file:
        made["attachments"] = attachments([kept.file.name])
    return made | {"components": kept.components}


def files_of(kept: Body) -> tuple[Upload, ...]:
    """Return what goes out with a message; its plain form needs none."""
    return (Upload(kept.file.name, kept.file.text.encode(), _TEXT),) if kept.file else ()


def attachments(names: Iterable[str]) -> list[dict[str, Any]]:
    """Return what a message says of the files that come with it, by their names."""
    return [{"id": number, "filename": name} for number, name in enumerate(names)]


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
