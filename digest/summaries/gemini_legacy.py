"""Gemini through google-generativeai, which its maker no longer supports, for those who must stay with it."""

from __future__ import annotations

import asyncio
import warnings
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from digest.errors import ModelError, ModelSettingsError
from digest.summaries.connection import require
from digest.summaries.google_answers import Reply, answer_of
from digest.summaries.google_errors import read_refusal
from digest.summaries.refusals import Service, error_of, no_answer, unreachable
from digest.summaries.schemas import narrowed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from digest.writers import Answer, Prompt

KEY = "GEMINI_API_KEY"
_THREADS = 8  # questions at the same time

# The library's own Schema message has no others.
_KEYWORDS = frozenset("type format description enum items minItems maxItems properties required".split())


class LegacyGeminiModel:
    """A `digest.writers.LanguageModel` on threads of its own; one try a question.

    The library has one configuration a process, so there may be one of these.

    Args:
        model: as Google names it.
        api_url: where Gemini is, without the API's version.
        key: None if there is none, which every question then says.
        timeout: seconds in which the answer must come.
        thinking: tokens that thoughts may take besides the answer's own.
        proxy: an http, https, socks5 or socks5h URL; empty: the environment's.
    """

    name = "gemini_legacy"

    def __init__(
        self, *, model: str, api_url: str, key: str | None, timeout: float, thinking: int, proxy: str
    ) -> None:
        self._service = Service("Gemini", "gemini_legacy", KEY, model, api_url, "[gemini_legacy] api_url")
        self._key = key
        self._timeout = timeout
        self._thinking = thinking
        self._proxy = proxy
        self._opening = asyncio.Lock()
        self._threads: ThreadPoolExecutor | None = None

    async def ask(self, prompt: Prompt) -> Answer:
        """Ask once."""
        threads = await self._opened()
        try:
            # The library's time-out begins anew with each piece of an answer.
            async with asyncio.timeout(self._timeout + 1):
                reply = await asyncio.get_running_loop().run_in_executor(threads, self._ask, prompt)
        except TimeoutError as error:
            raise unreachable(self._service, "it didn't answer in time") from error
        return answer_of(reply, self._service)

    async def open(self) -> None:
        """Load the library, which takes a second that the first question else waits for.

        Raises:
            ModelSettingsError: it can't be used as it's set up.
        """
        await self._opened()

    async def close(self) -> None:
        """End the threads; the next question starts them anew."""
        threads, self._threads = self._threads, None
        if threads is not None:
            threads.shutdown(wait=False, cancel_futures=True)

    async def _opened(self) -> ThreadPoolExecutor:
        async with self._opening:
            if self._threads is None:
                if not self._key:
                    raise ModelSettingsError(f"Gemini needs a key. Set {KEY}.")
                await asyncio.to_thread(self._open, self._key)
                self._threads = ThreadPoolExecutor(_THREADS, "gemini_legacy")
            return self._threads

    def _open(self, key: str) -> None:
        require("google.generativeai", "legacy")
        # That its support has ended stands in config.toml; nobody who reads the log can change it.
        warnings.filterwarnings("ignore", r"(?s).*google\.(generativeai|api_core)", FutureWarning)
        from google.generativeai.client import configure, get_default_generative_client

        configure(api_key=key, transport="rest", client_options={"api_endpoint": self._service.url})
        transport: Any = get_default_generative_client().transport
        session = transport._session  # noqa: SLF001 - no other way in
        session.max_redirects = 0  # it would hand the key on to wherever it's redirected
        if self._proxy:
            session.trust_env = False
            session.proxies = {"http": self._proxy, "https": self._proxy}

    def _ask(self, prompt: Prompt) -> Reply:
        import requests
        from google.api_core.exceptions import GoogleAPIError
        from google.auth.exceptions import TransportError
        from google.generativeai.generative_models import GenerativeModel
        from google.protobuf.json_format import ParseError

        model = GenerativeModel(
            self._service.model,
            system_instruction=prompt.orders,
            generation_config={
                "response_mime_type": "application/json",
                "response_schema": _proto(narrowed(prompt.schema, _KEYWORDS)),
                "max_output_tokens": prompt.most_tokens + self._thinking,
            },
        )
        # With its own retries, a 503 would be asked again for minutes, past the time-out.
        options: Any = {"retry": None, "timeout": self._timeout}
        try:
            response = model.generate_content(prompt.data, request_options=options)
        except (GoogleAPIError, requests.TooManyRedirects) as error:
            raise self._refused(error) from error
        except requests.Timeout as error:
            raise unreachable(self._service, "it didn't answer in time") from error
        except (requests.RequestException, TransportError) as error:
            raise unreachable(self._service, "no connection") from error
        except (ParseError, ValueError) as error:
            raise no_answer(self._service) from error
        return _read(response)

    def _refused(self, error: Any) -> ModelError:
        response = getattr(error, "response", None)
        if response is None:
            return no_answer(self._service)
        try:
            body = response.json()
        except ValueError:
            body = response.text
        header = response.headers.get("Retry-After")
        refusal = read_refusal(response.status_code, body, header, datetime.now(UTC))
        return error_of(refusal, self._service, self._key or "")


def _proto(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return a schema by the names of the library's message."""
    names = {"minItems": "min_items", "maxItems": "max_items"}
    made = {names.get(keyword, keyword): value for keyword, value in schema.items()}
    made["type"] = str(schema["type"]).upper()
    if "properties" in schema:
        made["properties"] = {name: _proto(each) for name, each in schema["properties"].items()}
    if "items" in schema:
        made["items"] = _proto(schema["items"])
    return made


def _read(response: Any) -> Reply:
    candidate = response.candidates[0] if response.candidates else None
    usage = response.usage_metadata
    block = response.prompt_feedback.block_reason
    return Reply(
        text="".join(part.text for part in candidate.content.parts) if candidate else "",
        finish=candidate.finish_reason.name if candidate else "",
        block=block.name if block else "",
        model=getattr(response._result, "model_version", ""),  # noqa: SLF001
        tokens_in=usage.prompt_token_count,
        # Thoughts have no field of their own here; they are what is left.
        tokens_out=usage.total_token_count - usage.prompt_token_count,
    )
