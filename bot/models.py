"""The language models that settings name; the part of the composition root that knows every provider."""

from __future__ import annotations

import asyncio
import random
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from digest.summaries.ledger import Price
from digest.summaries.patient import PatientModel

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.settings import Settings
    from digest.summaries.patient import Adapter

MOST_TRIES = 3
"""How often a question is asked before the next in the chain gets it."""


def make_model(settings: Settings, provider: str, *, most_tries: int = MOST_TRIES) -> PatientModel:
    """Make a provider's model; its library is loaded when it's opened, or first asked.

    Args:
        settings: what the owner decided.
        provider: its name, which isn't ``extract``.
        most_tries: how often a question is asked when what goes wrong may pass.
    """
    model = MAKERS[provider](settings)
    return PatientModel(model, sleep=asyncio.sleep, random=random.random, most_tries=most_tries)


def set_model(settings: Settings, provider: str) -> str:
    """Return the model that settings name for a provider."""
    model: str = getattr(settings, provider).model
    return model


def context_of(settings: Settings, provider: str) -> int:
    """Return how many tokens a question to a provider and its answer may have together."""
    context: int = getattr(settings, provider).context
    return context


def price_of(settings: Settings, provider: str) -> Price:
    """Return what a provider takes, as settings say."""
    section = getattr(settings, provider)
    return Price(section.price_in, section.price_out)


def reader_of(settings: Settings, provider: str) -> str:
    """Say who is given what is summarized: the model and the host that it's sent to."""
    section = getattr(settings, provider)
    host = urlsplit(section.base_url if provider == "openai" else section.api_url).hostname
    return f"{section.model} ({host})"


def _gemini(settings: Settings) -> Adapter:
    from digest.summaries.gemini import GeminiModel

    return GeminiModel(
        model=settings.gemini.model,
        api_url=settings.gemini.api_url,
        key=settings.secrets.gemini_api_key,
        timeout=settings.gemini.timeout,
        thinking=settings.gemini.thinking,
        proxy=settings.network.proxy,
    )


def _openai(settings: Settings) -> Adapter:
    from digest.summaries.openai import OpenAIModel

    return OpenAIModel(
        model=settings.openai.model,
        base_url=settings.openai.base_url,
        key=settings.secrets.openai_api_key,
        timeout=settings.openai.timeout,
        thinking=settings.openai.thinking,
        proxy=settings.network.proxy,
    )


def _gemini_legacy(settings: Settings) -> Adapter:
    from digest.summaries.gemini_legacy import LegacyGeminiModel

    return LegacyGeminiModel(
        model=settings.gemini_legacy.model,
        api_url=settings.gemini_legacy.api_url,
        key=settings.secrets.gemini_api_key,
        timeout=settings.gemini_legacy.timeout,
        thinking=settings.gemini_legacy.thinking,
        proxy=settings.network.proxy,
    )


MAKERS: Mapping[str, Callable[[Settings], Adapter]] = MappingProxyType(
    {"gemini": _gemini, "openai": _openai, "gemini_legacy": _gemini_legacy}
)
"""By the names in settings; a new provider is one line here, beside its module and its section."""
