"""Accuracy on the bundled sets stays at or above the floors, which only rise."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from onrecord.annotate.default import default_extractor
from onrecord.evaluation.suites import run_suite

ROOT = Path(__file__).parents[2]
# The story sets lie beside the package, not in it.
DATA = {"claims": ROOT / "evaluation" / "stories"}
FLOORS: dict[str, dict[str, float]] = json.loads(
    (ROOT / "evaluation" / "floors.json").read_text("utf-8")
)


def figure(figures: Mapping[str, Any], path: str) -> float:
    """Return the number at a dotted path."""
    value: Any = figures
    for name in path.split("."):
        value = value[name]
    return float(value)


@pytest.mark.parametrize("suite", FLOORS)
def test_bundled_suite_reaches_its_floors(suite: str) -> None:
    outcome = run_suite(suite, DATA.get(suite), default_extractor())
    below = {
        path: (figure(outcome.figures, path), floor)
        for path, floor in FLOORS[suite].items()
        if figure(outcome.figures, path) < floor
    }
    assert not below, f"{suite}: figure, floor: {below}"
