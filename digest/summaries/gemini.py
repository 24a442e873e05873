"""Gemini through google-genai."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from digest.errors import ModelSettingsError
from digest.summaries.connection import describe, open_connections
from digest.summaries.google_answers import Reply, answer_of
from digest.summaries.google_errors import read_refusal
from digest.summaries.refusals import Service, error_of, no_answer, unreachable
from digest.summaries.schemas import narrowed

if TYPE_CHECKING:
    import httpx2
    from google.genai import Client
    from google.genai.types import GenerateContentConfig, GenerateContentResponse

    from digest.writers import Answer, Prompt

KEY = "GEMINI_API_KEY"
_VERSION = "v1beta"  # names such as gemini-flash-latest exist on this one alone
_MILLISECONDS = 1000

# https://ai.google.dev/gemini-api/docs/structured-output#json_schema_support
_KEYWORDS = frozenset(
    """type format title description enum items minItems maxItems minimum maximum properties required
    additionalProperties""".split()
)


class GeminiModel:
    """A `digest.writers.LanguageModel`; one try a question.

    Args:
        model: as Google names it.
        api_url: where Gemini is, without the API's version.
        key: None if there is none, which every question then says.
        timeout: seconds in which the whole answer must come.
        thinking: tokens that thoughts may take besides the answer's own.
        proxy: an http, https, socks5 or socks5h URL; empty: the environment's.
    """

    name = "gemini"

    def __init__(
        self, *, model: str, api_url: str, key: str | None, timeout: float, thinking: int, proxy: str
    ) -> None:
        self._service = Service("Gemini", "gemini", KEY, model, api_url, "[gemini] api_url")
        self._key = key
        self._timeout = timeout
        self._thinking = thinking
        self._proxy = proxy
        self._opening = asyncio.Lock()
        self._connections: httpx2.AsyncClient | None = None
        self._client: Client | None = None

    async def ask(self, prompt: Prompt) -> Answer:
        """Ask once."""
        client = await self._opened()
        from google.genai.errors import APIError
        from httpx2 import RequestError

        try:
            async with asyncio.timeout(self._timeout):
                response = await client.aio.models.generate_content(
                    model=self._service.model, contents=prompt.data, config=self._config(prompt)
                )
        except APIError as error:
            headers = getattr(error.response, "headers", {})
            body = error.details or error.message
            refusal = read_refusal(error.code, body, headers.get("Retry-After"), datetime.now(UTC))
            raise error_of(refusal, self._service, self._key or "") from error
        except (RequestError, TimeoutError) as error:
            raise unreachable(self._service, describe(error)) from error
        except ValueError as error:  # JSON that isn't, or isn't an answer
            raise no_answer(self._service) from error
        return answer_of(_read(response), self._service)

    async def open(self) -> None:
        """Load the library and open connections, which takes a second that the first question else waits for.

        Raises:
            ModelSettingsError: it can't be used as it's set up.
        """
        await self._opened()

    async def close(self) -> None:
        """Close every connection; the next question opens them anew."""
        connections, client = self._connections, self._client
        self._connections = self._client = None
        if connections is not None:
            await connections.aclose()
        if client is not None:
            client.close()

    async def _opened(self) -> Client:
        async with self._opening:
            if self._client is None:
                if not self._key:
                    raise ModelSettingsError(f"Gemini needs a key. Set {KEY}.")
                # Loading the library takes a second.
                opened = await asyncio.to_thread(self._open, self._key)
                self._connections, self._client = opened
            return self._client

    def _open(self, key: str) -> tuple[httpx2.AsyncClient, Client]:
        from google.genai import Client
        from google.genai.types import HttpOptions

        connections = open_connections(self._proxy)
        options = HttpOptions(
            base_url=self._service.url,
            api_version=_VERSION,
            timeout=int(self._timeout * _MILLISECONDS),
            # With a client of ours the library makes no retry of its own.
            httpx_async_client=connections,
        )
        # Said outright, lest Google's variables in the environment lead elsewhere.
        return connections, Client(api_key=key, vertexai=False, http_options=options)

    def _config(self, prompt: Prompt) -> GenerateContentConfig:
        from google.genai.types import GenerateContentConfig

        return GenerateContentConfig(
            system_instruction=prompt.orders,
            response_mime_type="application/json",
            response_json_schema=narrowed(prompt.schema, _KEYWORDS),
            max_output_tokens=prompt.most_tokens + self._thinking,
        )


def _read(response: GenerateContentResponse) -> Reply:
    candidate = response.candidates[0] if response.candidates else None
    parts = (candidate.content.parts if candidate and candidate.content else None) or ()
    usage = response.usage_metadata
    feedback = response.prompt_feedback
    finish = candidate.finish_reason if candidate else None
    block = feedback.block_reason if feedback else None
    return Reply(
        text="".join(part.text or "" for part in parts if not part.thought),
        finish=finish.value if finish else "",
        block=block.value if block else "",
        model=response.model_version or "",
        tokens_in=(usage.prompt_token_count or 0) if usage else 0,
        tokens_out=(usage.candidates_token_count or 0) + (usage.thoughts_token_count or 0) if usage else 0,
    )
