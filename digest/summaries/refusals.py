"""What a provider's refusal means, in our errors and our words; knows HTTP's numbers, no library. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

from digest.backoff import LONGEST_WAIT
from digest.errors import ModelAnswerError, ModelBusyError, ModelError, ModelQuotaError, ModelSettingsError

_SAID = 160  # characters of a provider's own words that an error repeats
_KEY_CODES = frozenset({"API_KEY_INVALID", "invalid_api_key"})
_PAID_UP = frozenset({"insufficient_quota", "billing_hard_limit_reached"})
_BLOCKED = frozenset({"content_filter", "content_policy_violation"})
_TOO_LONG = (
    "context_length_exceeded",
    "context length",
    "context window",
    "exceeds the maximum number of tokens",
)
_NO_MODEL = ("not found", "not exist", "no such model", "unknown model", "invalid model")


@dataclass(frozen=True, slots=True)
class Service:
    """One provider as it's set up, as far as errors speak of it.

    Attributes:
        title: its name for people.
        section: of config.toml.
        key: the variable that holds its key.
        model: the one that settings name.
        url: where it is.
        url_setting: the setting that says so.
    """

    title: str
    section: str
    key: str
    model: str
    url: str
    url_setting: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """An answer that isn't one.

    Attributes:
        status: of HTTP.
        code: the provider's own word for it, such as ``API_KEY_INVALID``; may be empty.
        message: the provider's sentence; may be empty, or a whole page.
        retry_after: how long it asks us to wait, in seconds, if it says so.
        daily: a day's quota is used up.
    """

    status: int
    code: str
    message: str
    retry_after: float | None = None
    daily: bool = False


def error_of(refusal: Refusal, service: Service, secret: str = "") -> ModelError:
    """Say what a refusal means and what to do.

    Args:
        refusal: what came.
        service: who refused.
        secret: the key; it's taken out of what the provider says.
    """
    words = said(refusal.message, secret)
    quoted = f": {words}" if words else ""
    return (
        _quota_error(refusal, service, quoted)
        or _settings_error(refusal, service, quoted)
        or _busy_error(refusal, service)
        or _answer_error(refusal, service, quoted)
    )


def unreachable(service: Service, why: str) -> ModelBusyError:
    """Say that no answer came.

    Args:
        service: who didn't answer.
        why: as a clause, such as “no connection”.
    """
    host = host_of(service.url)
    where = service.title if service.title == host else f"{service.title} at {host}"
    return ModelBusyError(f"Can't reach {where}: {why}. Check {service.url_setting} if it lasts.")


def host_of(url: str) -> str:
    """Return the host and port of a URL, without a password."""
    return urlsplit(url).netloc.rpartition("@")[2]


def no_answer(service: Service) -> ModelAnswerError:
    """Say that something else than a model's answer came, such as a page."""
    return ModelAnswerError(
        f"What came from {service.title} isn't a model's answer. Check {service.url_setting} if it lasts."
    )


def said(message: str, secret: str = "") -> str:
    """Return a provider's words as one short clause without the key; nothing of a page or of no words."""
    if secret:
        message = message.replace(secret, "…")
    words = " ".join("".join(c if c.isprintable() else " " for c in message).split())
    if words.startswith("<"):
        return ""
    return (words if len(words) <= _SAID else f"{words[: _SAID - 1].rsplit(' ', 1)[0]} …").rstrip(".")


def _quota_error(refusal: Refusal, service: Service, quoted: str) -> ModelError | None:
    wait = refusal.retry_after
    if refusal.code in _PAID_UP or refusal.status == HTTPStatus.PAYMENT_REQUIRED:
        return ModelQuotaError(f"{service.title} has no credit left for this key{quoted}. Top it up.")
    if refusal.status != HTTPStatus.TOO_MANY_REQUESTS:
        return None
    if refusal.daily:
        return ModelQuotaError(f"{service.title}'s quota for the day is used up for this key.", wait)
    if wait is not None and wait > LONGEST_WAIT:
        return ModelQuotaError(f"{service.title}'s quota is used up for this key.", wait)
    return ModelBusyError(f"{service.title} gets too many requests at once (HTTP 429).", wait)


def _settings_error(refusal: Refusal, service: Service, quoted: str) -> ModelError | None:
    where = f"{service.title} (HTTP {refusal.status})"
    if refusal.status == HTTPStatus.UNAUTHORIZED or refusal.code in _KEY_CODES:
        return ModelSettingsError(f"{where} doesn't accept the key. Set {service.key} to a valid one.")
    if _is_about_the_model(refusal, service.model):
        return ModelSettingsError(
            f"{where} has no model “{service.model}”. Set [{service.section}] model to one that it has."
        )
    if refusal.status == HTTPStatus.FORBIDDEN:
        return ModelSettingsError(f"{where} doesn't let this key in{quoted}. Check {service.key}.")
    if refusal.status == HTTPStatus.NOT_FOUND or refusal.status < HTTPStatus.BAD_REQUEST:
        return ModelSettingsError(
            f"{where} isn't at this address. Check {service.url_setting} and [{service.section}] model."
        )
    if refusal.code == "FAILED_PRECONDITION":
        return ModelSettingsError(f"{where} doesn't serve this account or place{quoted}.")
    return None


def _is_about_the_model(refusal: Refusal, model: str) -> bool:
    if refusal.code == "model_not_found":
        return True
    if refusal.status == HTTPStatus.NOT_FOUND:
        return model in refusal.message
    about = "model" in refusal.message.casefold() and _mentions(refusal, _NO_MODEL)
    return refusal.status == HTTPStatus.BAD_REQUEST and about


def _busy_error(refusal: Refusal, service: Service) -> ModelError | None:
    if refusal.status < HTTPStatus.INTERNAL_SERVER_ERROR and refusal.status != HTTPStatus.REQUEST_TIMEOUT:
        return None
    return ModelBusyError(
        f"{service.title} (HTTP {refusal.status}) is overloaded or out of order. Try again later.",
        refusal.retry_after,
    )


def _answer_error(refusal: Refusal, service: Service, quoted: str) -> ModelError:
    if refusal.code in _BLOCKED:
        return ModelAnswerError(f"{service.title} blocked the question.")
    if refusal.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE or _mentions(refusal, _TOO_LONG):
        return ModelAnswerError(f"The text is too long for {service.model}.")
    return ModelAnswerError(f"{service.title} (HTTP {refusal.status}) rejected the question{quoted}.")


def _mentions(refusal: Refusal, phrases: tuple[str, ...]) -> bool:
    text = f"{refusal.code} {refusal.message}".casefold()
    return any(phrase in text for phrase in phrases)
