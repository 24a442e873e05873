"""Is this a request of Discord's? Its own OpenAPI description decides, where it lies beside the project."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .request import Request


def ready() -> None:
    """Read the description, if it's there."""


def check(request: Request, violations: list[str]) -> None:
    """Hold a request's body against the description."""
