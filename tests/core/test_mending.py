"""What a brief is made of when the check took some of a model's words, and that it says so."""

from __future__ import annotations

from digest.model import Provenance
from digest.repairs import NONE, Repairs
from digest.summaries.check import Checked, Draft, Rule, Source, Violation
from digest.summaries.extract import extract
from digest.summaries.mending import best_of, is_worth_asking_again, mended
from tests.models import KEYWORDS, SENTENCE, TAKEAWAYS
from tests.papers import paper

BY = Provenance("gem", "abstract", "gemini")
OWN = extract(paper())
GOOD = Draft(SENTENCE, TAKEAWAYS, KEYWORDS)


def violation(field: str, rule: Rule = Rule.NUMBER) -> Violation:
    """Complain of a field."""
    return Violation(field, rule, "42")


def test_what_passed_is_shown_as_it_was_written() -> None:
    """All of it, in the language asked for, with nothing to say about it."""
    brief = mended(paper(), "zh", Checked(GOOD, ()), BY)
    assert (brief.sentence, brief.takeaways, brief.keywords) == (SENTENCE, TAKEAWAYS, KEYWORDS)
    assert (brief.language, brief.provenance, brief.repairs) == ("zh", BY, NONE)


def test_a_sentence_that_failed_gives_its_place_to_the_papers_own() -> None:
    """And the brief says so, with the language that it's in."""
    brief = mended(paper(), "zh", Checked(Draft("", TAKEAWAYS, KEYWORDS), (violation("sentence"),)), BY)
    assert (brief.sentence, brief.takeaways) == (OWN.sentence, TAKEAWAYS)
    assert brief.repairs == Repairs(sentence=True, language="en")
    assert brief.provenance == BY


def test_single_takeaways_are_left_out_and_counted() -> None:
    """While three are there; the eighth, which was only too many, isn't counted."""
    broken = (
        violation("takeaways 2"),
        violation("takeaways 2", Rule.URL),
        violation("takeaways 8", Rule.COUNT),
    )
    brief = mended(paper(), "en", Checked(GOOD, broken), BY)
    assert brief.takeaways == TAKEAWAYS
    assert brief.repairs == Repairs(takeaways_dropped=1)


def test_too_few_takeaways_give_their_place_to_the_papers_own() -> None:
    """If there are more of those; else the few that passed stay."""
    long = paper(abstract="Rivers bend. We propose a model. It explains ten. It is fast. It is small.")
    few = Checked(Draft(SENTENCE, TAKEAWAYS[:2], ()), (violation("takeaways 3"),))
    brief = mended(long, "zh", few, BY)
    assert brief.takeaways == extract(long).takeaways
    assert brief.repairs == Repairs(takeaways=True, language="en")
    kept = mended(paper(abstract="Rivers bend."), "zh", few, BY)
    assert kept.takeaways == TAKEAWAYS[:2]
    assert kept.repairs == Repairs(takeaways_dropped=1)


def test_the_papers_own_sentences_do_not_repeat_the_models() -> None:
    """A takeaway of one that says what the other's sentence says is left out."""
    long = paper(abstract="Rivers bend. We propose a model. It explains ten. It is fast. It is small.")
    said = extract(long).takeaways[0]
    brief = mended(long, "en", Checked(Draft(said, (), KEYWORDS), (violation("takeaways 1"),)), BY)
    assert brief.takeaways == extract(long).takeaways[1:]
    takeaways = (extract(long).sentence, *TAKEAWAYS)
    brief = mended(long, "en", Checked(Draft("", takeaways, KEYWORDS), (violation("sentence"),)), BY)
    assert brief.sentence == extract(long).sentence
    assert brief.sentence not in brief.takeaways


def test_of_nothing_that_passed_the_paper_speaks_alone() -> None:
    """It's an extract, in the paper's language, without a model's name, and says why."""
    nothing = Checked(Draft("", (), KEYWORDS), (violation("sentence"), violation("takeaways 1")))
    brief = mended(paper(), "zh", nothing, BY)
    assert (brief.sentence, brief.takeaways, brief.keywords) == (OWN.sentence, OWN.takeaways, ())
    assert (brief.language, brief.provenance) == ("en", OWN.provenance)
    assert brief.repairs == Repairs(sentence=True, takeaways=True, language="en")


def test_only_what_a_reader_would_miss_is_worth_a_second_call() -> None:
    """Not a keyword of four, nor an eighth takeaway; a takeaway, or too few keywords, is."""
    four = Draft(SENTENCE, TAKEAWAYS, KEYWORDS)
    assert not is_worth_asking_again(Checked(GOOD, ()))
    assert not is_worth_asking_again(Checked(four, (violation("keywords 4"),)))
    assert not is_worth_asking_again(Checked(GOOD, (violation("takeaways", Rule.COUNT),)))
    assert is_worth_asking_again(Checked(GOOD, (violation("takeaways 4"),)))
    assert is_worth_asking_again(Checked(Draft("", TAKEAWAYS, KEYWORDS), (violation("sentence"),)))
    assert is_worth_asking_again(
        Checked(Draft(SENTENCE, TAKEAWAYS, KEYWORDS[:2]), (violation("keywords 3"),))
    )


def test_of_two_attempts_each_field_is_the_better_one() -> None:
    """The second where both will do; what it spoiled comes from the first."""
    source = Source.of(paper().title, paper().abstract)
    first = Checked(Draft("", TAKEAWAYS, KEYWORDS), (violation("sentence"),))
    second = Checked(Draft(SENTENCE, TAKEAWAYS[:1], KEYWORDS), (violation("takeaways 2"),))
    best = best_of(first, second, source, "en")
    assert best.draft == Draft(SENTENCE, TAKEAWAYS, KEYWORDS)
    assert best.violations == ()
    assert best_of(first, Checked(GOOD, ()), source, "en") == Checked(GOOD, ())
