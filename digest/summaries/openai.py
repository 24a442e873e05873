"""OpenAI, and every server that speaks its language: Ollama, vLLM, llama.cpp, DeepSeek and many more.

How much of OpenAI's language a server understands is found out by asking; see `digest.summaries.dialects`.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from digest.backoff import read_retry_after
from digest.errors import ModelAnswerError, ModelSettingsError
from digest.summaries.connection import describe, open_connections, require
from digest.summaries.dialects import OPENAIS, OTHERS, simpler
from digest.summaries.refusals import Refusal, Service, error_of, host_of, no_answer, unreachable
from digest.writers import Answer

if TYPE_CHECKING:
    import httpx2
    from openai import APIStatusError, AsyncOpenAI
    from openai.types.chat import ChatCompletion

    from digest.summaries.dialects import Dialect
    from digest.writers import Prompt

KEY = "OPENAI_API_KEY"
_NO_KEY = "none"  # the library wants one, servers at home don't
_MILLISECONDS = 1000


class OpenAIModel:
    """A `digest.writers.LanguageModel` behind OpenAI's chat completions; one try a question.

    Args:
        model: its name at that server.
        base_url: where the server is, such as ``http://127.0.0.1:11434/v1``.
        key: None where the server needs none.
        timeout: seconds in which the whole answer must come.
        thinking: tokens that hidden reasoning may take besides the answer's own.
        proxy: an http, https, socks5 or socks5h URL; empty: the environment's.
    """

    name = "openai"

    def __init__(
        self, *, model: str, base_url: str, key: str | None, timeout: float, thinking: int, proxy: str
    ) -> None:
        self._at_openai = f".{urlsplit(base_url).hostname}".endswith(".openai.com")
        title = "OpenAI" if self._at_openai else host_of(base_url)
        self._service = Service(title, "openai", KEY, model, base_url, "[openai] base_url")
        self._key = key
        self._timeout = timeout
        self._thinking = thinking
        self._proxy = proxy
        self._dialect = OPENAIS if self._at_openai else OTHERS
        self._opening = asyncio.Lock()
        self._connections: httpx2.AsyncClient | None = None
        self._client: AsyncOpenAI | None = None

    async def ask(self, prompt: Prompt) -> Answer:
        """Ask once, in as many forms as it takes to find one that the server understands."""
        client = await self._opened()
        import openai

        dialect, first = self._dialect, None
        while True:
            try:
                async with asyncio.timeout(self._timeout):
                    completion = await client.chat.completions.create(
                        **dialect.request(prompt, self._service.model, self._thinking)
                    )
                    break
            except openai.APIStatusError as error:
                refusal = _read(error)
                first = first or refusal
                plainer = simpler(dialect, refusal)
                if plainer is None:
                    raise error_of(first, self._service, self._key or "") from error
                dialect = plainer
            except openai.APIConnectionError as error:
                raise unreachable(self._service, describe(error.__cause__)) from error
            except TimeoutError as error:
                raise unreachable(self._service, describe(error)) from error
            except (openai.OpenAIError, ValueError) as error:  # JSON that isn't, or isn't an answer
                raise no_answer(self._service) from error
        self._dialect = dialect
        return self._answer(completion, dialect)

    async def open(self) -> None:
        """Load the library and open connections, which takes a second that the first question else waits for.

        Raises:
            ModelSettingsError: it can't be used as it's set up.
        """
        await self._opened()

    async def close(self) -> None:
        """Close every connection; the next question opens them anew."""
        connections, self._connections, self._client = self._connections, None, None
        if connections is not None:
            await connections.aclose()

    async def _opened(self) -> AsyncOpenAI:
        async with self._opening:
            if self._client is None:
                if self._at_openai and not self._key:
                    raise ModelSettingsError(f"OpenAI needs a key. Set {KEY}.")
                if not self._service.model:
                    raise ModelSettingsError("[openai] model is empty. Name one that the server has.")
                # Loading the library takes a second.
                opened = await asyncio.to_thread(self._open)
                self._connections, self._client = opened
            return self._client

    def _open(self) -> tuple[httpx2.AsyncClient, AsyncOpenAI]:
        require("openai", "openai")
        import openai

        connections = open_connections(self._proxy)
        client = openai.AsyncOpenAI(
            api_key=self._key or _NO_KEY,
            base_url=self._service.url,
            timeout=self._timeout,
            max_retries=0,
            http_client=connections,
        )
        return connections, client

    def _answer(self, completion: ChatCompletion, dialect: Dialect) -> Answer:
        if not isinstance(getattr(completion, "choices", None), list):  # the library hands on whatever came
            raise no_answer(self._service)
        usage = completion.usage
        paid: dict[str, Any] = {
            "model": completion.model or self._service.model,
            "tokens_in": (usage.prompt_tokens or 0) if usage else 0,
            "tokens_out": (usage.completion_tokens or 0) if usage else 0,
        }
        title = self._service.title
        choice = completion.choices[0] if completion.choices else None
        if choice and (choice.finish_reason == "content_filter" or choice.message.refusal):
            raise ModelAnswerError(f"{title} blocked the answer.", **paid)
        if choice and choice.finish_reason == "length":
            raise ModelAnswerError(
                f"{title} cut the answer off; [openai] thinking gives it more room.", **paid
            )
        text = dialect.read(choice.message.content or "") if choice else ""
        if not text:
            raise ModelAnswerError(f"{title} gave an empty answer.", **paid)
        return Answer(text, **paid)


def _read(error: APIStatusError) -> Refusal:
    headers = error.response.headers
    wait = read_retry_after(headers.get("retry-after"), datetime.now(UTC))
    if (exact := headers.get("retry-after-ms", "")).isdecimal():
        wait = int(exact) / _MILLISECONDS
    body = error.body
    message = body.get("message") if isinstance(body, dict) else None
    text = message if isinstance(message, str) else error.response.text
    daily = "per day" in text
    return Refusal(error.status_code, error.code or "", text, wait, daily=daily)
