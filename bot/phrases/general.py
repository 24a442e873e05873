"""The first words, the help and what is said of the bot itself. Holds text alone."""

from __future__ import annotations

from digest.phrases import Phrase

START = Phrase("Begin")
HELLO = Phrase("Each morning I read what arXiv announced and send you the papers on your topics, in short.")
