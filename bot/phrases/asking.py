"""What is said around questions about a paper, and while one is read. Holds text alone."""

from __future__ import annotations

from digest.phrases import Phrase

ASK = Phrase("Ask a question about a paper; it alone answers")
ASK_BUTTON = Phrase("Ask")
ASK_ABOUT_IT = Phrase("Ask about that paper")
ASK_MORE = Phrase("Ask more")

# What is asked back; {title} comes quoted
WHAT_TO_ASK = Phrase("What do you want to know about {title}? Answer with your question, or /cancel.")
WHICH_OF_THEM = Phrase("That message names several papers. Ask about one of them.")
TOO_LONG = Phrase("A question takes up to {count} characters. Ask for one thing at a time.")

# While it's answered
LOOKING_FOR_IT = Phrase("Looking for the answer …")
CHECKING_IT = Phrase("Checking the answer …")
