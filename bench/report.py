"""Prints a measurement as one line of JSON."""

from __future__ import annotations

import json


def report(bench: str, value: float, unit: str, goal: float, *, ok: bool) -> None:
    """Print what was measured, what was wanted, and whether it was met."""
    line = {"bench": bench, "value": value, "unit": unit, "goal": goal, "ok": ok}
    print(json.dumps(line, ensure_ascii=False))
