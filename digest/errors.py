"""Everything that can go wrong, as one tree; each error's text is a sentence that a person can act on.

PaperroundError
├── SettingsError            config.toml or the environment says something we can't use
├── InvalidPaperIdError      not an arXiv id
├── QueryError               a topic that doesn't parse
├── SourceError              arXiv, or what stands in for it
│   ├── SourceUnreachableError   no answer: network, time-out, refused connection
│   ├── SourceBusyError          429 or 503: come back later
│   ├── SourceRejectedError      arXiv says that the request itself is wrong
│   └── SourceGarbledError       an answer that isn't whole or isn't what was asked for
├── FileError                a paper's HTML or PDF can't be read
│   ├── FileMissingError         arXiv has none
│   ├── FileForeignError         something else came, or it's kept elsewhere
│   ├── FileTooLargeError        more bytes than [reading] allows
│   ├── FileTooHeavyError        reading it takes more time or memory than [reading] allows
│   ├── FileLockedError          it wants a password
│   ├── FileBrokenError          cut, or not what it says
│   └── FileWithoutTextError     pages that are pictures
├── ModelError               a language model gave no whole answer
│   ├── ModelSettingsError       a bad key, a model that is gone: the text names the setting
│   ├── ModelQuotaError          the quota is used up
│   ├── ModelBudgetError         our own limit of what models may use a day is reached
│   ├── ModelBusyError           no answer, overloaded, a time-out: later it may do
│   └── ModelAnswerError         blocked, cut off or empty
├── PlatformError            a chat service that can't be used as it's set up
└── StorageError             the database
    ├── StorageLockedError       another process holds it
    ├── StorageFullError         no space left
    ├── StorageReadOnlyError     we may not write there
    ├── StorageCorruptError      not a sound SQLite database of ours
    └── StorageTooNewError       written by a newer paperround
"""

from __future__ import annotations

_SHOWN = 24  # characters of a query that an error repeats


class PaperroundError(Exception):
    """The root: whatever paperround raises on purpose."""


class SettingsError(PaperroundError):
    """A setting can't be used; the text names file, key, value and what is allowed."""


class InvalidPaperIdError(PaperroundError):
    """A text isn't an arXiv id."""


class QueryError(PaperroundError):
    """A topic doesn't parse.

    Attributes:
        text: the query as it was written.
        offset: where it stopped making sense, in characters from the start.
        expected: what is wrong there and what was expected, as a clause in words.
        example: a query that works.
    """

    def __init__(self, text: str, offset: int, expected: str, example: str) -> None:
        self.text, self.offset, self.expected, self.example = text, offset, expected, example
        place = _place(text, offset)
        clause = expected if place else expected[:1].upper() + expected[1:]
        super().__init__(f"{place}{clause}. Try {example}")


def _place(text: str, offset: int) -> str:
    """Name the place by the text that stands there, cut to a few words; nothing for a text without any."""
    if not text.strip():
        return ""
    rest = " ".join(text[offset:].split())
    shown = "".join(c if c.isprintable() else "�" for c in rest)
    if not shown:
        return "At the end: "
    shown = shown if len(shown) <= _SHOWN else shown[: _SHOWN - 1] + "…"
    return f"At character {offset + 1}, “{shown}”: "


class SourceError(PaperroundError):
    """ArXiv couldn't be read."""


class SourceUnreachableError(SourceError):
    """No answer at all."""


class SourceBusyError(SourceError):
    """ArXiv asked us to come back later.

    Attributes:
        retry_after: how long it asked us to wait, in seconds, if it said so.
    """

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        self.retry_after = retry_after
        super().__init__(message)


class SourceRejectedError(SourceError):
    """ArXiv says that the request is wrong (a malformed id, an unknown archive)."""


class SourceGarbledError(SourceError):
    """The answer is cut, isn't XML, or holds fewer papers than it says."""


class FileError(PaperroundError):
    """A paper's HTML or PDF can't be read; `sentence` says why."""

    sentence = "This paper's file can't be read."

    def __init__(self) -> None:
        super().__init__(self.sentence)


class FileMissingError(FileError):
    """ArXiv has no such file."""

    sentence = "arXiv has no such file of this paper."


class FileForeignError(FileError):
    """Another type of file came, or a redirection leads away from the configured site."""

    sentence = "arXiv sent something else than this paper's file; it was left unread."


class FileTooLargeError(FileError):
    """It has more bytes than settings allow."""

    sentence = "This paper's file is larger than [reading] megabytes allows; it was left unread."


class FileTooHeavyError(FileError):
    """Reading it takes more time or memory than settings allow."""

    sentence = "Reading this paper's file takes more time or memory than [reading] allows; it was given up."


class FileLockedError(FileError):
    """It can't be opened without a password."""

    sentence = "This paper's PDF is encrypted; it can't be read without its password."


class FileBrokenError(FileError):
    """It is cut, or isn't what it says."""

    sentence = "This paper's file is damaged or cut off; it can't be read."


class FileWithoutTextError(FileError):
    """Its pages are pictures."""

    sentence = "This paper's PDF is a scan without text; there is nothing to read in it."


class ModelError(PaperroundError):
    """A language model gave no answer that may be shown.

    Attributes:
        unfit: it did answer, and that didn't pass the check.
    """

    unfit = False


class ModelSettingsError(ModelError):
    """It never will as it's set up: a bad key, a model that is gone; the text names the setting."""


class ModelQuotaError(ModelError):
    """The provider's quota is used up.

    Attributes:
        retry_after: how long it asked us to wait, in seconds, if it said so.
    """

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        self.retry_after = retry_after
        super().__init__(message)


class ModelBusyError(ModelError):
    """No answer came, or the provider is overloaded.

    Attributes:
        retry_after: how long it asked us to wait, in seconds, if it said so.
    """

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        self.retry_after = retry_after
        super().__init__(message)


class ModelBudgetError(ModelError):
    """Today's budget is used up; nobody was asked."""


class ModelAnswerError(ModelError):
    """An answer came that can't be used: blocked, cut off, empty or unfit. It is paid for all the same.

    Attributes:
        model: the one that really answered; empty if that isn't known.
        tokens_in: how many the question took, as the provider counts; 0 where it doesn't say.
        tokens_out: how many the answer took, hidden reasoning with it.
    """

    def __init__(
        self, message: str, *, model: str = "", tokens_in: int = 0, tokens_out: int = 0, unfit: bool = False
    ) -> None:
        self.unfit = unfit
        self.model = model
        self.tokens_in = tokens_in
        self.tokens_out = tokens_out
        super().__init__(message)


class PlatformError(PaperroundError):
    """A chat service can't be used: a bad token, or another program uses it."""


class StorageError(PaperroundError):
    """The database couldn't be read or written."""


class StorageLockedError(StorageError):
    """Another process holds the database."""


class StorageFullError(StorageError):
    """There's no space left."""


class StorageReadOnlyError(StorageError):
    """The database may not be written."""


class StorageCorruptError(StorageError):
    """The file isn't a sound database of ours."""


class StorageGoneError(StorageError):
    """What something was to be kept for was deleted meanwhile."""


class StorageTooNewError(StorageError):
    """The database was written by a newer paperround."""
