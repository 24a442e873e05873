"""How a bench says what it measured: one JSON line that a person and a script can read."""

from __future__ import annotations

import json


def report(bench: str, value: float, unit: str, goal: str, *, ok: bool) -> None:
    """Print one line: what was measured, in which unit, against which goal, and whether it's met."""
    print(
        json.dumps({"bench": bench, "value": value, "unit": unit, "goal": goal, "ok": ok}, ensure_ascii=False)
    )
