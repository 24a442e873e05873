"""The choice between layouts, and a sample of the rich one. Holds text alone."""

from __future__ import annotations

from digest.phrases import Phrase

LAYOUT = Phrase("Layout: {value}")
CLASSIC = Phrase("classic")
RICH = Phrase("rich")
ABOUT_LAYOUT = Phrase(
    "The rich layout has large titles, parts that unfold and a button beside each paper. "
    "Some apps don't show it yet, so a sample comes first."
)
WRONG_LAYOUT = Phrase("{words} isn't possible. It can be classic or rich.")
ONE_LAYOUT = Phrase("There's only one layout here.")

# The sample
SAMPLE = Phrase("A sample of the rich layout")
SAMPLE_PAPER = Phrase("The title of a paper, large and a link")
SAMPLE_TEXT = Phrase("Here stand its authors, its category and what it found, in a sentence.")
SAMPLE_FOLDED = Phrase("What is folded")
SAMPLE_UNFOLDED = Phrase("The takeaways stand here, one below the other.")
SAMPLE_ENDED = Phrase("The last line of the sample.")
OPEN = Phrase("Open arXiv")

# The question
DO_YOU_SEE_IT = Phrase(
    "Do you see the sample above, with a large title, a part that unfolds and a button inside it?"
)
ALL_READ_IT = Phrase("Everybody who reads here gets the same layout, so ask the others too.")
YES = Phrase("Yes, use it")
NO = Phrase("No, keep classic")
NOW_RICH = Phrase("Digests and summaries come in the rich layout from now on.")
STAYS_CLASSIC = Phrase("The classic layout stays.")
BACK_TO_CLASSIC = Phrase("Back to classic")
