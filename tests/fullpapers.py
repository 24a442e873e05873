"""Full papers for tests, as readers of files give them; invented."""

from __future__ import annotations

from typing import Any

from digest.fulltext import Form, FullPaper, Passage, Picture, Table
from tests.papers import paper

RIVERS = paper(
    title="Bending Rivers with Few Stones",
    abstract=(
        "Rivers bend, and nobody knows where they will bend next. "
        "We propose RiverNet, a model of bending that reads the stones of a bank. "
        "It explains 92.5% of the bends of 40 rivers. Code is at https://github.com/example/rivernet."
    ),
    comment="12 pages",
)
_TEXT = """\
1 Introduction
Rivers carry water and sediment from mountains to the sea. Towns beside them are flooded when banks give
way. Existing models of rivers are slow and fail on small streams. We present RiverNet, the first model
that predicts bends from stones alone. Our training is new in that it needs no maps of the ground.

2 Related Work
Earlier methods such as FlowSim solve equations of flow, which is expensive for long rivers. However,
FlowSim cannot tell where a bank gives way.

3 RiverNet
RiverNet has a reader of stones and a predictor of bends.

3.1 Reading Stones
The reader takes photographs of a bank and measures the size of every stone in them.

3.2 Predicting Bends
The predictor turns sizes into a map of pressure, whose highest point becomes the next bend.

4 Experiments
We collected 12,000 photographs of 40 rivers over 18 months. RiverNet reaches an accuracy of 92.5%,
while FlowSim reaches 71.0%. Training takes 6 hours on 2 GPUs.

5 Conclusion
RiverNet allows towns to move their houses before a bank gives way."""


def _passage(text: str) -> Passage:
    heading, *lines = text.split("\n")
    number, _, words = heading.partition(" ")
    return Passage(number, words, 1 + number.count("."), (" ".join(lines),))


PASSAGES = (
    Passage("", "Abstract", 1, (RIVERS.abstract,)),
    *map(_passage, _TEXT.split("\n\n")),
    Passage("", "Acknowledgements", 1, ("We thank the ferrymen for 7 rides across the river Loire.",)),
)


def full_paper(*passages: Passage, **fields: Any) -> FullPaper:
    """Make the full text of a paper about rivers; any field can be set."""
    made: dict[str, Any] = {
        "form": Form.PDF,
        "title": RIVERS.title,
        "passages": passages or PASSAGES,
        "front": ("Ada Ash", "University of Rivers, Basel"),
        "figures": (
            Picture("Figure 1", "A bank before $t = 3$ and after it.", ("figure-1.png",), 2),
            Picture("Figure 2", "Not found.", ()),
        ),
        "tables": (Table("Table 1", "Accuracy (%)", (("Model", "Accuracy"), ("RiverNet", "92.5"))),),
        "references": ("Stone, A. 2020. On stones.",),
        "affiliation": "University of Rivers, Basel",
        "code": ("https://github.com/example/rivernet",),
        "pages": 12,
        "pages_read": 12,
    }
    return FullPaper(**made | fields)


NOTES: dict[str, Any] = {
    "keywords": ["river bends", "stones", "flood prediction"],
    "background": [{"section": 2, "text": "Towns beside rivers are flooded when banks give way."}],
    "earlier": [
        {"section": 3, "text": "FlowSim solves equations of flow, which is expensive for long rivers."}
    ],
    "method": [
        {"section": 1, "text": "The paper proposes RiverNet, a model that reads the stones of a bank."}
    ],
    "results": [{"section": 1, "text": "The model explains 92.5% of the bends of 40 rivers."}],
    "steps": [
        {"section": 5, "text": "Photographs of a bank go in, and the size of each stone is measured."},
        {"section": 6, "text": "Sizes become a map of pressure, whose highest point is the next bend."},
    ],
    "significance": [{"section": 8, "text": "Towns can move their houses before the bank breaks."}],
    "innovation": [{"section": 2, "text": "It is the first to predict bends from stones alone."}],
    "performance": [{"section": 7, "text": "RiverNet reaches 92.5% where FlowSim reaches 71.0%."}],
    "workload": [{"section": 7, "text": "Over 18 months, 12,000 photographs were collected."}],
}
"""What a model that did well writes about that paper, as its answer's JSON."""
