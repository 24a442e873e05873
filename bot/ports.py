"""What the bot needs from platforms and its database, as protocols."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.chats import Address, Layout
    from bot.deliveries import Deliveries
    from bot.figures import Counts
    from bot.notices import Notices
    from bot.outbox import Message, Outcome
    from bot.records import Chats, Hearings, People, Saved
    from bot.talk import File, Illustration, Incoming, Receive
    from digest.document import Document
    from digest.ports import Papers

T = TypeVar("T")


class Platform(Protocol):
    """A chat service. `send` and `edit` never raise: whatever happens is an `Outcome`."""

    name: str
    in_flight: int
    """How many messages may be under way at once; as many may be repeated by a crash."""

    @property
    def layouts(self) -> frozenset[Layout]:
        """The layouts that chats may choose from; the classic one is always there."""

    async def start(self, receive: Receive) -> None:
        """Connect; return once messages can be sent.

        Args:
            receive: takes everything that people say or press; the platform shows what it returns.

        Raises:
            PaperroundError: messages can never be sent, such as with a bad token.
        """

    async def watch(self) -> None:
        """Return when the platform can't go on and must be started again, else never.

        Raises:
            PaperroundError: why it can't.
        """

    async def stop(self) -> None:
        """Disconnect after what is under way."""

    def link(self, code: str) -> str:
        """Return a link that sends the bot this code; empty where there's none."""

    @property
    def invitation(self) -> str:
        """A link that brings the bot to a place of one's own; empty where it's simply found by its name."""

    def render(self, document: Document, layout: Layout) -> tuple[Message, ...]:
        """Write a document as messages within the platform's limits; pure, called once for many chats."""

    async def send(
        self, address: Address, body: str, *, plain: bool, key: str, sound: bool, after: str = ""
    ) -> Outcome:
        """Send one message; the same key means the same message.

        Args:
            address: where to.
            body: as `render` made it, or its plain form.
            plain: whether it's the plain form.
            key: the same for every try.
            sound: whether it may make one.
            after: the id of the part before it, where it's no first part and that was sent.
        """

    async def edit(self, address: Address, message: str, body: str, *, step: bool = False) -> Outcome:
        """Replace a message that was sent; replacing it with the same is `Sent` too.

        Args:
            address: where it stands.
            message: the platform's id of it.
            body: what it says now.
            step: it's a step of long work, which may be left out: it mustn't keep the result waiting.
        """

    async def administers(self, address: Address, person: str) -> bool:
        """Return whether a person may change what a group or channel gets; False when it can't be known."""


@runtime_checkable
class TakesFiles(Protocol):
    """A platform that can show files; `bot.file_words` has what is shown where it can't."""

    def attach(self, document: Document, file: File) -> tuple[Message, ...]:
        """Write a document and a file as messages that `send` takes, the file in the last; pure.

        Lines of the file that are to be shown with it are not in the document yet.
        """


@runtime_checkable
class ShowsPictures(Protocol):
    """A platform that can show pictures; like `Platform.send` it never raises."""

    def galleries(self, pictures: Sequence[Illustration]) -> tuple[tuple[Illustration, ...], ...]:
        """Put pictures into messages; one that the platform surely takes nowhere is left out; pure."""

    async def send_pictures(self, address: Address, pictures: Sequence[Illustration]) -> Outcome:
        """Send the pictures of one message with their captions, without a sound.

        Refused ones are sent again in halves: what is sure of one picture alone may be tried then.
        """


class Stream(Protocol):
    """The steps of one piece of long work, each in the place of the one before; the next message ends it."""

    async def show(self, body: str) -> bool:
        """Show a step as `Platform.render` made it, or leave it out; False where steps can't be shown so."""

    async def end(self) -> None:
        """Show nothing more: whatever is sent from now on comes after every step."""


@runtime_checkable
class StreamsSteps(Protocol):
    """A platform that can show steps of long work that are no messages."""

    def stream(self, said: Incoming) -> Stream | None:
        """Return what shows the steps of answering something, and must be ended; None where it can't."""


@runtime_checkable
class OnThisMachine(Protocol):
    """A platform whose people sit at this machine and can open its files."""

    @property
    def opens_files(self) -> bool:
        """Always True."""


class OutboxStore(Protocol):
    """What runs functions on the outbox, each in one transaction; may raise `StorageError`."""

    async def read(self, fn: Callable[[Deliveries], T]) -> T:
        """Run `fn` on one snapshot."""

    async def write(self, fn: Callable[[Deliveries, Chats], T]) -> T:
        """Run `fn` as one transaction over the outbox and the chats."""


class Desk(Protocol):
    """Everything that is kept, inside one transaction."""

    @property
    def papers(self) -> Papers:
        """Papers and announcements."""

    @property
    def chats(self) -> Chats:
        """Chats."""

    @property
    def deliveries(self) -> Deliveries:
        """The outbox."""

    @property
    def people(self) -> People:
        """Who may use the bot."""

    @property
    def hearings(self) -> Hearings:
        """What chats were told last."""

    @property
    def notices(self) -> Notices:
        """What owners announce."""

    @property
    def saved(self) -> Saved:
        """Papers that people saved."""

    @property
    def counts(self) -> Counts:
        """How much there is of everything."""


class Store(Protocol):
    """Where everything is kept; one function is one transaction; may raise `StorageError`."""

    async def read(self, fn: Callable[[Desk], T]) -> T:
        """Run `fn` on one snapshot; it mustn't write."""

    async def write(self, fn: Callable[[Desk], T]) -> T:
        """Run `fn` as one transaction; when it raises, nothing of it remains."""
