"""The sections of config.toml about language models, and what each key may be. Holds no default."""

# Annotations are read while the program runs, so this module doesn't postpone them.

from itertools import takewhile
from typing import Annotated, Literal, TypeAlias

import msgspec

from bot import settings_checks as checks
from bot.settings_checks import URL, Allowed

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
        str, Allowed(URL.format("https://generativelanguage.googleapis.com"), checks.check_gemini_url)
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
    base_url: Annotated[str, Allowed(URL.format("https://api.openai.com/v1"), checks.check_url)]
    timeout: _Timeout
    thinking: _Thinking
    context: _Context
    price_in: _Price
    price_out: _Price
