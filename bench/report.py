"""How a bench says what it measured: one JSON line that a person and a script can read."""

from __future__ import annotations

import json
import statistics


def report(bench: str, value: float, unit: str, goal: str, *, ok: bool) -> None:
    """Print one line: what was measured, in which unit, against which goal, and whether it's met."""
    print(
        json.dumps({"bench": bench, "value": value, "unit": unit, "goal": goal, "ok": ok}, ensure_ascii=False)
    )


def report_waits(bench: str, took: list[float], goal: float) -> None:
    """Report how long people waited.

    Args:
        bench: what for.
        took: seconds of each.
        goal: milliseconds that the 99th percentile may take.
    """
    percentiles = statistics.quantiles(took, n=100, method="inclusive")
    for name, seconds in (("p50", percentiles[49]), ("p99", percentiles[98])):
        value = round(1000 * seconds, 1)
        report(f"{bench}, {name}", value, "ms", f"≤ {goal:g} ms", ok=value <= goal)
