"""What `digest.writers.LanguageModel` promises, held over every provider through its real library."""

from __future__ import annotations

import asyncio
import json
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from bot.models import MAKERS
from digest.errors import ModelAnswerError, ModelBusyError, ModelError, ModelQuotaError, ModelSettingsError
from digest.summaries.gemini import GeminiModel
from digest.summaries.gemini_legacy import LegacyGeminiModel
from digest.summaries.openai import OpenAIModel
from digest.summaries.patient import PatientModel
from digest.writers import Answer, Prompt
from tests.servers.clock import Clock
from tests.servers.defects import good
from tests.servers.gemini import GeminiServer
from tests.servers.models import KEY, MODEL, REALLY, THOUGHTS, Fault, ModelServer, serve
from tests.servers.openai import OpenAIServer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from digest.summaries.patient import Adapter

SCHEMA = {
    "type": "object",
    "properties": {
        "sentence": {"type": "string", "maxLength": 200, "description": "What the paper does."},
        "takeaways": {
            "type": "array",
            "minItems": 3,
            "maxItems": 7,
            "items": {"type": "string", "maxLength": 160},
        },
    },
    "required": ["sentence", "takeaways"],
    "additionalProperties": False,
}
PROMPT = Prompt(
    orders="Summarize the paper between the fences.",
    data="<<<\nWe study the bends of rivers. Nine rivers were measured for a year. A model explains eight of "
    "them. Floods explain the ninth river.\n>>>",
    schema=SCHEMA,
    most_tokens=300,
)


@dataclass
class Provider:
    """One provider of the suite.

    Attributes:
        name: as settings have it.
        server: what the adapter reaches.
        make: makes an adapter.
        loop: runs what is asked, so that connections may stay open from test to test.
        model: an adapter that tries once, for whoever needs no other.
    """

    name: str
    server: ModelServer
    make: Callable[..., Adapter]
    loop: asyncio.Runner

    def __post_init__(self) -> None:
        self.model = self.adapter()

    def adapter(self, **changes: Any) -> Adapter:
        """Make an adapter that tries once."""
        options = {"model": MODEL, "key": KEY, "timeout": 60.0, "thinking": 100, "proxy": ""} | changes
        address = f"{self.server.url}/v1" if self.name == "openai" else self.server.url
        options.setdefault("base_url" if self.name == "openai" else "api_url", address)
        return self.make(**options)

    def ask(self, prompt: Prompt = PROMPT, **changes: Any) -> Answer:
        """Ask one question, of an adapter of its own where something is changed."""
        model = self.adapter(**changes) if changes else self.model
        try:
            return self.loop.run(model.ask(prompt))
        finally:
            if changes:
                self.loop.run(model.close())

    def error_of(self, fault: Fault, **changes: Any) -> ModelError:
        """Ask while something goes wrong."""
        self.server.faults = [fault]
        with pytest.raises(ModelError) as raised:
            self.ask(**changes)
        return raised.value


@pytest.fixture(scope="module", params=sorted(MAKERS))
def running(request: pytest.FixtureRequest) -> Iterator[Provider]:
    """Each provider that settings can name."""
    server_of: dict[str, tuple[type[ModelServer], Callable[..., Adapter]]] = {
        "gemini": (GeminiServer, GeminiModel),
        "openai": (OpenAIServer, OpenAIModel),
        "gemini_legacy": (GeminiServer, LegacyGeminiModel),
    }
    kind, make = server_of[request.param]
    with serve(kind(good)) as server, asyncio.Runner() as loop:
        provider = Provider(request.param, server, make, loop)
        yield provider
        loop.run(provider.model.close())


@pytest.fixture
def provider(running: Provider) -> Iterator[Provider]:
    """The same, as if it were just started; every request must be one that the provider's schema allows."""
    server = running.server
    server.faults, server.answer = [], good
    server.held.clear()
    server.questions.clear()
    server.requests = server.tokens_in = server.tokens_out = 0
    yield running
    assert server.complaints == []


def test_an_answer_comes_with_who_gave_it_and_what_it_took(provider: Provider) -> None:
    """JSON by the schema, the model that really answered, and tokens with hidden thoughts."""
    answer = provider.ask()
    made = json.loads(answer.text)
    assert set(made) == {"sentence", "takeaways"}
    assert made["takeaways"][0] == "Nine rivers were measured for a year."
    assert answer.model == REALLY
    assert answer.tokens_in == provider.server.tokens_in == len(f"{PROMPT.orders} {PROMPT.data}".split())
    assert answer.tokens_out == provider.server.tokens_out == len(answer.text.split()) + THOUGHTS


def test_orders_and_data_are_kept_apart(provider: Provider) -> None:
    """What a paper says never stands among our orders."""
    provider.ask()
    (question,) = provider.server.questions
    assert question.orders == PROMPT.orders
    assert question.data == PROMPT.data
    assert question.most_tokens == 400
    assert question.schema
    assert set(question.schema["properties"]) == {"sentence", "takeaways"}


@pytest.mark.parametrize(
    ("fault", "kind", "words"),
    [
        (Fault.RATE, ModelBusyError, "gets too many requests at once (HTTP 429)."),
        (Fault.LONG_RATE, ModelQuotaError, "'s quota is used up for this key."),
        (Fault.DAY, ModelQuotaError, "'s quota for the day is used up for this key."),
        (Fault.NO_CREDIT, ModelQuotaError, "has no credit left for this key: "),
        (Fault.BUSY, ModelBusyError, "(HTTP 503) is overloaded or out of order. Try again later."),
        (Fault.PAGE, ModelBusyError, "(HTTP 502) is overloaded or out of order. Try again later."),
        (Fault.DROPPED, ModelBusyError, "Can't reach "),
        (Fault.TORN, ModelBusyError, "Can't reach "),
        (Fault.CUT, ModelAnswerError, "cut the answer off; [{section}] thinking gives it more room."),
        (Fault.BLOCKED_QUESTION, ModelAnswerError, "blocked the question"),
        (Fault.BLOCKED_ANSWER, ModelAnswerError, "blocked the answer"),
        (Fault.EMPTY, ModelAnswerError, "gave an empty answer."),
        (Fault.NOTHING, ModelAnswerError, "gave an empty answer."),
        (Fault.PORTAL, ModelAnswerError, "isn't a model's answer. Check [{section}] "),
        (Fault.TOO_LONG, ModelAnswerError, f"The text is too long for {MODEL}."),
        (Fault.NO_MODEL, ModelSettingsError, f"has no model “{MODEL}”. Set [{{section}}] model"),
        (Fault.BAD_KEY, ModelSettingsError, "doesn't accept the key. Set {key} to a valid one."),
        (Fault.MOVED, ModelSettingsError, "(HTTP 302) isn't at this address. Check [{section}] "),
        (Fault.FORBIDDEN, ModelSettingsError, "doesn't let this key in: … "),
    ],
)
def test_each_fault_is_an_error_of_ours(
    provider: Provider, fault: Fault, kind: type[ModelError], words: str
) -> None:
    """Of the right kind, with a sentence that names the setting where one helps; asked once, not again."""
    error = provider.error_of(fault)
    key = "OPENAI_API_KEY" if provider.name == "openai" else "GEMINI_API_KEY"
    assert type(error) is kind
    assert words.format(section=provider.name, key=key) in str(error)
    assert provider.server.requests == 1


@pytest.mark.parametrize(
    ("fault", "low", "high"), [(Fault.RATE, 7, 7), (Fault.LONG_RATE, 3600, 3600), (Fault.DAY, 0, 25 * 3600)]
)
def test_how_long_to_wait_is_handed_on(provider: Provider, fault: Fault, low: float, high: float) -> None:
    """Retry-After and RetryInfo in seconds; for a day's quota, until there's more."""
    error = provider.error_of(fault)
    assert isinstance(error, ModelBusyError | ModelQuotaError)
    assert error.retry_after is not None
    assert low <= error.retry_after <= high


@pytest.mark.parametrize("fault", [Fault.CUT, Fault.BLOCKED_ANSWER, Fault.EMPTY, Fault.NOTHING])
def test_an_answer_of_no_use_is_paid_for(provider: Provider, fault: Fault) -> None:
    """The error says who took how many tokens, so that costs are right."""
    error = provider.error_of(fault)
    assert isinstance(error, ModelAnswerError)
    assert error.model == REALLY
    assert (error.tokens_in, error.tokens_out) == (provider.server.tokens_in, provider.server.tokens_out)
    assert error.tokens_out > 0


@pytest.mark.parametrize("fault", [Fault.CUT_QUIETLY, Fault.WRONG_SCHEMA])
def test_what_the_model_wrote_is_handed_on_unchecked(provider: Provider, fault: Fault) -> None:
    """JSON that is cut without a word, or isn't what was asked for, is for the check to find."""
    provider.server.faults = [fault]
    answer = provider.ask()
    assert answer.text
    assert answer.model == REALLY


def test_an_answer_that_takes_too_long_is_given_up(provider: Provider) -> None:
    """The whole answer has to come in time."""
    error = provider.error_of(Fault.SLOW, timeout=0.2)
    assert type(error) is ModelBusyError
    assert "it didn't answer in time" in str(error)


def test_a_server_that_isnt_there_is_named(provider: Provider) -> None:
    """Host, why, and the setting that says where it is."""
    setting = "base_url" if provider.name == "openai" else "api_url"
    changes: dict[str, Any] = {setting: "http://127.0.0.1:1/v1"}
    with pytest.raises(ModelBusyError, match=rf"127\.0\.0\.1:1: no connection. Check \[.*\] {setting}"):
        provider.ask(**changes)


def test_a_model_that_is_gone_names_the_setting(provider: Provider) -> None:
    """As the server itself says it of a name that it doesn't have."""
    with pytest.raises(ModelSettingsError, match=r"has no model “gone-1”. Set \[\w+\] model to one"):
        provider.ask(model="gone-1")


def test_without_a_key_nobody_is_asked(provider: Provider) -> None:
    """The sentence names the variable."""
    changes: dict[str, Any] = {"key": None}
    changes |= {"base_url": "https://api.openai.com/v1"} if provider.name == "openai" else {}
    with pytest.raises(ModelSettingsError, match=r"needs a key. Set (GEMINI|OPENAI)_API_KEY."):
        provider.ask(**changes)
    assert provider.server.requests == 0


def test_the_proxy_of_the_settings_is_used(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the environment says."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("NO_PROXY", "*")
    setting = "base_url" if provider.name == "openai" else "api_url"
    changes: dict[str, Any] = {setting: "http://elsewhere.invalid/v1", "proxy": provider.server.url}
    with pytest.raises(ModelError):
        provider.ask(**changes)
    assert provider.server.requests == 1


def test_many_questions_share_one_opening(provider: Provider) -> None:
    """Eight at the same time are answered, each with its own answer."""
    model = provider.adapter()
    prompts = [Prompt(f"Order {n}.", PROMPT.data, SCHEMA, 300) for n in range(8)]

    async def together() -> None:
        answers = await asyncio.gather(*(model.ask(prompt) for prompt in prompts))
        assert len(answers) == 8
        await model.close()

    provider.loop.run(together())
    assert {question.orders for question in provider.server.questions} == {f"Order {n}." for n in range(8)}


def test_a_model_that_was_closed_opens_anew(provider: Provider) -> None:
    """Closing ends connections, not the model."""
    model = provider.adapter()

    async def twice() -> Answer:
        await model.open()
        await model.ask(PROMPT)
        await model.close()
        answer = await model.ask(PROMPT)
        await model.close()
        return answer

    assert provider.loop.run(twice()).model == REALLY


def test_a_question_may_be_cancelled(provider: Provider) -> None:
    """Whoever asked can go away, and the next question is answered."""
    provider.server.faults = [Fault.SLOW]

    async def impatient() -> Answer:
        await provider.model.open()
        asked = asyncio.create_task(provider.model.ask(PROMPT))
        assert await asyncio.to_thread(provider.server.held.wait, 60)
        asked.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asked
        return await provider.model.ask(PROMPT)

    assert provider.loop.run(impatient()).model == REALLY


@pytest.mark.parametrize("fault", [Fault.BAD_KEY, Fault.FORBIDDEN, Fault.BUSY, Fault.DROPPED, None])
def test_the_key_is_in_no_log_error_or_repr(
    provider: Provider, caplog: pytest.LogCaptureFixture, fault: Fault | None
) -> None:
    """Not even at "debug", or where the server repeats it."""
    caplog.set_level(logging.DEBUG)
    provider.server.faults = [fault] if fault else []
    text = repr(provider.model)
    try:
        provider.ask(timeout=59.0)  # by an adapter of its own, so that opening is looked at too
    except ModelError as error:
        text += repr(error)
    assert KEY not in text
    assert KEY not in caplog.text


def ask_patiently(provider: Provider, clock: Clock) -> Answer:
    """Ask as the program does."""
    model = PatientModel(provider.model, sleep=clock.sleep, random=lambda: 0.5, most_tries=3)
    return provider.loop.run(model.ask(PROMPT))


@pytest.mark.parametrize("fault", [Fault.BUSY, Fault.PAGE, Fault.DROPPED, Fault.RATE])
def test_trouble_that_passes_is_ridden_out(provider: Provider, fault: Fault) -> None:
    """Two bad answers and then a good one are a success; bad ones without end an error after three."""
    clock = Clock()
    provider.server.faults = [fault, fault]
    assert ask_patiently(provider, clock).model == REALLY
    assert len(clock.slept) == 2
    provider.server.faults = [fault] * 9
    provider.server.requests = 0
    with pytest.raises(ModelBusyError):
        ask_patiently(provider, clock)
    assert provider.server.requests == 3


def test_the_wait_that_the_server_asks_for_is_kept(provider: Provider) -> None:
    """Seven seconds are seven seconds, for Retry-After and RetryInfo alike."""
    clock = Clock()
    provider.server.faults = [Fault.RATE]
    ask_patiently(provider, clock)
    assert clock.slept == [7.0]


@pytest.mark.parametrize("fault", [Fault.LONG_RATE, Fault.DAY, Fault.NO_MODEL, Fault.BAD_KEY, Fault.CUT])
def test_what_waiting_doesnt_help_is_asked_once(provider: Provider, fault: Fault) -> None:
    """So the next in the chain works at once."""
    clock = Clock()
    provider.server.faults = [fault]
    with pytest.raises(ModelError):
        ask_patiently(provider, clock)
    assert provider.server.requests == 1
    assert clock.slept == []
