"""Language models of tests: they answer what a test says, and count how often they're asked."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from digest.writers import Answer

if TYPE_CHECKING:
    import asyncio

    from digest.writers import Prompt

SENTENCE = "A model of bending explains nine rivers out of ten."
TAKEAWAYS = ("Rivers bend.", "The authors propose a model of bending.", "Nine rivers fit the model.")
KEYWORDS = ("rivers", "bending", "river models")


def answer(**fields: Any) -> str:
    """Write the answer of a model that did well, with some fields as you like."""
    good = {"sentence": SENTENCE, "takeaways": TAKEAWAYS, "keywords": KEYWORDS}
    return json.dumps(good | fields, ensure_ascii=False)


@dataclass
class ScriptedModel:
    """A `digest.writers.LanguageModel` that says its lines one after the other, the last again and again.

    Attributes:
        lines: texts of answers, or errors to raise.
        name: the provider's.
        answers_as: the model that it says it is.
        held: answers wait for this, where there is one.
    """

    lines: list[str | Exception] = field(default_factory=lambda: [answer()])
    name: str = "gemini"
    answers_as: str = "gemini-test-001"
    tokens: tuple[int, int] = (1_000, 100)
    held: asyncio.Event | None = None
    asked: list[Prompt] = field(default_factory=list)

    async def ask(self, prompt: Prompt) -> Answer:
        """Say the next line."""
        self.asked.append(prompt)
        line = self.lines[min(len(self.asked), len(self.lines)) - 1]
        if self.held:
            await self.held.wait()
        if isinstance(line, Exception):
            raise line
        return Answer(line, self.answers_as, *self.tokens)

    async def close(self) -> None:
        """Hold nothing."""
