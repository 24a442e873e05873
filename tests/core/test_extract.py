"""What the extracted brief says about a paper."""

from __future__ import annotations

import asyncio
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.latex import readable
from digest.model import Paper, PaperId, Provenance
from digest.summaries.clauses import shorten, stand_alone
from digest.summaries.extract import ExtractiveSummarizer, extract
from digest.summaries.language import language_of

SHARED = Path(__file__).parents[3] / "shared/data"
needs_days = pytest.mark.skipif(not (SHARED / "days").exists(), reason=f"{SHARED}/days is absent")

ABSTRACT = (
    r"Maps are often stale. However, existing methods need survey cars. In this paper, we propose "
    r"\textbf{Fern}, a new model that updates street maps from bicycle cameras. Specifically, Fern keeps one "
    r"embedding per street $s_i$. Experiments on three cities show that Fern reduces stale edges of maps by "
    r"18\%. Fern's cameras send nothing to a server but embeddings of their street maps. "
    r"Code is available at https://github.com/example/fern."
)


def paper(
    abstract: str, title: str = "Fern: Street Maps from Bicycle Cameras", comment: str | None = None
) -> Paper:
    """Return a paper with this abstract."""
    return Paper(PaperId("2401.00001"), 1, title, abstract, ("Ada Example",), ("cs.CV",), comment)


def test_says_what_the_paper_does() -> None:
    """The sentence is the one that proposes something, without what tied it to the ones before."""
    brief = extract(paper(ABSTRACT))
    assert brief.sentence == "We propose Fern, a new model that updates street maps from bicycle cameras."
    assert brief.takeaways == (
        "Fern keeps one embedding per street s_i.",
        "Experiments on three cities show that Fern reduces stale edges of maps by 18%.",
        "Fern's cameras send nothing to a server but embeddings of their street maps.",
    )
    assert brief.language == "en"
    assert brief.provenance == Provenance(model="extract", read="abstract")


def test_summarizer_never_pretends_to_translate() -> None:
    """The brief names the paper's own language, whichever was asked for."""
    brief = asyncio.run(ExtractiveSummarizer().brief(paper(ABSTRACT), "zh"))
    assert brief == extract(paper(ABSTRACT))
    assert brief.language == "en"


def test_what_points_back_is_no_sentence() -> None:
    """“We show this is …” needs the sentence before it, and so it doesn't stand alone."""
    abstract = (
        "When a street changes, a map keeps the old edge. We show this is a structural problem: on a set of "
        "streets, likeness tells stale edges from new ones no better than chance, as a stale edge looks more "
        "like the old one. We present Fern, a street map maintaining valid edges."
    )
    title = "Valid Edges in Street Maps: Eliminating Stale-Edge Errors for Cameras"
    assert extract(paper(abstract, title)).sentence.startswith("We present Fern")


def test_background_and_hopes_only_make_up_the_fewest() -> None:
    """What was there before the paper is no takeaway where the paper itself says three things."""
    before = "Street maps from bicycle cameras promise fresh edges. "
    after = " We hope that Fern, a model of maps from bicycle cameras, reduces stale edges."
    told = extract(paper(before + ABSTRACT + after)).takeaways
    assert told == extract(paper(ABSTRACT)).takeaways
    short = extract(paper("Street maps are stale. We propose Fern, a model of street maps. It works."))
    assert short.takeaways == ("Street maps are stale.", "It works.")


def test_sentences_are_closed() -> None:
    """A sentence whose point the authors forgot gets one; a URL stays as it is."""
    assert (
        extract(paper("We propose Fern, a street map (FRN)")).sentence
        == "We propose Fern, a street map (FRN)."
    )
    assert extract(paper("See https://example.org/fern")).sentence == "See https://example.org/fern"
    assert extract(paper("本文提出一种方法")).sentence == "本文提出一种方法"


def test_keywords_are_no_takeaway() -> None:
    """A list of keywords at the abstract's end is no sentence."""
    told = extract(paper("We propose Fern, a street map. It works. Keywords: street maps, bicycle cameras"))
    assert told.takeaways == ("It works.",)


def test_where_code_is_is_no_takeaway() -> None:
    """A sentence that only says where the code is isn't told, unless there's no other."""
    assert not [item for item in extract(paper(ABSTRACT)).takeaways if "github" in item]
    only = extract(paper("We present Fern. Code is available at https://github.com/example/fern."))
    assert only.takeaways == ("Code is available at https://github.com/example/fern.",)


@pytest.mark.parametrize("abstract", ["", "  ", "None", "N/A", "-", "1."])
def test_no_abstract(abstract: str) -> None:
    """A paper without an abstract is said by its title."""
    brief = extract(paper(abstract))
    assert (brief.sentence, brief.takeaways) == ("Fern: Street Maps from Bicycle Cameras", ())


def test_one_line_abstract() -> None:
    """One sentence is the brief; nothing is told twice."""
    brief = extract(paper("We survey maps."))
    assert (brief.sentence, brief.takeaways) == ("We survey maps.", ())


@pytest.mark.parametrize(
    "notice",
    [
        "This paper has been withdrawn by the author due to an error in Eq. 3.",
        "Withdrawn because of errors in proofs.",
        "The paper is withdrawn, as Lemma 2 is false.",
        "This article has been temporarily withdrawn.",
    ],
)
def test_withdrawn(notice: str) -> None:
    """A withdrawn paper's brief says so, in its own words, and nothing that the paper claimed."""
    for brief in (
        extract(paper(f"We propose Fern. {notice}")),
        extract(paper(ABSTRACT, comment=f"9 pages. {notice}")),
    ):
        assert (brief.sentence, brief.takeaways) == (notice, ())


@pytest.mark.parametrize(
    "comment",
    ["Was submitted and withdrawn from a journal", "a note revised from a withdrawn one", "Withdrawn drugs"],
)
def test_not_withdrawn(comment: str) -> None:
    """A comment that only mentions a withdrawal changes nothing."""
    assert extract(paper(ABSTRACT, comment=comment)) == extract(paper(ABSTRACT))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("We propose a model of the world that is better than the others.", "en"),
        ("Nous proposons une méthode pour la détection des objets dans les images.", "fr"),
        ("Wir stellen ein Verfahren vor, das die Bilder mit der Karte von Berlin vergleicht.", "de"),
        ("Presentamos un método para la detección de los objetos en una imagen.", "es"),
        ("本文提出了一种新的方法，用于图像分割，实验表明其有效。", "zh"),
        ("画像のための新しい手法を提案する。", "ja"),
        ("이미지를 위한 새로운 방법을 제안한다.", "ko"),
        ("В работе предложен новый метод сегментации изображений.", "ru"),
        ("α β γ δ", "en"),
        ("", "en"),
    ],
)
def test_language(text: str, language: str) -> None:
    """The language is the text's own."""
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("sentence", "alone"),
    [
        ("In this paper, we propose X.", "We propose X."),
        ("In this work we propose X.", "We propose X."),
        ("However, X fails.", "X fails."),
        ("To this end, we propose X.", "We propose X."),
        ("To address these two long-standing issues, we propose X.", "We propose X."),
        ("To address this problem we propose X.", "We propose X."),
        ("Leveraging this insight, we propose X.", "We propose X."),
        ("To fill this gap, a model X is proposed.", "A model X is proposed."),
        ("Addressing this, our study introduces X.", "Our study introduces X."),
        ("2) Speed: X is fast.", "Speed: X is fast."),
        ("(ii) X is fast.", "X is fast."),
        ("Using dictionaries, we propose X.", "Using dictionaries, we propose X."),
        ("Specifically, mBERT wins.", "mBERT wins."),
        ("Moreover, k-means wins.", "k-means wins."),
        ("We therefore propose X.", "We propose X."),
        ("Furthermore, we also propose X.", "We propose X."),
        ("Thus, in this paper, we propose X.", "We propose X."),
        ("Results: we gain 3%.", "We gain 3%."),
        ("Abstract We gain 3%.", "We gain 3%."),
        ("Methods This paper presents X.", "This paper presents X."),
        ("Abstract interpretation is old.", "Abstract interpretation is old."),
        ("Results in this field vary.", "Results in this field vary."),
        ("More importantly, it is free.", "It is free."),
        ("Inspired by birds, we propose X.", "Inspired by birds, we propose X."),
        ("Given that we know X, we propose Y.", "Given that we know X, we propose Y."),
        ("First we propose X.", "First we propose X."),
        ("However,", "However,"),
        ("Hereditary diseases matter.", "Hereditary diseases matter."),
    ],
)
def test_stands_alone(sentence: str, alone: str) -> None:
    """Words that point back are dropped; words that say something stay."""
    assert stand_alone(sentence) == alone


def test_shortens_only_at_clean_places() -> None:
    """A long sentence loses a tail that only adds; one without such a place stays whole."""
    head = "We propose a model for " + "very " * 20 + "large maps"
    tail = " of all the streets in the whole wide world and then of many other worlds" * 3
    assert shorten(f"{head}, which keeps track{tail}.") == f"{head}."
    assert shorten(f"{head} (, which is x{tail}).") == f"{head}."
    for whole in (
        f"{head}{tail}.",
        f"We show that {head}, which is big,{tail}.",
        f"{head}, but never{tail}.",
    ):
        assert shorten(whole) == whole
    assert shorten("We use an aside (which is far too long to read aloud) here.") == "We use an aside here."
    assert shorten("We use Fern (FRN) with f(x) here.") == "We use Fern (FRN) with f(x) here."


PARTS = st.lists(
    st.sampled_from(
        [
            "We propose a model.",
            "However, it fails.",
            "In this paper, we show $x^2$.",
            "Code: https://a.b.",
            "withdrawn",
            "(",
            "$",
            "Maps, which are old, e.g. ours, win by 3%.",
            "It is {so}.",
            "本文提出。",
            "\\textbf{",
            "A",
            "1.",
        ]
    ),
    max_size=12,
).map(" ".join)


@given(PARTS | st.text(), st.text(max_size=40))
def test_any_abstract_gives_a_brief(abstract: str, title: str) -> None:
    """Any text gives a brief of whole words of the abstract, in its order, with no sentence twice."""
    brief = extract(paper(abstract, title))
    told = (brief.sentence, *brief.takeaways)
    assert len(brief.takeaways) <= 5
    assert len(set(told)) == len(told)
    source = (
        readable(abstract).lower()
        if brief.sentence.lower() != readable(title).lower()
        else readable(title).lower()
    )
    for sentence in told:
        words = re.findall(r"\w+", sentence.lower())
        assert set(words) <= set(re.findall(r"\w+", source))


@needs_days
def test_briefs_of_a_real_day() -> None:
    """Each paper of a real day gets a sentence and three to five takeaways that read alone."""
    lines = (SHARED / "days/2026-06-26.jsonl").read_text(encoding="utf-8").splitlines()
    for record in map(json.loads, lines):
        brief = extract(paper(record["summary"], record["title"]))
        told = (brief.sentence, *brief.takeaways)
        assert 2 <= len(brief.takeaways) <= 5
        assert len(set(told)) == len(told)
        for sentence in told:
            assert not re.match(
                r"(?:however|to this end|in this paper|moreover|specifically)\b", sentence, re.IGNORECASE
            )
            assert not re.search(r"\\[a-zA-Z]{2,}|\$[^$\d]", sentence)
            assert (
                sentence[0] == sentence[0].upper()
                or not sentence[0].isalpha()
                or re.match(r"\w+[A-Z-]", sentence)
            )
