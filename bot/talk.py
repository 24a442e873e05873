"""What people say to the bot and what it answers, as values. Pure; knows no platform and no command."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from bot.access import Person
    from bot.chats import Address, Layout
    from digest.document import Blocks, Document, Inlines

ACTION_BYTES = 50
"""The most bytes of a button's action, in UTF-8.

Telegram's buttons carry 64; what is left may say for which other chat the action is meant.
"""


BETWEEN_STEPS = 2.0
"""Seconds from one step of long work that is shown to the next; platforms count edits as messages."""


class Kind(StrEnum):
    """What a place is."""

    PRIVATE = "private"
    GROUP = "group"
    """Many write there: a group, a forum topic, a channel of a server."""
    CHANNEL = "channel"
    """Only its admins write there."""


class Whole(StrEnum):
    """What people call what a place belongs to."""

    GROUP = "group"
    SERVER = "server"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was said.

    Attributes:
        title: as the platform shows it; empty where it has none.
        parent: the group or server that it belongs to, whose choices it inherits.
        whole: which of both its platform has.
    """

    address: Address
    kind: Kind
    title: str = ""
    parent: Address | None = None
    whole: Whole = Whole.GROUP


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who said it.

    Attributes:
        language: the BCP 47 tag that their client is set to; empty if it doesn't say.
    """

    person: Person
    name: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A message to the bot.

    Attributes:
        text: a command such as ``/subscribe cs.CV``, without the bot's name, or anything else.
        quoted: the text of the message that it replies to.
        addressed: whether it's surely meant for this bot; in a group an unknown command may be another's.
    """

    place: Place
    by: Speaker
    text: str
    quoted: str = ""
    addressed: bool = True


@dataclass(frozen=True, slots=True)
class Pressed:
    """A press on a button.

    Attributes:
        action: the button's; it comes from a client, so it may say anything.
        message: the platform's id of the message that has the button.
    """

    place: Place
    by: Speaker
    action: str
    message: str


@dataclass(frozen=True, slots=True)
class Joined:
    """The bot was brought to a place, or can write there again."""

    place: Place
    by: Speaker


@dataclass(frozen=True, slots=True)
class Present:
    """The bot is in a place, which a platform says at its start: it may have come back meanwhile."""

    place: Place
    by: Speaker


@dataclass(frozen=True, slots=True)
class Left:
    """The bot was taken from a place, or may not write there any more."""

    place: Place
    by: Speaker


@dataclass(frozen=True, slots=True)
class Relocated:
    """A place has another address from now on, and is the same all the same."""

    place: Place
    by: Speaker
    to: Address


Incoming: TypeAlias = Said | Pressed | Joined | Present | Left | Relocated


@dataclass(frozen=True, slots=True)
class File:
    """A file to keep.

    Attributes:
        name: as it's kept, such as ``paperround-saved.bib``.
        language: what it's written in, such as ``bibtex``, for where its text is shown.
        shown: whether its text is shown with it, as it's short and may as well be copied from there.
    """

    name: str
    text: str
    language: str = ""
    shown: bool = False


@dataclass(frozen=True, slots=True)
class Illustration:
    """A picture to show.

    Attributes:
        content: a PNG, JPEG, GIF or WebP file.
        caption: what stands below it; may be empty.
    """

    content: bytes
    caption: Inlines


@dataclass(frozen=True, slots=True)
class Reply:
    """What the bot answers.

    Attributes:
        document: what to show; buttons in it are what can be done next.
        instead: show it in the place of the message whose button was pressed, if one was.
        aside: it matters to nobody but who asked; shown to them alone where the platform can.
        asks: a command that the person's next text completes, because the reply asks for its words.
        keeps: words of theirs that a button of it may be about, and has no room for.
        layout: which layout it is in; None for the one that the chat reads.
        file: sent with it; its text is shown below it where nobody can send files.
        sample: shown before it in the rich layout, in a message of its own, whatever the chat reads.
        pictures: shown above it, where the platform shows pictures.
        unshown: stands before the document where one of the pictures can't be shown.
        closing: it only says that the steps before it end; left out where those leave no message behind.
        then: makes what follows, begun when this was shown; it never raises.
    """

    document: Document
    instead: bool = False
    aside: bool = False
    asks: str = ""
    keeps: str = ""
    layout: Layout | None = None
    file: File | None = None
    sample: Document | None = None
    pictures: tuple[Illustration, ...] = ()
    unshown: Blocks = ()
    closing: bool = False
    then: Then | None = None


Then: TypeAlias = Callable[[], Awaitable["Reply | None"]]
"""Makes what follows a reply; None is nothing."""

Progress: TypeAlias = Callable[[str], Awaitable[None]]
"""Shows what is being done, in a few words, until the reply takes its place; may be called often."""

Receive: TypeAlias = Callable[[Incoming, Progress], Awaitable[Reply | None]]
"""What a platform hands everything to that people say; None is silence. It never raises."""
