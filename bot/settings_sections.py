"""The sections of config.toml, and what each key may be. Holds no default: the shipped file does."""

# Annotations are read while the program runs, so this module doesn't postpone them.

from datetime import date
from itertools import takewhile
from pathlib import Path
from typing import Annotated, Literal, TypeAlias
from urllib.parse import urlsplit

import msgspec

from bot import settings_checks as checks
from bot.access import GroupChanges, Mode
from bot.redaction import Redactor
from bot.settings_checks import Allowed

_ARCHIVES = "archives of arXiv such as cs, math or astro-ph, or categories such as cs.CL, in a list"
_PROXY = "a URL such as http://HOST:PORT or socks5://HOST:PORT, or nothing"
_URL = "an http or https URL such as {}"
_PROVIDER = '"extract", "gemini", "openai" or "gemini_legacy"'

Provider: TypeAlias = Literal["extract", "gemini", "openai", "gemini_legacy"]
"""Who writes summaries; `bot.models` makes each."""

# What every provider of models has.
_Model: TypeAlias = Annotated[str, Allowed("a model's name", checks.check_model)]
_Timeout: TypeAlias = Annotated[
    float, msgspec.Meta(ge=1, le=3600), Allowed("a number of seconds from 1 to 3600")
]
_Thinking: TypeAlias = Annotated[
    int, msgspec.Meta(ge=0, le=100_000), Allowed("a whole number of tokens from 0 to 100000")
]

_Context: TypeAlias = Annotated[
    int, msgspec.Meta(ge=16_000, le=10_000_000), Allowed("a whole number of tokens from 16000 to 10000000")
]
_Price: TypeAlias = Annotated[
    float, msgspec.Meta(ge=0, le=1e6), Allowed("the price of a million tokens, or 0")
]


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
    listing_url: Annotated[str, Allowed(_URL.format("https://rss.arxiv.org"), checks.check_listing_url)]
    api_url: Annotated[str, Allowed(_URL.format("https://export.arxiv.org/api/query"), checks.check_api_url)]
    site_url: Annotated[str, Allowed(_URL.format("https://arxiv.org"), checks.check_url)]
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


class Summary(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Who writes summaries, and what that may take.

    Attributes:
        provider: who is asked first.
        fallback: who is asked when that fails, in this order; the last is always extraction.
        at_once: how many are written at the same time for a digest; as many again for people who ask.
        patience: seconds that models have for one.
        daily_budget: what all models may use a day, UTC; 0 for no limit.
        budget_in: what that counts.
        per_chat: how many models may write a day because of one chat.
    """

    provider: Annotated[Provider, Allowed(_PROVIDER)]
    fallback: Annotated[tuple[Provider, ...], Allowed(f"{_PROVIDER}, in a list")]
    at_once: Annotated[int, msgspec.Meta(ge=1, le=64), Allowed("a whole number from 1 to 64")]
    patience: _Timeout
    daily_budget: Annotated[
        float, msgspec.Meta(ge=0, le=1e12), Allowed("a number of tokens, or an amount of money, or 0")
    ]
    budget_in: Annotated[Literal["tokens", "money"], Allowed('"tokens" or "money"')]
    per_chat: Annotated[int, msgspec.Meta(ge=1, le=100_000), Allowed("a whole number from 1 to 100000")]

    @property
    def models(self) -> tuple[Provider, ...]:
        """Those who ask models, each once, in order; whoever stands after extraction is never reached."""
        named = dict.fromkeys((self.provider, *self.fallback))
        return tuple(takewhile(lambda name: name != "extract", named))


class Gemini(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Google's models, through either of its libraries.

    Attributes:
        model: as Google names it.
        api_url: a base without a slash at its end; the API's version is appended.
        timeout: seconds in which a whole answer must come.
        thinking: the most tokens of thoughts before an answer.
        context: tokens that a question and its answer may have together.
        price_in: of a million tokens that are read, in whatever currency; 0 for nothing.
        price_out: of a million tokens that are written, thoughts with them.
    """

    model: _Model
    api_url: Annotated[
        str, Allowed(_URL.format("https://generativelanguage.googleapis.com"), checks.check_gemini_url)
    ]
    timeout: _Timeout
    thinking: _Thinking
    context: _Context
    price_in: _Price
    price_out: _Price


class OpenAI(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """OpenAI, or a server that speaks its language.

    Attributes:
        model: as the server names it; empty as long as nobody is asked.
        base_url: without a slash at its end; ``/chat/completions`` is appended.
        timeout: seconds in which a whole answer must come.
        thinking: the most tokens of thoughts before an answer.
        context: tokens that a question and its answer may have together.
        price_in: of a million tokens that are read, in whatever currency; 0 for nothing.
        price_out: of a million tokens that are written, thoughts with them.
    """

    model: Annotated[str, Allowed("a model's name, or nothing", checks.check_optional_model)]
    base_url: Annotated[str, Allowed(_URL.format("https://api.openai.com/v1"), checks.check_url)]
    timeout: _Timeout
    thinking: _Thinking
    context: _Context
    price_in: _Price
    price_out: _Price


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
        str, Allowed(f"{_URL.format('https://example.org/papers')}, or nothing", checks.check_optional_url)
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

    api_url: Annotated[str, Allowed(_URL.format("https://api.telegram.org"), checks.check_url)]
    paid_broadcast: Annotated[bool, Allowed("true or false")]
    webhook_url: Annotated[
        str, Allowed(f"{_URL.format('https://example.org/hook')}, or nothing", checks.check_optional_url)
    ]
    webhook_listen: Annotated[str, Allowed("a host and a port such as 127.0.0.1:8443", checks.check_listen)]


class Discord(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How Discord is reached; the token in the environment says whether it is.

    Attributes:
        api_url: a base without a slash at its end; ``/channels/…`` is appended.
        gateway_url: where events come from, a ws or wss URL without a slash at its end.
        threads: whether each digest in a text channel gets a thread to talk about it.
    """

    api_url: Annotated[str, Allowed(_URL.format("https://discord.com/api/v10"), checks.check_url)]
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
