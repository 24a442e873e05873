"""How times are said. Holds text alone."""

from __future__ import annotations

from digest.phrases import Phrase

MOMENT = Phrase("{day}, {time}")
