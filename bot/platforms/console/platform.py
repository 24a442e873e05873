"""The console as a platform: renders documents and puts them on a page. Knows no terminal and no stream."""

from __future__ import annotations

import asyncio
from itertools import count
from typing import TYPE_CHECKING, Protocol

from bot.chats import Layout
from bot.outbox import Message, Retry, Sent
from bot.platforms.console import body as bodies
from digest.model import PaperId
from digest.reading import papers

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from bot.chats import Address
    from bot.outbox import Outcome
    from bot.talk import Receive
    from digest.document import Document


class Page(Protocol):
    """Where messages are shown; showing may raise OSError, or ValueError for what is closed."""

    def write(self, document: Document) -> str:
        """Write a document but its buttons as text, lines of the page's width."""

    async def show(self, address: Address, message: str, body: str) -> None:
        """Show a new message."""

    async def replace(self, address: Address, message: str, body: str) -> None:
        """Show what a message says now."""

    def close(self) -> None:
        """Show nothing more until the next message."""


class ConsolePlatform:
    """The `Platform` of whoever sits at the machine."""

    name = "console"
    invitation = ""
    opens_files = True
    layouts = frozenset({Layout.CLASSIC})
    in_flight = 1  # messages stand one below the other

    def __init__(self, page: Page) -> None:
        self._page = page
        self._numbers = count(1)

    async def start(self, receive: Receive) -> None:
        """Be ready to print; what people say comes by ``paperround chat``, a process of its own."""

    async def watch(self) -> None:
        """Wait for nothing: it always goes on."""
        await asyncio.Event().wait()

    def link(self, code: str) -> str:  # noqa: ARG002 - nobody has links to it
        """Return no link."""
        return ""

    async def stop(self) -> None:
        """Print nothing more."""
        self._page.close()

    def render(self, document: Document, layout: Layout) -> tuple[Message, ...]:  # noqa: ARG002 - it has one
        """Write a document as one message: a console has no limit."""
        body = bodies.join(self._page.write(document), bodies.rows(document.blocks))
        told = tuple(PaperId(paper) for paper in papers(document.blocks))
        return (Message(body, bodies.in_words(body), told),)

    async def send(
        self,
        address: Address,
        body: str,
        *,
        plain: bool,  # noqa: ARG002 - a body says it
        key: str,  # noqa: ARG002 - a console has neither keys nor sound
        sound: bool,  # noqa: ARG002
        after: str = "",  # noqa: ARG002 - it has one place
    ) -> Outcome:
        """Show a message."""
        message = str(next(self._numbers))
        return await _outcome(message, self._page.show(address, message, body))

    async def edit(self, address: Address, message: str, body: str, *, step: bool = False) -> Outcome:  # noqa: ARG002 - it has no limits
        """Show what a message says now."""
        return await _outcome(message, self._page.replace(address, message, body))

    async def administers(self, address: Address, person: str) -> bool:  # noqa: ARG002 - it holds for all
        """Return True: who sits at the machine may do everything there."""
        return True


async def _outcome(message: str, showing: Awaitable[None]) -> Outcome:
    """Say what became of a message.

    Output that is closed, full or read by nobody is mended by a restart, and the chat is still there: what
    was to be printed waits for that, as long as the outbox keeps it.
    """
    try:
        await showing
    except (OSError, ValueError) as error:
        return Retry(str(error) or type(error).__name__)
    return Sent(message)
