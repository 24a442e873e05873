"""A platform that writes down what it's sent and fails on command. Knows no network.

For tests, and for trying a whole installation out without any chat service. A message is plain text; its last
lines hold its buttons and the ids of the papers that it tells, so that whoever reads what was sent needs no
database and can press what a person would.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections import defaultdict, deque
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

from bot.chats import Layout
from bot.exchange import Exchange
from bot.outbox import Message, Outcome, Refused, Sent, Unknown
from bot.sender import Sender
from digest.document import Document
from digest.errors import InvalidPaperIdError
from digest.model import PaperId
from digest.reading import buttons, papers, plain
from digest.split import split

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime
    from pathlib import Path

    from bot.chats import Address
    from bot.talk import Incoming, Receive
    from digest.document import Blocks

_PAPERS = "Papers: "
_BUTTONS = "\tButtons: "  # a tab: no text of a document begins so, what people write has none


class Fault(Enum):
    """What can happen to a message beside an outcome."""

    HANG = "hang"
    """No answer, ever; it isn't delivered."""
    RAISE = "raise"
    """The platform breaks its word and raises; it isn't delivered."""
    SILENT = "silent"
    """It's delivered, but no answer comes back."""


Step: TypeAlias = Outcome | Fault
"""What one send ends with; `Sent` delivers the message."""


@dataclass(slots=True)
class Script:
    """Steps that sends take: first those of the chat, then those of everybody; without any it's delivered."""

    _once: dict[Address | None, deque[Step]] = field(default_factory=lambda: defaultdict(deque))
    _always: dict[Address | None, Step] = field(default_factory=dict)

    def then(self, *steps: Step, to: Address | None = None) -> None:
        """Add steps that the next sends take, one each, to one chat or to any."""
        self._once[to].extend(steps)

    def always(self, step: Step, to: Address | None = None) -> None:
        """Let every send take this step from now on, to one chat or to any."""
        self._always[to] = step

    def next(self, address: Address) -> Step | None:
        """Return the step of a send."""
        for to in (address, None):
            if steps := self._once.get(to):
                return steps.popleft()
            if to in self._always:
                return self._always[to]
        return None


class ScriptedPlatform:
    """The `Platform` of tests and simulations."""

    name = "scripted"
    invitation = ""
    layouts = frozenset({Layout.CLASSIC})

    def __init__(
        self,
        record: Callable[[str], None],
        now: Callable[[], datetime],
        *,
        script: Script | None = None,
        in_flight: int = 8,
        limit: int = 4000,
        seconds: float = 0.0,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Make the platform.

        Args:
            record: takes each message that is delivered, as one JSON object without a line break.
            now: the time, aware, in UTC.
            script: what fails.
            in_flight: how many messages may be under way at once.
            limit: the most characters that a message may have.
            seconds: how long each message takes.
            sleep: waits some seconds.
        """
        self.in_flight = in_flight
        self._record = record
        self._now = now
        self._script = script or Script()
        self._limit = limit
        self._seconds = seconds
        self._sleep = sleep
        self._messages = 0
        self._receive: Receive | None = None
        self.admins: set[tuple[Address, str]] = set()

    async def start(self, receive: Receive) -> None:
        """Take what is said from now on; there's nobody to connect to."""
        self._receive = receive

    async def watch(self) -> None:
        """Wait for nothing: it always goes on."""
        await asyncio.Event().wait()

    def link(self, code: str) -> str:  # noqa: ARG002 - nobody has links to it
        """Return no link."""
        return ""

    async def stop(self) -> None:
        """Take nothing more."""
        self._receive = None

    async def hear(self, incoming: Incoming) -> None:
        """Let somebody say or press something, and answer it.

        Raises:
            RuntimeError: the platform wasn't started.
        """
        if self._receive is None:
            raise RuntimeError("nobody listens")
        sender = Sender(self, asyncio.sleep, lambda: 0.0)
        try:
            await Exchange(self, sender, time.monotonic).answer(incoming, self._receive)
        finally:
            sender.close()

    async def administers(self, address: Address, person: str) -> bool:
        """Return whether the tests made this person an admin there."""
        return (address, person) in self.admins

    def render(self, document: Document, layout: Layout) -> tuple[Message, ...]:  # noqa: ARG002 - it has one
        """Write a document as text, in parts within the limit."""

        def size(blocks: Blocks) -> int:
            message = _message(Document(document.title, document.language, blocks))
            return max(len(message.body), len(message.plain))

        return tuple(_message(part) for part in split(document, self._limit, size))

    async def send(
        self,
        address: Address,
        body: str,
        *,
        plain: bool,
        key: str,
        sound: bool,
        after: str = "",  # noqa: ARG002 - parts simply follow
    ) -> Outcome:
        """Write a message down, or fail as the script says."""
        await self._sleep(self._seconds)  # 0 too lets others run, as every platform does
        step = self._script.next(address)
        match step:
            case Fault.HANG:
                await asyncio.Event().wait()
            case Fault.RAISE:
                raise RuntimeError("the script says so")
            case Refused() if plain:
                pass
            case Fault.SILENT | Sent() | None:
                pass
            case _:
                return step
        if len(body) > self._limit:
            return Refused(f"longer than {self._limit} characters")
        self._messages += 1
        self._write(address, body, key=key, plain=plain, sound=sound)
        return Unknown("silence") if step is Fault.SILENT else Sent(str(self._messages))

    async def edit(self, address: Address, message: str, body: str, *, step: bool = False) -> Outcome:  # noqa: ARG002 - it has no limits
        """Write down that a message was replaced."""
        self._write(address, body, key="", plain=False, sound=False, replaces=message)
        return Sent(message)

    def _write(self, address: Address, body: str, **more: str | bool) -> None:
        text, told = _cut(body, _PAPERS, _are_ids)
        text, row = _cut(text, _BUTTONS, lambda row: row.startswith("["))
        line = {
            "platform": address.platform,
            "chat": address.chat,
            "thread": address.thread,
            "body": text,
            "buttons": json.loads(row or "[]"),
            "papers": told.split(),
            "time": self._now().isoformat(),
        }
        self._record(json.dumps(line | more, ensure_ascii=False))


def append_to(path: Path) -> Callable[[str], None]:
    """Return what appends each message to a file, as a line."""

    def record(line: str) -> None:
        with path.open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")

    return record


def _are_ids(words: str) -> bool:
    """Return whether all words are papers' ids; what people are told may begin like a list of papers."""
    try:
        return bool([PaperId.parse(each) for each in words.split()])
    except InvalidPaperIdError:
        return False


def _message(part: Document) -> Message:
    told = papers(part.blocks)
    row = [[button.label, button.action or button.url] for button in buttons(part.blocks)]
    lines = [plain(part.blocks)]
    if row:
        lines.append(f"{_BUTTONS}{json.dumps(row, ensure_ascii=False)}")
    if told:
        lines.append(f"{_PAPERS}{' '.join(told)}")
    body = "".join(f"{line}\n" for line in lines)
    return Message(body=body, plain=body, papers=tuple(PaperId(paper) for paper in told))


def _cut(body: str, prefix: str, is_ours: Callable[[str], bool]) -> tuple[str, str]:
    """Return a message without its last line, and what follows the prefix there, if it has that."""
    text, _, last = body.removesuffix("\n").rpartition("\n")
    ours = last.startswith(prefix) and is_ours(last.removeprefix(prefix))
    return (text, last.removeprefix(prefix)) if ours else (body, "")
