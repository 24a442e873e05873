"""What a command is, what it's called with and what it may use. Knows no particular command."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

from bot.last_told import NOTHING_TOLD

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from bot.access import Policy, Role
    from bot.allowances import Allowances
    from bot.chats import Chat
    from bot.counting import Counting
    from bot.last_told import Told
    from bot.ports import Platform, Store
    from bot.talk import Place, Progress, Reply, Speaker
    from digest.briefs import Briefs
    from digest.calendar import Calendar
    from digest.enquiries import Enquiries
    from digest.model import Topic
    from digest.notebook import Notebook
    from digest.phrases import Phrase
    from digest.ports import PaperSource, PaperStore
    from digest.recent import Recent
    from digest.translation import Phrases


class Permission(Enum):
    """Who may use a command in a group; in a private chat everybody is an admin."""

    ANYBODY = "anybody"
    ADMINS = "admins"
    """It changes what the chat gets; `[access] group_changes` may open it to everybody."""
    WRITERS = "writers"
    """It adds to what a chat has: in a channel, whose readers can press buttons, that's for admins."""
    OWNER = "owner"
    """The bot's owners, wherever they are."""


@dataclass(frozen=True, slots=True)
class Call:
    """One use of a command.

    Attributes:
        words: what followed its name, blanks at both ends removed.
        chat: as it is stored, with what holds for it.
        role: of who uses it.
        admin: whether they may change this chat.
        phrases: in the chat's language.
        own: in the person's language, for what only they see.
        pressed: whether a button did it; the reply may take that message's place.
        quoted: the text of the message that it replies to.
        asked: the command for which the person was asked words, a question that this drops; empty if none.
        told: the paper that the person was told last here, and what they wrote after it.
        progress: shows a step of long work.
        expect: names the command that the person's next words complete while this one still works, where its
            reply will ask the same.
        call_off: calls off what the person waits for in this place; returns whether there was something.
    """

    words: str
    place: Place
    by: Speaker
    chat: Chat
    role: Role
    admin: bool
    now: datetime
    phrases: Phrases
    own: Phrases
    progress: Progress
    expect: Callable[[str], None]
    call_off: Callable[[], bool]
    pressed: bool = False
    quoted: str = ""
    asked: str = ""
    told: Told = NOTHING_TOLD


@dataclass(frozen=True)
class Tools:
    """What commands use.

    Attributes:
        store: for reads and writes that take milliseconds.
        papers: for reads that take longer, such as searches; they wait for each other.
        recent: finds what topics match on recent dates.
        source: looks papers up that weren't harvested.
        briefs: writes them; a paper's brief is made once for everybody.
        notebook: the same of notes, and of papers whole.
        enquiries: the same of answers to questions about papers.
        allowances: how many of all three a model may write because of one chat.
        readers: who is given papers' texts to write briefs, in words; empty if nobody.
        site: the address of the site that figures may be at, without a slash at its end.
        presets: the topics of config.toml by name, in its order.
        platforms: those that are set up, by name.
        counting: how much there is of everything.
        unreachable_since: tells since when arXiv can't be reached, None when it answered last; None itself
            where nobody knows, because another process harvests.
        wake: has the outbox looked at, because something was put there.
        random_bytes: so many that nobody can foretell.
        now: the time.
    """

    store: Store
    papers: PaperStore
    recent: Recent
    source: PaperSource
    briefs: Briefs
    notebook: Notebook
    enquiries: Enquiries
    allowances: Allowances
    readers: Sequence[str]
    site: str
    presets: Mapping[str, Topic]
    calendar: Calendar
    platforms: Mapping[str, Platform]
    policy: Policy
    counting: Counting
    unreachable_since: Callable[[], datetime | None] | None
    wake: Callable[[], None]
    random_bytes: Callable[[int], bytes]
    now: Callable[[], datetime]


Handler: TypeAlias = Callable[[Call, Tools], Awaitable["Reply"]]


@dataclass(frozen=True, slots=True)
class Command:
    """A command, typed or pressed: a button's action is the text of one.

    Attributes:
        name: as it's typed, without the slash.
        summary: what it does, for menus and the help; None for one that only buttons use.
        usage: its arguments as the help shows them, such as ``[topic] [days]``; None without any.
        example: its words in an example, for whoever gave wrong ones.
        short: other names, each with the words that stand for it: ``{"lang": "settings language"}``.
        reads: tells of its words whether they change nothing, which is then allowed to anybody.
        menu: whether it stands in a platform's menu; the others stand in the help.
        costly: whether it takes a request or a model; those are limited for each person and chat.
    """

    name: str
    run: Handler
    summary: Phrase | None = None
    usage: Phrase | None = None
    example: str = ""
    short: Mapping[str, str] | None = None
    permission: Permission = Permission.ANYBODY
    reads: Callable[[str], bool] | None = None
    menu: bool = False
    costly: bool = False

    def needs(self, words: str) -> Permission:
        """Return who may use it with these words."""
        return Permission.ANYBODY if self.reads and self.reads(words) else self.permission


class MistakeError(Exception):
    """A person asked for something that can't be done; its text says so in their language.

    Attributes:
        try_example: whether the command's example is worth showing.
    """

    def __init__(self, sentence: str, *, try_example: bool = True) -> None:
        self.try_example = try_example
        super().__init__(sentence)
