"""The sections of config.toml, and what each key may be. Holds no default: the shipped file does."""

# Annotations are read while the program runs, so this module doesn't postpone them.

from datetime import date
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

import msgspec

from bot import settings_checks as checks
from bot.access import GroupChanges, Mode
from bot.redaction import Redactor
from bot.settings_checks import URL, Allowed

_ARCHIVES = "archives of arXiv such as cs, math or astro-ph, or categories such as cs.CL, in a list"
_PROXY = "a URL such as http://HOST:PORT or socks5://HOST:PORT, or nothing"


class Arxiv(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is read from arXiv, and from where.

    Attributes:
        archives: archives and categories, at least one, each once.
        listing_url: a base without a slash at its end; ``/rss/cs+stat`` is appended.
        api_url: the API's full address, ending in ``/api/query``.
        site_url: a base without a slash at its end; ``/pdf/ID`` is appended.
        contact: an e-mail address or a URL for the User-Agent, or empty.
        holidays: days on whose evening arXiv announces nothing.
        timeout: in seconds.
        backfill_days: how far back missed days are made up for.
    """

    archives: Annotated[tuple[str, ...], Allowed(_ARCHIVES, checks.check_some_archives)]
    listing_url: Annotated[str, Allowed(URL.format("https://rss.arxiv.org"), checks.check_listing_url)]
    api_url: Annotated[str, Allowed(URL.format("https://export.arxiv.org/api/query"), checks.check_api_url)]
    site_url: Annotated[str, Allowed(URL.format("https://arxiv.org"), checks.check_url)]
    contact: Annotated[str, Allowed("an e-mail address or a URL, or nothing", checks.check_contact)]
    holidays: Annotated[tuple[date, ...], Allowed("dates such as 2026-12-24, in a list")]
    timeout: Annotated[float, msgspec.Meta(ge=1, le=600), Allowed("a number of seconds from 1 to 600")]
    backfill_days: Annotated[int, msgspec.Meta(ge=0, le=90), Allowed("a whole number of days from 0 to 90")]


class Network(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How connections are made.

    Attributes:
        proxy: an http, https, socks5 or socks5h URL that may hold a password; empty: the environment's.
    """

    proxy: Annotated[str, Allowed(_PROXY, checks.check_proxy, private=True)]

    def __repr__(self) -> str:
        return f"Network(proxy={Redactor(passwords(self.proxy))(self.proxy)!r})"


class Digest(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What digests look like where a chat says nothing else.

    Attributes:
        papers: the most papers in one digest.
        language: a BCP 47 tag.
        zone: a name of the IANA time zone database.
    """

    papers: Annotated[int, msgspec.Meta(ge=1, le=50), Allowed("a whole number from 1 to 50")]
    language: Annotated[str, Allowed("a language tag such as en, zh or pt-BR", checks.check_language)]
    zone: Annotated[
        str, Allowed("a time zone such as Europe/Berlin, Asia/Shanghai or UTC", checks.check_zone)
    ]


class Reading(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How papers are read whole.

    Attributes:
        cache: the folder of what was read; already joined to that of the user's file where there is one.
        cache_megabytes: how large it may become.
        cache_days: how long a paper stays there.
        megabytes: the largest HTML or PDF that is read.
        pages: how many pages of a PDF are read.
        seconds: how long reading a paper may take.
        memory: how many megabytes of memory that may take.
    """

    cache: Annotated[Path, Allowed("the path of a folder", checks.check_path)]
    cache_megabytes: Annotated[
        int, msgspec.Meta(ge=10, le=100_000), Allowed("a whole number of megabytes from 10 to 100000")
    ]
    cache_days: Annotated[int, msgspec.Meta(ge=1, le=3650), Allowed("a whole number of days from 1 to 3650")]
    megabytes: Annotated[
        int, msgspec.Meta(ge=1, le=500), Allowed("a whole number of megabytes from 1 to 500")
    ]
    pages: Annotated[int, msgspec.Meta(ge=1, le=2000), Allowed("a whole number from 1 to 2000")]
    seconds: Annotated[int, msgspec.Meta(ge=5, le=600), Allowed("a whole number of seconds from 5 to 600")]
    memory: Annotated[
        int, msgspec.Meta(ge=256, le=16_384), Allowed("a whole number of megabytes from 256 to 16384")
    ]


class Archive(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Each day's post of each topic, as files.

    Attributes:
        path: the folder, already joined to that of the user's file where there is one; empty: no archive.
        topics: the names of those that are written; none means all of config.toml.
        notes: whether papers are read whole for it.
        pages: whether there are pages, an index and a feed beside the Markdown.
        url: where the folder can be read on the web, without a slash at its end; may be empty.
    """

    path: Annotated[str, Allowed("the path of a folder, or nothing", checks.check_optional_path)]
    topics: Annotated[tuple[str, ...], Allowed("names of topics, in a list")]
    notes: Annotated[bool, Allowed("true or false")]
    pages: Annotated[bool, Allowed("true or false")]
    url: Annotated[
        str, Allowed(f"{URL.format('https://example.org/papers')}, or nothing", checks.check_optional_url)
    ]


class Access(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Who may use the bot, and how much.

    Attributes:
        group_changes: who may change a group's topics and settings.
        operator: who runs this bot, for people who ask; may be empty.
        per_person: how many costly commands one person may use in an hour.
        per_chat: how many may be used in one chat in an hour.
    """

    mode: Annotated[Mode, Allowed('"owner", "invited" or "open"')]
    group_changes: Annotated[GroupChanges, Allowed('"admins" or "everybody"')]
    operator: Annotated[str, Allowed("a name and how to reach them, or nothing")]
    per_person: Annotated[int, msgspec.Meta(ge=1, le=10_000), Allowed("a whole number from 1 to 10000")]
    per_chat: Annotated[int, msgspec.Meta(ge=1, le=10_000), Allowed("a whole number from 1 to 10000")]


class Delivery(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How messages are sent.

    Attributes:
        in_flight: how many messages a platform may have under way; as many may be repeated by a crash.
    """

    in_flight: Annotated[int, msgspec.Meta(ge=1, le=100), Allowed("a whole number from 1 to 100")]


class Telegram(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How Telegram is reached; the token in the environment says whether it is.

    Attributes:
        api_url: a base without a slash at its end; ``/botTOKEN/METHOD`` is appended.
        paid_broadcast: whether messages beyond 30 a second are paid for.
        webhook_url: where Telegram brings updates; empty: it's asked for them.
        webhook_listen: host and port behind that URL.
    """

    api_url: Annotated[str, Allowed(URL.format("https://api.telegram.org"), checks.check_url)]
    paid_broadcast: Annotated[bool, Allowed("true or false")]
    webhook_url: Annotated[
        str, Allowed(f"{URL.format('https://example.org/hook')}, or nothing", checks.check_optional_url)
    ]
    webhook_listen: Annotated[str, Allowed("a host and a port such as 127.0.0.1:8443", checks.check_listen)]


class Discord(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How Discord is reached; the token in the environment says whether it is.

    Attributes:
        api_url: a base without a slash at its end; ``/channels/…`` is appended.
        gateway_url: where events come from, a ws or wss URL without a slash at its end.
        threads: whether each digest in a text channel gets a thread to talk about it.
    """

    api_url: Annotated[str, Allowed(URL.format("https://discord.com/api/v10"), checks.check_url)]
    gateway_url: Annotated[
        str, Allowed("a ws or wss URL such as wss://gateway.discord.gg", checks.check_socket_url)
    ]
    threads: Annotated[bool, Allowed("true or false")]


class Scripted(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A platform for trials, which writes what it is sent to a file.

    Attributes:
        path: the file, from where the program was started; empty: there's no such platform.
        seconds: how long each message takes, by the clock that may be simulated.
    """

    path: Annotated[str, Allowed("the path of a file, or nothing")]
    seconds: Annotated[float, msgspec.Meta(ge=0, le=60), Allowed("a number of seconds from 0 to 60")]


class Storage(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where the papers are kept.

    Attributes:
        path: the database file; already joined to the folder of the user's file where there is one.
    """

    path: Annotated[Path, Allowed("the path of a file", checks.check_path)]


class Log(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is logged, and how it is written."""

    level: Annotated[
        Literal["debug", "info", "warning", "error"], Allowed('"debug", "info", "warning" or "error"')
    ]
    format: Annotated[Literal["text", "json"], Allowed('"text" or "json"')]


class TopicTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A topic that chats can subscribe to by its name."""

    # The two defaults can't stand in config.toml, whose topics are only its own.
    title: Annotated[str, Allowed("a heading for people to read", checks.check_filled)]
    query: Annotated[str, Allowed('a query such as ti:"talking head" OR cat:cs.CV', checks.check_filled)]
    archives: Annotated[tuple[str, ...], Allowed(_ARCHIVES, checks.check_archives)] = ()
    about: Annotated[str, Allowed("the topic in plain words")] = ""


def passwords(url: str) -> tuple[str, ...]:
    """Return the password of a URL, if it has one."""
    password = urlsplit(url).password
    return (password,) if password else ()
