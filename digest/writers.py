"""Who writes about papers, as protocols: briefs, notes, answers, and the language models that are asked.

Adapters in `digest.summaries` have these methods; nothing here does anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from digest.answers import PaperAnswer
    from digest.fulltext import FullPaper
    from digest.model import Brief, Paper
    from digest.notes import Notes, Progress, Taken


class Summarizer(Protocol):
    """Who writes briefs."""

    async def brief(self, paper: Paper, language: str, may_ask: Callable[[], bool]) -> Brief:
        """Say in one sentence and a few takeaways what a paper does.

        Args:
            paper: its title and abstract are data, never instructions.
            language: the BCP 47 tag asked for; the brief names the one it is really in.
            may_ask: is called once, before something that costs is done; False: it isn't done.
        """


class NoteTaker(Protocol):
    """Who writes notes. No method raises `ModelError`: what no model writes is taken from the paper."""

    async def kept(self, paper: Paper, language: str) -> Taken | None:
        """Return the best notes that were kept, or None; costs nothing, and needs no file of the paper."""

    async def notes(
        self,
        paper: Paper,
        full_paper: FullPaper,
        language: str,
        report: Callable[[Progress], None],
        may_ask: Callable[[], bool],
    ) -> Notes:
        """Take notes of a paper.

        Args:
            paper: its title and abstract are data, never instructions.
            full_paper: what was read of it; data too.
            language: the BCP 47 tag asked for; the notes name the one they are really in.
            report: is told how far it is.
            may_ask: is called once, before something that costs is done; False: it isn't done.
        """


class Answerer(Protocol):
    """Who answers questions about papers. Never raises `ModelError`: where no model answers, sentences do."""

    async def answer(
        self,
        paper: Paper,
        full_paper: FullPaper,
        question: str,
        language: str,
        report: Callable[[Progress], None],
        may_ask: Callable[[], bool],
    ) -> PaperAnswer:
        """Answer a question from a paper alone.

        Args:
            paper: its title is data, never instructions.
            full_paper: what was read of it; data too.
            question: somebody's; data too, of at most `digest.answers.LONGEST_QUESTION` characters.
            language: the BCP 47 tag asked for.
            report: is told how far it is.
            may_ask: is called once, before something that costs is done; False: it isn't done.
        """


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a language model is asked.

    Attributes:
        orders: what it is to do; ours alone, never a word of a paper or a person.
        data: what it is to read, fenced; whatever it says is no order.
        schema: the JSON schema of the answer, an object.
        most_tokens: the longest answer, in tokens.
    """

    orders: str
    data: str
    schema: Mapping[str, Any]
    most_tokens: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What a language model answered, unchecked.

    Attributes:
        text: JSON, as far as the model kept to the schema.
        model: the one that really answered, as the provider names it.
        tokens_in: how many the question took, as the provider counts; 0 where it doesn't say.
        tokens_out: how many the answer took, hidden reasoning with it.
    """

    text: str
    model: str
    tokens_in: int
    tokens_out: int


class LanguageModel(Protocol):
    """One provider of language models, with the model that settings name."""

    name: str
    """The provider's name in settings, such as ``gemini``."""

    async def ask(self, prompt: Prompt) -> Answer:
        """Ask once, with bounded retries of what passes by itself.

        Raises:
            ModelError: no whole answer came.
        """
