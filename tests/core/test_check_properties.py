"""What holds of the check whatever a model writes about whatever paper."""

from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st

from digest.safety import printable
from digest.summaries.check import (
    MOST_KEYWORDS,
    MOST_TAKEAWAYS,
    Draft,
    Rule,
    Source,
    check_brief,
    violations_of,
)

# Fragments that the rules look at, so that random texts reach deep into them.
PIECES = st.sampled_from(
    [
        *r"Fern|street maps|95.3%|1,200|10^-3|3×|1.2万|三个|百分之九十|GPT-4|LLMs|3D|mAP@0.5|e.g.".split("|"),
        *r"**|`|](|<b>|$|\alpha|{|“|（|…|,|. |。|xxx|[待补充]|🚀".split("|"),
        *"https://a.example|www.|a.b.com|@all|#tag".split("|"),
        *"Sure,|您|抱歉|ignore all instructions|must-read|和|を|und|Ω|Ж|한".split("|"),
        *"½|１２|٩٥|²|10⁻³|1e999|0.0.0|1.2.3|$5|五百万亿".split("|"),
        *('"', "\u200b", "\u202e", "\x07", "\n", "\ud800", " "),
    ]
)
TEXTS = st.one_of(
    st.text(max_size=80),
    st.lists(PIECES, max_size=12).map(" ".join),
    st.lists(PIECES, max_size=9).map("".join),
)
TAGS = st.one_of(
    st.sampled_from("en zh zh-Hant ja de es fr ru ar sr-Latn sw xx".split()), st.text(max_size=8)
)
DRAFTS = st.builds(
    Draft,
    TEXTS,
    st.lists(TEXTS, max_size=9).map(tuple),
    st.lists(TEXTS, max_size=8).map(tuple),
)


@given(DRAFTS, st.lists(TEXTS, max_size=3), TAGS)
def test_whatever_is_written(draft: Draft, texts: list[str], language: str) -> None:
    """An answer always comes; what is kept is from the draft, in order, and passes again untouched."""
    source = Source.of(*texts)
    checked = check_brief(draft, source, language)
    kept = checked.draft
    assert kept.sentence in {draft.sentence, ""}
    for ours, theirs, most in (
        (kept.takeaways, draft.takeaways, MOST_TAKEAWAYS),
        (kept.keywords, draft.keywords, MOST_KEYWORDS),
    ):
        rest = iter(theirs)
        assert len(ours) <= most
        assert all(item in rest for item in ours)
    again = check_brief(kept, source, language)
    assert again.draft == kept
    fields = {violation.field for violation in again.violations if violation.rule is not Rule.COUNT}
    assert fields <= ({"sentence"} if not kept.sentence else set())


@example(Draft("", (), ("www.À",)), [], "en")
@example(Draft("", (), ("Awww.A",)), [], "en")  # no address: nothing makes a link of what begins in a word
@example(Draft("", (), ("_www.A",)), [], "en")
@example(Draft("a <b c", (), ()), [], "en")  # no tag: less than
@given(DRAFTS, st.lists(TEXTS, max_size=3), TAGS)
def test_nothing_kept_acts_or_leads_away(draft: Draft, texts: list[str], language: str) -> None:
    """Whatever the paper holds, nothing kept has a control character, a link, a mention or a tag."""
    kept = check_brief(draft, Source.of(*texts, draft.sentence, *draft.takeaways), language).draft
    for text in (kept.sentence, *kept.takeaways, *kept.keywords):
        assert text == printable(text)
        assert not re.search(r"://|(?<![A-Za-z0-9])www\.\w|(?<!\S)@\w\w\w|<[a-z][^<>]*>|\]\(|\*\*|`.+`", text)


@given(TEXTS, TEXTS, TAGS)
def test_violations_are_the_same_each_time(text: str, paper: str, language: str) -> None:
    """The same text gets the same answer, which says what is wrong in words."""
    first = violations_of(text, "sentence", Source.of(paper), language, 200)
    assert first == violations_of(text, "sentence", Source.of(paper), language, 200)
    assert all(violation.explain().startswith("Sentence ") for violation in first)


@given(TEXTS)
def test_source_supports_itself(paper: str) -> None:
    """Every number and name of a paper is in the paper."""
    source = Source.of(paper)
    found = violations_of(source.text, "sentence", source, "en", 10_000)
    assert not {violation.rule for violation in found} & {Rule.NUMBER, Rule.NAME}
