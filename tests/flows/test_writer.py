"""A model is asked once, and once more with what didn't pass; nothing that failed is in the brief."""

from __future__ import annotations

import asyncio
import json
import tomllib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from digest.errors import ModelBusyError
from digest.latex import readable
from digest.model import Provenance
from digest.repairs import NONE
from digest.summaries.extract import extract
from digest.summaries.prompt import brief_prompt
from digest.summaries.writer import Writer
from tests.conftest import ROOT
from tests.models import KEYWORDS, SENTENCE, TAKEAWAYS, ScriptedModel, answer
from tests.papers import paper

if TYPE_CHECKING:
    from digest.records import Written

ATTACKS = tomllib.loads((ROOT / "tests/core/check_corpus/attacks.toml").read_text("utf-8"))["attack"]
BROKEN = "It bends " + "and bends " * 30
"""Far too long for a sentence."""


def written(model: ScriptedModel, language: str = "en") -> Written:
    """Have a brief of a paper written."""
    return asyncio.run(Writer(model).write(paper(), language))


def test_a_good_answer_takes_one_call() -> None:
    """The brief is what the model wrote, and names the model that answered, who that is and what it read."""
    model = ScriptedModel()
    brief = written(model).brief
    assert (brief.sentence, brief.takeaways, brief.keywords) == (SENTENCE, TAKEAWAYS, KEYWORDS)
    assert (brief.provenance, brief.repairs) == (Provenance("gemini-test-001", "abstract", "gemini"), NONE)
    assert len(model.asked) == 1


@pytest.mark.parametrize(
    "around", ["```json\n{}\n```", "Sure, here is the summary:\n{}\nI hope it helps.", "{}"]
)
def test_words_around_the_answer_are_left_behind(around: str) -> None:
    """A fence and chatter of servers that don't enforce a schema cost no second call."""
    model = ScriptedModel([around.replace("{}", answer())])
    assert written(model).brief.sentence == SENTENCE
    assert len(model.asked) == 1


def test_what_did_not_pass_is_asked_for_once_more() -> None:
    """With the answer and what is wrong with it; what comes then is the brief, and both are its story."""
    model = ScriptedModel([answer(sentence=BROKEN), answer()])
    found = written(model)
    assert found.brief.sentence == SENTENCE
    assert found.brief.repairs == NONE
    assert "DATA PROBLEMS BEGINS" in model.asked[1].data
    assert BROKEN.strip() in model.asked[1].data
    assert [attempt.complaints == () for attempt in found.attempts] == [False, True]
    assert json.loads(found.attempts[0].text)["sentence"] == BROKEN


def test_nobody_is_asked_a_third_time() -> None:
    """What fails again gives its place to the paper's own words, and the brief says so."""
    model = ScriptedModel([answer(sentence=BROKEN)])
    brief = written(model).brief
    assert len(model.asked) == 2
    assert brief.sentence == extract(paper()).sentence
    assert brief.takeaways == TAKEAWAYS
    assert brief.repairs.sentence


@pytest.mark.parametrize(
    "rubbish", ["", "I can't do that.", "[]", '{"sentence": 1}', '{"sentence": "cut', "\ud800{}"]
)
def test_an_answer_that_is_none_is_asked_for_once_more(rubbish: str) -> None:
    """Text, other JSON, half an object: the second answer counts; of two of them nothing is shown."""
    assert written(ScriptedModel([rubbish, answer()])).brief.sentence == SENTENCE
    assert written(ScriptedModel([answer(sentence=BROKEN), rubbish])).brief.takeaways == TAKEAWAYS
    nothing = written(ScriptedModel([rubbish]))
    assert nothing.brief == replace(extract(paper()), repairs=nothing.brief.repairs)
    assert nothing.brief.repairs.sentence
    assert [attempt.complaints for attempt in nothing.attempts] == 2 * [
        ("The answer isn't the JSON object that was asked for.",)
    ]


def test_a_field_that_is_missing_costs_no_other() -> None:
    """Or one of another type: the rest is checked, asked for once more, and what never came is said."""
    brief = written(ScriptedModel([answer(takeaways=None, keywords=[7, "rivers"])])).brief
    assert (brief.sentence, brief.keywords) == (SENTENCE, ("rivers",))
    assert brief.repairs.takeaways


def test_a_second_call_that_fails_costs_no_brief() -> None:
    """What passed of the first answer is shown; without any there's none."""
    busy = ModelBusyError("overloaded")
    assert written(ScriptedModel([answer(sentence=BROKEN), busy])).brief.takeaways == TAKEAWAYS
    with pytest.raises(ModelBusyError):
        written(ScriptedModel(["rubbish", busy]))
    with pytest.raises(ModelBusyError):
        written(ScriptedModel([busy]))


@pytest.mark.parametrize("attack", ATTACKS, ids=[attack["name"] for attack in ATTACKS])
def test_a_model_that_obeys_a_paper_gains_it_nothing(attack: dict[str, Any]) -> None:
    """The abstract's orders stay inside the fence, and what a model wrote that followed them isn't shown.

    Not the first time, nor when it's asked again; what a brief then says is the paper's own.
    """
    obeyed = attack["obeyed"]
    model = ScriptedModel([answer(sentence=obeyed[0], takeaways=obeyed, keywords=obeyed)])
    attacking = paper(title="A study", abstract=attack["abstract"])
    brief = asyncio.run(Writer(model).write(attacking, attack["language"])).brief
    assert brief == replace(extract(attacking), repairs=brief.repairs)
    assert brief.repairs.sentence
    orders = brief_prompt(paper(), attack["language"]).orders
    assert model.asked[0].orders == orders
    inside = model.asked[0].data.split("\n")[1:-1]
    assert any(readable(attack["abstract"])[:30] in line for line in inside)
